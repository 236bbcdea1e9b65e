"""The widget that shows the answers to a question as bars."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.statistics.statistics import Share
from app.views.demographics.bars import BarLayout, Bars, bars, bars_height, paint_bars


class BarChart(QWidget):
    """Horizontal bars, one for each option; the arrow keys select a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._shares: tuple[Share, ...] = ()
        self._label: Callable[[str], str] = str
        self._chart = Bars("", "", "", ())
        self._labels_beside: tuple[str, ...] = ()
        self._current: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chart(self) -> Bars:
        """The chart as text and numbers, for printing."""
        return self._chart

    def set_shares(self, title: str, shares: Sequence[Share], label: Callable[[str], str]) -> None:
        """Show the shares of a question; `label` returns an option's text. No shares: too few answered."""
        self._title = title
        self._shares = tuple(shares)
        self._label = label
        self._current = None
        self._update_texts()

    def align_with(self, labels: Sequence[str]) -> None:
        """Let the bars begin where those of charts with these labels begin."""
        self._labels_beside = tuple(labels)
        self._update_texts()

    def _update_texts(self) -> None:
        made = bars(self._title, self._shares, self._label, self.locale())
        self._chart = replace(made, labels_beside=self._labels_beside)
        self.setAccessibleName(self._chart.title)
        self.setAccessibleDescription(self._chart.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._chart.rows else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width, since labels wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at a width."""
        return round(bars_height(self._chart, width, self.font(), self) + 0.5)

    def sizeHint(self) -> QSize:
        """Return a size with the labels beside the bars."""
        width = 40 * self.fontMetrics().height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the values still fit above the bars; the height follows from the width."""
        return QSize(14 * self.fontMetrics().height(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, with the keyboard's row highlighted."""
        painter = QPainter(self)
        current = self._current if self.hasFocus() else None
        frame = QRectF(self.rect())
        paint_bars(painter, frame, self._chart, self.palette(), self.font(), self.layoutDirection(), current)
        painter.end()

    def paint_on(self, painter: QPainter, frame: QRectF, palette: QPalette) -> None:
        """Paint the chart elsewhere."""
        paint_bars(painter, frame, self._chart, palette, self.font(), self.layoutDirection(), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select another row; at the ends the key event goes to the parent."""
        last = len(self._chart.rows) - 1
        here = -1 if self._current is None else self._current
        wanted = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None or not 0 <= wanted <= last:
            super().keyPressEvent(event)
            return
        self._go_to(wanted)

    def _go_to(self, row: int) -> None:
        self._current = row
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._chart.rows[row].words))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the first row, so that the focus is visible."""
        super().focusInEvent(event)
        if self._current is None and self._chart.rows:
            self._current = 0
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show a row's complete text as its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.text_at(event.pos()), self)
            return True
        return super().event(event)

    def text_at(self, position: QPoint) -> str:
        """Return the text of the row at a position in the widget, empty if there is none."""
        layout = BarLayout(self._chart, self.width(), self.font(), self)
        return next(
            (placed.row.words for placed in layout.rows if placed.whole.contains(position.toPointF())), ""
        )

    def changeEvent(self, event: QEvent) -> None:
        """Update the chart for another language, number format or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LocaleChange, QEvent.Type.FontChange):
            self._update_texts()
