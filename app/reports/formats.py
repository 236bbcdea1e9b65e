"""The formats in which people can be written: `export --format` and the export dialog offer these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.i18n import N_
from app.reports.participants_csv import CsvChoices, write_participants

if TYPE_CHECKING:
    from app.store.mirror import Mirror


@dataclass(frozen=True)
class ReportFormat:
    """A format. `write` returns how many people it has written, and leaves `path` unchanged if it fails."""

    suffix: str
    label: str
    write: Callable[[Path, "Mirror", Event, str, Iterable[Participant], CsvChoices], int]


#: By the word for `--format`.
PEOPLE_FORMATS = {"csv": ReportFormat(".csv", N_("CSV files"), write_participants)}
