"""The command that runs the benchmarks and prints a table or a JSON document."""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import export, ingest, outbox
from benchmarks.data.fixtures import Fixtures
from benchmarks.desk import desk, merging, shared_desk
from benchmarks.figures import FULL, QUICK, Limit, Row, Sizes
from benchmarks.impact import reading
from benchmarks.reports import reporting
from benchmarks.syncing import sync_requests, syncing
from benchmarks.window import keystroke, memory, start, today

CASES: dict[str, Callable[[Sizes, Fixtures], list[Row]]] = {
    "start": start.rows,
    "keystroke": keystroke.rows,
    "today": today.rows,
    "memory": memory.rows,
    "ingest": ingest.rows,
    "sync": syncing.rows,
    "requests": sync_requests.rows,
    "csv": export.rows,
    "outbox": outbox.rows,
    "reports": reporting.rows,
    "impact": reading.rows,
    "desk": desk.rows,
    "merge": merging.rows,
    "shared-desk": shared_desk.rows,
    "desk-million": desk.million,
}
#: Those that are measured only when they are named: they take minutes.
_SLOW = ("desk-million",)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks and print the results. The exit code does not depend on the figures."""
    parser = argparse.ArgumentParser(
        prog="benchmarks", description="Measures the program against baselines of the same run."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(CASES)}")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people: to see that it works")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in CASES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(CASES)}")
    sizes = QUICK if options.quick else FULL
    with tempfile.TemporaryDirectory(prefix="event-center-bench-") as folder:
        fixtures = Fixtures(Path(folder))
        measured: list[Row] = []
        for name in options.names or [case for case in CASES if case not in _SLOW]:
            print(f"Measuring {name} …", file=sys.stderr, flush=True)
            measured += CASES[name](sizes, fixtures)
    if options.json:
        print(json.dumps(document(sizes, measured), ensure_ascii=False, indent=1))
    else:
        print(table(measured))
        print(machine_line())
    return 0


def table(measured: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | ours | baseline | reached | at most | met |", "|--|--|--|--|--|--|"]
    for row in measured:
        baseline = f"{_amount(row.baseline, row.unit)}: {row.against}" if row.baseline is not None else "–"
        what = f"{row.what} ({row.note})" if row.note else row.what
        cells = (
            what,
            _amount(row.ours, row.unit),
            baseline,
            _limit(row.reached, row),
            _limit(row.at_most, row),
            "yes" if row.met else "**no**",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def document(sizes: Sizes, measured: Sequence[Row]) -> dict[str, object]:
    """Return the rows and the machine as JSON values."""
    return {
        "machine": machine(),
        "people": {"small": sizes.small, "large": sizes.large, "synced": sizes.synced},
        "rows": [
            {
                "name": row.name,
                "what": row.what,
                "unit": row.unit,
                "ours": row.ours,
                "baseline": row.baseline,
                "against": row.against or None,
                "limit": row.limit.value,
                "reached": row.reached,
                "at_most": row.at_most,
                "met": row.met,
                "repetitions": row.repetitions,
                "note": row.note or None,
            }
            for row in measured
        ],
    }


def machine() -> dict[str, str | int | None]:
    """Return what the figures depend on, without the machine's name."""
    from PySide6 import __version__ as qt
    from sqlcipher3 import dbapi2

    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "memory_mb": _memory(),
        "python": platform.python_version(),
        "pyside": qt,
        "sqlite": sqlite3.sqlite_version,
        "sqlcipher_sqlite": dbapi2.sqlite_version,
    }


def machine_line() -> str:
    """Return the machine in a line."""
    facts = machine()
    memory_gb = (
        f"{facts['memory_mb'] // 1024} GB" if isinstance(facts["memory_mb"], int) else "memory unknown"
    )
    return (
        f"{facts['system']} {facts['architecture']}, {facts['cores']} cores, {memory_gb}, "
        f"Python {facts['python']}, PySide6 {facts['pyside']}, "
        f"SQLite {facts['sqlite']} (ours: SQLCipher on {facts['sqlcipher_sqlite']})"
    )


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (AttributeError, ValueError, OSError):
        return None


def _amount(figure: float, unit: str) -> str:
    return f"{figure:.0f} {unit}" if figure >= 100 else f"{figure:.3g} {unit}"


def _limit(figure: float, row: Row) -> str:
    if row.limit is Limit.VALUE:
        return _amount(figure, row.unit)
    if row.limit is Limit.DIFFERENCE:
        return f"{figure:+.1f} {row.unit}"
    return f"1/{1 / figure:.0f}" if figure < 0.1 else f"{figure:.2f}×"


if __name__ == "__main__":
    sys.exit(main())
