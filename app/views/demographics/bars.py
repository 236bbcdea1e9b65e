"""The answers to a question as bars: their texts, their layout, and painting on any device."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPaintDevice, QPainter, QPainterPath, QPalette, QPen

from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.release import MIN_ANSWERS
from app.domain.statistics.statistics import Share
from app.i18n import _
from app.models.statistics.share_text import count_text, percent_text
from app.views.demographics.chart_text import ChartCounts, fitted, metrics_on, mirrored, scaled_font, widest
from app.views.look.colours import Accent, accent_colour, mixed, tint


@dataclass(frozen=True)
class BarRow:
    """One option as text, with its least and greatest possible share (0 to 1) of all people."""

    label: str
    value: str
    least: float
    most: float
    quiet: bool

    @property
    def words(self) -> str:
        """The row as one sentence, for screen readers and tool tips."""
        return _("{label}: {value}").format(label=self.label, value=self.value)


@dataclass(frozen=True)
class Bars:
    """A chart as text and numbers, without a size. `hatched` explains uncertain bars, or is empty.

    `labels_beside`: the labels of other charts of the page, so that the bars of all begin at one line.
    """

    title: str
    note: str
    hatched: str
    rows: tuple[BarRow, ...]
    labels_beside: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The complete chart as text, for screen readers."""
        return "\n".join([self.note, *(row.words for row in self.rows)])


def bars(title: str, shares: Sequence[Share], label: Callable[[str], str], locale: QLocale) -> Bars:
    """Make a chart of a question's shares; no shares mean too few answers."""
    if not shares:
        few = _("Fewer than {count} people have answered, so no numbers are shown.")
        return Bars(title, few.format(count=locale.toString(MIN_ANSWERS)), "", ())
    rows = tuple(
        BarRow(
            label(share.option),
            _value(share, locale),
            share.percent[0] / 100,
            share.percent[1] / 100,
            share.option == NO_RESPONSE,
        )
        for share in shares
    )
    note = ChartCounts().participants(shares[0].people, locale)
    hatched = _("Hatched: the number is somewhere in this range")
    uncertain = any(not share.exact for share in shares)
    return Bars(title, note, hatched if uncertain else "", rows)


def _value(share: Share, locale: QLocale) -> str:
    return _("{count} ({percent})").format(
        count=count_text(share, locale), percent=percent_text(share, locale)
    )


#: The largest part of the width for labels beside the bars.
_LABEL_PART = 0.38
#: The part of its colour that a secondary bar keeps.
_QUIET_PART = 0.65
_LEADING = Qt.AlignmentFlag.AlignLeading
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class PlacedRow:
    """The rectangles of a row, measured from the leading side, and its elided label."""

    row: BarRow
    whole: QRectF
    label: QRectF
    bar: QRectF
    value: QRectF
    shown: str


class BarLayout:
    """A chart at a width: labels and values beside the bars where they fit, else above them."""

    def __init__(self, chart: Bars, width: float, font: QFont, device: QPaintDevice | None = None) -> None:
        self.font = font
        self.title_font = scaled_font(font, 1.25, QFont.Weight.DemiBold)
        self.note_font = scaled_font(font, 0.9)
        self.em = metrics_on(font, device).height()
        self.gap = self.em / 4
        self._device = device
        self._width = width
        self._inner = max(width - 2 * self.gap, self.em)
        self._bottom = 0.0
        self.title = self._line(chart.title, self.title_font, 2)
        self.note = self._line(chart.note, self.note_font, 3)
        self._bottom += self.gap
        self.rows = self._placed(chart.rows, chart.labels_beside)
        self._bottom += self.gap
        self.hatched = self._line(chart.hatched, self.note_font, 3, 2.1 * self.em)
        self.height = self._bottom + self.gap

    def _line(self, text: str, font: QFont, lines: int, leading: float = 0.0) -> tuple[QRectF, str]:
        """Add a line of text over the whole width."""
        if not text:
            return QRectF(), ""
        width = self._inner - leading
        shown, height = fitted(text, width, lines, font, self._device)
        rect = QRectF(self.gap + leading, self._bottom, width, height)
        self._bottom = rect.bottom()
        return rect, shown

    def _placed(self, rows: Sequence[BarRow], labels_beside: Sequence[str]) -> list[PlacedRow]:
        metrics = metrics_on(self.font, self._device)
        labels = [*(row.label for row in rows), *labels_beside]
        label = min(widest(labels, metrics), self._inner * _LABEL_PART)
        value = min(widest([row.value for row in rows], metrics), self._inner * 0.6)
        bar = self._inner - label - value - 6 * self.gap
        if bar < 8 * self.em:
            return [self._row_above(row, value) for row in rows]
        return [self._row_beside(row, label, bar, value) for row in rows]

    def _row_beside(self, row: BarRow, label: float, bar: float, value: float) -> PlacedRow:
        shown, height = fitted(row.label, label, 2, self.font, self._device)
        whole = QRectF(0, self._bottom, self._width, max(height, self.em) + 2.5 * self.gap)
        self._bottom = whole.bottom()
        start = self.gap + label + 3 * self.gap
        thick = 0.8 * self.em
        return PlacedRow(
            row,
            whole,
            QRectF(self.gap, whole.top(), label, whole.height()),
            QRectF(start, whole.center().y() - thick / 2, bar, thick),
            QRectF(start + bar + 3 * self.gap, whole.top(), value, whole.height()),
            shown,
        )

    def _row_above(self, row: BarRow, value: float) -> PlacedRow:
        label = self._inner - value - 3 * self.gap
        shown, height = fitted(row.label, label, 3, self.font, self._device)
        _unused, tall = fitted(row.value, value, 3, self.font, self._device)
        text = max(height, tall, self.em)
        thick = 0.6 * self.em
        whole = QRectF(0, self._bottom, self._width, text + thick + 3.5 * self.gap)
        self._bottom = whole.bottom()
        top = whole.top() + self.gap
        return PlacedRow(
            row,
            whole,
            QRectF(self.gap, top, label, text),
            QRectF(self.gap, top + text + self.gap / 2, self._inner, thick),
            QRectF(self._width - self.gap - value, top, value, text),
            shown,
        )


