"""An event's participants as a plain XLSX spreadsheet, in which names are always text."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Participant
from app.domain.people.people_columns import ColumnKind
from app.i18n import _
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.people_cells import batches, cells_of, headings, provenance
from app.reports.spreadsheets import LONGEST_CELL, MOMENT, OPTIONS, close_book
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: What the format allows: rows below the heading.
_MOST_PEOPLE = 1_048_575
#: Widths of the columns, in letters.
_WIDTHS = {ColumnKind.NAME: 32, ColumnKind.MOMENT: 26}
_USUAL_WIDTH = 22


def write_xlsx(
    path: Path,
    mirror: "Mirror",
    event: Event,
    wiki: str,
    people: Iterable[Participant],
    choices: ExportChoices,
) -> int:
    """Write people to `path`; return how many. Times are local ones of the event's zone.

    Raises KnownFault if the file cannot be written; then `path` is unchanged.
    """
    # Imported here: the window opens without it.
    import xlsxwriter

    count = 0
    with atomic_write(path, mirror, encoding=None) as file:
        book = xlsxwriter.Workbook(file, OPTIONS)
        sheet = book.add_worksheet(_("Participants")[:31])
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": MOMENT})
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings(choices.columns, event)):
            sheet.set_column(place, place, _WIDTHS.get(choices.columns[place].kind, _USUAL_WIDTH))
            sheet.write_string(0, place, heading, bold)
        kinds = [column.kind for column in choices.columns]
        cells = cells_of(choices.columns, event.registration.zone())
        for batch in batches(people, include_private=choices.include_private):
            for row in zip(*[column(batch) for column in cells], strict=True):
                count += 1
                if count > _MOST_PEOPLE:
                    raise KnownFault(Fault.USAGE, _too_many())
                for place, (kind, cell) in enumerate(zip(kinds, row, strict=True)):
                    if cell == "":
                        continue
                    if kind is ColumnKind.NUMBER:
                        sheet.write_number(count, place, cell)
                    elif kind is ColumnKind.MOMENT:
                        sheet.write_datetime(count, place, datetime.fromisoformat(str(cell)), moment)
                    else:
                        sheet.write_string(count, place, str(cell)[:LONGEST_CELL])
        sheet.autofilter(0, 0, count, len(kinds) - 1)
        if choices.provenance:
            sheet.write_string(count + 1, 0, provenance(event, wiki))
        close_book(book)
    return count


def _too_many() -> str:
    return _("A spreadsheet holds at most {most} people. Choose text with separators (CSV).").format(
        most=_MOST_PEOPLE
    )
