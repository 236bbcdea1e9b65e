"""Lays out text so that it fits into a box: made smaller, then wrapped, then elided."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QTextLayout, QTextOption

from app.models.desk.printing.paper import POINT

_Wrap = QTextOption.WrapMode
#: Text that fits on one line when it is made smaller by no more than this is not wrapped.
_SLIGHTLY_SMALLER: Final = 0.8
#: The ratio of one size to the next larger one.
_STEP: Final = 0.95
#: How far below the middle of a line its baseline is, in heights of the font: half of a capital letter.
_BASELINE: Final = 0.36


@dataclass(frozen=True)
class TextStyle:
    """How a text looks. `largest` and `smallest` are in points; without `smallest` there is one size."""

    largest: float
    smallest: float = 0.0
    lines: int = 1
    bold: bool = False

    @property
    def sizes(self) -> list[float]:
        """The sizes in points, from the largest to the smallest."""
        sizes, smallest = [self.largest], self.smallest or self.largest
        while sizes[-1] > smallest:
            sizes.append(max(smallest, sizes[-1] * _STEP))
        return sizes


@dataclass(frozen=True)
class FittedText:
    """A text that is laid out. `height` is that of its lines in units, `points` its size."""

    text: str
    layout: QTextLayout
    height: float
    points: float

    def top(self, height: float, vertical: Qt.AlignmentFlag) -> float:
        """Return where to draw the layout in a box of a height: at its top, in its middle or at its bottom.

        Single lines in the middle are placed by their baseline, so that text of different scripts, whose
        fonts leave different space above and below, stands on one line in a row.
        """
        free = height - self.height
        if vertical is Qt.AlignmentFlag.AlignTop:
            return 0.0
        if vertical is Qt.AlignmentFlag.AlignBottom:
            return free
        if self.layout.lineCount() != 1:
            return free / 2
        font, ascent = self.layout.font(), self.layout.lineAt(0).ascent()
        top = height / 2 + _BASELINE * font.pixelSize() - ascent
        if top >= 0.0 and top + self.height <= height:
            return top
        ink = QFontMetricsF(font).tightBoundingRect(self.text).translated(0.0, top + ascent)
        return top - min(0.0, ink.top()) - max(0.0, ink.bottom() - height)


def font_of(points: float, *, bold: bool = False) -> QFont:
    """Return the program's font in a size on paper, without rounding its letters to a screen's pixels."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(round(points * POINT))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def fitted(text: str, style: TextStyle, box: QSizeF, direction: Qt.LayoutDirection) -> FittedText:
    """Return a text laid out in a box, whose size is in units.

    Names in it must be enclosed: `direction` is that of the page, and lines begin on its leading side.
    """
    single = _laid_out(text, style.largest, style.bold, box.width(), _Wrap.NoWrap, direction)
    if _fits(single, box, 1):
        return single
    line = _fitting_on_one_line(single, style, box, direction)
    if line and (style.lines == 1 or line.points >= _SLIGHTLY_SMALLER * style.largest):
        return line
    wrapped = _wrapped(text, style, box, direction, line.points if line else 0.0)
    return wrapped or line or _elided(text, style, box, direction)


def _fitting_on_one_line(
    single: FittedText, style: TextStyle, box: QSizeF, direction: Qt.LayoutDirection
) -> FittedText | None:
    """Return the text on one line in the largest size that fits, None if the smallest is too large."""
    most = style.largest * box.width() / max(1.0, single.layout.lineAt(0).naturalTextWidth())
    for points in style.sizes:
        if points <= most:
            smaller = _laid_out(single.text, points, style.bold, box.width(), _Wrap.NoWrap, direction)
            if _fits(smaller, box, 1):
                return smaller
    return None


def _wrapped(
    text: str, style: TextStyle, box: QSizeF, direction: Qt.LayoutDirection, on_one_line: float
) -> FittedText | None:
    """Return the text on several lines, None if it does not fit or is not larger than on one line.

    `on_one_line` is its size there in points, 0 if it does not fit on one. If it does, no word is broken.
    """
    if style.lines == 1:
        return None
    for mode in (_Wrap.WordWrap, _Wrap.WrapAtWordBoundaryOrAnywhere):
        for points in style.sizes:
            if points <= on_one_line:
                return None
            wrapped = _laid_out(text, points, style.bold, box.width(), mode, direction)
            if _fits(wrapped, box, style.lines):
                return wrapped
    return None


def _elided(text: str, style: TextStyle, box: QSizeF, direction: Qt.LayoutDirection) -> FittedText:
    """Return as much of the text as fits in the smallest size."""
    points = style.sizes[-1]
    metrics = QFontMetricsF(font_of(points, bold=style.bold))
    mode = _Wrap.WrapAtWordBoundaryOrAnywhere if style.lines > 1 else _Wrap.NoWrap
    # The lines of a wrapped text are not full, so less than their whole width may fit.
    for part in range(100, 0, -5):
        shorter = metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, box.width() * style.lines * part / 100
        )
        elided = _laid_out(shorter, points, style.bold, box.width(), mode, direction)
        if _fits(elided, box, style.lines):
            break
    return elided


def _fits(fitted_text: FittedText, box: QSizeF, lines: int) -> bool:
    layout = fitted_text.layout
    count = layout.lineCount()
    if count > lines or any(layout.lineAt(place).naturalTextWidth() > box.width() for place in range(count)):
        return False
    if count > 1 or fitted_text.height <= box.height():
        return fitted_text.height <= box.height()
    # Fonts of some scripts ask for far more space between lines than a single line covers.
    return QFontMetricsF(layout.font()).tightBoundingRect(fitted_text.text).height() <= box.height()


def _laid_out(
    text: str,
    points: float,
    bold: bool,
    width: float,
    mode: QTextOption.WrapMode,
    direction: Qt.LayoutDirection,
) -> FittedText:
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    option = QTextOption(Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(direction)
    option.setWrapMode(mode)
    layout = QTextLayout(text, font_of(points, bold=bold))
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(line)
    layout.endLayout()
    # Letters of other scripts make some lines higher than others; all get the same room.
    ascent = max((line.ascent() for line in lines), default=0.0)
    height = ascent + max((line.descent() for line in lines), default=0.0)
    for place, line in enumerate(lines):
        line.setPosition(QPointF(0.0, place * height + ascent - line.ascent()))
    return FittedText(text, layout, height * len(lines), points)
