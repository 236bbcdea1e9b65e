"""A layout whose items follow each other like words, in as many lines as the width needs."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items from the leading side, `spacing` pixels apart; the last one takes what is left of its line.

    `stretch_last`: False leaves the last item as wide as it wants to be.
    """

    def __init__(self, parent: QWidget, *, spacing: int = 4, stretch_last: bool = True) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretch_last = stretch_last
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Add a widget before the item at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than the items."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Need the more lines, the narrower it is."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Return the height that the items need in the width of `rect`; with `place`, put them there."""
        shown = [item for item in self._items if not item.isEmpty()]
        left = top = 0
        # All lines are of one height: a line edit is lower than a chip.
        tallest = max((item.sizeHint().height() for item in shown), default=0)
        for item in shown:
            size = item.sizeHint().expandedTo(item.minimumSize())
            width = min(size.width(), rect.width())
            if left and left + width > rect.width():
                left, top = 0, top + tallest + self.spacing()
            if self._stretch_last and item is shown[-1]:
                width = rect.width() - left
            if place:
                down = top + (tallest - size.height()) // 2
                item.setGeometry(self._mirrored(rect, QRect(QPoint(left, down), QSize(width, size.height()))))
            left += width + self.spacing()
        return top + tallest

    def _mirrored(self, rect: QRect, place: QRect) -> QRect:
        parent = self.parentWidget()
        if parent is not None and parent.isRightToLeft():
            place.moveLeft(rect.width() - place.left() - place.width())
        return place.translated(rect.topLeft())
