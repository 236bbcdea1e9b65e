"""The widget that shows registrations over time."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.demographics.chart_text import mirrored
from app.views.demographics.timeline import (
    Counted,
    EarlierDays,
    Marker,
    Timeline,
    hours_of_day,
    timeline,
)
from app.views.demographics.timeline_painting import TimelineLayout, paint_timeline


class TimelineChart(QWidget):
    """Columns of days, weeks or months; the mouse or the arrow keys highlight a column."""

    def __init__(self, parent: QWidget | None = None, counted: Counted = Counted.REGISTRATIONS) -> None:
        super().__init__(parent)
        self._counted = counted
        self._hours: tuple[date, tuple[int, ...]] | None = None
        self._today: date | None = None
        self._days: tuple[tuple[date, int], ...] = ()
        self._marker: Marker | None = None
        self._earlier: EarlierDays | None = None
        self._chart = timeline((), None, self.locale(), counted=counted)
        self._pointed: int | None = None
        self._current: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._update_texts()

    @property
    def chart(self) -> Timeline:
        """The chart as text and numbers, for printing."""
        return self._chart

    @property
    def current(self) -> int | None:
        """The highlighted column: the mouse's, or the keyboard's while the chart has the focus."""
        if self._pointed is not None:
            return self._pointed
        return self._current if self.hasFocus() else None

    def set_days(self, days: Sequence[tuple[date, int]], today: date | None = None) -> None:
        """Show the registrations of days; the column of `today` is marked as unfinished."""
        self._days = tuple(days)
        self._today = today
        self._hours = None
        self._update_texts()

    def set_hours(self, day: date, hours: Sequence[int]) -> None:
        """Show the 24 hours of a day."""
        self._hours = (day, tuple(hours))
        self._update_texts()

    def set_earlier(self, earlier: EarlierDays | None) -> None:
        """Show an earlier event's registrations as a line, or none."""
        self._earlier = earlier
        self._update_texts()

    def set_marker(self, day: date | None, label: str = "") -> None:
        """Mark a day, such as the event's start, or none."""
        self._marker = None if day is None else Marker(day, label)
        self._update_texts()

    def _update_texts(self) -> None:
        self._pointed = self._current = None
        locale, counted = self.locale(), self._counted
        if self._hours:
            self._chart = hours_of_day(*self._hours, locale, counted)
        else:
            self._chart = timeline(self._days, self._marker, locale, self._today, self._earlier, counted)
        self._begin()
        self.setAccessibleName(self._chart.title)
        self.setAccessibleDescription(self._chart.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._chart.known else Qt.FocusPolicy.NoFocus)
        self.update()

    def _begin(self) -> None:
        """Select the latest column, so that the focus is visible."""
        if self._current is None and self._chart.known and self.hasFocus():
            self._current = self._chart.known - 1

    def sizeHint(self) -> QSize:
        """Return a comfortable size for a pane."""
        em = self.fontMetrics().height()
        return QSize(40 * em, 15 * em)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which columns can be distinguished."""
        em = self.fontMetrics().height()
        return QSize(14 * em, 10 * em)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart with the highlighted column."""
        painter = QPainter(self)
        frame = QRectF(self.rect())
        direction = self.layoutDirection()
        paint_timeline(painter, frame, self._chart, self.palette(), self.font(), direction, self.current)
        painter.end()

    def paint_on(self, painter: QPainter, frame: QRectF, palette: QPalette) -> None:
        """Paint the chart elsewhere."""
        paint_timeline(painter, frame, self._chart, palette, self.font(), self.layoutDirection(), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select another column; at the ends the key event goes to the parent."""
        last = self._chart.known - 1
        here = last if self._current is None else self._current
        later = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        wanted = {
            Qt.Key.Key_Left: here - later,
            Qt.Key.Key_Right: here + later,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None or not 0 <= wanted <= last:
            super().keyPressEvent(event)
            return
        self._pointed = None
        self._current = wanted
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._chart.column_words(wanted)))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the column under the mouse."""
        super().mouseMoveEvent(event)
        self._pointed = self.column_at(event.position())
        self.update()

    def column_at(self, position: QPointF) -> int | None:
        """Return the column at a position in the widget, None if there is none with a number."""
        frame = QRectF(self.rect())
        layout = TimelineLayout(self._chart, frame, self.font(), self)
        point = mirrored(QRectF(position, position), frame, self.layoutDirection())
        return layout.column_at(point.left()) if point.top() >= layout.plot.top() else None

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the mouse's highlight."""
        super().leaveEvent(event)
        self._pointed = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the latest column."""
        super().focusInEvent(event)
        self._begin()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Update the chart for another language, number format or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LocaleChange):
            self._update_texts()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
