"""The time from the start of the process to the first painted table."""

import json
import subprocess
import time
from pathlib import Path

from benchmarks.data.fixtures import Fixtures
from benchmarks.data.mirrors import passphrase_file
from benchmarks.figures import ROOT, Limit, Row, Sizes, alternately, command, environment, median


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the large and the small event, and a bare window."""
    file = passphrase_file(fixtures.folder)

    def opened(folder: Path) -> float:
        return seconds("benchmarks.window.start_driver", "--data-dir", folder, "--passphrase-file", file)

    large, small = fixtures.mirror(sizes.large), fixtures.mirror(sizes.small)
    bare, few, many = alternately(
        sizes.repetitions,
        lambda: seconds("benchmarks.window.start_bare"),
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
            1.7,
            "bare PySide6 window with tree, tabs, table, search field and menu bar",
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
    """Return the seconds from a program's start to the painting that it reports."""
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
    output = json.loads(done.stdout)
    return float(output["painted"] if isinstance(output, dict) else output) - begun
