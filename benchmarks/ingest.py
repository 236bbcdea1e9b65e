"""Ingesting a large event: parsing the pages, storing the people, making them searchable."""

import shutil
import time
from pathlib import Path

from app.store.mirror import Mirror
from app.store.people.people_list import PeopleList, PeopleOrder
from benchmarks.data import mirrors
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, median
from benchmarks.window import plain_table


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure from the pages' bytes to the searchable list, against inserting prepared rows."""
    bodies = fixtures.pages(sizes.large)
    scratch = fixtures.folder / "ingest"
    known = mirrors.open_mirror(fixtures.mirror(sizes.large))
    ready = plain_table.rows_of(known)
    known.close()
    times = max(2, sizes.repetitions // 2)
    ours, plain, ordered = alternately(
        times,
        lambda: _ingested(scratch, bodies),
        lambda: _inserted(scratch / "plain.db", ready, index=False),
        lambda: _inserted(scratch / "ordered.db", ready, index=True),
    )
    what = f"ingest of {sizes.large:,} participants (parse + upsert + search index)"
    return [
        Row("ingest", what, "s", median(ours), median(plain), Limit.RATIO, 4.0,
            "raw sqlite3 executemany of the same rows, no index", times),
        Row("ingest-ordered", what, "s", median(ours), median(ordered), Limit.RATIO, 4.0,
            "the same with the index in order of name", times,
            note="for comparison; the row above is the one to reach"),
    ]  # fmt: skip


def _ingested(scratch: Path, bodies: list[bytes]) -> float:
    folder = scratch / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mirror = mirrors.open_mirror(folder)
    try:
        key = mirrors.add_event(mirror, mirrors.sign_in(mirror))
        begun = time.perf_counter()
        mirrors.store_pages(mirror, key, bodies)
        _search_list(mirror, key)
        return time.perf_counter() - begun
    finally:
        mirror.close()


def _search_list(mirror: Mirror, key: int) -> None:
    reader = mirror.reader()
    try:
        PeopleList(reader, key, PeopleOrder.NAME, descending=False)
    finally:
        reader.close()


def _inserted(path: Path, ready: list[tuple[object, ...]], *, index: bool) -> float:
    begun = time.perf_counter()
    plain_table.fill(path, ready, index=index)
    return time.perf_counter() - begun
