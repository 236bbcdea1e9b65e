"""An event's participants as text with separators (RFC 4180), every cell in quotation marks."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.reports.export_choices import ExportChoices
from app.reports.people_cells import SEPARATOR, batches, cells_of, headings, provenance
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: First characters of a formula; some spreadsheets accept these variants of the plain signs.
_FORMULA = "=＝﹦⁼₌+＋﹢⁺₊➕@＠﹫\\-－﹣−⁻₋➖"
#: What a spreadsheet may ignore before it: blanks of any kind, invisible characters, quotes.
_DROPPED = (
    "\\s\\x00-\\x20\\x7f-\\xa0\\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    '"“”'
)
#: The start of a formula in a cell, or in a part that a spreadsheet with other separators would split off.
_FORMULA_START = re.compile(f"(^|{SEPARATOR.pattern})(?=[{_DROPPED}]*[{_FORMULA}])")
_BREAKS = ("\t", "\r", "\n")


def write_csv(
    path: Path,
    mirror: "Mirror",
    event: Event,
    wiki: str,
    people: Iterable[Participant],
    choices: ExportChoices,
) -> int:
    """Write people to `path`; return how many.

    Times are in the event's own time zone, as spreadsheets read them. The provenance line comes last and has
    as many cells as the others. Raises KnownFault if the file cannot be written; then `path` is unchanged.
    """
    protect = _guarded if choices.guard else str
    cells = cells_of(choices.columns, event.registration.zone(), protect)
    count = 0
    with atomic_write(path, mirror, encoding="utf-8-sig" if choices.byte_order_mark else "utf-8") as file:
        rows = csv.writer(file, lineterminator="\r\n", delimiter=choices.separator, quoting=csv.QUOTE_ALL)
        rows.writerow(headings(choices.columns, event))
        for batch in batches(people, include_private=choices.include_private):
            rows.writerows(zip(*[column(batch) for column in cells], strict=True))
            count += len(batch)
        if choices.provenance:
            rows.writerow([protect(provenance(event, wiki)), *[""] * (len(choices.columns) - 1)])
    return count


def _guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula, whatever its separator."""
    guarded = _FORMULA_START.sub(r"\1'", text)
    return "'" + guarded if guarded.startswith(_BREAKS) else guarded
