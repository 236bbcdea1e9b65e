"""A report as JSON; its schema is in the guide (`app/resources/guide/json.md`)."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.statistics.statistics import Share
from app.reports.event_reports.contents import (
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
    UserName,
)
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: Grows when a field changes its meaning or goes; fields may come without it.
_VERSION = 1


def write_report_json(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged."""
    with atomic_write(path, mirror) as file:
        json.dump(report_document(report), file, ensure_ascii=False, indent=2)
        file.write("\n")


def report_document(report: Report) -> dict[str, Any]:
    """Return a report as plain values."""
    return {
        "version": _VERSION,
        "title": report.title,
        "subtitle": report.subtitle,
        "language": report.language,
        "time_zone": report.zone,
        "made_at": report.made_at.isoformat(timespec="seconds"),
        "source": report.provenance,
        "personal_data": report.personal_data,
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Facts(rows):
            facts = [{"key": key, "label": label, "value": _value(value)} for key, label, value in rows]
            return {"kind": "facts", "facts": facts}
        case Table(caption, columns, rows):
            keys = [column.key for column in columns]
            return {
                "kind": "table",
                "caption": caption,
                "columns": [{"key": column.key, "label": column.label} for column in columns],
                "rows": [dict(zip(keys, map(_value, row), strict=True)) for row in rows],
            }
        case Days(caption, key, _label, days):
            one, several = ("hour", "hours") if block.by_hour else ("day", "days")
            return {
                "kind": several,
                "caption": caption,
                several: [{one: day.isoformat(), key: people} for day, people in days],
            }
        case Distribution(question, caption, shares):
            options = None
            if shares is not None:
                options = [{"option": one.option, "label": label, **_share(one)} for label, one in shares]
            return {"kind": "question", "question": question, "caption": caption, "options": options}


def _value(cell: Cell) -> Any:  # noqa: ANN401 - whatever JSON has
    match cell:
        case Share():
            return _share(cell)
        case UserName(name) | PageTitle(name, _):
            return name
        case Link(text, address):
            return {"text": text, "address": address}
        case datetime() | date():
            return cell.isoformat()
    return cell


def _share(share: Share) -> dict[str, int]:
    return {"at_least": share.least, "at_most": share.most, "of": share.people}
