"""Sizes and weights of text, relative to the system's font, and links that are safe to open."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.domain import names
from app.domain.people.chosen_people import ChosenPerson
from app.views.look.colours import Accent

W = TypeVar("W", bound=QWidget)


#: The property of a widget whose text is larger or smaller than the rest: how much.
_FACTOR, _BOLD = "textFactor", "textBold"
#: The property of the application that keeps the font it began with.
_SYSTEM_FONT = "systemFont"
#: Letters of a word after which it may wrap.
_LONGEST_PIECE = 16


def set_text_size(application: QApplication, percent: int) -> None:
    """Show all text at a size in per cent of the system's."""
    if application.property(_SYSTEM_FONT) is None:
        application.setProperty(_SYSTEM_FONT, application.font())
    font = QFont(application.property(_SYSTEM_FONT))
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / 100)
    else:
        font.setPixelSize(round(font.pixelSize() * percent / 100))
    if font == application.font():
        return
    application.setFont(font)
    for widget in application.allWidgets():
        if (factor := widget.property(_FACTOR)) is not None:
            widget.setFont(sized(float(factor), bold=bool(widget.property(_BOLD))))
        widget.updateGeometry()


def size_text(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Give a widget text of another size, which follows the size that the user chooses."""
    widget.setProperty(_FACTOR, factor)
    widget.setProperty(_BOLD, bold)
    widget.setFont(sized(factor, bold=bold))


def sized(factor: float, *, bold: bool = False) -> QFont:
    """Return the program's font, larger or smaller."""
    font = QApplication.font()
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def shortened(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return text that fits a width, to be painted.

    Its direction is apart from the window's: a mirrored one would paint the mark of what was left out at its
    beginning.
    """
    return names.enclosed(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))


def heading(label: QLabel) -> QLabel:
    """Make a label a heading, on the leading side."""
    size_text(label, 1.25, bold=True)
    return leading(label)


def title(label: QLabel) -> QLabel:
    """Make a label the title of a view, on the leading side."""
    size_text(label, 1.6, bold=True)
    return leading(label)


def strong(label: QLabel) -> QLabel:
    """Make a label a small heading, on the leading side."""
    size_text(label, 1.0, bold=True)
    return leading(label)


def secondary(widget: W) -> W:
    """Make a widget's text secondary: smaller and quiet."""
    size_text(widget, 0.9)
    if isinstance(widget, QLabel):
        leading(set_tone(widget, Accent.QUIET))
    return widget


def set_tone(label: QLabel, accent: Accent) -> QLabel:
    """Give a label's text an accent, which follows the scheme."""
    label.setProperty("tone", accent.value[0])
    polish_again(label)
    return label


def polish_again(widget: QWidget) -> None:
    """Let the style sheet see a widget's other property; it has not seen one that was never shown."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def leading(label: QLabel) -> QLabel:
    """Align a label's text to the window's leading side.

    A label aligns by its text: in a right-to-left window a Latin name would be far from its caption.
    """
    if label.isRightToLeft():
        vertical = label.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        label.setAlignment(vertical | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return label


def lead_paragraphs(parent: QWidget) -> None:
    """Align all paragraphs in a widget to the window's leading side, but for those that are centred."""
    for label in parent.findChildren(QLabel):
        if label.wordWrap() and not label.alignment() & Qt.AlignmentFlag.AlignHCenter:
            leading(label)


def show_text(label: QLabel, text: str) -> None:
    """Show text in a label with selectable text.

    Unlike in plain labels, Qt takes the direction of such a paragraph from inside an isolate too: a line that
    begins with a right-to-left name would be laid out from right to left as a whole.
    """
    leading(label)
    mark = "\u200f" if label.isRightToLeft() else "\u200e"
    label.setText("\n".join(mark + line if _begins_isolated(line) else line for line in text.split("\n")))


def _begins_isolated(line: str) -> bool:
    """Return whether the first letter of a line is in an isolate."""
    before, isolate, _ = line.partition("\u2068")
    return bool(isolate) and not any(letter.isalpha() for letter in before)


def breakable(name: str) -> str:
    """Return a name whose long words may wrap, so that it never widens the window; not to be copied."""
    return re.sub(r"\S{17,}", lambda word: _broken(word[0]), name)


def _broken(word: str) -> str:
    """Return a word with invisible breaks, none between a letter and its combining marks."""
    pieces: list[str] = []
    length = 0
    for letter in word:
        joined = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf", "Sk")
        after_joiner = bool(pieces) and pieces[-1] == "\u200d"
        if length >= _LONGEST_PIECE and not joined and not after_joiner:
            pieces.append("\u200b")
            length = 0
        pieces.append(letter)
        length += 1
    return "".join(pieces)


def copy_names(people: Iterable[ChosenPerson]) -> None:
    """Copy the names of people, one per line."""
    lines = [names.safe(person.name) for person in people if person.name]
    QGuiApplication.clipboard().setText("\n".join(lines))


def is_link(address: str) -> bool:
    """Return whether a text is a web address. Nothing else from a wiki is passed to the system."""
    url = QUrl(address)
    return url.scheme() in ("http", "https") and bool(url.host())


def open_link(address: str) -> None:
    """Open a web address in the browser; ignore anything else."""
    if is_link(address):
        QDesktopServices.openUrl(QUrl(address))
