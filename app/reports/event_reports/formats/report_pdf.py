"""A report as PDF: tagged, with title and language, and with fonts for every script (decision 0019).

The layout is `app/resources/report.typ`.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.names import enclosed
from app.domain.statistics.statistics import Share
from app.domain.wording.figures.statistics_texts import percent_text
from app.i18n import _
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Days,
    Distribution,
    Facts,
    Link,
    PageTitle,
    Paragraph,
    Report,
    Table,
)
from app.reports.event_reports.formats.cell_text import cell_text
from app.reports.event_reports.local_times import clock_text, day_text, decimal_text, moment_text, number_text
from app.reports.typesetting import page_of, pdf, pictures
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

_LAYOUT = "report.typ"


def write_pdf(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged."""
    document = pdf_of(report)
    with atomic_write(path, mirror, encoding=None) as file:
        file.write(document)


def pdf_of(report: Report) -> bytes:
    """Return a report as PDF. Raises KnownFault if it cannot be set."""
    return pdf(_LAYOUT, _content(report))


def pictures_of(report: Report, dots_per_inch: float) -> list[bytes]:
    """Return the pages of a report as PNG. Raises KnownFault if they cannot be drawn."""
    return pictures(_LAYOUT, _content(report), dots_per_inch)


def _content(report: Report) -> dict[str, Any]:
    return {
        **page_of(report.language),
        "title": report.title,
        "subtitle": report.subtitle,
        "made": _("Made on {moment} (UTC)").format(moment=moment_text(report.made_at)),
        "footer": report.provenance if len(report.provenance) < 300 else report.title,
        "personal_data": report.personal_data,
        "words": [_("Answer"), _("Participants"), _("Share"), ""],
        "sections": [
            {
                "heading": section.heading,
                # A table that is all of its section needs no heading of its own.
                "blocks": [_block(block) | {"alone": len(section.blocks) == 1} for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Facts(rows):
            return {
                "kind": "facts",
                "rows": [{"label": label, **_cell(value)} for _key, label, value in rows],
            }
        case Table(caption, columns, rows):
            return {
                "kind": "table",
                "caption": caption,
                "columns": [{"label": column.label, "end": column.align is Align.END} for column in columns],
                "rows": [[_cell(cell) for cell in row] for row in rows],
            }
        case Days():
            return _days(block)
        case Distribution(_question, caption, None):
            text = _("{question}: too few people have answered.").format(question=caption)
            return {"kind": "paragraph", "text": text}
        case Distribution(_question, caption, shares):
            return {"kind": "bars", "caption": caption, "rows": [_bar(*one) for one in shares or ()]}


def _cell(cell: Cell) -> dict[str, Any]:
    """Return a cell; a day and its time of day keep their order on a page from right to left."""
    text = enclosed(cell_text(cell)) if isinstance(cell, datetime) else cell_text(cell)
    return {"text": text, "address": cell.address or None if isinstance(cell, Link | PageTitle) else None}


def _bar(label: str, share: Share) -> dict[str, Any]:
    least, most = share.percent
    return {
        "label": label,
        "count": cell_text(share),
        "percent": percent_text(share, decimal_text),
        "least": least,
        "most": most,
    }


def _days(block: Days) -> dict[str, Any]:
    days = block.days
    written: Callable[[Any], str] = day_text
    day, most = max(days, key=lambda one: one[1])
    text = _("{caption}, from {first} to {last}; most on {day}: {people}.")
    if block.by_hour:
        written = clock_text
        text = _("{caption}, from {first} to {last}; most from {day} on: {people}.")
    first, last = written(days[0][0]), written(days[-1][0])
    return {
        "kind": "days",
        "people": [people for _day, people in days],
        "most": most,
        "first": first,
        "last": last,
        "alt": text.format(
            caption=block.caption, first=first, last=last, day=written(day), people=number_text(most)
        ),
    }
