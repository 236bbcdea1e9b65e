"""Today painted with many events, and a keystroke in the field that finds anything until its result."""

import json

from benchmarks.data.fixtures import Fixtures
from benchmarks.data.mirrors import passphrase_file
from benchmarks.figures import Limit, Row, Sizes, answer, median, p95

_EVENTS, _FOUND_IN = 500, 60


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure Today with 500 events, and finding among 60 events and all people."""
    file = passphrase_file(fixtures.folder)
    small = fixtures.mirror_of_many(sizes.small, _EVENTS)
    large = fixtures.mirror_of_many(sizes.large, _FOUND_IN)
    today: list[float] = json.loads(answer("benchmarks.window.today_driver", "today", small, file))
    found: list[float] = json.loads(answer("benchmarks.window.today_driver", "find", large, file))
    return [
        Row(
            "today",
            f"Today shown again and painted, {_EVENTS} events",
            "ms",
            median(today),
            None,
            Limit.VALUE,
            50.0,
            repetitions=len(today),
        ),
        Row(
            "find",
            f"keystroke in the field that finds anything to painted result, p95, {_FOUND_IN} events, "
            f"{sizes.large:,} people",
            "ms",
            p95(found),
            None,
            Limit.VALUE,
            50.0,
            repetitions=len(found),
        ),
    ]
