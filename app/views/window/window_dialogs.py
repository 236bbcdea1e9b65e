"""The dialogs of the window that belong to no event: each is imported when it is opened first."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app import NAME, __version__
from app.domain.events.event import Event
from app.i18n import _
from app.models.accounts.account_control import AccountControl
from app.models.people.people_scope import PeopleScope
from app.models.workspace import Workspace
from app.views.look.appearance import Appearance
from app.views.widgets.message_boxes import inform, show_about

if TYPE_CHECKING:
    from app.models.finder import Finder


class WindowDialogs(QObject):
    """Opens dialogs, and emits what came of them."""

    event_added = Signal(int)
    event_found = Signal(int)
    person_found = Signal(int, str)
    #: A file was written: the number of people, and its path.
    written = Signal(int, str)
    #: A report was written: its path.
    report_written = Signal(str)

    def __init__(
        self, workspace: Workspace, settings: QSettings, appearance: Appearance, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._settings = settings
        self._appearance = appearance
        self._window = window

    @cached_property
    def _finder(self) -> "Finder":
        from app.models.finder import Finder

        return Finder(self._workspace, self)

    def find(self, actions: Sequence[QAction]) -> None:
        """Open the field that finds an event, a person or an action."""
        from app.views.window.finder_dialog import FinderDialog

        dialog = FinderDialog(self._finder, actions, self._window)
        dialog.event_chosen.connect(self.event_found)
        dialog.person_chosen.connect(self.person_found)
        self._open(dialog)

    def add_event(self, control: AccountControl) -> None:
        """Open the dialog that adds an event by its number or link."""
        from app.views.events.add_event_dialog import AddEventDialog

        dialog = AddEventDialog(control, self._workspace.accounts, self._window)
        dialog.added.connect(self.event_added)
        self._open(dialog)

    def export(self, event: Event, scopes: Sequence[PeopleScope]) -> None:
        """Open the dialog that writes an event's participants to a file."""
        from app.views.participants.export_dialog import ExportDialog

        dialog = ExportDialog(self._workspace, event, scopes, self._settings, self._window)
        dialog.written.connect(self.written)
        self._open(dialog)

    def report(self, events: Sequence[Event]) -> None:
        """Open the dialog that writes a report, at first about some events."""
        from app.views.reports.report_dialog import ReportDialog

        dialog = ReportDialog(self._workspace, events, self._settings, self._window)
        dialog.written.connect(self.report_written)
        self._open(dialog)

    def compare(self, events: Sequence[Event]) -> None:
        """Open what is known of several events, at first of these."""
        from app.views.reports.compare_dialog import CompareDialog

        dialog = CompareDialog(self._workspace, events, self._window)
        dialog.report_requested.connect(self.report)
        self._open(dialog)

    def certificates(self, event: Event) -> None:
        """Open the dialog that writes certificates of attendance."""
        from app.views.reports.certificate_dialog import CertificateDialog

        dialog = CertificateDialog(self._workspace, event, self._settings, self._window)
        dialog.written.connect(self.report_written)
        self._open(dialog)

    def import_statistics(self, event: Event) -> None:
        """Open the dialog that takes over the response statistics of an event."""
        from app.views.demographics.import_dialog import ImportStatisticsDialog

        self._open(ImportStatisticsDialog(self._workspace, event, self._window))

    def privacy(self, when_stopped: Callable[[Callable[[], None]], None]) -> None:
        """Open what is known of personal data here; `when_stopped` stops a sync first."""
        from app.views.privacy.privacy_dialog import PrivacyDialog

        self._open(PrivacyDialog(self._workspace, when_stopped, self._window))

    def preferences(self) -> None:
        """Open the preferences."""
        from app.views.window.preferences_dialog import PreferencesDialog

        self._open(PreferencesDialog(self._workspace, self._settings, self._appearance, self._window))

    def guide(self, page: str) -> None:
        """Open a page of the guide beside the window."""
        from app.views.widgets.guide_window import GuideWindow

        guide = GuideWindow(page, self._window)
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show()

    def log(self) -> None:
        """Open the log in the program that shows such files."""
        from app.views.widgets.guide_window import open_file

        if not open_file(self._workspace.mirror.folder / "event-center.log"):
            inform(self._window, "noLog", _("There is nothing in the log yet."), "")

    def about(self) -> None:
        """Say what the program is, and its version."""
        text = _(
            "The desktop companion for Wikimedia’s Event Registration. Free software under the MIT licence."
        )
        show_about(self._window, _("About Event Center"), f"{NAME} {__version__}", text)

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
