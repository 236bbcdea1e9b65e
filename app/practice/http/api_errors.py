"""Errors of the action API, which come with HTTP status 200."""

from collections.abc import Mapping
from typing import Any

LAG_SECONDS = 30
SHORTEST_WAIT = 5


class ApiError(Exception):
    """Raised when the action API refuses a request."""

    def __init__(
        self, code: str, info: str, more: Mapping[str, Any] | None = None, module: str | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.info = info
        self.more = dict(more or {})
        self.module = module
        self.headers: Mapping[str, str] = {}


def missing_parameter(name: str) -> ApiError:
    """Return the error for a missing parameter."""
    return ApiError("missingparam", f'The "{name}" parameter must be set.')


def bad_token() -> ApiError:
    """Return the error for a wrong CSRF token."""
    return ApiError("badtoken", "Invalid CSRF token.")


def lagging(longest: str) -> ApiError:
    """Return the error for a request with a `maxlag` that is exceeded.

    Not backed by a recording: the recorded wiki has one database, which never lags.
    """
    error = ApiError(
        "maxlag",
        f"Waiting for a database server: {LAG_SECONDS} seconds lagged.",
        {"host": "practice-database", "lag": LAG_SECONDS, "type": "db"},
        module="main",
    )
    asked = int(longest) if longest.isdecimal() else 0
    error.headers = {"Retry-After": str(max(asked, SHORTEST_WAIT)), "X-Database-Lag": str(LAG_SECONDS)}
    return error
