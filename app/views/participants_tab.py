"""The participants of an event: found as one types, filtered, sorted, copied, exported."""

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.event import Event
from app.models.participants_model import Column, ParticipantsModel, PersonRole
from app.models.workspace import Workspace
from app.store.people_list import PeopleFilter
from app.views.empty_state import EmptyState
from app.views.icons import icon
from app.views.person_card import PersonCard
from app.views.row_delegate import RowDelegate
from app.views.text import open_link, page_address, secondary

_WIDTHS = {
    Column.NAME: 200,
    Column.REGISTERED: 130,
    Column.PRIVATE: 80,
    Column.CAN_EMAIL: 90,
    Column.CONFIDENCE: 170,
    Column.AFFILIATE: 120,
}


class ParticipantsTab(QWidget):
    """A search field, three filters, the table, and the card of the person chosen."""

    sync_asked = Signal()
    export_asked = Signal()

    def __init__(self, workspace: Workspace, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participantsTab")
        self._workspace = workspace
        self._settings = settings
        self._chosen: int | None = None
        self.model = ParticipantsModel(workspace, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("participantSearch")
        self.search.setPlaceholderText(self.tr("Find a name"))
        self.search.setAccessibleName(self.tr("Find a participant by name"))
        self.search.setToolTip(self.tr("Accents, case and the order of words do not matter (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_filter)
        self.search.returnPressed.connect(self._on_search_entered)
        self._private = self._choice(
            "filterPrivate",
            self.tr("Public and private"),
            [self.tr("Public only"), self.tr("Private only")],
            [False, True],
        )
        self._email = self._choice(
            "filterEmail",
            self.tr("With and without e-mail"),
            [self.tr("Can be e-mailed"), self.tr("Cannot be e-mailed")],
            [True, False],
        )
        self._answered = self._choice(
            "filterAnswered",
            self.tr("Answered or not"),
            [self.tr("Answered a question"), self.tr("Answered nothing")],
            [True, False],
        )
        self.count = secondary(QLabel(self))
        self.count.setObjectName("participantCount")
        self.table = self._make_table()
        self.card = PersonCard(self)
        self.card.page_asked.connect(self._open_page)
        self._empty = EmptyState("participantsEmpty", "people", self)
        self._empty.asked.connect(self._on_empty)
        self._lay_out()
        self.model.found_changed.connect(self._on_found)
        self.model.modelReset.connect(self._restore_choice)

    def show_event(self, event: Event) -> None:
        """Show an event's people. The same event again is refreshed in place."""
        shown = self.model.event
        if shown is None or shown.key != event.key:
            self._chosen = None
            self.card.show_person(None, None)
            for widget in (self.search, self._private, self._email, self._answered):
                widget.blockSignals(True)
            self.search.clear()
            for choice in (self._private, self._email, self._answered):
                choice.setCurrentIndex(0)
            for widget in (self.search, self._private, self._email, self._answered):
                widget.blockSignals(False)
        self.model.show_event(event)

    def save_layout(self) -> None:
        """Keep the columns' widths and order, and the splitter's place."""
        self._settings.setValue("participants/header", self.table.horizontalHeader().saveState())
        self._settings.setValue("participants/splitter", self._splitter.saveState())

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("participantsTable")
        table.setAccessibleName(self.tr("Participants"))
        table.setModel(self.model)
        table.setItemDelegate(RowDelegate(table))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(30, table.fontMetrics().height() + 12))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self._column_menu(header.mapToGlobal(place)))
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        state = self._settings.value("participants/header")
        if state is not None:
            header.restoreState(state)
        else:
            header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._row_menu)
        table.selectionModel().currentRowChanged.connect(self._on_current)
        table.doubleClicked.connect(lambda _index: self._open_chosen())
        self._copy = self._action(table, self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy_rows)
        self._open = self._action(table, self.tr("Open user page"), Qt.Key.Key_Return, self._open_chosen)
        return table

    def _action(self, table, text, keys, act) -> QAction:  # noqa: ANN001
        action = QAction(text, table)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        table.addAction(action)
        return action

    def _lay_out(self) -> None:
        columns = QToolButton(self)
        columns.setObjectName("chooseColumns")
        columns.setIcon(icon("columns"))
        columns.setAutoRaise(True)
        columns.setAccessibleName(self.tr("Choose columns"))
        columns.setToolTip(self.tr("Choose columns"))
        columns.clicked.connect(lambda: self._column_menu(columns.mapToGlobal(QPoint(0, columns.height()))))
        export = QPushButton(icon("export"), self.tr("Export…"), self)
        export.setObjectName("exportButton")
        export.setToolTip(self.tr("Write the participants to a file (Ctrl+E)"))
        export.clicked.connect(self.export_asked)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(columns)
        first.addWidget(export)
        second = QHBoxLayout()
        second.setSpacing(8)
        for choice in (self._private, self._email, self._answered):
            second.addWidget(choice)
        second.addStretch(1)
        second.addWidget(self.count)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("participantsSplitter")
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.card)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([760, 220])
        self._splitter.setCollapsible(0, False)
        state = self._settings.value("participants/splitter")
        if state is not None:
            self._splitter.restoreState(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(first)
        top.addLayout(second)
        column.addLayout(top)
        column.addWidget(self._splitter, 1)

    def _choice(self, name: str, everyone: str, texts: list[str], values: list[bool]) -> QComboBox:
        choice = QComboBox(self)
        choice.setObjectName(name)
        choice.setAccessibleName(everyone)
        choice.addItem(everyone, None)
        for text, value in zip(texts, values, strict=True):
            choice.addItem(text, value)
        choice.currentIndexChanged.connect(self._on_filter)
        return choice

    @Slot()
    def _on_filter(self) -> None:
        self.model.set_filter(
            PeopleFilter(
                self.search.text(),
                private=self._private.currentData(),
                can_email=self._email.currentData(),
                answered=self._answered.currentData(),
            )
        )

    @Slot()
    def _on_search_entered(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
            self.table.setFocus()

    @Slot()
    def _on_found(self) -> None:
        event = self.model.event
        if event is None:
            return
        locale = self.locale()
        filtered = self.model.filter != PeopleFilter()
        if filtered:
            found = locale.toString(self.model.found)
            more = "+" if self.model.gathering else ""
            self.count.setText(
                self.tr("%1 of %2")
                .replace("%1", found + more)
                .replace("%2", locale.toString(event.participants))
            )
        else:
            self.count.setText(self.tr("%n participant(s)", "", event.participants))
        if self.model.rowCount() or self.model.gathering:
            self._stack.setCurrentWidget(self.table)
        else:
            self._tell_empty(event, filtered=filtered)

    def _tell_empty(self, event: Event, *, filtered: bool) -> None:
        self._stack.setCurrentWidget(self._empty)
        if filtered:
            self._empty.say(
                self.tr("Nobody found"),
                self.tr("No participant fits these words and filters."),
                self.tr("Show everybody"),
            )
        elif event.participants_complete_at is None:
            self._empty.say(
                self.tr("Participants not fetched yet"),
                self.tr("A sync brings the list of participants to this computer."),
                self.tr("Sync this event"),
            )
        else:
            self._empty.say(
                self.tr("Nobody has registered yet"),
                self.tr("People who register on the wiki appear here after the next sync."),
                self.tr("Sync this event"),
            )

    @Slot()
    def _on_empty(self) -> None:
        if self.model.filter == PeopleFilter():
            self.sync_asked.emit()
            return
        self.search.clear()
        for choice in (self._private, self._email, self._answered):
            choice.setCurrentIndex(0)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        event = self.model.event
        person = self.model.person(current.row()) if current.isValid() and event else None
        if person is not None and event is not None:
            self._chosen = person.participant_id
            self.card.show_person(person, event.registration.zone())

    @Slot()
    def _restore_choice(self) -> None:
        if self._chosen is None:
            return
        row = self.model.row_of(self._chosen)
        if row >= 0:
            QTimer.singleShot(0, self, lambda: self._select_again(row))

    def _select_again(self, row: int) -> None:
        if row < self.model.rowCount() and not self.table.selectionModel().hasSelection():
            self.table.selectRow(row)

    def copy_rows(self) -> None:
        """Copy the chosen rows, tab-separated, with the columns as shown."""
        header = self.table.horizontalHeader()
        shown = [
            header.logicalIndex(place)
            for place in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(place))
        ]
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        lines = [
            "\t".join(str(self.model.index(row, column).data() or "") for column in shown) for row in rows
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _open_chosen(self) -> None:
        person = self.table.currentIndex().data(PersonRole.PERSON)
        if person is not None and person.name:
            self._open_page(person.name)

    @Slot(str)
    def _open_page(self, user: str) -> None:
        event = self.model.event
        account = self._workspace.account(event.wiki_key) if event else None
        if account:
            open_link(page_address(account.wiki.base_url, f"User:{user}"))

    def _row_menu(self, place: QPoint) -> None:
        if not self.table.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.addAction(self._open)
        menu.addAction(self._copy)
        menu.exec(self.table.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _column_menu(self, place: QPoint) -> None:
        header = self.table.horizontalHeader()
        menu = QMenu(self)
        for column in Column:
            if column is Column.NAME:
                continue
            action = menu.addAction(str(self.model.headerData(column, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.toggled.connect(lambda shown, section=column: header.setSectionHidden(section, not shown))
        menu.exec(place)
        menu.deleteLater()
