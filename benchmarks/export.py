"""Exporting a large event's participants as CSV."""

import csv
import time
from pathlib import Path

from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.participants_csv import write_csv
from app.store.events.events import read_events
from app.store.mirror import Mirror
from app.store.people.participants import stream_people
from benchmarks.data import mirrors, plain_table
from benchmarks.data.crowd import WIKI
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, median


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure all columns and people, against the same rows written unchanged from plain SQLite."""
    mirror = mirrors.open_mirror(fixtures.mirror(sizes.large))
    try:
        plain = fixtures.folder / "plain.db"
        plain_table.fill(plain, plain_table.rows_of(mirror))
        target = fixtures.folder / "people.csv"
        times = max(3, sizes.repetitions // 2)
        ours, raw = alternately(times, lambda: _ours(mirror, target), lambda: _raw(plain, target))
    finally:
        mirror.close()
    return [
        Row(
            "csv",
            f"CSV of {sizes.large:,} participants",
            "s",
            median(ours),
            median(raw),
            Limit.RATIO,
            2.5,
            "raw sqlite3 + csv.writer, cells as they are stored, in order of name",
            times,
        )
    ]


def _ours(mirror: Mirror, target: Path) -> float:
    reader = mirror.reader()
    try:
        begun = time.perf_counter()
        event = read_events(reader)[0]
        people = stream_people(reader, event.key, private=True)
        write_csv(target, mirror, event, WIKI, people, ExportChoices(include_private=True))
        return time.perf_counter() - begun
    finally:
        reader.close()


def _raw(plain: Path, target: Path) -> float:
    begun = time.perf_counter()
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(plain_table.stream(plain))
    return time.perf_counter() - begun
