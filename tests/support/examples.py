"""How many examples hypothesis draws: few in each run, many with EVENT_CENTER_LONG_RUN=N."""

import os

LONG_RUN = int(os.environ.get("EVENT_CENTER_LONG_RUN") or "0")
_SHORTER = 3


def examples(number: int) -> int:
    """Return the number of examples for this run, where `number` are drawn in a long one."""
    return number * LONG_RUN if LONG_RUN else max(number // _SHORTER, 5)
