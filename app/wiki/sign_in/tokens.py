"""What a token of OAuth can be."""

import re

_TOKEN = re.compile(r"[!-~]+")


def is_token(text: object) -> bool:
    """Return whether something can be sent as a token at all."""
    return isinstance(text, str) and _TOKEN.fullmatch(text) is not None
