"""The tree of events, whose headings the keyboard passes over."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from app.models.events.events_model import EventRole

_UP = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MovePrevious,
)


class EventsView(QTreeView):
    """A tree of two levels, in which only events can be current."""

    def moveCursor(  # noqa: N802 - named by Qt
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the event that a key leads to; at the first and last event, the event itself."""
        wanted = super().moveCursor(action, modifiers)
        event = wanted
        while event.isValid() and event.data(EventRole.KEY) is None:
            event = self.indexAbove(event) if action in _UP else self.indexBelow(event)
        return event if event.isValid() else self.currentIndex()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without choosing an event: that would leave Today, or the changes."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QFrame.focusInEvent(self, event)
            self.viewport().update()
