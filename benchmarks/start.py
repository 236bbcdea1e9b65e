"""From the start of the process to the first painted table."""

import json
import subprocess
import time
from pathlib import Path

from benchmarks.figures import ROOT, Limit, Row, Sizes, alternately, command, environment, median
from benchmarks.mirrors import passphrase_file
from benchmarks.stock import Stock


def rows(sizes: Sizes, stock: Stock) -> list[Row]:
    """Measure it for the large and the small event, and for a bare window."""
    file = passphrase_file(stock.folder)

    def opened(folder: Path) -> float:
        return seconds("benchmarks.start_driver", "--data-dir", folder, "--passphrase-file", file)

    large, small = stock.mirror(sizes.large), stock.mirror(sizes.small)
    bare, few, many = alternately(
        sizes.repetitions,
        lambda: seconds("benchmarks.start_bare"),
        lambda: opened(small),
        lambda: opened(large),
    )
    return [
        Row(
            "start",
            f"process start to first painted participants table, {sizes.large:,} people",
            "s",
            median(many),
            median(bare),
            Limit.RATIO,
            1.5,
            "bare PySide6 window with one label",
            sizes.repetitions,
        ),
        Row(
            "start-growth",
            f"the same, {sizes.large:,} people",
            "s",
            median(many),
            median(few),
            Limit.RATIO,
            1.2,
            f"itself with {sizes.small:,} people",
            sizes.repetitions,
        ),
    ]


def seconds(module: str, *arguments: object) -> float:
    """Return how long a program needs from its start to the painting that it tells of."""
    begun = time.monotonic()
    done = subprocess.run(
        command(module, *arguments),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    told = json.loads(done.stdout)
    return float(told["painted"] if isinstance(told, dict) else told) - begun
