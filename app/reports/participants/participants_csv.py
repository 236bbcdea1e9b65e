"""An event's participants as text with separators (RFC 4180), every cell in quotation marks."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.reports.formula_guard import guarded
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.people_cells import batches, cells_of, headings, provenance
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror


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
    protect = guarded if choices.guard else str
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
