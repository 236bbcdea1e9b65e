"""Statistics, spreadsheets, reports and comparisons of events, and erasing."""

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import xlsxwriter
from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.reports.event_reports.choices import ReportChoices
from app.reports.event_reports.event_report import make_report
from app.reports.event_reports.formats.report_pdf import pdf_of
from app.reports.event_reports.reported_event import ReportedEvent
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.participants_xlsx import write_xlsx
from app.store.database.connection import unlock
from app.store.events.events import read_events
from app.store.mirror import Mirror
from app.store.people.overlap import read_overlap
from app.store.people.participant_rows import rows_of_event
from app.store.people.participants import read_statistics, stream_people
from benchmarks.data import mirrors
from benchmarks.data.crowd import WIKI, pages
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, median

_SHEET_PEOPLE, _EVENTS, _PEOPLE_OF_EVENT, _REPORTED = 20_000, 100, 2_000, 10


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure all of it."""
    repetitions = max(3, sizes.repetitions // 2)
    large = mirrors.open_mirror(fixtures.mirror(sizes.large))
    try:
        found = [*_statistics(large, sizes, repetitions)]
    finally:
        large.close()
    found.append(_sheet(fixtures, repetitions))
    many = fixtures.folder / "many-events"
    _make_many(many, _PEOPLE_OF_EVENT if sizes.large >= 100_000 else _PEOPLE_OF_EVENT // 10)
    found += _several(many, repetitions)
    found.append(_erasing(fixtures, sizes))
    return found


def _timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _statistics(mirror: Mirror, sizes: Sizes, repetitions: int) -> list[Row]:
    with closing(mirror.reader()) as reader:
        key = read_events(reader)[0].key
        zone, bounds = times.zone("Africa/Nairobi"), rows_of_event(key)

        def bare() -> None:
            reader.execute(
                "SELECT answers, answers_state, private, count(*) FROM participant WHERE id BETWEEN ? AND ? "
                "GROUP BY answers, answers_state, private",
                bounds,
            ).fetchall()
            reader.execute(
                "SELECT registered_at / 900 * 900, count(*) FROM participant WHERE id BETWEEN ? AND ? "
                "GROUP BY 1",
                bounds,
            ).fetchall()

        ours, raw = alternately(
            repetitions, lambda: _timed(lambda: read_statistics(reader, key, zone)), lambda: _timed(bare)
        )
    what = f"statistics of {sizes.large:,} participants"
    milliseconds = [1000 * figure for figure in ours], [1000 * figure for figure in raw]
    return [
        Row("statistics", what, "ms", median(milliseconds[0]), None, Limit.VALUE, 300.0, "", repetitions),
        Row(
            "statistics",
            "the same",
            "ms",
            median(milliseconds[0]),
            median(milliseconds[1]),
            Limit.RATIO,
            2.0,
            "the bare SQL: groups of answers, and registrations by quarter of an hour",
            repetitions,
        ),
    ]


def _sheet(fixtures: Fixtures, repetitions: int) -> Row:
    mirror = mirrors.open_mirror(fixtures.mirror(_SHEET_PEOPLE))
    target = fixtures.folder / "people.xlsx"
    with closing(mirror.reader()) as reader:
        event = read_events(reader)[0]
        people = list(stream_people(reader, event.key, private=True))
        choices = ExportChoices(include_private=True)

        def ours() -> float:
            return _timed(lambda: write_xlsx(target, mirror, event, WIKI, people, choices))

        with_ours = _cells_of(target, ours)
        figures, raw = alternately(repetitions, ours, lambda: _timed(lambda: _bare_sheet(target, with_ours)))
    mirror.close()
    return Row(
        "xlsx",
        f"XLSX of {_SHEET_PEOPLE:,} participants",
        "s",
        median(figures),
        median(raw),
        Limit.RATIO,
        1.3,
        "bare XlsxWriter with the same cells, made before",
        repetitions,
    )


def _cells_of(target: Path, write: Callable[[], float]) -> list[list[object]]:
    """Return the cells that are written, as the writer gets them."""
    from xlsxwriter.worksheet import Worksheet

    cells: dict[int, list[object]] = {}
    originals = {
        name: getattr(Worksheet, name) for name in ("write_string", "write_number", "write_datetime")
    }

    def noting(name: str) -> Callable[..., object]:
        def note(sheet: Worksheet, row: int, place: int, value: object, *more: object) -> object:
            cells.setdefault(row, []).append((name, place, value))
            return originals[name](sheet, row, place, value, *more)

        return note

    for name in originals:
        setattr(Worksheet, name, noting(name))
    try:
        write()
    finally:
        for name, original in originals.items():
            setattr(Worksheet, name, original)
    target.unlink()
    return [cells[row] for row in sorted(cells)]


def _bare_sheet(target: Path, cells: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(str(target), {"in_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for number, row in enumerate(cells):
        for name, place, value in row:  # type: ignore[misc]
            if name == "write_datetime":
                sheet.write_datetime(number, place, value, moment)
            elif name == "write_number":
                sheet.write_number(number, place, value)
            else:
                sheet.write_string(number, place, value)
    book.close()


def _make_many(folder: Path, people: int) -> None:
    mirror = mirrors.open_mirror(folder)
    account = mirrors.sign_in(mirror)
    bodies = pages(people)
    for number in range(_EVENTS):
        mirrors.store_pages(
            mirror, mirrors.add_event(mirror, account, 7 + number, begins_in_days=number), bodies
        )
    mirror.close()


def _several(folder: Path, repetitions: int) -> list[Row]:
    mirror = mirrors.open_mirror(folder)
    with closing(mirror.reader()) as reader:
        events = read_events(reader)
        subjects = [ReportedEvent(event, WIKI, "https://bench.example", (), list) for event in events]
        made = [
            _timed(lambda: pdf_of(make_report(reader, subjects[:_REPORTED], ReportChoices()).report))
            for _ in range(repetitions)
        ]

        def combine() -> None:
            read_overlap(reader, [(event.key, event.wiki_key) for event in events], pairs=False)
            for event in events:
                read_statistics(reader, event.key, times.zone("UTC"))

        combined = [_timed(combine) for _ in range(repetitions)]
    mirror.close()
    return [
        Row(
            "pdf",
            f"PDF report of {_REPORTED} events",
            "s",
            median(made),
            None,
            Limit.VALUE,
            3.0,
            "",
            repetitions,
        ),
        Row(
            "combine",
            f"{_EVENTS} events of {_PEOPLE_OF_EVENT:,} people combined",
            "s",
            median(combined),
            None,
            Limit.VALUE,
            1.0,
            "",
            repetitions,
        ),
    ]


def _erasing(fixtures: Fixtures, sizes: Sizes) -> Row:
    """Measure erasing one of two events, against writing the other one into a new encrypted file."""
    folder = fixtures.folder / "erasing"
    mirror = mirrors.open_mirror(folder)
    account = mirrors.sign_in(mirror)
    bodies = pages(sizes.large)
    kept, gone = (mirrors.add_event(mirror, account, number) for number in (7, 8))
    for key in (kept, gone):
        mirrors.store_pages(mirror, key, bodies)
    mirror.writer.compact()
    ours = _timed(lambda: mirror.erase_event(gone))
    raw = min(_timed(lambda: _export(mirror, fixtures.folder / "exported.db")) for _ in range(2))
    mirror.close()
    shutil.rmtree(folder)
    return Row(
        "erase",
        f"an event of {sizes.large:,} participants erased, beside another one",
        "s",
        ours,
        raw,
        Limit.RATIO,
        2.0,
        "writing what stays into a new encrypted file (sqlcipher_export)",
        1,
    )


def _export(mirror: Mirror, target: Path) -> None:
    target.unlink(missing_ok=True)
    connection = driver.connect(str(mirror.path), isolation_level=None)
    unlock(connection, mirror._key)
    connection.execute(f"ATTACH DATABASE ? AS exported KEY \"x'{mirror._key[:64]}'\"", (str(target),))
    connection.execute("SELECT sqlcipher_export('exported')")
    connection.execute("DETACH DATABASE exported")
    connection.close()
