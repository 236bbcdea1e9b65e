"""Counts of requests and bytes since the program started."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Traffic:
    """Requests made, and bytes received in the bodies of the responses."""

    requests: int = 0
    received: int = 0


@dataclass(frozen=True)
class RequestRate:
    """Requests to a family of wikis in the last minute; `most`: the limit per minute, None for no limit."""

    requests: int = 0
    most: int | None = None
