"""Registrations over time as columns: their layout in a rectangle, and painting on any device."""

from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPaintDevice, QPainter, QPalette, QPen

from app.views.demographics.chart_text import fitted, metrics_on, mirrored, scaled_font, widest
from app.views.demographics.timeline import Step, Timeline
from app.views.look.colours import Accent, accent_colour, tint

_MOST_TICKS = 4
#: How much of the ink the line of an earlier event has: less than the columns, enough to be seen on both.
_EARLIER_INK = 0.6
#: Columns from one label to the next, so that labels fall on whole weeks, quarters and years.
_STRIDES = {
    Step.HOUR: (1, 2, 3, 6, 12, 24),
    Step.DAY: (1, 2, 7, 14, 28, 56, 112),
    Step.WEEK: (1, 2, 4, 8, 13, 26, 52, 104),
    Step.MONTH: (1, 2, 3, 6, 12, 24, 60, 120, 240),
}


def ticks(most: int) -> list[int]:
    """Return the numbers of the vertical axis, from 0 to one that is not below `most`."""
    step = 1
    while ceil(most / step) > _MOST_TICKS:
        step = _next_round(step)
    return [step * number for number in range(max(1, ceil(most / step)) + 1)]


def _next_round(step: int) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50, …"""
    return step * 5 // 2 if str(step)[0] == "2" else step * 2


class TimelineLayout:
    """The layout of a chart in a rectangle; x is measured from the leading side."""

    def __init__(
        self, chart: Timeline, rect: QRectF, font: QFont, device: QPaintDevice | None = None
    ) -> None:
        self.chart = chart
        self.device = device
        self.title_font = scaled_font(font, 1.25, QFont.Weight.DemiBold)
        self.small_font = scaled_font(font, 0.9)
        small = metrics_on(self.small_font, device)
        self.em = metrics_on(font, device).height()
        self.gap = self.em / 4
        inner = rect.adjusted(self.gap, 0, -self.gap, -self.gap)
        self.title, height = fitted(chart.title, inner.width(), 1, self.title_font, device)
        self.title_rect = QRectF(inner.left(), inner.top(), inner.width(), height)
        self.note_rect = QRectF(inner.left(), self.title_rect.bottom(), inner.width(), small.height())
        #: Where the line is explained, below the note.
        self.line_rect = QRectF(inner.left(), self.note_rect.bottom(), inner.width(), 0.0)
        if chart.earlier:
            self.line_rect.setHeight(small.height())
        most = max((people for _, people in chart.columns), default=0)
        self.ticks = ticks(max(most, *chart.earlier, 0))
        self.gutter = widest([chart.locale.toString(tick) for tick in self.ticks], small) + 2 * self.gap
        top = self.line_rect.bottom() + (2 if chart.marker else 4) * self.gap
        self.marker_rect = QRectF(
            inner.left() + self.gutter, top, inner.width() - self.gutter, small.height()
        )
        if chart.marker:
            top = self.marker_rect.bottom() + self.gap
        bottom = inner.bottom() - small.height() - self.gap
        self.plot = QRectF(self.marker_rect.left(), top, self.marker_rect.width(), max(bottom - top, self.em))
        self.slot = self.plot.width() / max(1, len(chart.columns))

    def whole_slot(self, number: int) -> QRectF:
        """Return the rectangle of a column over the whole height."""
        return QRectF(self.plot.left() + number * self.slot, self.plot.top(), self.slot, self.plot.height())

    def column(self, number: int) -> QRectF:
        """Return the rectangle of a column, with the height of its number."""
        place = self.whole_slot(number)
        width = min(max(self.slot * 0.75, self.slot - self.gap / 2), 2.5 * self.em)
        height = place.height() * self.chart.columns[number][1] / self.ticks[-1]
        return QRectF(place.center().x() - width / 2, place.bottom() - height, width, height)

    def column_at(self, x: float) -> int | None:
        """Return the column at a distance from the leading side, None if it has no number."""
        number = int((x - self.plot.left()) // self.slot)
        return number if 0 <= number < self.chart.known else None

    def dates(self) -> list[tuple[QRectF, str]]:
        """Return as many labels below the columns as fit side by side."""
        small = metrics_on(self.small_font, self.device)
        texts = [self.chart.under_column(number) for number in range(len(self.chart.columns))]
        needed = ceil((widest(texts, small) + self.em) / self.slot)
        strides = _STRIDES[self.chart.step]
        stride = next((stride for stride in strides if stride >= needed), needed)
        labels: list[tuple[QRectF, str]] = []
        for number in range(0, len(texts), stride):
            width = widest([texts[number]], small)
            start = self.whole_slot(number).center().x() - width / 2
            start = min(max(start, self.title_rect.left()), self.plot.right() - width)
            if labels and start < labels[-1][0].right() + self.em / 2:
                continue
            place = QRectF(start, self.plot.bottom() + self.gap, width, small.height())
            labels.append((place, texts[number]))
        return labels


def paint_timeline(
    painter: QPainter,
    rect: QRectF,
    chart: Timeline,
    palette: QPalette,
    font: QFont,
    direction: Qt.LayoutDirection,
    current: int | None = None,
) -> None:
    """Paint a chart into a rectangle, on a screen or on paper; `current` is the highlighted column."""
    layout = TimelineLayout(chart, rect, font, painter.device())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(direction)
    ink = palette.color(QPalette.ColorRole.WindowText)
    quiet = accent_colour(palette, Accent.QUIET)
    painter.setPen(ink)
    painter.setFont(layout.title_font)
    leading = Qt.AlignmentFlag.AlignLeading
    painter.drawText(mirrored(layout.title_rect, rect, direction), leading, layout.title)
    painter.setFont(layout.small_font)
    painter.setPen(quiet)
    if not chart.columns:
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(mirrored(layout.plot, rect, direction), middle, chart.summary)
        painter.restore()
        return
    note = chart.summary
    if current is not None:
        painter.setPen(ink)
        note = chart.column_words(current)
        slot = mirrored(layout.whole_slot(current), rect, direction)
        painter.fillRect(slot, tint(palette, Accent.PROGRESSIVE))
    shown, _ = fitted(note, layout.note_rect.width(), 1, layout.small_font, layout.device)
    painter.drawText(mirrored(layout.note_rect, rect, direction), leading, shown)
    _paint_axes(painter, rect, layout, ink, quiet)
    _paint_columns(painter, rect, layout, palette, current)
    _paint_earlier(painter, rect, layout, ink)
    _paint_marker(painter, rect, layout, ink)
    painter.restore()


def _paint_axes(painter: QPainter, frame: QRectF, layout: TimelineLayout, ink: QColor, quiet: QColor) -> None:
    direction = painter.layoutDirection()
    plot = mirrored(layout.plot, frame, direction)
    for tick in layout.ticks:
        y = plot.bottom() - plot.height() * tick / layout.ticks[-1]
        line = QColor(ink)
        line.setAlphaF(0.12 if tick else 0.4)
        painter.setPen(QPen(line, layout.em / 16))
        painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        painter.setPen(quiet)
        start = layout.plot.left() - layout.gutter
        place = QRectF(start, y - layout.em / 2, layout.gutter - 2 * layout.gap, layout.em)
        side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(place, frame, direction), side, layout.chart.locale.toString(tick))
    painter.setPen(quiet)
    for place, text in layout.dates():
        painter.drawText(mirrored(place, frame, direction), Qt.AlignmentFlag.AlignCenter, text)


def _paint_columns(
    painter: QPainter, frame: QRectF, layout: TimelineLayout, palette: QPalette, current: int | None
) -> None:
    colour = accent_colour(palette, Accent.PROGRESSIVE)
    ink = palette.color(QPalette.ColorRole.WindowText)
    for number in range(layout.chart.known):
        column = mirrored(layout.column(number), frame, painter.layoutDirection())
        shown = ink if number == current else colour
        if number == layout.chart.unfinished:
            # It may still grow: hatched, with its outline.
            painter.fillRect(column, QBrush(shown, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(shown, layout.em / 12))
            painter.drawRect(column)
        else:
            painter.fillRect(column, shown)


def _paint_earlier(painter: QPainter, frame: QRectF, layout: TimelineLayout, ink: QColor) -> None:
    """Paint the line of the earlier event over the columns, and what it is."""
    chart = layout.chart
    if not chart.earlier:
        return
    direction = painter.layoutDirection()
    soft = QColor(ink)
    soft.setAlphaF(_EARLIER_INK)
    pen = QPen(soft, layout.em / 10)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    points = []
    for number, people in enumerate(chart.earlier):
        x = layout.whole_slot(number).center().x()
        y = layout.plot.bottom() - layout.plot.height() * people / layout.ticks[-1]
        points.append(mirrored(QRectF(x, y, 0, 0), frame, direction).topLeft())
    painter.drawPolyline(points)
    row = layout.line_rect
    sample = QRectF(row.left(), row.center().y(), 1.5 * layout.em, 0)
    drawn = mirrored(sample, frame, direction)
    painter.drawLine(drawn.topLeft(), drawn.topRight())
    place = row.adjusted(sample.width() + layout.gap, 0, 0, 0)
    words, _ = fitted(chart.earlier_words, place.width(), 1, layout.small_font, layout.device)
    painter.setPen(ink)
    painter.drawText(mirrored(place, frame, direction), Qt.AlignmentFlag.AlignLeading, words)


def _paint_marker(painter: QPainter, frame: QRectF, layout: TimelineLayout, ink: QColor) -> None:
    """Paint the marker's label beside its line, or for a distant marker at the edge of the chart."""
    chart = layout.chart
    if chart.marker is None:
        return
    direction = painter.layoutDirection()
    row = layout.marker_rect
    words, _ = fitted(chart.marker_words, row.width(), 1, layout.small_font, layout.device)
    width = widest([words], metrics_on(layout.small_font, layout.device))
    number = chart.marked_column()
    if number is None:
        start = row.left() if chart.marker.day < chart.first else row.right() - width
    else:
        x = layout.whole_slot(number).center().x()
        start = x - layout.gap if x + width <= row.right() else max(row.left(), x + layout.gap - width)
        top, bottom = QPointF(x, row.bottom()), QPointF(x, layout.plot.bottom())
        line = mirrored(QRectF(top, bottom), frame, direction)
        painter.setPen(QPen(ink, layout.em / 12, Qt.PenStyle.DashLine))
        painter.drawLine(line.topLeft(), line.bottomLeft())
    painter.setPen(ink)
    place = mirrored(QRectF(start, row.top(), width, row.height()), frame, direction)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
