"""The formats in which people can be written: `export --format` and the export dialog offer these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.i18n import N_
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.participants_csv import write_csv
from app.reports.participants.participants_xlsx import write_xlsx

if TYPE_CHECKING:
    from app.store.mirror import Mirror


@dataclass(frozen=True)
class ReportFormat:
    """A format. `write` returns how many people it has written, and leaves `path` unchanged if it fails.

    `is_text`: the choices for text files apply to it.
    """

    suffix: str
    label: str
    write: Callable[[Path, "Mirror", Event, str, Iterable[Participant], ExportChoices], int]
    is_text: bool


#: By the word for `--format`.
PEOPLE_FORMATS = {
    "xlsx": ReportFormat(".xlsx", N_("Spreadsheet (XLSX)"), write_xlsx, is_text=False),
    "csv": ReportFormat(".csv", N_("Text with separators (CSV)"), write_csv, is_text=True),
}