def bars_height(chart: Bars, width: float, font: QFont, device: QPaintDevice | None = None) -> float:
    """Return a chart's height at a width, in the units of the device."""
    return BarLayout(chart, width, font, device).height


def paint_bars(
    painter: QPainter,
    rect: QRectF,
    chart: Bars,
    palette: QPalette,
    font: QFont,
    direction: Qt.LayoutDirection,
    current: int | None = None,
) -> None:
    """Paint a chart into the top of a rectangle, on screen or paper; `current` is the highlighted row."""
    layout = BarLayout(chart, rect.width(), font, painter.device())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.setLayoutDirection(direction)
    frame = QRectF(0, 0, rect.width(), layout.height)
    text = palette.color(QPalette.ColorRole.WindowText)
    painter.setPen(text)
    _paint_line(painter, frame, layout.title, layout.title_font)
    painter.setPen(accent_colour(palette, Accent.QUIET))
    _paint_line(painter, frame, layout.note, layout.note_font)
    _paint_line(painter, frame, layout.hatched, layout.note_font)
    if chart.hatched:
        line = layout.hatched[0]
        thick = 0.6 * layout.em
        swatch = QRectF(
            layout.gap, line.top() + (min(line.height(), layout.em) - thick) / 2, 1.6 * layout.em, thick
        )
        _paint_bar(painter, mirrored(swatch, frame, direction), (0, 1), palette, Accent.QUIET, layout.em)
    painter.setFont(layout.font)
    for number, placed in enumerate(layout.rows):
        if number == current:
            _paint_current(painter, placed.whole, palette, layout.gap)
        _paint_row(painter, frame, placed, palette, layout.em)
    painter.restore()


def _paint_line(painter: QPainter, frame: QRectF, line: tuple[QRectF, str], font: QFont) -> None:
    rect, text = line
    painter.setFont(font)
    target = mirrored(rect, frame, painter.layoutDirection())
    painter.drawText(target, _LEADING | Qt.TextFlag.TextWordWrap, text)


def _paint_current(painter: QPainter, rect: QRectF, palette: QPalette, radius: float) -> None:
    painter.setPen(QPen(accent_colour(palette, Accent.PROGRESSIVE), radius / 4))
    painter.setBrush(tint(palette, Accent.PROGRESSIVE))
    inset = radius / 4
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def _paint_row(painter: QPainter, frame: QRectF, placed: PlacedRow, palette: QPalette, em: float) -> None:
    direction = painter.layoutDirection()
    row = placed.row
    quiet = accent_colour(palette, Accent.QUIET)
    painter.setPen(quiet if row.quiet else palette.color(QPalette.ColorRole.WindowText))
    middle = _MIDDLE | Qt.TextFlag.TextWordWrap
    painter.drawText(mirrored(placed.label, frame, direction), _LEADING | middle, placed.shown)
    above = placed.value.bottom() <= placed.bar.top()
    side = Qt.AlignmentFlag.AlignTrailing if above else _LEADING
    painter.drawText(mirrored(placed.value, frame, direction), side | middle, row.value)
    accent = Accent.QUIET if row.quiet else Accent.PROGRESSIVE
    _paint_bar(painter, mirrored(placed.bar, frame, direction), (row.least, row.most), palette, accent, em)


def _paint_bar(
    painter: QPainter, rect: QRectF, parts: tuple[float, float], palette: QPalette, accent: Accent, em: float
) -> None:
    """Paint a bar: solid for the least share, hatched up to the greatest, on a track for all people."""
    direction = painter.layoutDirection()
    colour = accent_colour(palette, accent)
    if accent is Accent.QUIET:
        colour = mixed(palette.color(QPalette.ColorRole.Window), colour, _QUIET_PART)
    track = palette.color(QPalette.ColorRole.WindowText)
    track.setAlphaF(0.09)
    least, most = (part * rect.width() for part in parts)
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, em / 8, em / 8)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, track)
    solid = QRectF(rect.left(), rect.top(), least, rect.height())
    painter.fillRect(mirrored(solid, rect, direction), colour)
    if most > least:
        open_part = QRectF(rect.left() + least, rect.top(), most - least, rect.height())
        _hatch(painter, mirrored(open_part, rect, direction), QPen(colour, em / 14), em / 4)
    painter.restore()


def _hatch(painter: QPainter, rect: QRectF, pen: QPen, step: float) -> None:
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = pen.widthF() / 2
    painter.drawRect(rect.adjusted(half, half, -half, -half))
    start = rect.left() - rect.height()
    while start < rect.right():
        painter.drawLine(QPointF(start, rect.bottom()), QPointF(start + rect.height(), rect.top()))
        start += step
