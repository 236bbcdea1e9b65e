"""Several events side by side, on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.events.event import Event
from app.i18n import _
from app.models.reports.report_control import MadeReport, ReportControl
from app.models.workspace import Workspace
from app.views.look.text import secondary
from app.views.reports.event_choice import EventChoice
from app.views.reports.report_view import ReportView
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog

_PAUSE_MS = 150
_LIST_WIDTH = 280


class CompareDialog(Dialog):
    """What is shown follows the chosen events at once."""

    #: A report about these events is wanted.
    report_requested = Signal(object)

    def __init__(self, workspace: Workspace, chosen: Sequence[Event], parent: QWidget | None = None) -> None:
        """Make the dialog. `chosen`: the events that are chosen at first."""
        super().__init__("compareDialog", _("Events side by side"), parent)
        self._control = ReportControl(workspace, self)
        self._fault = Banner("compareFault", self)
        self._events = EventChoice(workspace.events, [event.key for event in chosen], self, grows=True)
        self._events.setFixedWidth(_LIST_WIDTH)
        self._events.changed.connect(self._on_chosen)
        self._hint = secondary(QLabel(_("Choose two events or more."), self))
        self._hint.setObjectName("compareHint")
        self._view = ReportView(self._control, "compareView", self)
        self._view.failed.connect(self._fault.report)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._read)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._report = buttons.addButton(_("Report…"), QDialogButtonBox.ButtonRole.ActionRole)
        self._report.setObjectName("compareReport")
        self._report.clicked.connect(self._on_report)
        buttons.rejected.connect(self.reject)
        right = QVBoxLayout()
        right.addWidget(self._hint)
        right.addWidget(self._view, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._events)
        row.addLayout(right, 1)
        column = self.content(width=940, height=600)
        column.addWidget(self._fault)
        column.addLayout(row, 1)
        self.add_buttons(buttons)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        several = len(self._events.chosen()) > 1
        self._hint.setVisible(not several)
        self._report.setEnabled(several)
        self._control.forget_preview()
        if several:
            self._timer.start()
        else:
            self._timer.stop()
            self._view.show_report(None)

    @Slot()
    def _read(self) -> None:
        self._control.compare(self._events.chosen(), self._show, self._fault.report)

    def _show(self, made: MadeReport) -> None:
        self._fault.hide()
        self._view.show_report(made)

    @Slot()
    def _on_report(self) -> None:
        events = self._events.chosen()
        self.accept()
        self.report_requested.emit(events)
