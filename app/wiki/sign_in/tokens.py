"""Validate OAuth tokens."""

import re

_TOKEN = re.compile(r"[!-~]+")


def is_token(text: object) -> bool:
    """Return whether a value can be sent as a token."""
    return isinstance(text, str) and _TOKEN.fullmatch(text) is not None
