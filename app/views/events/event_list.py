"""The list of events: grouped by date, filtered while the user types."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes.change import key_of_new_event
from app.i18n import _
from app.models.events.events_model import EventRole, EventsModel
from app.models.workspace import Workspace
from app.views.events.event_delegate import EventDelegate
from app.views.events.events_view import EventsView
from app.views.look.icons import icon
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.shortcuts import on_delete_key

#: Pixels: two events.
_LEAST_HEIGHT = 110


class EventList(QWidget):
    """The list of events beside the chosen event. Emits the key of the event that is selected."""

    event_chosen = Signal(int)
    add_requested = Signal()
    sync_event_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("eventsPane")
        self._workspace = workspace
        self._chosen: int | None = None
        self.model = EventsModel(workspace, self)
        self._search = QLineEdit(self)
        self._search.setObjectName("eventFilter")
        self._search.setPlaceholderText(_("Find an event"))
        self._search.setAccessibleName(_("Find an event"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._on_typed)
        self._search.returnPressed.connect(self._on_entered)
        self._search.installEventFilter(self)
        self.view = self._make_view()
        self._empty = EmptyState("eventsEmpty", "calendar", self, aside=True)
        self._empty.requested.connect(self._on_empty)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        # On a small screen, the notice that there is nothing must not make the window larger.
        self._stack.setMinimumHeight(_LEAST_HEIGHT)
        self._filter = QWidget(self)
        self._filter.hide()
        top = QHBoxLayout(self._filter)
        top.setContentsMargins(12, 4, 12, 4)
        top.addWidget(self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filter)
        column.addWidget(self._stack, 1)
        self._row = (0, 0)
        self._scrolled = 0
        self.model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.model.modelReset.connect(self._on_reset)
        workspace.events_changed.connect(self._on_events)
        self._on_reset()

    def choose(self, key: int) -> None:
        """Select an event; a filter that hides it is cleared."""
        index = self.model.index_of(key)
        if not index.isValid():
            self._search.clear()
            self._filter.hide()
            index = self.model.index_of(key)
        if index.isValid():
            self.view.setCurrentIndex(index)

    @Slot(int)
    def choose_new(self, number: int) -> None:
        """Select the event that a change creates, if it creates one."""
        key = key_of_new_event(number)
        if self._workspace.find_event(key):
            self.choose(key)

    def choose_first(self) -> None:
        """Select the first event, if there is one."""
        index = self.model.first_event()
        if index.isValid():
            self.view.setCurrentIndex(index)

    def focus_filter(self) -> None:
        """Show the filter, and focus it."""
        self._filter.show()
        self._search.setFocus()
        self._search.selectAll()

    def focus_list(self) -> None:
        """Focus the list, or the button of the empty list."""
        if self.model.rowCount():
            self.view.setFocus()
        else:
            self._empty.focus_button()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make Down move from the filter to the list, and Esc end the filter."""
        if watched is self._search and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape:
                    self._end_filter()
                    return True
                if event.key() == Qt.Key.Key_Down and self.model.rowCount():
                    self._enter_list()
                    return True
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Select no event: another page is shown."""
        self._chosen = None
        self.view.setCurrentIndex(QModelIndex())

    def _end_filter(self) -> None:
        self._search.clear()
        self._filter.hide()
        self.focus_list()

    def _make_view(self) -> QTreeView:
        view = EventsView(self)
        view.setObjectName("eventsView")
        view.setAccessibleName(_("Events"))
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setExpandsOnDoubleClick(False)
        view.setIndentation(0)
        view.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        view.setMouseTracking(True)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setItemDelegate(EventDelegate(view))
        view.setModel(self.model)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        view.selectionModel().currentChanged.connect(self._on_current)
        on_delete_key(view, self._on_remove)
        return view

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self.model.filter(typed)

    @Slot()
    def _on_entered(self) -> None:
        if self.model.rowCount():
            self._enter_list()

    @staticmethod
    def _has_focus(widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and widget.isAncestorOf(focus)

    def _enter_list(self) -> None:
        current = self.view.currentIndex()
        if current.data(EventRole.KEY) is None:
            self.choose_first()
        self.view.setFocus()

    @Slot()
    def _on_events(self) -> None:
        """Select a neighbour if the selected event was removed."""
        if self._chosen is None or self._workspace.find_event(self._chosen):
            return
        current_key = self._workspace.current_key(self._chosen)
        self._chosen = None
        if self._workspace.find_event(current_key):
            # The event was created on the wiki meanwhile and has a key of its own now.
            self.choose(current_key)
            return
        group = min(self._row[0], self.model.rowCount() - 1)
        if group < 0:
            return
        parent = self.model.index(group, 0)
        row = min(self._row[1], self.model.rowCount(parent) - 1)
        self.view.setCurrentIndex(self.model.index(row, 0, parent))

    @Slot()
    def _on_about_to_reset(self) -> None:
        self._scrolled = self.view.verticalScrollBar().value()
        current = self.view.currentIndex()
        if current.data(EventRole.KEY) is not None:
            self._row = (current.parent().row(), current.row())

    @Slot()
    def _on_reset(self) -> None:
        self.view.expandAll()
        if self._chosen is not None:
            index = self.model.index_of(self._chosen)
            if index.isValid():
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.view.setAutoScroll(False)
                self.view.selectionModel().setCurrentIndex(index, flags)
                self.view.setAutoScroll(True)
        self.view.executeDelayedItemsLayout()
        self.view.verticalScrollBar().setValue(self._scrolled)
        if self.model.rowCount():
            had_focus = self._has_focus(self._empty)
            self._stack.setCurrentWidget(self.view)
            if had_focus:
                self.view.setFocus()
            return
        self._stack.setCurrentWidget(self._empty)
        if self._search.text():
            self._empty.say(
                _("No event found"),
                _("No event has these words in its title or place."),
                _("Show all events"),
            )
        else:
            self._empty.say(
                _("No events yet"),
                _(
                    "The events that you organize or take part in appear here after a sync. You can also add "
                    "one by its link."
                ),
                _("Add an event…"),
            )

    @Slot()
    def _on_empty(self) -> None:
        if self._search.text():
            self._search.clear()
        else:
            self.add_requested.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        key = current.data(EventRole.KEY)
        if key is not None and key != self._chosen:
            self._chosen = key
            self.event_chosen.emit(key)

    @Slot()
    def _on_remove(self) -> None:
        key = self.view.currentIndex().data(EventRole.KEY)
        if key is not None:
            self.remove_requested.emit(key)

    @Slot(QPoint)
    def _on_menu(self, position: QPoint) -> None:
        key = self.view.indexAt(position).data(EventRole.KEY)
        if key is None:
            return
        menu = QMenu(self)
        menu.setObjectName("eventMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("sync"), _("Sync this event"), lambda: self.sync_event_requested.emit(key))
        menu.addSeparator()
        menu.addAction(
            icon("remove"), _("Remove from this computer…"), lambda: self.remove_requested.emit(key)
        )
        menu.popup(self.view.viewport().mapToGlobal(position))
