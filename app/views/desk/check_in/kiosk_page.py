"""The kiosk: people type their own user name, and learn nothing of anybody else."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import _
from app.models.desk.desk_control import DeskControl
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.text import set_tone, size_text

#: How long the thanks stay, in milliseconds; the next one may come at once.
_MS_THANKS = 6_000
_NARROWEST, _WIDEST = 480, 720


class KioskPage(QWidget):
    """Takes an exact user name.

    Its answer is the same whether the name is registered, privately registered or not at all.
    """

    def __init__(self, control: DeskControl, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("kioskPage")
        self._control = control
        self._title = QLabel(_("Welcome! Type your user name"), self)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        size_text(self._title, 2.2, bold=True)
        self.field = QLineEdit(self)
        self.field.setObjectName("kioskField")
        self.field.setAccessibleName(_("Your user name on the wiki"))
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setMaximumWidth(_WIDEST)
        size_text(self.field, 2.5)
        self._enter = QPushButton(_("I am here"), self)
        self._enter.setObjectName("kioskEnter")
        set_role(self._enter, "primary")
        size_text(self._enter, 1.4, bold=True)
        self._thanks = set_tone(QLabel(self), Accent.SUCCESS)
        self._thanks.setObjectName("kioskThanks")
        self._thanks.setAlignment(Qt.AlignmentFlag.AlignCenter)
        size_text(self._thanks, 1.6, bold=True)
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(_MS_THANKS)
        self._going.timeout.connect(self._thanks.clear)
        self._enter.clicked.connect(self._on_enter)
        self.field.returnPressed.connect(self._on_enter)
        self.field.textEdited.connect(lambda _text: self._thanks.clear())
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(20)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self.field, 0, Qt.AlignmentFlag.AlignHCenter)
        self.field.setMinimumWidth(_NARROWEST)
        column.addWidget(self._enter, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._thanks)
        column.addStretch(3)

    @Slot()
    def _on_enter(self) -> None:
        typed = self.field.text()
        if not typed.strip() or not self._control.ready:
            return
        arrived = self._control.arrive_unseen(typed)
        # Unlike `clear`, this also forgets what could be undone: nobody sees who came before.
        self.field.setText("")
        # The same sentence whatever is known, so that nobody learns of another's registration.
        set_tone(self._thanks, Accent.SUCCESS if arrived else Accent.ERROR)
        self._thanks.setText(
            _("Thank you, the desk knows.") if arrived else _("This did not work. Please ask the staff.")
        )
        self._going.start()
        self.field.setFocus()
