"""The table of participants: choosing columns, copying rows, selecting a person."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QSettings,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.domain.people.people_columns import ATTENDANCE, NAME, TABLE_COLUMNS
from app.i18n import _
from app.models.people.participants_model import ParticipantsModel, PersonRole
from app.models.plain_text import button_text
from app.views.look.icons import icon
from app.views.participants.person_delegate import PersonDelegate
from app.views.widgets.shortcuts import all_keys_of, on_delete_key
from app.views.widgets.table_rows import choose_row

#: Named anew whenever the columns change: another number of them cannot be restored.
_HEADER = "participants/columns-with-attendance"
#: A larger selection is not restored after a refresh that changes most rows.
_MOST_RESTORED = 1_000


class ParticipantsTable(QTableView):
    """Restores the selection and the scroll position when people, order or filter change."""

    #: Others are selected, or a refresh has changed their data.
    choice_changed = Signal()
    #: The user wants to open this participant's page.
    page_requested = Signal(str)

    def __init__(self, model: ParticipantsModel, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = model
        #: The person chosen last, who is selected again when a filter that hid them is cleared.
        self._chosen: int | None = None
        self._selected_ids: list[int] = []
        self._row_actions: Sequence[QAction] = ()
        self._top: int | None = None
        self._noted = False
        self.setObjectName("participantsTable")
        self.setAccessibleName(_("Participants"))
        self.setModel(model)
        self._set_up()
        self._set_up_header(settings)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._row_menu)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(lambda _index: self._open_chosen())
        self._copy = self._action("copyRows", _("Copy"), self.copy_rows)
        self.copy_names = QAction(icon("copy"), _("Copy name"), self)
        self.copy_names.setObjectName("copyNames")
        self.copy_names.triggered.connect(self._copy_names)
        self._open = self._action("openPage", _("Open user page"), self._open_chosen)
        model.modelAboutToBeReset.connect(self._remember_position)
        model.modelReset.connect(self._restore_position)
        model.rowsInserted.connect(self._restore_selection)
        model.dataChanged.connect(self.choice_changed)
        model.rowsRemoved.connect(self.choice_changed)

    def save_layout(self, settings: QSettings) -> None:
        """Save the columns' widths and order."""
        settings.setValue(_HEADER, self.horizontalHeader().saveState())

    def clear_choice(self) -> None:
        """Clear the selection, as for another event."""
        self._chosen = None
        self.clearSelection()

    def add_row_actions(self, actions: Sequence[QAction]) -> None:
        """Add actions to the menu of a row; Del triggers the last of them."""
        self._row_actions = actions
        on_delete_key(self, actions[-1].trigger)

    def chosen_ids(self) -> list[int]:
        """Return the participant ids of the selected rows, in their order."""
        stretches = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        ids = [number for top, bottom in stretches for number in self._people.ids_between(top, bottom)]
        return list(dict.fromkeys(ids))

    def chosen_count(self) -> int:
        """Return how many rows are selected; of 200,000 this is much faster than their ids."""
        return sum(one.bottom() - one.top() + 1 for one in self._stretches())

    def _stretches(self) -> list[QItemSelectionRange]:
        # A row can be selected cell by cell, in a range for each.
        return [one for one in self.selectionModel().selection().toList() if one.left() == 0]

    def show_attendance(self, noted: bool) -> None:
        """Show the column of attendance where something was noted at the desk."""
        if noted != self._noted:
            self._noted = noted
            self.setColumnHidden(TABLE_COLUMNS.index(ATTENDANCE), not noted)

    def enter(self) -> None:
        """Take the focus, with a row selected."""
        if not self._people.rowCount():
            return
        if not self.selectionModel().hasSelection():
            choose_row(self, 0)
        self.setFocus()

    def _set_up(self) -> None:
        self.setItemDelegate(PersonDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
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
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda position: self.column_menu(header.mapToGlobal(position))
        )
        for place, column in enumerate(TABLE_COLUMNS):
            self.setColumnWidth(place, column.width)
        state = settings.value(_HEADER)
        if not isinstance(state, QByteArray) or not header.restoreState(state):
            header.setSortIndicator(TABLE_COLUMNS.index(NAME), Qt.SortOrder.AscendingOrder)
        self.setColumnHidden(TABLE_COLUMNS.index(ATTENDANCE), True)
        self.setSortingEnabled(True)

    def _action(self, name: str, text: str, callback: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcuts(all_keys_of(name))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(callback)
        self.addAction(action)
        return action

    @Slot()
    def _on_selection(self) -> None:
        if self.chosen_count() == 1:
            self._chosen = self.chosen_ids()[0]
        self.choice_changed.emit()

    @Slot()
    def _remember_position(self) -> None:
        """Store the selection and the top row before a refresh changes all rows."""
        if self._people.replacing:
            rows = self.selectionModel().selectedRows()[:_MOST_RESTORED]
            self._selected_ids = [int(index.data(PersonRole.PARTICIPANT_ID)) for index in rows]
            top = self.indexAt(QPoint(0, 0))
            scrolled = self.verticalScrollBar().value() > 0
            self._top = top.data(PersonRole.PARTICIPANT_ID) if scrolled else None

    @Slot()
    def _restore_position(self) -> None:
        if not self._people.replacing:
            self._restore_selection()
            return
        chosen = QItemSelection()
        for row in map(self._people.row_of, self._selected_ids):
            if row >= 0:
                chosen.select(self._people.index(row, 0), self._people.index(row, len(TABLE_COLUMNS) - 1))
        self._restore_selection()
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self._people.row_of(self._top) if self._top is not None else -1
        if row >= 0:
            self.scrollTo(self._people.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.choice_changed.emit()

    @Slot()
    def _restore_selection(self) -> None:
        """Restore the selection after the order or filter changed, without scrolling."""
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
        """Copy the selected rows, tab-separated, with the columns as shown."""
        header = self.horizontalHeader()
        shown = [
            header.logicalIndex(position)
            for position in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(position))
        ]
        self._copy_columns(shown)

    @Slot()
    def _copy_names(self) -> None:
        """Copy the selected people's names, one per line."""
        self._copy_columns([TABLE_COLUMNS.index(NAME)])

    def _copy_columns(self, columns: Sequence[int]) -> None:
        rows = {
            row
            for stretch in self.selectionModel().selection().toList()
            for row in range(stretch.top(), stretch.bottom() + 1)
        }
        lines = [
            "\t".join(self._people.text_to_copy(row, column) for column in columns) for row in sorted(rows)
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _open_chosen(self) -> None:
        person = self._people.person(self.currentIndex().row())
        if person is not None and person.name:
            self.page_requested.emit(person.name)

    @Slot(QPoint)
    def _row_menu(self, position: QPoint) -> None:
        if not self.indexAt(position).isValid():
            return
        menu = QMenu(self)
        menu.setObjectName("rowMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._open)
        menu.addAction(self._copy)
        menu.addAction(self.copy_names)
        menu.addSeparator()
        menu.setToolTipsVisible(True)
        menu.addActions(list(self._row_actions))
        menu.popup(self.viewport().mapToGlobal(position))

    def column_menu(self, position: QPoint) -> None:
        """Show a menu of columns; the name is always shown."""
        header = self.horizontalHeader()
        menu = QMenu(self)
        menu.setObjectName("columnMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(TABLE_COLUMNS):
            if column is NAME or (column.at_desk and not self._noted):
                continue
            action = menu.addAction(button_text(_(column.heading)))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(lambda shown, section=place: header.setSectionHidden(section, not shown))
        menu.popup(position)
