"""Pairing a list of those who came with the registrations: what is sure, likely and unmatched."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.domain import names
from app.domain.accounts.account import NamedAccount
from app.domain.desk.acts import ActKind
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.i18n import _, ngettext
from app.models.desk.list_control import (
    Candidate,
    Confirmed,
    Entry,
    ListControl,
    Match,
    Reconciliation,
    confirmed_of,
)
from app.models.events.event_text import day_of_year
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.forms.list_file import choose_list
from app.views.look.appearance import set_role
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog

#: Milliseconds after the last letter before a pasted list is paired.
_MS_BEFORE_PAIRING = 400
_LINE, _TEXT, _MEANT = 0, 1, 2
_PASTE_LINES = 5


class ReconcileDialog(Dialog):
    """Notes nothing before the organizer has confirmed it."""

    #: What was confirmed is noted; passes the number of people.
    noted = Signal(int)

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget) -> None:
        super().__init__("reconcileDialog", _("Who was on the list"), parent)
        self._control = ListControl(workspace, event, self)
        self._file: Path | None = None
        self._found: Reconciliation | None = None
        self._choices: list[tuple[Entry, Choice]] = []
        self._fault = Banner("reconcileFault", self)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("reconcileText")
        self._text.setAccessibleName(_("The list"))
        self._text.setPlaceholderText(_("Paste a list here: one person per line, a table, wikitext or links"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_PASTE_LINES * self._text.fontMetrics().lineSpacing() + 12)
        self._open = QPushButton(_("Open a file…"), self)
        self._open.setObjectName("reconcileOpen")
        self._open.clicked.connect(self._choose_file)
        self._column = Choice("reconcileColumn", _("Column with the names"), self)
        self._column.activated.connect(self._pair)
        self._column.hide()
        self._table = QTableWidget(0, 3, self)
        self._summary = QLabel(self)
        self._summary.setObjectName("reconcileSummary")
        self._walk_ins = QCheckBox(self)
        self._walk_ins.setObjectName("reconcileWalkIns")
        self._look_up = QPushButton(_("Look the unmatched up on the wiki"), self)
        self._look_up.setObjectName("reconcileLookUp")
        set_role(self._look_up, "quiet")
        self._look_up.clicked.connect(self._on_look_up)
        self._accounts: dict[str, NamedAccount] = {}
        self._came = QRadioButton(_("They came"), self)
        self._came.setObjectName("reconcileCame")
        self._came.setChecked(True)
        self._no_show = QRadioButton(_("They did not come"), self)
        self._no_show.setObjectName("reconcileNoShow")
        self._day = Choice("reconcileDay", _("Day of the list"), self)
        for day in self._control.days:
            self._day.addItem(day_of_year(self.locale(), day, same_year=False), day)
        self._day.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self._day.setCurrentIndex(self._day.count() - 1)
        self._day.activated.connect(self._on_day)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_MS_BEFORE_PAIRING)
        self._wait.timeout.connect(self._pair)
        self._text.textChanged.connect(self._on_pasted)
        self._walk_ins.toggled.connect(self._count)
        self._no_show.toggled.connect(self._on_kind)
        self._set_up_table()
        self._lay_out()
        self._show_nothing()

    def _set_up_table(self) -> None:
        table = self._table
        table.setObjectName("reconcileTable")
        table.setAccessibleName(_("The names of the list"))
        table.setHorizontalHeaderLabels([_("Line"), _("On the list"), _("Who is meant")])
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.horizontalHeader().setSectionResizeMode(_LINE, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(_MEANT, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(220)

    def _lay_out(self) -> None:
        text = QLabel(
            _(
                "Names are paired with the registrations by the wiki’s own rules. Nothing is noted before "
                "you confirm it, and the list stays on this computer."
            ),
            self,
        )
        text.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(self._column, 1)
        row.addStretch(1)
        kinds = QHBoxLayout()
        kinds.setSpacing(20)
        kinds.addWidget(self._came)
        kinds.addWidget(self._no_show)
        kinds.addWidget(self._day)
        kinds.addStretch(1)
        column = self.content(width=760, height=520)
        column.addWidget(text)
        column.addWidget(self._fault)
        column.addWidget(self._text)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        column.addWidget(secondary(self._summary))
        column.addLayout(kinds)
        walk_ins = QHBoxLayout()
        walk_ins.addWidget(self._walk_ins)
        walk_ins.addWidget(self._look_up)
        walk_ins.addStretch(1)
        column.addLayout(walk_ins)
        buttons = QDialogButtonBox(self)
        self._apply = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._apply.setObjectName("reconcileApply")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_apply)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._text.setFocus()

    def _show_nothing(self) -> None:
        self._found = None
        self._choices = []
        self._table.setRowCount(0)
        self._count()

    @Slot()
    def _choose_file(self) -> None:
        if path := choose_list(self):
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Pair the list in a file."""
        self._file = path
        self._column.clear()
        self._text.blockSignals(True)
        self._text.setPlainText("")
        self._text.blockSignals(False)
        self._pair()

    @Slot()
    def _on_pasted(self) -> None:
        self._file = None
        self._column.clear()
        self._wait.start()

    @Slot()
    def _pair(self) -> None:
        source = self._file or self._text.toPlainText()
        self._fault.hide()
        if not source:
            self._show_nothing()
            return
        column = self._column.currentData() if self._column.count() else None
        self._control.pair(source, column, self._on_paired, self._on_failed)

    def _on_failed(self, fault: KnownFault) -> None:
        self._fault.report(fault)
        self._show_nothing()

    def _on_paired(self, found: Reconciliation) -> None:
        self._found = found
        columns = found.table.columns
        self._column.clear()
        for one in columns:
            heading = one.heading or _("Column {number}").format(number=one.number + 1)
            self._column.addItem(_("Names in: {column}").format(column=names.safe(heading)), one.number)
        self._column.setCurrentIndex(self._column.findData(found.column))
        self._column.setVisible(len(columns) > 1)
        self._choices, self._accounts = [], {}
        self._table.setRowCount(len(found.entries))
        for row, entry in enumerate(found.entries):
            self._fill_row(row, entry)
        self._table.resizeRowsToContents()
        self._count()

    def _fill_row(self, row: int, entry: Entry) -> None:
        line = QTableWidgetItem(self.locale().toString(entry.line))
        line.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        text = QTableWidgetItem(names.set_apart(" ".join(entry.text.split())))
        text.setToolTip(names.safe(entry.text))
        self._table.setItem(row, _LINE, line)
        self._table.setItem(row, _TEXT, text)
        if entry.match is not Match.LIKELY:
            self._table.removeCellWidget(row, _MEANT)
            meant = QTableWidgetItem(_meant(entry, has_account=entry.name in self._accounts))
            meant.setToolTip(entry.problem)
            self._table.setItem(row, _MEANT, meant)
            return
        choice = Choice(
            f"reconcileChoice{row}", _("Who is meant by line {number}").format(number=entry.line), self
        )
        choice.addItem(_("Choose…"), None)
        for candidate in entry.candidates:
            choice.addItem(names.set_apart(candidate.name), candidate)
        choice.activated.connect(self._count)
        self._choices.append((entry, choice))
        self._table.setCellWidget(row, _MEANT, choice)

    def _chosen(self) -> list[Candidate | None]:
        return [choice.currentData() for _entry, choice in self._choices]

    @Slot()
    def _on_day(self) -> None:
        self._control.day = self._day.currentData()

    @Slot()
    def _on_kind(self) -> None:
        self._walk_ins.setEnabled(self._came.isChecked())
        self._count()

    @Slot()
    def _count(self) -> None:
        """Say what was found, and what would be noted."""
        entries = self._found.entries if self._found else ()
        unmatched = sum(one.match is Match.UNMATCHED and not one.first_line for one in entries)
        text = ngettext(
            "Keep {count} unmatched as a walk-in", "Keep {count} unmatched as walk-ins", unmatched
        )
        self._walk_ins.setText(text.format(count=unmatched))
        self._walk_ins.setVisible(bool(unmatched))
        self._look_up.setVisible(bool(unmatched))
        self._summary.setText(
            _("{sure} sure, {likely} likely, {unmatched} unmatched, {refused} not names").format(
                sure=len({one.candidates[0].person for one in entries if one.match is Match.SURE}),
                likely=sum(one.match is Match.LIKELY for one in entries),
                unmatched=unmatched,
                refused=sum(one.match is Match.REFUSED for one in entries),
            )
        )
        self._summary.setVisible(bool(entries))
        confirmed = self._confirmed(entries)
        count = len(confirmed.people) + len(confirmed.walk_ins)
        label = (
            ngettext("Check in {count} person", "Check in {count} people", count)
            if self._came.isChecked()
            else ngettext("Mark {count} no-show", "Mark {count} no-shows", count)
        )
        self._apply.setText(label.format(count=self.locale().toString(count)))
        self._apply.setEnabled(bool(count))

    def _confirmed(self, entries: Sequence[Entry]) -> Confirmed:
        return confirmed_of(entries, self._chosen(), self._accounts, unmatched=self._keeps_walk_ins())

    @Slot()
    def _on_look_up(self) -> None:
        if self._found is not None:
            self._look_up.setEnabled(False)
            self._control.look_up(
                self._found.entries,
                self._on_looked_up,
                self._fault.report,
                lambda: self._look_up.setEnabled(True),
            )

    def _on_looked_up(self, accounts: dict[str, NamedAccount]) -> None:
        self._accounts = accounts
        for row, entry in enumerate(self._found.entries if self._found else ()):
            if entry.match is Match.UNMATCHED:
                self._fill_row(row, entry)

    def _keeps_walk_ins(self) -> bool:
        return self._walk_ins.isChecked() and self._came.isChecked()

    @Slot()
    def _on_apply(self) -> None:
        if self._found is None:
            return
        confirmed = self._confirmed(self._found.entries)
        kind = ActKind.CHECK_IN if self._came.isChecked() else ActKind.NO_SHOW
        self._apply.setEnabled(False)
        self._control.note(confirmed, kind, self._on_noted, self._on_refused)

    def _on_refused(self, fault: KnownFault) -> None:
        self._fault.report(fault)
        self._count()

    def _on_noted(self, noted: int) -> None:
        self.accept()
        self.noted.emit(noted)


def _meant(entry: Entry, *, has_account: bool) -> str:
    """Return what is known of a name that needs no choice."""
    match entry.match:
        case Match.SURE:
            text = names.set_apart(entry.candidates[0].name)
        case Match.UNMATCHED if has_account:
            text = _("An account that is not registered")
        case Match.UNMATCHED:
            text = _("Nobody on the list of registrations")
        case _other:
            text = entry.problem
    if entry.first_line:
        return _("{text} – already on line {number}").format(text=text, number=entry.first_line)
    return text
