"""The memory that a large event adds to the window."""

from pathlib import Path

from benchmarks.data.fixtures import Fixtures
from benchmarks.data.mirrors import passphrase_file
from benchmarks.figures import Limit, Row, Sizes, alternately, answer, median


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the window with the large event, and without events."""
    large, without = fixtures.mirror(sizes.large), fixtures.mirror_without_events()
    file = passphrase_file(fixtures.folder)
    times = max(2, sizes.repetitions // 3)

    def megabytes(folder: Path) -> float:
        return float(answer("benchmarks.window.memory_driver", folder, file))

    none, whole = alternately(times, lambda: megabytes(without), lambda: megabytes(large))
    return [
        Row(
            "memory",
            f"resident memory with {sizes.large:,} participants open",
            "MB",
            median(whole),
            median(none),
            Limit.DIFFERENCE,
            25.0,
            "same window, no event open",
            times,
        )
    ]
