"""The actions of the File menu about the event that is shown: exporting, reports, importing."""

from PySide6.QtCore import QObject, Slot

from app.domain.events.event import Event
from app.models.workspace import Workspace
from app.views.window.event_pane import EventPane
from app.views.window.window_dialogs import WindowDialogs


class FileActions(QObject):
    """Opens the dialogs of files."""

    def __init__(
        self, workspace: Workspace, pane: EventPane, dialogs: WindowDialogs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._pane, self._dialogs = workspace, pane, dialogs
        pane.export_requested.connect(self.export)
        pane.report_requested.connect(self.report)

    @Slot()
    def export(self) -> None:
        """Write the event's participants to a file."""
        if event := self._shown():
            self._dialogs.export(event, self._pane.participants.scopes(event))

    @Slot()
    def report(self) -> None:
        """Write a report, at first about the event."""
        event = self._shown()
        self._dialogs.report([event] if event else [])

    @Slot()
    def import_statistics(self) -> None:
        """Take over the event's response statistics."""
        if event := self._shown():
            self._dialogs.import_statistics(event)

    def _shown(self) -> Event | None:
        return self._workspace.find_event(self._pane.event_key or 0)
