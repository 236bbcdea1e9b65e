"""A number on a card, with what it counts; a click shows whom."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.views.events.card import Card
from app.views.look.colours import Accent, accent_colour
from app.views.look.text import sized

_MARGIN, _GAP = 16, 2


class FigureCard(Card):
    """Hidden while it has no number."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._label = label
        self._number, self._note = "", ""
        self._accent = Accent.QUIET
        self.setText(label)
        self.hide()

    def say(self, number: int | str | None, note: str, accent: Accent = Accent.QUIET) -> None:
        """Show a number, or a text of numbers, with a note under it; without one, hide."""
        shown = self.locale().toString(number) if isinstance(number, int) else number
        self._number = shown or ""
        self._note, self._accent = note, accent
        self.setAccessibleName(" ".join(filter(None, (f"{self._label}:", self._number, note))))
        self.setVisible(number is not None)
        self.updateGeometry()
        self.update()

    @property
    def number(self) -> str:
        """The number as it is shown."""
        return self._number

    @property
    def note(self) -> str:
        """The note under the number."""
        return self._note

    def sizeHint(self) -> QSize:
        """Return the size of the three lines."""
        small, large = QFontMetrics(sized(0.9)), QFontMetrics(sized(1.9, bold=True))
        width = max(
            small.horizontalAdvance(self._label),
            small.horizontalAdvance(self._note),
            large.horizontalAdvance(self._number),
        )
        height = 2 * small.height() + large.height() + 2 * _GAP
        return QSize(width + 2 * _MARGIN, height + 2 * (_MARGIN - 4))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which the number is whole."""
        return QSize(92, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter, palette = QPainter(self), self.palette()
        self.paint_ground(painter)
        area = self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        top = _MARGIN - 4
        for text, factor, bold, ink in (
            (self._label, 0.9, False, accent_colour(palette, Accent.QUIET)),
            (self._number, 1.9, True, palette.color(QPalette.ColorRole.WindowText)),
            (self._note, 0.9, False, accent_colour(palette, self._accent)),
        ):
            top = self.paint_line(painter, area, top, text, factor, ink, bold=bold) + _GAP
