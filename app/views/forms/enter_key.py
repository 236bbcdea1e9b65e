"""Enter in the one-line fields of a form goes on to the next field; Ctrl+Enter submits the form."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.i18n import _
from app.views.look.appearance import set_role


def enter_goes_on(dialog: QDialog, submit: QPushButton) -> None:
    """Let only the button and Ctrl+Enter submit a form that is published or sent to people."""
    set_role(submit, "primary")
    submit.setDefault(False)
    submit.setAutoDefault(False)
    submit.setToolTip(_("{action} (Ctrl+Enter)").format(action=submit.text().replace("&", "")))
    dialog.installEventFilter(_EnterKey(dialog, submit))


class _EnterKey(QObject):
    def __init__(self, dialog: QDialog, submit: QPushButton) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._submit = submit

    def eventFilter(self, _dialog: QObject, event: QEvent) -> bool:
        """Handle the keys that no field has used itself."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or event.key() not in enter
        ):
            return False
        focus = QApplication.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._submit.click()
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            # The dialog would press its first button.
            self._dialog.focusNextChild()
        return True
