"""The dialog that writes a report about an event, or about several side by side, with a preview."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.events.event_checks import Problem, is_grant_id
from app.domain.wording.organizing_texts import problem_sentence
from app.i18n import N_, _, ngettext
from app.models.reports.report_control import (
    REPORT_FORMATS,
    USUAL_PARTS,
    ReportChoices,
    ReportControl,
    ReportPart,
)
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.forms.file_field import FileField, file_name
from app.views.forms.problem_label import ProblemLabel
from app.views.look.colours import Accent
from app.views.look.text import secondary, strong
from app.views.reports.event_choice import EventChoice
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.page_preview import PREVIEW_WIDTH, PagePreview, page_image

_PARTS = {
    ReportPart.FACTS: N_("Facts"),
    ReportPart.PEOPLE: N_("Numbers of people"),
    ReportPart.REGISTRATIONS: N_("Registrations over time"),
    ReportPart.DEMOGRAPHICS: N_("Demographics"),
    ReportPart.IMPACT: N_("What the participants edited"),
    ReportPart.DASHBOARD: N_("Figures of the Dashboard course"),
    ReportPart.PARTICIPANTS: N_("List of participants, with names"),
}
#: Parts of a report about one event only.
_OF_ONE = (ReportPart.REGISTRATIONS, ReportPart.DASHBOARD, ReportPart.PARTICIPANTS)
#: The width of a page of A4 in inches, and how long the preview waits for another choice.
_PAGE_INCHES, _PAUSE_MS = 8.27, 250


class ReportDialog(Dialog):
    """What the last report held is remembered; that it names private people never is."""

    #: A report was written: its path.
    written = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        events: Sequence[Event],
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog. `events`: those that are chosen at first."""
        super().__init__("reportDialog", _("Report"), parent)
        self._workspace = workspace
        self._settings = settings
        self._writing = False
        self._control = ReportControl(workspace, self)
        self._fault = Banner("reportFault", self)
        self._personal = Banner("reportPersonalData", self)
        self._events = EventChoice(workspace.events, [event.key for event in events], self)
        self._parts = {part: QCheckBox(_(label), self) for part, label in _PARTS.items()}
        for part, box in self._parts.items():
            box.setObjectName(f"reportPart-{part.value}")
        self._private = QCheckBox(self)
        self._private.setObjectName("reportPrivate")
        self._grant = QLineEdit(self)
        self._grant.setObjectName("reportGrant")
        self._grant.setAccessibleName(_("Grant ID"))
        self._grant.setPlaceholderText(_("like 2411-12345, if there is one"))
        self._grant_problem = ProblemLabel("reportGrantProblem", self)
        self._format = Choice("reportFormat", _("Kind of file"), self)
        for key, known in REPORT_FORMATS.items():
            self._format.addItem(_(known.label), key)
        self._file = FileField("report", self)
        self._preview = PagePreview("report", self)
        self._told = secondary(QLabel(self))
        self._told.setObjectName("reportTold")
        self._told.setWordWrap(True)
        self._told.setText(
            _("What a saved report says of answers is remembered, so that later ones do not tell more.")
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._save = self._buttons.addButton(_("Save report"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setObjectName("reportSave")
        self._save.setDefault(True)
        self._restore(events)
        self._lay_out()
        self._connect()
        self._on_chosen()
        self._on_format()
        self._save.setFocus()

    def _restore(self, events: Sequence[Event]) -> None:
        """Fill in the last report's choices; private people are never among them."""
        value = self._settings.value
        self._format.setCurrentIndex(max(0, self._format.findData(value("report/format"))))
        usual = ",".join(USUAL_PARTS)
        wanted = str(value("report/parts") or usual).split(",")
        for part, box in self._parts.items():
            box.setChecked(part.value in wanted)
        if len(events) == 1:
            self._grant.setText(events[0].registration.grant_id or "")
            name = file_name(events[0])
        else:
            name = _("Events side by side")
        self._suggested = (self._grant.text(), name)
        suffix = REPORT_FORMATS[self._format.currentData()].suffix
        self._file.suggest(str(value("report/folder") or ""), f"{name}{suffix}")

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(strong(QLabel(_("Events"), self)))
        side.addWidget(self._events)
        side.addWidget(strong(QLabel(_("What it holds"), self)))
        for box in self._parts.values():
            side.addWidget(box)
        side.addWidget(self._private)
        side.addWidget(self._personal)
        form = QFormLayout()
        form.addRow(_("Grant ID"), self._grant)
        form.addRow("", self._grant_problem)
        form.addRow(_("Kind of file"), self._format)
        form.addRow(_("File"), self._file)
        side.addLayout(form)
        side.addWidget(self._told)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(side, 1)
        row.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        column = self.content(width=PREVIEW_WIDTH + 520)
        column.addWidget(self._fault)
        column.addLayout(row)
        self.add_buttons(self._buttons)

    def _connect(self) -> None:
        self._events.changed.connect(self._on_chosen)
        for box in self._parts.values():
            box.toggled.connect(self._on_chosen)
        self._private.toggled.connect(self._draw_soon)
        self._grant.textChanged.connect(self._on_grant)
        self._file.follow(self._format, {key: known.suffix for key, known in REPORT_FORMATS.items()})
        self._format.currentIndexChanged.connect(self._on_format)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)

    def _suggest(self, events: Sequence[Event]) -> None:
        """Fill in grant and file name of the chosen events, unless the user has written others."""
        grant = (events[0].registration.grant_id or "") if len(events) == 1 else ""
        if self._grant.text() == self._suggested[0]:
            self._grant.setText(grant)
        name = file_name(events[0]) if len(events) == 1 else _("Events side by side")
        path = self._file.path()
        if path is not None and path.stem == self._suggested[1]:
            self._file.line.setText(str(path.with_name(name + path.suffix)))
        self._suggested = (grant, name)

    @Slot()
    def _on_chosen(self) -> None:
        events = self._events.chosen()
        self._suggest(events)
        for part in _OF_ONE:
            self._parts[part].setEnabled(len(events) < 2)
        private = sum(event.private_participants for event in events)
        text = ngettext(
            "Also name walk-ins, and the {count} participant who registered privately",
            "Also name walk-ins, and the {count} participants who registered privately",
            private,
        )
        self._private.setText(text.format(count=self.locale().toString(private)))
        # Asked anew for other people.
        self._private.setChecked(False)
        self._show_private()
        self._draw_soon()

    def _show_private(self) -> None:
        events = self._events.chosen()
        names = self._parts[ReportPart.PARTICIPANTS]
        offered = names.isEnabled() and names.isChecked() and bool(events)
        self._private.setVisible(offered and not REPORT_FORMATS[self._format.currentData()].is_public)
        if self._private.isHidden():
            self._private.setChecked(False)

    @Slot()
    def _on_grant(self) -> None:
        typed = self._grant.text().strip()
        wrong = bool(typed) and not is_grant_id(typed)
        self._grant_problem.say(problem_sentence(Problem.GRANT_BAD) if wrong else "")
        self._draw_soon()

    @Slot()
    def _on_format(self) -> None:
        self._show_private()
        self._draw_soon()

    def _choices(self) -> ReportChoices:
        parts = frozenset(part for part, box in self._parts.items() if box.isChecked() and box.isEnabled())
        grant = self._grant.text().strip()
        return ReportChoices(parts, self._private.isChecked(), grant if is_grant_id(grant) else "")

    @Slot()
    def _draw_soon(self) -> None:
        # What is shown or being drawn is of other choices.
        self._control.forget_preview()
        self._preview.fade()
        self._update_save()
        self._timer.start()

    @Slot()
    def _update_save(self) -> None:
        can = bool(self._events.chosen()) and bool(self._choices().parts)
        self._save.setEnabled(can and not self._writing)

    @Slot()
    def _draw(self) -> None:
        events, choices = self._events.chosen(), self._choices()
        if events and choices.parts:
            dots = PREVIEW_WIDTH * self.devicePixelRatioF() / _PAGE_INCHES
            self._control.preview(events, choices, dots, self._on_drawn, self._fault.report)
        else:
            self._personal.hide()

    def _on_drawn(self, pages: list[bytes], personal_data: str) -> None:
        self._fault.hide()
        self._preview.show_pages(len(pages), partial(page_image, pages), keep=True)
        if personal_data:
            self._personal.say(personal_data, Accent.WARNING)
        else:
            self._personal.hide()

    @Slot()
    def _on_save(self) -> None:
        self._fault.hide()
        path = self._file.path_or_say(self._fault)
        if path is None:
            return
        grant = self._grant.text().strip()
        if grant and not is_grant_id(grant):
            self._fault.say(problem_sentence(Problem.GRANT_BAD), Accent.ERROR)
            self._grant.setFocus()
            return
        self._writing = True
        self._update_save()
        self._control.write(
            path,
            self._format.currentData(),
            self._events.chosen(),
            self._choices(),
            lambda: self._on_written(str(path)),
            self._fault.report,
            self._on_ended,
        )

    def _on_ended(self) -> None:
        self._writing = False
        self._update_save()

    def done(self, result: int) -> None:
        """Close; a report that is not written yet is not."""
        self._control.cancel()
        super().done(result)

    def _on_written(self, path: str) -> None:
        parts = [part.value for part, box in self._parts.items() if box.isChecked()]
        folder = self._file.path()
        for key, value in (
            ("format", self._format.currentData()),
            ("parts", ",".join(parts)),
            ("folder", str(folder.parent) if folder else ""),
        ):
            self._settings.setValue(f"report/{key}", value)
        self.written.emit(path)
        self.accept()
