"""Text in charts: counts, relative fonts, elided labels, and mirrored rectangles."""

from math import ceil

from PySide6.QtCore import QLocale, QObject, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QTextLayout, QTextOption

from app.i18n import _, ngettext


class ChartCounts(QObject):
    """Numbers with their noun, in the user's language."""

    def participants(self, people: int, locale: QLocale) -> str:
        """Return the total of a chart's shares as text."""
        if people == 1:
            return _("Of 1 participant")
        return ngettext("Of {count} participant", "Of {count} participants", people).format(
            count=locale.toString(people)
        )

    def registrations(self, people: int, locale: QLocale) -> str:
        """Return a number of registrations as text."""
        if people == 1:
            return _("1 registration")
        return ngettext("{count} registration", "{count} registrations", people).format(
            count=locale.toString(people)
        )

    def edits(self, edits: int, locale: QLocale) -> str:
        """Return a number of edits as text."""
        if edits == 1:
            return _("1 edit")
        return ngettext("{count} edit", "{count} edits", edits).format(count=locale.toString(edits))


def scaled_font(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return a font larger or smaller by a factor, whether its size is in points or in pixels."""
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    else:
        scaled.setPixelSize(round(font.pixelSize() * factor))
    if weight is not None:
        scaled.setWeight(weight)
    return scaled


def metrics_on(font: QFont, device: QPaintDevice | None) -> QFontMetricsF:
    """Return a font's metrics on a paint device."""
    return QFontMetricsF(font) if device is None else QFontMetricsF(font, device)


def widest(texts: list[str], metrics: QFontMetricsF) -> float:
    """Return the width that holds each of the texts on one line."""
    return ceil(max((metrics.horizontalAdvance(text) for text in texts), default=0.0)) + 1.0


def mirrored(rect: QRectF, frame: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """Return a rectangle, measured from the frame's leading side, in coordinates of the layout direction."""
    if direction == Qt.LayoutDirection.LeftToRight:
        return rect
    return QRectF(frame.left() + frame.right() - rect.right(), rect.top(), rect.width(), rect.height())


def fitted(
    text: str, width: float, lines: int, font: QFont, device: QPaintDevice | None
) -> tuple[str, float]:
    """Return the text, elided in the middle if it needs more lines than these, and its height."""
    height = _wrapped_height(text, width, lines, font, device)
    if height is not None:
        return text, height
    metrics = metrics_on(font, device)
    for part in range(95, 0, -5):
        shorter = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width * lines * part / 100)
        height = _wrapped_height(shorter, width, lines, font, device)
        if height is not None:
            return shorter, height
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width), metrics.height()


def _wrapped_height(
    text: str, width: float, lines: int, font: QFont, device: QPaintDevice | None
) -> float | None:
    """Return the height of the text when wrapped between words, or None where that takes too many lines."""
    layout = QTextLayout(text, font) if device is None else QTextLayout(text, font, device)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    for _line in range(lines + 1):
        line = layout.createLine()
        if not line.isValid():
            layout.endLayout()
            return height
        line.setLineWidth(width)
        if line.naturalTextWidth() > width + 0.5:
            break
        height += line.height()
    layout.endLayout()
    return None
