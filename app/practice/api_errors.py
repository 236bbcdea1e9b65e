"""Errors of the action API, which come with HTTP status 200."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal by the action API."""

    def __init__(
        self, code: str, info: str, more: Mapping[str, Any] | None = None, module: str | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.info = info
        self.more = dict(more or {})
        self.module = module


def missing_parameter(name: str) -> ApiError:
    """Return the error of a parameter that must be there."""
    return ApiError("missingparam", f'The "{name}" parameter must be set.')


def bad_token() -> ApiError:
    """Return the error of a token that does not belong to the session."""
    return ApiError("badtoken", "Invalid CSRF token.")
