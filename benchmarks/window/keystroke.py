"""From a keystroke in the search field to the painted result."""

import json

from benchmarks.data.fixtures import Fixtures
from benchmarks.data.mirrors import passphrase_file
from benchmarks.figures import Limit, Row, Sizes, answer, p95


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the large and the small event, and Qt's own filter over the large one's rows."""
    file = passphrase_file(fixtures.folder)
    rounds = 2 if sizes.repetitions > 3 else 1
    few: list[float] = []
    many: list[float] = []
    for _ in range(rounds):
        few += _typed("ours", fixtures.mirror(sizes.small), file)
        many += _typed("ours", fixtures.mirror(sizes.large), file)
    proxy = _typed("proxy", fixtures.mirror(sizes.large), file)
    return [
        Row(
            "keystroke",
            f"keystroke to painted result, p95, {sizes.large:,} people",
            "ms",
            p95(many),
            p95(proxy),
            Limit.RATIO,
            1 / 30,
            "QSortFilterProxyModel over the same rows",
            len(many),
        ),
        Row(
            "keystroke-growth",
            f"the same, {sizes.large:,} people",
            "ms",
            p95(many),
            p95(few),
            Limit.RATIO,
            2.0,
            f"itself with {sizes.small:,} people",
            len(few),
        ),
    ]


def _typed(which: str, folder: object, file: object) -> list[float]:
    figures: list[float] = json.loads(answer("benchmarks.window.keystroke_driver", which, folder, file))
    return figures
