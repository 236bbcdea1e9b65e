"""Personal data: what is on this computer, until when, and erasing it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.domain import names, times
from app.domain.faults import KnownFault
from app.domain.privacy.retention import USUAL_DAYS, Holding, RetentionRule, is_due, is_due_soon
from app.i18n import _, ngettext
from app.models.events.event_text import day
from app.models.privacy.privacy_control import PersonAtEvent, PrivacyControl, PrivacyFacts
from app.models.workspace import Workspace
from app.views.forms.fields import wheel_after_focus
from app.views.forms.file_field import valid_name
from app.views.look.colours import Accent
from app.views.look.text import heading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.message_boxes import ask, warn_of_loss
from app.views.widgets.table_rows import set_up_rows

_MOST_DAYS = 3_650
#: The columns of numbers.
_NUMBERS = (1, 2, 3, 4)
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class PrivacyDialog(Dialog):
    """Nothing is erased by itself before the user has said so here."""

    def __init__(
        self,
        workspace: Workspace,
        when_stopped: Callable[[Callable[[], None]], None],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; `when_stopped` as in `PrivacyControl`."""
        super().__init__("privacyDialog", _("Personal data"), parent)
        self._control = PrivacyControl(workspace, when_stopped, self)
        self._facts: PrivacyFacts | None = None
        self._found: Sequence[PersonAtEvent] = ()
        self._result = Banner("privacyResult", self)
        self._table = self._make_table()
        self._erase = self._button("privacyErase", _("Erase…"), self._ask_erase)
        warn_of_loss(self._erase)
        self._keep = self._button("privacyKeep", _("Keep until I erase it"), self._on_keep)
        self._back = self._button("privacyBack", _("Let people come back"), self._on_back)
        self._days = wheel_after_focus(QSpinBox(self))
        self._days.setObjectName("privacyDays")
        self._days.setAccessibleName(_("Days after the end of an event"))
        self._days.setRange(1, _MOST_DAYS)
        self._days.setValue(USUAL_DAYS)
        self._days.editingFinished.connect(self._on_rule)
        self._by_itself = QCheckBox(_("Then erase it by itself"), self)
        self._by_itself.setObjectName("privacyByItself")
        self._by_itself.clicked.connect(self._on_rule)
        self._name = QLineEdit(self)
        self._name.setObjectName("privacyName")
        self._name.setAccessibleName(_("Name of a person"))
        self._name.setPlaceholderText(_("User name, or the name given at the desk"))
        self._name.textChanged.connect(self._forget_person)
        self._find = self._button("privacyFind", _("Show what is known"), self._on_find)
        self._save_person = self._button("privacySavePerson", _("Save as file…"), self._choose_file)
        self._erase_person = self._button(
            "privacyErasePerson", _("Erase this person…"), self._ask_erase_person
        )
        warn_of_loss(self._erase_person)
        self._known = QPlainTextEdit(self)
        self._known.setObjectName("privacyKnown")
        self._known.setAccessibleName(_("What is known of the person"))
        self._known.setReadOnly(True)
        self._known.setFixedHeight(9 * self.fontMetrics().height())
        self._lay_out()
        self._forget_person()
        self._on_row()
        self._read()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _make_table(self) -> QTableWidget:
        headings = (_("Event"), _("People"), _("Answers"), _("At the desk"), _("Edits"), _("Kept until"))
        table = QTableWidget(0, len(headings), self)
        table.setObjectName("privacyEvents")
        table.setAccessibleName(_("Personal data of events"))
        table.setHorizontalHeaderLabels(headings)
        set_up_rows(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setFrameShape(QFrame.Shape.StyledPanel)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setMinimumSectionSize(11 * table.fontMetrics().averageCharWidth())
        for section in _NUMBERS:
            item = QTableWidgetItem(headings[section])
            item.setTextAlignment(_AT_END)
            table.setHorizontalHeaderItem(section, item)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in range(1, len(headings)):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(7 * table.verticalHeader().defaultSectionSize())
        table.itemSelectionChanged.connect(self._on_row)
        return table

    def _lay_out(self) -> None:
        lead = QLabel(
            _(
                "Other people’s data is on this computer, encrypted, so that you can work without a network. "
                "Individual answers go when the wiki deletes its own: at the end of an event, or 90 days "
                "after somebody registered. Only sums stay."
            ),
            self,
        )
        lead.setWordWrap(True)
        buttons = QHBoxLayout()
        for button in (self._erase, self._keep, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rule = QHBoxLayout()
        rule.addWidget(QLabel(_("Keep the data of an event for"), self))
        rule.addWidget(self._days)
        rule.addWidget(QLabel(_("days after its end"), self))
        rule.addStretch(1)
        person = QHBoxLayout()
        person.addWidget(self._name, 1)
        person.addWidget(self._find)
        person.addWidget(self._save_person)
        person.addWidget(self._erase_person)
        column = self.content(width=760, spacing=8)
        column.addWidget(lead)
        column.addWidget(self._result)
        column.addWidget(self._table, 1)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(heading(QLabel(_("How long"), self)))
        column.addLayout(rule)
        column.addWidget(self._by_itself)
        note = _("Names, check-ins and notes; never while changes wait. Figures stay, without names.")
        column.addWidget(secondary(QLabel(note, self)))
        column.addSpacing(8)
        column.addWidget(heading(QLabel(_("One person"), self)))
        column.addLayout(person)
        column.addWidget(self._known)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        self.add_buttons(close)
        self._table.setFocus()

    def _read(self) -> None:
        self._control.read(self._show)

    def _show(self, facts: PrivacyFacts) -> None:
        self._facts = facts
        self._days.setValue(facts.rule.days)
        self._by_itself.setChecked(facts.rule.agreed)
        chosen = self._chosen()
        key = chosen.event.key if chosen else None
        self._table.setRowCount(len(facts.holdings))
        for row, holding in enumerate(facts.holdings):
            number = self.locale().toString
            name = names.set_apart(holding.event.registration.name)
            cells = (
                *(name, number(holding.participants), number(holding.answers)),
                *(number(holding.check_ins), number(holding.edits), self._until(holding)),
            )
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if place in _NUMBERS:
                    item.setTextAlignment(_AT_END)
                self._table.setItem(row, place, item)
            if holding.event.key == key:
                self._table.selectRow(row)
        self._on_row()

    def _until(self, holding: Holding) -> str:
        now = times.now()
        if holding.is_empty:
            return _("erased on {day}").format(day=_day(holding.erased_at)) if holding.erased_at else "–"
        if holding.until is None:
            return _("you erase it")
        text = _day(holding.until)
        if is_due(holding, now):
            return _("{day}, over").format(day=text)
        return _("{day}, soon").format(day=text) if is_due_soon(holding, now) else text

    def _chosen(self) -> Holding | None:
        rows = self._table.selectionModel().selectedRows()
        if not rows or self._facts is None or rows[0].row() >= len(self._facts.holdings):
            return None
        return self._facts.holdings[rows[0].row()]

    @Slot()
    def _on_row(self) -> None:
        holding = self._chosen()
        self._erase.setEnabled(holding is not None and not holding.is_empty)
        self._keep.setEnabled(holding is not None and not holding.is_empty)
        keeps = holding is not None and holding.keeps
        self._keep.setText(_("Keep for the usual time") if keeps else _("Keep until I erase it"))
        self._back.setVisible(holding is not None and holding.erased_at is not None)

    @Slot()
    def _on_rule(self) -> None:
        rule = RetentionRule(self._days.value(), self._by_itself.isChecked())
        if self._facts is not None and rule != self._facts.rule:
            self._control.set_rule(rule, self._read, self._on_failed)

    @Slot()
    def _on_keep(self) -> None:
        if holding := self._chosen():
            self._control.set_keeps(
                holding.event, keeps=not holding.keeps, done=self._read, failed=self._on_failed
            )

    @Slot()
    def _on_back(self) -> None:
        if holding := self._chosen():
            text = _("The next sync of this event fetches its people again.")

            def done() -> None:
                self._result.say(text, Accent.SUCCESS)
                self._read()

            self._control.let_come_back(holding.event, done, self._on_failed)

    @Slot()
    def _ask_erase(self) -> None:
        holding = self._chosen()
        if holding is None:
            return
        event = holding.event
        title = _("Erase the personal data of “{event}”?").format(
            event=names.set_apart(event.registration.name)
        )
        text = ngettext(
            "{count} person, what was noted at the desk, and changes with names are removed from this "
            "computer and from its backups. Figures stay, without names. This cannot be undone.",
            "{count} people, what was noted at the desk, and changes with names are removed from this "
            "computer and from its backups. Figures stay, without names. This cannot be undone.",
            holding.participants,
        ).format(count=self.locale().toString(holding.participants))
        detail = f"{self._control.unsent(event)} {text}".strip()
        ask(self, "privacyEraseBox", title, detail, _("Erase"), lambda: self._erase_event(holding))

    def _erase_event(self, holding: Holding) -> None:
        self._erase.setEnabled(False)
        self._control.erase_event(holding.event, self._on_erased, self._on_failed)

    @Slot()
    def _forget_person(self) -> None:
        self._found = ()
        self._known.hide()
        self._save_person.setEnabled(False)
        self._erase_person.setEnabled(False)
        self._find.setEnabled(bool(self._name.text().strip()))

    @Slot()
    def _on_find(self) -> None:
        typed = self._name.text()
        self._control.find_person(typed, lambda found: self._on_found(typed, found), self._on_failed)

    def _on_found(self, typed: str, found: Sequence[PersonAtEvent]) -> None:
        if typed != self._name.text():
            # Another name was typed meanwhile: this one must not be erased in its place.
            return
        self._found = found
        nothing = _("Nothing is known of a person of this name on this computer.")
        self._known.setPlainText(self._control.known_text(found) if found else nothing)
        self._known.show()
        self._save_person.setEnabled(bool(found))
        self._erase_person.setEnabled(bool(found))

    @Slot()
    def _choose_file(self) -> None:
        name = f"{valid_name(self._name.text()) or 'person'}.txt"
        kinds = _("Text (*.txt)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save what is known of the person"), name, kinds)
        if chosen:
            path = Path(chosen)
            self.save_person(path if path.suffix else path.with_suffix(".txt"))

    def save_person(self, path: Path) -> None:
        """Write what is known of the person to a file."""
        text = _("Written to {path}. The file is not encrypted: hand it to the person, and delete it.")
        said = text.format(path=str(path))
        self._control.save_person(
            path, self._found, lambda: self._result.say(said, Accent.SUCCESS), self._on_failed
        )

    @Slot()
    def _ask_erase_person(self) -> None:
        found = self._found
        text = _(
            "What is shown is removed from this computer and from its backups, and a sync does not bring it "
            "back. This cannot be undone. You can save the text first, for the person."
        )
        ask(
            self,
            "privacyErasePersonBox",
            _("Erase everything about this person?"),
            f"{self._control.unsent_about(found)} {text}".strip(),
            _("Erase"),
            lambda: self._control.erase_person(found, self._on_erased, self._on_failed),
        )

    def _on_erased(self, receipt: str) -> None:
        self._name.clear()
        self._result.say(receipt, Accent.SUCCESS)
        self._read()

    def _on_failed(self, fault: KnownFault) -> None:
        self._result.report(fault)
        self._read()


def _day(seconds: int) -> str:
    return day(times.here(datetime.fromtimestamp(seconds, UTC)))
