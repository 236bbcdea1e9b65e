"""Writing an event's participants to a file in the background."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject

from app.desk.walk_ins import walk_ins
from app.domain import names
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.participant import Participant
from app.domain.wording import wiki_fault_texts
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.reports.participants.export_choices import SEPARATORS as SEPARATORS
from app.reports.participants.export_choices import ExportChoices as ExportChoices
from app.reports.participants.formats import PEOPLE_FORMATS as PEOPLE_FORMATS
from app.store.atomic_file import atomic_write
from app.store.database.connection import errors_as_faults
from app.store.people.participants import people_of_ids, stream_people


class ExportControl(QObject):
    """Runs one export at a time. A cancelled one leaves no file, and an earlier file unchanged."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()

    def write(
        self,
        event: Event,
        path: Path,
        report_format: str,
        choices: ExportChoices,
        ids: Sequence[int] | None,
        done: Callable[[int], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Write an event's people in a format of PEOPLE_FORMATS, only those of `ids` if given.

        `done` gets their number.
        """
        self._cancel = cancel = threading.Event()
        workspace = self._workspace
        account = workspace.account(event.wiki_key)
        wiki = account.wiki.site_name if account else ""

        def work() -> int:
            reader = workspace.mirror.reader()
            try:
                with errors_as_faults(workspace.mirror.path):
                    people = (
                        chain(
                            stream_people(reader, event.key, private=choices.include_private),
                            walk_ins(reader, event.key),
                        )
                        if ids is None
                        else people_of_ids(reader, event.key, ids)
                    )
                    return PEOPLE_FORMATS[report_format].write(
                        path, workspace.mirror, event, wiki, _until(cancel, people), choices
                    )
            finally:
                reader.close()

        workspace.jobs.run(self, work, done, failed, ended)

    def write_names(
        self, path: Path, people: Sequence[ChosenPerson], done: Callable[[int], None], failed: Failed
    ) -> None:
        """Write the names of people to a file, one per line; `done` gets their number."""
        lines = [names.safe(person.name) for person in people if person.name]

        def work() -> int:
            with atomic_write(path, self._workspace.mirror) as file:
                file.write("".join(f"{line}\n" for line in lines))
            return len(lines)

        self._workspace.jobs.run(self, work, done, failed)

    def cancel(self) -> None:
        """Stop writing."""
        self._cancel.set()


def _until(cancel: threading.Event, people: Iterable[Participant]) -> Iterator[Participant]:
    for person in people:
        if cancel.is_set():
            raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
        yield person
