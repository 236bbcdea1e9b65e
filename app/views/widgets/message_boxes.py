"""Non-blocking message boxes."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import app_icon, icon
from app.views.look.text import lead_paragraphs

_ICON = QSize(32, 32)


def warn_of_loss(button: QAbstractButton) -> None:
    """Show by its colour that a button ends something for ever."""
    set_role(button, "destructive")


def ask(
    parent: QWidget,
    name: str,
    text: str,
    detail: str,
    button: str,
    callback: Callable[[], None],
    *,
    keep: str = "",
    loses: bool = True,
) -> None:
    """Ask before something that cannot be undone; call `callback` if the user confirms.

    Enter and Esc both cancel. `keep`: the words of the button that changes nothing, where “Cancel” could mean
    either. `loses`: something is lost, which the button shows by its colour.
    """
    box = _box(parent, name, text, detail, "warning", Accent.WARNING)
    accept = box.addButton(button, QMessageBox.ButtonRole.DestructiveRole)
    accept.setObjectName(name + "Accept")
    if loses:
        warn_of_loss(accept)
    else:
        set_role(accept, "primary")
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    if keep:
        cancel.setText(keep)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Not the callback itself: of a bound method PySide does not keep the object, and would call nothing.
    accept.clicked.connect(partial(_call, callback))
    box.open()


def choose(
    parent: QWidget,
    name: str,
    text: str,
    detail: str,
    options: Sequence[tuple[str, Callable[[], None]]],
) -> None:
    """Offer several options; Enter chooses the first, Esc none."""
    box = _box(parent, name, text, detail, "info", Accent.PROGRESSIVE)
    for number, (button_text, callback) in enumerate(options):
        button = box.addButton(button_text, QMessageBox.ButtonRole.AcceptRole)
        button.setObjectName(f"{name}{number}")
        button.clicked.connect(partial(_call, callback))
        if not number:
            box.setDefaultButton(button)
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def inform(parent: QWidget, name: str, text: str, detail: str) -> None:
    """Explain why something that the user asked for is not possible."""
    box = _box(parent, name, text, detail, "info", Accent.PROGRESSIVE)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _box(parent: QWidget, name: str, text: str, detail: str, sign: str, accent: Accent) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.NoIcon, parent.windowTitle(), text, parent=parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setIconPixmap(icon(sign, accent).pixmap(_ICON, parent.devicePixelRatioF()))
    lead_paragraphs(box)
    return box


def show_about(parent: QWidget, title: str, text: str, detail: str) -> None:
    """Show the program's name, version and licence."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=parent)
    box.setObjectName("aboutBox")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setIconPixmap(app_icon().pixmap(QSize(64, 64), parent.devicePixelRatioF()))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _call(callback: Callable[[], None], _checked: bool = False) -> None:
    callback()
