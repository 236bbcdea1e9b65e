"""A report as a spreadsheet: a sheet for each table, numbers as numbers, names always as text."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.statistics.statistics import Share
from app.domain.wording.figures.statistics_texts import count_text
from app.reports.event_reports.contents import Cell, Link, PageTitle, Report, UserName
from app.reports.event_reports.formats.report_rows import Sheet, sheets_of
from app.reports.spreadsheets import LONGEST_CELL, MOMENT, close_book
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from app.store.mirror import Mirror

#: What the format allows in the name of a sheet.
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_DAY = "yyyy-mm-dd"
_WIDE, _NARROW = 36, 16


def write_report_xlsx(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged."""
    # Imported here: the window opens without it.
    import xlsxwriter

    with atomic_write(path, mirror, encoding=None) as file:
        book = xlsxwriter.Workbook(
            file, {"in_memory": True, "strings_to_urls": False, "remove_timezone": True}
        )
        book.set_properties({"title": report.title, "comments": report.personal_data})
        bold = book.add_format({"bold": True})
        formats = (book.add_format({"num_format": _DAY}), book.add_format({"num_format": MOMENT}))
        used: set[str] = set()
        for sheet in sheets_of(report):
            _write(book.add_worksheet(_sheet_name(sheet.caption, used)), sheet, bold, formats)
        close_book(book)


def _sheet_name(caption: str, used: set[str]) -> str:
    """Return a name that no other sheet has, which spreadsheets compare without case."""
    bare = " ".join(_NOT_IN_NAMES.sub(" ", caption).split()) or "1"
    name, number = _cut(bare, _LONGEST_NAME), 1
    while name.casefold() in used or name.casefold() == "history":
        number += 1
        ending = f" ({number})"
        name = _cut(bare, _LONGEST_NAME - len(ending)) + ending
    used.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    """Return text of at most so many UTF-16 units, by which spreadsheets count."""
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore").strip()


def _write(worksheet: "Worksheet", sheet: Sheet, bold: "Format", formats: tuple["Format", "Format"]) -> None:
    first = 0
    if sheet.headings:
        for place, heading in enumerate(sheet.headings):
            worksheet.write_string(0, place, heading[:LONGEST_CELL], bold)
        worksheet.freeze_panes(1, 0)
        first = 1
    columns = max((len(row) for row in sheet.rows), default=len(sheet.headings))
    worksheet.set_column(0, 0, _WIDE, None if sheet.headings else bold)
    worksheet.set_column(1, max(1, columns - 1), _NARROW if sheet.headings else _WIDE)
    for number, row in enumerate(sheet.rows, first):
        for place, cell in enumerate(row):
            _write_cell(worksheet, number, place, cell, formats)
    if sheet.headings and sheet.rows:
        worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def _write_cell(
    worksheet: "Worksheet", row: int, place: int, cell: Cell, formats: tuple["Format", "Format"]
) -> None:
    match cell:
        case None | "":
            return
        case Share() if cell.exact:
            worksheet.write_number(row, place, cell.least)
        case Share():
            worksheet.write_string(row, place, count_text(cell))
        case datetime():
            worksheet.write_datetime(row, place, cell, formats[1])
        case date():
            worksheet.write_datetime(row, place, cell, formats[0])
        case int() | float():
            worksheet.write_number(row, place, cell)
        case UserName(text) | PageTitle(text, _) | Link(_, text):
            worksheet.write_string(row, place, text[:LONGEST_CELL])
        case str():
            worksheet.write_string(row, place, cell[:LONGEST_CELL])
