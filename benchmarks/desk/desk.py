"""The desk with many people: from a key to the painted hits, from Enter to the painted confirmation."""

import json
import shutil
from dataclasses import dataclass

from benchmarks.data.fixtures import Fixtures
from benchmarks.data.mirrors import passphrase_file
from benchmarks.figures import Limit, Row, Sizes, answer, p95

_MILLION = 1_000_000


@dataclass(frozen=True)
class _Figures:
    """Milliseconds: of each key, each check-in, each plain write to the disk, each search for near names."""

    keys: list[float]
    check_ins: list[float]
    writes: list[float]
    near: list[float]


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the desk of the large and the small event."""
    few, many = _measured(fixtures, sizes.small), _measured(fixtures, sizes.large)
    people = f"{sizes.large:,} people"
    return [
        _value("desk-key", f"key at the desk to painted hits, p95, {people}", many.keys, 40.0),
        Row(
            "desk-key-growth",
            f"the same, {people}",
            "ms",
            p95(many.keys),
            p95(few.keys),
            Limit.RATIO,
            2.0,
            f"itself with {sizes.small:,} people",
            len(few.keys),
        ),
        _value(
            "desk-check-in",
            f"Enter to painted confirmation, on the disk, p95, {people}",
            many.check_ins,
            60.0,
            f"a bare fsync of 4 kB took {p95(many.writes):.0f} ms",
        ),
        _value("desk-near", f"names with typing errors, in the background, p95, {people}", many.near, 150.0),
    ]


def million(_sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the desk of an event with a million people."""
    figures = _measured(fixtures, _MILLION)
    return [
        _value("desk-key-million", f"the same, {_MILLION:,} people", figures.keys, 100.0),
    ]


def _value(name: str, what: str, figures: list[float], at_most: float, note: str = "") -> Row:
    return Row(
        name, what, "ms", p95(figures), None, Limit.VALUE, at_most, repetitions=len(figures), note=note
    )


def _measured(fixtures: Fixtures, people: int) -> _Figures:
    folder = fixtures.folder / f"desk-{people}"
    if not folder.exists():
        shutil.copytree(fixtures.mirror(people), folder)
    file = passphrase_file(fixtures.folder)
    return _Figures(**json.loads(answer("benchmarks.desk.desk_driver", folder, file)))
