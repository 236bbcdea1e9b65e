"""The actions of the File menu about the event that is shown: exporting, reports, importing."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.domain.events.event import Event, Listing
from app.domain.events.series import series_of
from app.i18n import _, ngettext
from app.models.reports.calendar_control import upcoming_events, write_calendar_file
from app.models.workspace import Workspace
from app.views.forms.file_field import valid_name
from app.views.widgets.message_boxes import choose
from app.views.window.event_pane import EventPane
from app.views.window.window_dialogs import WindowDialogs


class FileActions(QObject):
    """Opens the dialogs of files."""

    #: A file was written: its path.
    written = Signal(str)
    failed = Signal(str)

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
    def compare(self) -> None:
        """Put several events side by side: at first those of the series of the event shown."""
        event = self._shown()
        series = series_of(event.registration.name) if event else ""
        of_series = [
            one for one in self._workspace.events if series and series_of(one.registration.name) == series
        ]
        self._dialogs.compare(of_series or ([event] if event else []))

    @Slot()
    def import_statistics(self) -> None:
        """Take over the event's response statistics."""
        if event := self._shown():
            self._dialogs.import_statistics(event)

    @Slot()
    def certificates(self) -> None:
        """Write certificates for those who came to the event."""
        if event := self._shown():
            self._dialogs.certificates(event)

    @Slot()
    def calendar(self) -> None:
        """Write the event, or all upcoming ones, to a calendar file."""
        event, upcoming = self._shown(), upcoming_events(self._workspace)
        made = event is not None and event.listing is not Listing.NOT_YET_CREATED
        choices = [(_("This event"), [event])] if event and made else []
        if upcoming:
            text = ngettext("{count} upcoming event", "All {count} upcoming events", len(upcoming))
            choices.append((text.format(count=len(upcoming)), upcoming))
        if not choices:
            self.failed.emit(_("There are no upcoming events on this computer."))
            return
        choose(
            self._pane.window(),
            "calendarBox",
            _("Write a calendar file"),
            _("Calendars open it: it has the times with their zone, the place, and the links."),
            [(text, partial(self._choose_calendar, events)) for text, events in choices],
        )

    def _choose_calendar(self, events: Sequence[Event]) -> None:
        name = events[0].registration.name if len(events) == 1 else _("Events")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._pane.window(), _("Write a calendar file"), f"{valid_name(name)}.ics", _("Calendar (*.ics)")
        )
        if chosen:
            path = Path(chosen)
            self.write_calendar(path if path.suffix else path.with_suffix(".ics"), events)

    def write_calendar(self, path: Path, events: Sequence[Event]) -> None:
        """Write events to a calendar file in the background."""
        write_calendar_file(
            self._workspace,
            self,
            path,
            events,
            lambda: self.written.emit(str(path)),
            lambda fault: self.failed.emit(fault.sentence),
        )

    def _shown(self) -> Event | None:
        return self._workspace.find_event(self._pane.event_key or 0)
