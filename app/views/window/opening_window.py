"""What is seen while the data is being opened, where that takes longer than a moment."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from app.i18n import _
from app.views.widgets.icons import app_icon
from app.views.widgets.text import heading

_MS_BETWEEN_LOOKS = 50
_ICON = 48


class OpeningWindow(QDialog):
    """Says what is waited for; accepts itself when it has come, and is rejected by whoever quits."""

    def __init__(self, opened: Callable[[], bool], *, keyring: bool) -> None:
        super().__init__()
        self.setObjectName("openingWindow")
        self.setWindowTitle(_("Event Center"))
        self._opened = opened
        sign = QLabel(self)
        sign.setPixmap(app_icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        text = (
            _(
                "Waiting for this computer’s keyring, where the key to your data is. It may be asking for "
                "its password in a window of its own."
            )
            if keyring
            else _("Opening your data…")
        )
        words = QLabel(text, self)
        words.setObjectName("openingText")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(text)
        buttons = QDialogButtonBox(self)
        quit_button = buttons.addButton(_("Quit"), QDialogButtonBox.ButtonRole.RejectRole)
        quit_button.setObjectName("openingQuit")
        buttons.rejected.connect(self.reject)
        told = QVBoxLayout()
        told.setSpacing(8)
        told.addWidget(heading(QLabel(_("Event Center"), self)))
        told.addWidget(words)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(told, 1)
        column = QVBoxLayout(self)
        column.addStrut(440)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(bar)
        column.addWidget(buttons)
        self._look = QTimer(self)
        self._look.setInterval(_MS_BETWEEN_LOOKS)
        self._look.timeout.connect(self._on_look)
        self._look.start()

    @Slot()
    def _on_look(self) -> None:
        if self._opened():
            self.accept()
