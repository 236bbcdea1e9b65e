"""Handing the desk over: an encrypted file for the other computer, merging its file, and clocks."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.desk.acts import DeskRecord
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.i18n import _, listed, ngettext
from app.models.desk.hand_over_control import HandOverControl
from app.models.workspace import Workspace
from app.views.forms.fields import wheel_after_focus
from app.views.forms.problem_label import ProblemLabel
from app.views.look.colours import Accent
from app.views.look.text import heading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.retired import retire

_MOST_MINUTES = 24 * 60
_MS_OF_MINUTE = 60_000


class HandOverDialog(Dialog):
    """The passphrase is for this file only; whoever merges it must know it."""

    def __init__(self, workspace: Workspace, event: Event, desk_name: str, parent: QWidget) -> None:
        super().__init__("handOverDialog", _("Hand the desk over"), parent)
        self._control = HandOverControl(workspace, event, self)
        self._desk_name = desk_name
        self._result = Banner("handOverResult", self)
        self._passphrase = QLineEdit(self)
        self._passphrase.setObjectName("handOverPassphrase")
        self._passphrase.setAccessibleName(_("Passphrase of the file"))
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._again = QLineEdit(self)
        self._again.setObjectName("handOverAgain")
        self._again.setAccessibleName(_("Passphrase once more"))
        self._again.setEchoMode(QLineEdit.EchoMode.Password)
        self._again.setPlaceholderText(_("only to write a file"))
        self._problem = ProblemLabel("handOverProblem", self)
        self._export = QPushButton(_("Write a file…"), self)
        self._export.setObjectName("handOverExport")
        self._export.clicked.connect(self._choose_target)
        self._import = QPushButton(_("Merge files…"), self)
        self._import.setObjectName("handOverImport")
        self._import.clicked.connect(self._choose_source)
        self._clocks = QVBoxLayout()
        self._clocks_title = heading(QLabel(_("Clocks"), self))
        self._clocks_hint = secondary(
            QLabel(_("If a computer’s clock was wrong, say by how much: the times are put right."), self)
        )
        self._clocks_hint.setWordWrap(True)
        self._rows: list[QWidget] = []
        self._desks: list[DeskRecord] = []
        self._lay_out()
        self._control.desks(self._show_desks)

    def _lay_out(self) -> None:
        text = QLabel(
            _(
                "Several computers at one event: write a file at each, and merge them at one. Nothing is "
                "lost or counted twice; the latest act about a person counts. The file holds names, and is "
                "encrypted: agree on a passphrase."
            ),
            self,
        )
        text.setWordWrap(True)
        form = QFormLayout()
        form.addRow(_("Passphrase of the file"), self._passphrase)
        form.addRow(_("Once more"), self._again)
        form.addRow("", self._problem)
        row = QHBoxLayout()
        row.addWidget(self._export)
        row.addWidget(self._import)
        row.addStretch(1)
        column = self.content(width=560)
        column.addWidget(text)
        column.addWidget(self._result)
        column.addLayout(form)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._clocks_title)
        column.addWidget(self._clocks_hint)
        column.addLayout(self._clocks)
        buttons = QDialogButtonBox(self)
        buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._passphrase.setFocus()

    def _show_desks(self, desks: list[DeskRecord]) -> None:
        for row in self._rows:
            retire(row)
        self._rows, self._desks = [], list(desks)
        for number, desk in enumerate(desks):
            self._rows.append(self._clock_row(desk, number))
            self._clocks.addWidget(self._rows[-1])
        for widget in (self._clocks_title, self._clocks_hint):
            widget.setVisible(bool(desks))

    def _clock_row(self, desk: DeskRecord, number: int) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        name = names.set_apart(desk.name) if desk.name else _("A desk without a name")
        label = QLabel(_("{desk}: its clock is late by").format(desk=name), row)
        minutes = wheel_after_focus(QSpinBox(row))
        minutes.setObjectName(f"handOverClock{number}")
        minutes.setRange(-_MOST_MINUTES, _MOST_MINUTES)
        minutes.setSuffix(" " + _("min"))
        minutes.setValue(round(desk.clock_late / _MS_OF_MINUTE))
        minutes.setAccessibleName(label.text())
        minutes.editingFinished.connect(lambda: self._on_clock(number, minutes.value()))
        layout.addWidget(label, 1)
        layout.addWidget(minutes)
        return row

    def _on_clock(self, number: int, minutes: int) -> None:
        desk = self._desks[number]
        if round(desk.clock_late / _MS_OF_MINUTE) != minutes:
            late = minutes * _MS_OF_MINUTE
            self._desks[number] = desk._replace(clock_late=late)
            self._control.set_clock(desk, late, self._on_failed)

    @Slot()
    def _choose_target(self) -> None:
        if not self._passphrase.text():
            self._problem.say(_("Type a passphrase first."))
        elif self._passphrase.text() != self._again.text():
            self._problem.say(_("The two passphrases differ. Type them again."))
        else:
            self._problem.say("")
            name = self._control.file_name(self._desk_name)
            path, _kind = QFileDialog.getSaveFileName(self, _("Write a hand-over file"), name)
            if path:
                self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the file."""
        self._set_busy(busy=True)
        self._control.write(
            path,
            self._passphrase.text(),
            lambda acts: self._on_written(acts, path),
            self._on_failed,
            lambda: self._set_busy(busy=False),
        )

    @Slot()
    def _choose_source(self) -> None:
        if not self._passphrase.text():
            self._problem.say(_("Type a passphrase first."))
            return
        self._problem.say("")
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Merge hand-over files"), "")
        if paths:
            self.merge([Path(path) for path in paths])

    def merge(self, paths: Sequence[Path]) -> None:
        """Merge files of other desks."""
        self._set_busy(busy=True)
        self._control.merge(
            paths,
            self._passphrase.text(),
            self._on_merged,
            self._on_failed,
            lambda: self._set_busy(busy=False),
        )

    def _set_busy(self, *, busy: bool) -> None:
        self._export.setEnabled(not busy)
        self._import.setEnabled(not busy)

    def _on_written(self, acts: int, path: Path) -> None:
        text = ngettext("{count} act written to {path}.", "{count} acts written to {path}.", acts)
        self._result.say(text.format(count=self.locale().toString(acts), path=str(path)), Accent.SUCCESS)

    def _on_merged(self, acts: int, no_longer_in: list[str]) -> None:
        text = ngettext("{count} new act merged.", "{count} new acts merged.", acts)
        text = text.format(count=self.locale().toString(acts))
        if no_longer_in:
            who = listed(map(names.set_apart, no_longer_in))
            more = _("Taken back at the other desk, so not in any more: {names}").format(names=who)
            text = f"{text} {more}"
        self._result.say(text, Accent.WARNING if no_longer_in else Accent.SUCCESS)
        self._control.desks(self._show_desks)

    def _on_failed(self, fault: KnownFault) -> None:
        self._result.report(fault)
