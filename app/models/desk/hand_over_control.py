"""Handing the desk over to another computer, and taking it over."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.desk.event_desk import EventDesk
from app.desk.hand_over import default_name, merge_hand_overs, read_hand_overs, write_hand_over
from app.domain.desk.acts import DeskRecord
from app.domain.events.event import Event
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.store.mirror import Reader


class HandOverControl(QObject):
    """Reads and writes in the background."""

    def __init__(self, workspace: Workspace, event: Event, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._event = event
        account = workspace.account(event.wiki_key)
        self._wiki = account.address_or_own(event.registration.page_wiki) if account else ""

    def file_name(self, desk_name: str) -> str:
        """Return the name of a new file."""
        return default_name(self._event, desk_name)

    def write(
        self, path: Path, passphrase: str, done: Callable[[int], None], failed: Failed, ended: Ended
    ) -> None:
        """Write all that is known; `done` gets the number of acts."""
        workspace, event, wiki = self._workspace, self._event, self._wiki

        def work(reader: Reader) -> int:
            desk = EventDesk(workspace.mirror, reader, event)
            return write_hand_over(path, workspace.mirror, desk, wiki, passphrase)

        workspace.read_in_background(self, work, done, failed, ended)

    def merge(
        self,
        paths: Sequence[Path],
        passphrase: str,
        done: Callable[[int, list[str]], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Merge files of one passphrase, all or none.

        `done` gets the number of new acts, and the names of those who are no longer in.
        """
        workspace, event, wiki = self._workspace, self._event, self._wiki

        def work(reader: Reader) -> tuple[int, list[str]]:
            handed_over = read_hand_overs(paths, passphrase)
            desk = EventDesk(workspace.mirror, reader, event)
            merged = merge_hand_overs(desk, handed_over, wiki)
            return merged.acts, [desk.name_of(person) for person in merged.no_longer_in]

        def finish(result: tuple[int, list[str]]) -> None:
            workspace.desk_was_used([event.key])
            done(*result)

        workspace.read_in_background(self, work, finish, failed, ended)

    def desks(self, done: Callable[[list[DeskRecord]], None]) -> None:
        """Pass the records of the desks that noted something of the event, this one first."""
        mirror, event = self._workspace.mirror, self._event

        def read(reader: Reader) -> list[DeskRecord]:
            desk = EventDesk(mirror, reader, event)
            numbers = {act.desk for act in desk.log}
            known = [desk.log.desks.get(number, DeskRecord(number)) for number in numbers]
            return sorted(known, key=lambda one: (one.number != desk.own_number, one.name))

        self._workspace.read_in_background(self, read, done)

    def set_clock(self, desk: DeskRecord, late: int, failed: Failed) -> None:
        """Note that a desk's clock is late by so many milliseconds."""
        workspace, event = self._workspace, self._event

        def work(reader: Reader) -> None:
            EventDesk(workspace.mirror, reader, event).set_clock(desk, late)

        workspace.read_in_background(self, work, lambda _none: workspace.desk_was_used([event.key]), failed)
