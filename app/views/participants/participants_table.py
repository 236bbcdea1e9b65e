"""The table of participants: columns to choose, rows to copy, and one person chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.i18n import _
from app.models.people.participants_model import Column, ParticipantsModel, PeopleFilter, PersonRole
from app.models.plain_text import button_text
from app.views.participants.person_delegate import PersonDelegate
from app.views.widgets.table_rows import choose_row

_WIDTHS = {
    Column.NAME: 184,
    Column.REGISTERED: 124,
    Column.PRIVATE: 110,
    Column.CAN_EMAIL: 80,
    Column.CONFIDENCE: 130,
    Column.AFFILIATE: 100,
}


_HEADER = "participants/header"
#: A choice of more people than this is not kept over a refresh that changes most rows.
_MOST_KEPT = 1_000


class ParticipantsTable(QTableView):
    """Keeps the choice and the place when people, order or filter change."""

    #: The person chosen, or None; also when a refresh has changed what is known of her.
    person_chosen = Signal(object)
    #: The user whose page is to be opened.
    page_asked = Signal(str)

    def __init__(self, model: ParticipantsModel, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = model
        self._chosen: int | None = None
        self._kept: list[int] = []
        self._offered: Sequence[QAction] = ()
        self._top: int | None = None
        self.setObjectName("participantsTable")
        self.setAccessibleName(_("Participants"))
        self.setModel(model)
        self._dress()
        self._set_up_header(settings)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._row_menu)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _index: self._open_chosen())
        copy = QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)
        enter = [QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)]
        self._copy = self._action("copyRows", _("Copy"), copy, self.copy_rows)
        self._open = self._action("openPage", _("Open user page"), enter, self._open_chosen)
        model.modelAboutToBeReset.connect(self._remember_place)
        model.modelReset.connect(self._restore_place)
        model.rowsInserted.connect(self._restore_choice)
        model.dataChanged.connect(self._refresh_choice)

    def save_layout(self, settings: QSettings) -> None:
        """Keep the columns' widths and order."""
        settings.setValue(_HEADER, self.horizontalHeader().saveState())

    def forget_choice(self) -> None:
        """Choose nobody, as for another event."""
        self._chosen = None
        self.person_chosen.emit(None)

    def offer(self, acts: Sequence[QAction]) -> None:
        """Offer acts on people in the menu of a row; Del asks for the last of them."""
        self._offered = acts
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(acts[-1].trigger)

    def chosen_ids(self) -> list[int]:
        """Return the participant ids of the rows chosen, in their order."""
        stretches = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        ids = [number for top, bottom in stretches for number in self._people.ids_between(top, bottom)]
        return list(dict.fromkeys(ids))

    def enter(self) -> None:
        """Take the focus, with somebody chosen."""
        if not self._people.rowCount():
            return
        if not self.selectionModel().hasSelection():
            choose_row(self, 0)
        self.setFocus()

    def _dress(self) -> None:
        self.setItemDelegate(PersonDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(30, self.fontMetrics().height() + 12))

    def _set_up_header(self, settings: QSettings) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self.column_menu(header.mapToGlobal(place)))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        state = settings.value(_HEADER)
        if not isinstance(state, QByteArray) or not header.restoreState(state):
            header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _action(self, name: str, text: str, keys: list[QKeySequence], act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._show_person(current.row())

    def _show_person(self, row: int) -> None:
        person = self._people.person(row)
        if person is not None:
            self._chosen = person.participant_id
            self.person_chosen.emit(person)

    @Slot()
    def _refresh_choice(self) -> None:
        """Show what a refresh has brought of the person chosen; nobody where she has gone."""
        if self._chosen is None:
            return
        row = self._people.row_of(self._chosen)
        if row >= 0:
            self._show_person(row)
        elif self._people.filter == PeopleFilter() and not self._people.gathering:
            self.forget_choice()

    @Slot()
    def _remember_place(self) -> None:
        """Before all rows change in a refresh: note who is chosen, and who stands at the top."""
        if self._people.replacing:
            rows = self.selectionModel().selectedRows()[:_MOST_KEPT]
            self._kept = [int(index.data(PersonRole.PARTICIPANT_ID)) for index in rows]
            top = self.indexAt(QPoint(0, 0))
            scrolled = self.verticalScrollBar().value() > 0
            self._top = top.data(PersonRole.PARTICIPANT_ID) if scrolled else None

    @Slot()
    def _restore_place(self) -> None:
        if not self._people.replacing:
            self._restore_choice()
            return
        chosen = QItemSelection()
        for row in map(self._people.row_of, self._kept):
            if row >= 0:
                chosen.select(self._people.index(row, 0), self._people.index(row, len(Column) - 1))
        self._restore_choice()
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self._people.row_of(self._top) if self._top is not None else -1
        if row >= 0:
            self.scrollTo(self._people.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self._refresh_choice()

    @Slot()
    def _restore_choice(self) -> None:
        """Choose again who was chosen before the order or the filter changed, without moving the table."""
        if self._chosen is None or self.selectionModel().hasSelection():
            return
        row = self._people.row_of(self._chosen)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(self._people.index(row, 0), flags)
            self.setAutoScroll(True)

    @Slot()
    def copy_rows(self) -> None:
        """Copy the chosen rows, tab-separated, with the columns as shown."""
        header = self.horizontalHeader()
        shown = [
            header.logicalIndex(place)
            for place in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(place))
        ]
        rows = {
            row
            for stretch in self.selectionModel().selection().toList()
            for row in range(stretch.top(), stretch.bottom() + 1)
        }
        lines = [
            "\t".join(self._people.text_to_copy(row, Column(column)) for column in shown)
            for row in sorted(rows)
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _open_chosen(self) -> None:
        person = self._people.person(self.currentIndex().row())
        if person is not None and person.name:
            self.page_asked.emit(person.name)

    @Slot(QPoint)
    def _row_menu(self, place: QPoint) -> None:
        if not self.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.setObjectName("rowMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._open)
        menu.addAction(self._copy)
        menu.addSeparator()
        menu.setToolTipsVisible(True)
        menu.addActions(list(self._offered))
        menu.popup(self.viewport().mapToGlobal(place))

    def column_menu(self, place: QPoint) -> None:
        """Let her choose columns; the name is always there."""
        header = self.horizontalHeader()
        menu = QMenu(self)
        menu.setObjectName("columnMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in Column:
            if column is Column.NAME:
                continue
            heading = str(self._people.headerData(column, Qt.Orientation.Horizontal))
            action = menu.addAction(button_text(heading))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.toggled.connect(lambda shown, section=column: header.setSectionHidden(section, not shown))
        menu.popup(place)
