"""Sizes and weights of text, relative to the system's font (look: 0.9 secondary, 1.0 body, 1.25 headings)."""

from typing import TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def sized(factor: float, *, bold: bool = False) -> QFont:
    """Return the program's font, larger or smaller."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def heading(widget: W) -> W:
    """Make a widget's text a heading."""
    widget.setFont(sized(1.25, bold=True))
    return widget


def title(widget: W) -> W:
    """Make a widget's text the title of a view."""
    widget.setFont(sized(1.5, bold=True))
    return widget


def strong(widget: W) -> W:
    """Make a widget's text weigh more."""
    widget.setFont(sized(1.0, bold=True))
    return widget


def secondary(widget: W) -> W:
    """Make a widget's text step back."""
    widget.setFont(sized(0.95))
    widget.setForegroundRole(QPalette.ColorRole.WindowText)
    return widget


def open_link(address: str) -> None:
    """Open a web address in the browser. Anything but http and https is left alone: the wiki may say it."""
    url = QUrl(address)
    if url.scheme() in ("http", "https") and url.host():
        QDesktopServices.openUrl(url)


def page_address(base_url: str, page: str) -> str:
    """Return the address of a wiki page."""
    url = QUrl(base_url + "/index.php")
    url.setQuery("title=" + bytes(QUrl.toPercentEncoding(page.replace(" ", "_"), b":/")).decode("ascii"))
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
