"""Desks that are shared through a server: for the window that checks people in, and their settings."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.desk.event_desk import EventDesk
from app.desk.shared_desk import SharedDesk
from app.domain import times
from app.domain.desk.acts import Act, DeskRecord
from app.domain.desk.shared_desk import ServerEvent
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.models.background import Failed
from app.models.workspace import Workspace
from app.store.desk.server_address import ServerAddress
from app.store.desk.shared_desk import (
    SharedDeskSettings,
    accept_names_leave,
    read_certificate,
    read_shared_desk,
    remove_shared_desk,
    save_shared_desk,
)


class SharedDesks(QObject):
    """Shares the open desks of those events for which it is set up and accepted."""

    #: What other desks noted: the event's key, acts, and records of desks. Emitted on the window's thread.
    fetched = Signal(int, object, object)
    #: A desk is connected, alone or refused; passes `SharedDeskState`.
    state_changed = Signal(object)
    _from_thread = Signal(int, object, object)
    _state_from_thread = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shared: list[SharedDesk] = []
        queued = Qt.ConnectionType.QueuedConnection
        self._from_thread.connect(self.fetched, queued)
        self._state_from_thread.connect(self.state_changed, queued)

    def share(self, desks: Iterable[EventDesk]) -> None:
        """Begin to share some desks; end sharing those before."""
        self.stop()
        for desk in desks:
            event = desk.event
            account = self._workspace.account(event.wiki_key)
            settings = self._workspace.read(self._reading(event), None)
            if account is None or settings is None or settings.accepted_at is None:
                continue
            shared = SharedDesk(
                self._workspace.mirror,
                desk,
                ServerEvent.of(account, event),
                settings,
                on_fetched=self._hand_over(event.key),
                on_state=self._state_from_thread.emit,
            )
            shared.start()
            self._shared.append(shared)

    def _reading(self, event: Event) -> Callable[[], SharedDeskSettings | None]:
        return lambda: read_shared_desk(self._workspace.reader, event.key)

    def _hand_over(self, key: int) -> Callable[[list[Act], list[DeskRecord]], None]:
        return lambda acts, records: self._from_thread.emit(key, acts, records)

    def stop(self) -> None:
        """End sharing; what was not sent is sent the next time."""
        for shared in self._shared:
            shared.stop()
        self._shared = []


class SharedDeskSetup(QObject):
    """The settings of one event's shared desk."""

    def __init__(self, workspace: Workspace, event: Event, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._event = event

    def settings(self) -> SharedDeskSettings | None:
        """Return the settings, None if the desk is not shared."""
        reader, key = self._workspace.reader, self._event.key
        return self._workspace.read(lambda: read_shared_desk(reader, key), None)

    def save(
        self,
        address: str,
        password: str,
        certificate: Path | None,
        done: Callable[[None], None],
        failed: Failed,
    ) -> None:
        """Keep a server whose notice the user has accepted; `certificate`: a file, None if as before."""
        writer, key = self._workspace.mirror.writer, self._event.key
        before = self.settings()

        def work() -> None:
            kept = before.certificate if before else ""
            authorities = read_certificate(certificate) if certificate else kept
            writer.do_durably(save_shared_desk, key, ServerAddress.of_text(address), password, authorities)
            writer.do_durably(accept_names_leave, key, times.now())

        self._workspace.jobs.run(self, work, done, failed)

    def remove(self, done: Callable[[None], None], failed: Failed) -> None:
        """Share the desk no longer; what is on the server stays there."""
        writer, key = self._workspace.mirror.writer, self._event.key
        self._workspace.jobs.run(self, lambda: writer.do_durably(remove_shared_desk, key), done, failed)


def server_of(address: str) -> str:
    """Return the server of an address as sentences name it, empty if it is no address."""
    try:
        return ServerAddress.of_text(address).server
    except KnownFault:
        return ""
