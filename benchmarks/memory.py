"""What a large event adds to the memory of the window."""

from pathlib import Path

from benchmarks.figures import Limit, Row, Sizes, alternately, answer, median
from benchmarks.mirrors import passphrase_file
from benchmarks.stock import Stock


def rows(sizes: Sizes, stock: Stock) -> list[Row]:
    """Measure the window with the large event open, and with none."""
    large, without = stock.mirror(sizes.large), stock.mirror_without_events()
    file = passphrase_file(stock.folder)
    times = max(2, sizes.repetitions // 3)

    def megabytes(folder: Path) -> float:
        return float(answer("benchmarks.memory_driver", folder, file))

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
