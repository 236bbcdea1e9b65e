"""Questions and messages in a window of their own, which never stop what runs behind them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.views.widgets.icons import app_icon


def ask(parent: QWidget, name: str, text: str, detail: str, button: str, act: Callable[[], None]) -> None:
    """Ask before something is removed; do it when she says so. Cancel is what Enter and Esc do."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), text, parent=parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    accept = box.addButton(button, QMessageBox.ButtonRole.DestructiveRole)
    accept.setObjectName(name + "Accept")
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    accept.clicked.connect(act)
    box.open()


def choose(
    parent: QWidget,
    name: str,
    text: str,
    detail: str,
    ways: Sequence[tuple[str, Callable[[], None]]],
) -> None:
    """Ask which of several ways to go; the first is what Enter does, Esc does none of them."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), text, parent=parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    for place, (button_text, act) in enumerate(ways):
        button = box.addButton(button_text, QMessageBox.ButtonRole.AcceptRole)
        button.setObjectName(f"{name}{place}")
        button.clicked.connect(act)
        if not place:
            box.setDefaultButton(button)
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def inform(parent: QWidget, name: str, text: str, detail: str) -> None:
    """Say something that the user asked for and that cannot be had."""
    box = QMessageBox(QMessageBox.Icon.Information, parent.windowTitle(), text, parent=parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def tell_about(parent: QWidget, title: str, text: str, detail: str) -> None:
    """Say what this program is."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=parent)
    box.setObjectName("aboutBox")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setIconPixmap(app_icon().pixmap(QSize(64, 64), parent.devicePixelRatioF()))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
