"""A short list with check boxes."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

_KEY = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """Keys with their labels. Space ticks the current row; letters jump to a label."""

    ticked = Signal()

    def __init__(
        self, name: str, label: str, choices: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        # The form's background: dark styles draw check boxes too faintly on that of a list.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, words in choices:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.item(n).text()) for n in range(self.count())),
            default=0,
        )
        height = self.fontMetrics().height() + 8
        for number in range(self.count()):
            self.item(number).setSizeHint(QSize(widest + 36, height))
        self._row_height = height
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def show_rows(self, rows: int) -> None:
        """Set the height to a number of rows."""
        self.setFixedHeight(rows * self._row_height + 2 * self.frameWidth() + 2)

    def chosen(self) -> tuple[str, ...]:
        """Return the ticked keys, in their order."""
        items = [self.item(number) for number in range(self.count())]
        return tuple(str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def choose(self, keys: Collection[str], unknown: Sequence[str] = ()) -> None:
        """Tick these keys and no others; unknown keys are added, so that they are not lost."""
        known = {str(self.item(number).data(_KEY)) for number in range(self.count())}
        for key in [*keys, *unknown]:
            if key not in known:
                item = QListWidgetItem(key)
                item.setData(_KEY, key)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                self.addItem(item)
        for number in range(self.count()):
            item = self.item(number)
            ticked = item.data(_KEY) in keys
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
