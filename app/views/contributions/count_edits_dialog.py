"""The dialog that lists the edits of participants that the wiki does not count yet, and counts them."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QWidget,
)

from app.domain.accounts.account import Account
from app.domain.changes.operations import CountEdits
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.page_addresses import page_address
from app.domain.wording.figures import impact_texts
from app.i18n import _, ngettext
from app.models.changes.outbox_control import OutboxControl
from app.models.events.event_text import EventText, moment_here
from app.models.impact.impact_control import ImpactChoice, ImpactControl, UncountedFacts
from app.models.impact.uncounted_model import UncountedModel
from app.models.workspace import Workspace
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.text import leading, open_link, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.table_rows import add_row_action, set_up_rows

#: The edits that are listed at once, and sent as one change.
_MOST = 5_000


class CountEditsDialog(Dialog):
    """Reads what is new when it is opened; what was read before can be looked at meanwhile."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        account: Account,
        event: Event,
        parent: QWidget,
    ) -> None:
        super().__init__("countEditsDialog", _("Count edits of participants"), parent)
        self._workspace, self._outbox, self._account, self._event = workspace, outbox, account, event
        self._control = ImpactControl(workspace, self)
        self._control.progress.connect(self._on_progress)
        self._words = EventText(self)
        self._reading = False
        self._facts: UncountedFacts | None = None
        self._banner = Banner("countEditsFault", self)
        self._state = leading(secondary(QLabel(self)))
        self._state.setObjectName("countEditsState")
        self._state.setWordWrap(True)
        self._model = UncountedModel(self)
        self._model.chosen_changed.connect(self._update)
        self._table = self._make_table()
        self._bar = QProgressBar(self)
        self._bar.setObjectName("countEditsProgress")
        self._bar.setTextVisible(False)
        self._stop = self._button("countEditsStop", _("Stop"), self._control.cancel)
        self._again = self._button("countEditsRead", _("Read again"), self._read)
        self._all = self._button("countEditsAll", _("Choose all"), lambda: self._model.choose_all(True))
        self._none = self._button("countEditsNone", _("Choose none"), lambda: self._model.choose_all(False))
        self._time = leading(secondary(QLabel(self)))
        self._time.setObjectName("countEditsTime")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = self._buttons.addButton(_("Count"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("countEditsAccept")
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._update()
        self.finished.connect(self._control.cancel)
        # First who may be asked about.
        self._load(self._read_after)

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        set_role(button, "quiet")
        return button

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("countEditsTable")
        table.setAccessibleName(_("Edits that the wiki does not count yet"))
        table.setModel(self._model)
        set_up_rows(table)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in range(1, self._model.columnCount()):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(9 * table.verticalHeader().defaultSectionSize())
        table.setToolTip(
            _("Space chooses the selected rows; Enter or a double click shows the edit on the wiki")
        )
        table.activated.connect(self._show_edit)
        add_row_action(table, _("Choose, or leave out"), QKeySequence(Qt.Key.Key_Space), self._toggle)
        return table

    def _lay_out(self) -> None:
        reading = QHBoxLayout()
        reading.addWidget(self._state, 1)
        reading.addWidget(self._bar)
        reading.addWidget(self._stop)
        reading.addWidget(self._again)
        choosing = QHBoxLayout()
        choosing.addWidget(self._all)
        choosing.addWidget(self._none)
        choosing.addWidget(self._time, 1)
        self._time.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        note = secondary(
            QLabel(
                _(
                    "What is chosen is counted in the background, one edit a second; other changes go first. "
                    "The wiki counts edits only while the event goes on: until {moment}."
                ).format(moment=moment_here(self._event.registration.ends_at())),
                self,
            )
        )
        note.setWordWrap(True)
        column = self.content(width=760, height=520, spacing=8)
        column.addWidget(self._banner)
        column.addWidget(note)
        column.addLayout(reading)
        column.addWidget(self._table, 1)
        column.addLayout(choosing)
        self.add_buttons(self._buttons)

    def _load(self, done: Callable[[UncountedFacts], None]) -> None:
        self._control.load_uncounted(self._event, done)

    def _read_after(self, facts: UncountedFacts) -> None:
        self._show(facts)
        self._read()

    def _show(self, facts: UncountedFacts) -> None:
        self._facts = facts
        self._model.show_edits(facts.edits[:_MOST])
        self._table.setColumnHidden(4, len({edit.wiki for edit in facts.edits}) < 2)
        self._update()

    @Slot()
    def _read(self) -> None:
        reading = self._facts.reading if self._facts else None
        self._reading = True
        self._bar.setRange(0, 0)
        self._banner.hide()
        self._update()
        agreed = reading.agreed if reading else frozenset[int]()
        self._control.read(
            self._event, ImpactChoice(), agreed, self._on_failed, self._on_ended, self._on_told
        )

    @Slot(int, int, str)
    def _on_progress(self, done: int, people: int, _wiki: str) -> None:
        self._bar.setRange(0, people)
        self._bar.setValue(done)

    def _on_failed(self, fault: KnownFault) -> None:
        if fault.fault is not Fault.CANCELLED:
            self._banner.report(fault)

    def _on_told(self, sentence: str) -> None:
        self._banner.say(sentence, Accent.WARNING)

    def _on_ended(self) -> None:
        self._reading = False
        self._load(self._show)
        self._workspace.event_changed.emit(self._event.key)

    @Slot()
    def _update(self) -> None:
        chosen = len(self._model.chosen())
        for widget in (self._bar, self._stop):
            widget.setVisible(self._reading)
        self._again.setVisible(not self._reading)
        self._state.setText(self._state_text())
        self._accept.setEnabled(chosen > 0)
        number = self.locale().toString(chosen)
        self._accept.setText(ngettext("Count {n} edit", "Count {n} edits", chosen).format(n=number))
        minutes = max(1, round(chosen / 60))
        text = ngettext("About {n} minute", "About {n} minutes", minutes)
        self._time.setText(text.format(n=self.locale().toString(minutes)) if chosen else "")

    def _state_text(self) -> str:
        facts, number = self._facts, self.locale().toString
        if self._reading:
            return _("Reading what the participants edited…")
        if facts is None or facts.reading is None:
            return _("Not read yet.")
        edits = len(facts.edits)
        text = ngettext(
            "{n} edit made during the event is not counted yet.",
            "{n} edits made during the event are not counted yet.",
            edits,
        )
        if facts.reading.counted_read_at is None:
            text = ngettext(
                "{n} edit was made during the event.", "{n} edits were made during the event.", edits
            )
        parts = [text.format(n=number(edits))]
        if reverted := sum(edit.reverted for edit in facts.edits):
            text = ngettext(
                "{n} of them was reverted, and is not chosen.",
                "{n} of them were reverted, and are not chosen.",
                reverted,
            )
            parts.append(text.format(n=number(reverted)))
        if edits > _MOST:
            parts.append(_("The first {n} are listed.").format(n=number(_MOST)))
        if facts.waiting:
            text = ngettext(
                "{n} more is waiting to be counted.", "{n} more are waiting to be counted.", facts.waiting
            )
            parts.append(text.format(n=number(facts.waiting)))
        if facts.reading.counted_read_at is None:
            parts.append(impact_texts.counted_not_known())
        if facts.reading.read_at is not None:
            ago = self._words.ago(datetime.fromtimestamp(facts.reading.read_at, UTC))
            parts.append(_("Read {ago}.").format(ago=ago))
        return " ".join(parts)

    @Slot()
    def _toggle(self) -> None:
        self._model.toggle([index.row() for index in self._table.selectionModel().selectedRows()])

    @Slot(QModelIndex)
    def _show_edit(self, index: QModelIndex) -> None:
        edit = self._model.edit_at(index.row())
        if place := self._account.address_of(edit.wiki):
            open_link(page_address(place, edit.title, diff="prev", oldid=str(edit.revision)))

    @Slot()
    def _on_accept(self) -> None:
        if chosen := self._model.chosen():
            self._outbox.queue(self._account.key, self._event.key, CountEdits(chosen))
        self.accept()
