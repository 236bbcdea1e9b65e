"""A report as text with separators (RFC 4180): its tables one below the other."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.statistics.statistics import Share
from app.domain.wording.figures.statistics_texts import count_text
from app.reports.event_reports.contents import Cell, Link, PageTitle, Report, UserName
from app.reports.event_reports.formats.report_rows import sheets_of
from app.reports.formula_guard import guarded
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror


def write_report_csv(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged.

    Every cell is in quotation marks, and no spreadsheet runs one as a formula.
    """
    with atomic_write(path, mirror, encoding="utf-8-sig") as file:
        rows = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        for sheet in sheets_of(report):
            if sheet.headings:
                rows.writerow([])
                rows.writerow([guarded(sheet.caption)])
                rows.writerow([guarded(heading) for heading in sheet.headings])
            rows.writerows([_text(cell) for cell in row] for row in sheet.rows)


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Share():
            return count_text(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case int() | float():
            return str(cell)
        case UserName(text) | PageTitle(text, _) | Link(_, text):
            return guarded(text)
    return guarded(cell)
