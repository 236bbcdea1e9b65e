"""Changes with their states and the actions on them: the outbox, and the history of one event."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes.change import Change, ChangeState
from app.domain.events.event import Event
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.changes.changes_model import ChangeColumn, ChangeRole, ChangesModel
from app.models.workspace import Workspace
from app.views.look.text import heading
from app.views.outbox.change_card import ChangeCard
from app.views.outbox.change_delegate import ChangeDelegate
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.shortcuts import on_delete_key
from app.views.widgets.table_rows import choose_row

_WIDTHS = {
    ChangeColumn.STATE: 164,
    ChangeColumn.CHANGE: 300,
    ChangeColumn.EVENT: 206,
    ChangeColumn.AGE: 110,
    ChangeColumn.NOTE: 200,
}
#: Pixels: the table's heading and two rows.
_LEAST_HEIGHT = 90


class ChangesTab(QWidget):
    """A table of changes, and the card of the selected one."""

    send_requested = Signal(object)
    retry_requested = Signal(object)
    redo_requested = Signal(object)
    edit_requested = Signal(object)
    discard_requested = Signal(object)
    resolve_requested = Signal(object)
    mark_sent_requested = Signal(object)
    export_requested = Signal(object)
    clear_requested = Signal()

    def __init__(self, workspace: Workspace, name: str, parent: QWidget | None = None) -> None:
        """Show the changes of all events until `show_event` is called. `name` begins all object names."""
        super().__init__(parent)
        self._name = name
        self.setObjectName(f"{name}Tab")
        self._workspace = workspace
        self._event: Event | None = None
        self._chosen: int | None = None
        self.model = ChangesModel(workspace, self)
        self.table = QTableView(self)
        self._set_up_table()
        self.card = ChangeCard(ChangeText(workspace, self), name, self)
        self._done = QCheckBox(_("Show those that are done"), self)
        self._done.setObjectName(f"{name}Done")
        self._done.setChecked(True)
        self._clear = QPushButton(_("Clear those that are done"), self)
        self._clear.setObjectName(f"{name}Clear")
        self._empty = EmptyState(f"{name}Empty", "check", self)
        self._empty.say(
            _("No changes"),
            _(
                "What you change here – an event, its organizers, its participants – is listed in this "
                "place until the wiki has it, with or without a network."
            ),
        )
        self._lay_out()
        self._connect()
        self._update_card()

    def show_event(self, event: Event) -> None:
        """Show the changes of one event."""
        self._event = event
        self.table.setColumnHidden(ChangeColumn.EVENT, True)
        self._filter()

    def focus_content(self) -> None:
        """Focus the table."""
        self.table.setFocus()

    def choose(self, number: int) -> None:
        """Select a change; a filter that hides it is cleared."""
        row = self.model.row_of(number)
        if row < 0:
            self._done.setChecked(True)
        row = self.model.row_of(number)
        if row >= 0:
            choose_row(self.table, row)

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName(f"{self._name}Table")
        table.setAccessibleName(_("Changes"))
        table.setModel(self.model)
        table.setItemDelegate(ChangeDelegate(table))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(30, self.fontMetrics().height() + 12))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        if self._name == "changes":
            top.addWidget(heading(QLabel(_("Changes"), self)))
            top.addSpacing(8)
        top.setContentsMargins(20, 12, 20, 8)
        top.setSpacing(12)
        top.addWidget(self._done)
        top.addStretch(1)
        top.addWidget(self._clear)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        # The notice that there is nothing would demand its whole height also beside a table.
        self._stack.setMinimumHeight(_LEAST_HEIGHT)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setObjectName(f"{self._name}Splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._stack)
        splitter.addWidget(self.card)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([320, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self._done.toggled.connect(self._filter)
        self._clear.clicked.connect(self.clear_requested)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.model.modelReset.connect(self._on_reset)
        self.model.dataChanged.connect(self._update_card)
        for of_card, own in (
            (self.card.send_requested, self.send_requested),
            (self.card.retry_requested, self.retry_requested),
            (self.card.redo_requested, self.redo_requested),
            (self.card.edit_requested, self.edit_requested),
            (self.card.discard_requested, self.discard_requested),
            (self.card.resolve_requested, self.resolve_requested),
            (self.card.mark_sent_requested, self.mark_sent_requested),
            (self.card.export_requested, self.export_requested),
        ):
            of_card.connect(own)
        on_delete_key(self.table, self._on_delete)

    @Slot()
    def _filter(self) -> None:
        only = self._event.key if self._event else None
        self.model.narrow(only, with_done=self._done.isChecked())
        self._update_card()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        number = now.data(ChangeRole.NUMBER)
        self._chosen = int(number) if number is not None else None
        self._update_card()

    @Slot()
    def _on_reset(self) -> None:
        """Restore the selection if the change is still shown; else select the first that needs the user."""
        row = self.model.row_of(self._chosen) if self._chosen is not None else -1
        if row < 0:
            self._chosen = None
            row = self._first_stuck()
        if row >= 0:
            choose_row(self.table, row)
        self._update_card()

    def _first_stuck(self) -> int:
        for row in range(self.model.rowCount()):
            change = self.model.change(row)
            if change is not None and change.stuck:
                return row
        return 0 if self.model.rowCount() else -1

    @Slot()
    def _update_card(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self.card.setVisible(bool(rows))
        self._clear.setEnabled(any(not one.open for one in self._workspace.changes))
        chosen = self.model.change(self.model.row_of(self._chosen)) if self._chosen is not None else None
        self.card.show_change(chosen)

    @Slot()
    def _on_delete(self) -> None:
        change = self._current()
        if change is not None and change.state is not ChangeState.DONE:
            self.discard_requested.emit(change)

    def _current(self) -> Change | None:
        return self.model.change(self.table.currentIndex().row())
