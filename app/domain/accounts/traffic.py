"""How much was asked of a wiki since the program began."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests made, and bytes received in the bodies of their answers."""

    requests: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class RequestRate:
    """Requests of the last minute to a family of wikis; `most`: how many are made in one, None for any."""

    requests: int = 0
    most: int | None = None
