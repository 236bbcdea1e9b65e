"""Ingesting a large event: parsing the pages, storing the people, making them searchable."""

import gc
import shutil
import time
from pathlib import Path

import msgspec

from app.store.mirror import Mirror
from app.store.people.people_list import PeopleList, PeopleOrder
from benchmarks.data import mirrors, plain_table
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, median


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure from the pages' bytes to the searchable list, against inserting prepared rows."""
    bodies = fixtures.pages(sizes.large)
    scratch = fixtures.folder / "ingest"
    known = mirrors.open_mirror(fixtures.mirror(sizes.large))
    ready = plain_table.rows_of(known)
    known.close()
    # The garbage collector would look through what only the benchmark holds.
    gc.collect()
    gc.freeze()
    times = max(2, sizes.repetitions // 2)
    ours, plain = alternately(
        times,
        lambda: _ingested(scratch / "ours", bodies),
        lambda: _inserted(scratch / "plain", bodies, ready),
    )
    what = f"ingest of {sizes.large:,} participants (parse + upsert + search index)"
    return [
        Row("ingest", what, "s", median(ours), median(plain), Limit.RATIO, 1.8,
            "msgspec decode of the same bytes + executemany into the same encrypted table", times),
    ]  # fmt: skip


def _ingested(folder: Path, bodies: list[bytes]) -> float:
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


def _inserted(folder: Path, bodies: list[bytes], ready: list[tuple[object, ...]]) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mirror = mirrors.open_mirror(folder)
    try:
        mirrors.add_event(mirror, mirrors.sign_in(mirror))
        places = ", ".join("?" * len(ready[0]))
        begun = time.perf_counter()
        for body in bodies:
            msgspec.json.decode(body)
        mirror.writer.do(
            lambda connection: connection.exec_driver_sql(f"INSERT INTO participant VALUES ({places})", ready)
        )
        return time.perf_counter() - begun
    finally:
        mirror.close()
