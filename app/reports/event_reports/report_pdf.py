"""A report as PDF: tagged, with title and language, and with fonts for every script (decision 0019).

The layout is `app/resources/report.typ`; it gets what it says as JSON, so no name is ever read as markup.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.faults import Fault, KnownFault, log_bug
from app.domain.names import enclosed, safe
from app.domain.statistics.statistics import Share
from app.domain.wording.statistics_texts import percent_text
from app.i18n import _
from app.reports.event_reports.cell_text import cell_text
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Days,
    Distribution,
    Facts,
    Link,
    Paragraph,
    Report,
    Table,
)
from app.reports.event_reports.local_times import day_text, decimal_text, moment_text, number_text
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from typst import Fonts

    from app.store.mirror import Mirror

_LAYOUT = Path(__file__).resolve().parents[2] / "resources" / "report.typ"
#: Asked for in this order, letter by letter; what the system lacks is passed over.
_FONTS: Final = ("Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
#: Countries that print on the American format.
_LETTER: Final = frozenset({"US", "CA", "MX", "CO", "CL", "VE", "PH"})


def write_pdf(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged."""
    document = pdf_of(report)
    with atomic_write(path, mirror, encoding=None) as file:
        file.write(document)


def pdf_of(report: Report) -> bytes:
    """Return a report as PDF/UA-1; without the standard, but tagged, where a letter is in no font.

    Raises KnownFault if it cannot be set.
    """
    from typst import TypstError

    try:
        return _compiled(report, format="pdf", pdf_standards=["ua-1"])[0]
    except TypstError:
        # A letter that no font of this computer has, or no title: no reason to give no report.
        return _set_anyway(report, format="pdf")[0]


def pictures_of(report: Report, dots_per_inch: float) -> list[bytes]:
    """Return the pages of a report as PNG. Raises KnownFault if they cannot be drawn."""
    return _set_anyway(report, format="png", ppi=dots_per_inch)


def _set_anyway(report: Report, **how: Any) -> list[bytes]:  # noqa: ANN401 - what the engine takes
    from typst import TypstError

    try:
        return _compiled(report, **how)
    except TypstError as error:
        log_bug(error)
        raise KnownFault(
            Fault.DISK,
            _(
                "The document could not be set on this computer. Nothing was written, and your data is "
                "unchanged; choose another kind of file."
            ),
        ) from error


def _compiled(report: Report, **how: Any) -> list[bytes]:  # noqa: ANN401 - what the engine takes
    import typst

    content = json.dumps(_cleaned(_content(report)))
    found = typst.compile(_LAYOUT.read_bytes(), font_paths=_fonts(), sys_inputs={"report": content}, **how)
    return found if isinstance(found, list) else [found]


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the content without characters that no document can hold."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return value


@cache
def _fonts() -> "Fonts":
    """Return the fonts of the system; to look for them takes a while."""
    # Imported here: the window opens without it.
    from typst import Fonts

    return Fonts()


def _content(report: Report) -> dict[str, Any]:
    language, _dash, region = report.language.partition("@")[0].partition("-")
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "language": language,
        "region": region if len(region) == 2 else None,
        "right_to_left": language in _RIGHT_TO_LEFT,
        "paper": "us-letter" if region in _LETTER else "a4",
        # The last one comes with the engine.
        "fonts": [font for font in _FONTS if font in _fonts().families()] or ["Libertinus Serif"],
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
            return {"kind": "facts", "rows": [_fact(label, value) for _key, label, value in rows]}
        case Table(caption, columns, rows):
            return {
                "kind": "table",
                "caption": caption,
                "columns": [{"label": column.label, "end": column.align is Align.END} for column in columns],
                "rows": [[_cell(cell) for cell in row] for row in rows],
            }
        case Days(_caption, days):
            return _days(days)
        case Distribution(_question, caption, None):
            text = _("{question}: too few people have answered.").format(question=caption)
            return {"kind": "paragraph", "text": text}
        case Distribution(_question, caption, shares):
            return {"kind": "bars", "caption": caption, "rows": [_bar(*one) for one in shares or ()]}


def _cell(cell: Cell) -> str:
    """Return a cell; a day and its time of day keep their order on a page from right to left."""
    return enclosed(cell_text(cell)) if isinstance(cell, datetime) else cell_text(cell)


def _fact(label: str, value: Cell) -> dict[str, Any]:
    address = value.address or None if isinstance(value, Link) else None
    return {"label": label, "text": cell_text(value), "address": address}


def _bar(label: str, share: Share) -> dict[str, Any]:
    least, most = share.percent
    return {
        "label": label,
        "count": cell_text(share),
        "percent": percent_text(share, decimal_text),
        "least": least,
        "most": most,
    }


def _days(days: Sequence[tuple[Any, int]]) -> dict[str, Any]:
    day, most = max(days, key=lambda one: one[1])
    text = _("Registrations from {first} to {last}; most on {day}: {people}.")
    first, last = day_text(days[0][0]), day_text(days[-1][0])
    return {
        "kind": "days",
        "people": [people for _day, people in days],
        "most": most,
        "first": first,
        "last": last,
        "alt": text.format(first=first, last=last, day=day_text(day), people=number_text(most)),
    }
