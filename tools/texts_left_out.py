"""Walks all windows in the pseudo-language; lists texts that no catalogue holds, and texts that are cut off.

Run by `python3 -m tools.texts_left_out`; prints each such text, and exits with 1 where there is one.
"""

import calendar
import html
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.catalogue import DOMAIN, PSEUDO, compile_into, extracted, pseudo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LANGUAGE"] = PSEUDO

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QTableView,
    QTabWidget,
    QWidget,
)

from app import i18n
from app.views.widgets.elided_label import ElidedLabel
from app.window import configure_application
from tools.screenshots import Pictures
from tools.window_walk import walk

_PSEUDO_TEXT = re.compile(r"\[[^\[\]]*\]")
_ADDRESS = re.compile(r"https?://\S*")
_WORD = re.compile(r"[A-Za-z]{4,}")
#: Days and months come from Qt, in the language of the computer.
_DATE_WORD = re.compile("|".join([*calendar.day_name, *calendar.month_name[1:]]))
#: Long lists hold countries and time zones, whose names come from elsewhere.
_LONG_LIST = 30
#: Pixels that layouts round away.
_ROUNDING = 2
#: What is data of the practice wiki, or said by it or by Qt: a phrase a line.
_PHRASES = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()


class Texts(Pictures):
    """Collects the texts of windows in the place of their pictures."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application, Path(), "")
        self.left_out: dict[str, str] = {}

    def take(self, name: str, widget: QWidget) -> None:
        self.settle()
        for text in texts_of(widget):
            if words := left_out(text):
                self.left_out.setdefault(text, f"{name}: {' '.join(words)}")
        if any(cut_off(widget)):
            # A message may have come this moment, before the layout had its turn.
            self.settle()
        for text in cut_off(widget):
            self.left_out.setdefault(text, f"{name}: cut off")


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield all that a window says, tool tips and names for screen readers too."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.windowTitle(), one.toolTip(), one.accessibleName(), one.accessibleDescription())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        elif isinstance(one, QLineEdit):
            yield one.placeholderText()
        elif isinstance(one, QGroupBox | QMenu):
            yield one.title()
        elif isinstance(one, QTabWidget):
            yield from (one.tabText(number) for number in range(one.count()))
        elif isinstance(one, QComboBox) and one.count() < _LONG_LIST:
            yield from (one.itemText(number) for number in range(one.count()))
        elif isinstance(one, QTableView) and one.model():
            columns = range(one.model().columnCount())
            yield from (str(one.model().headerData(n, Qt.Orientation.Horizontal) or "") for n in columns)
    for action in widget.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def cut_off(widget: QWidget) -> Iterator[str]:
    """Yield the texts of labels and buttons that are too small for them. Elided labels have a tool tip."""
    for one in widget.findChildren(QWidget):
        if not one.isVisible() or isinstance(one, ElidedLabel):
            continue
        if isinstance(one, QLabel) and one.wordWrap():
            is_cut = one.height() + _ROUNDING < one.heightForWidth(one.width())
        elif isinstance(one, QLabel | QPushButton | QCheckBox | QRadioButton):
            is_cut = one.width() + _ROUNDING < one.sizeHint().width()
        else:
            continue
        if is_cut and one.text():
            yield one.text()


def left_out(text: str) -> list[str]:
    """Return the words of a text that are neither in the pseudo-language nor data."""
    before = None
    while before != text:
        before, text = text, _PSEUDO_TEXT.sub("", text)
    text = _DATE_WORD.sub("", _ADDRESS.sub("", html.unescape(text)))
    for phrase in _PHRASES:
        text = text.replace(phrase, "")
    return _WORD.findall(text)


def main() -> int:
    """Walk all windows; return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        compile_into(folder / "texts" / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo", pseudo(extracted()))
        i18n.FOLDER = folder / "texts"
        application = QApplication(["texts"])
        configure_application(application)
        texts = Texts(application)
        walk(texts, folder)
    for text, where in texts.left_out.items():
        print(f"{where}\t{text!r}")
    return int(bool(texts.left_out))


if __name__ == "__main__":
    sys.exit(main())
