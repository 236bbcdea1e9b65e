"""The window that is shown while opening the database takes long."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from app.i18n import _
from app.views.look.icons import app_icon
from app.views.look.text import heading

_MS_BETWEEN_CHECKS = 50
_ICON = 48


class OpeningWindow(QDialog):
    """Shows what the program waits for; accepted when the database is open, rejected when the user quits."""

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
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(heading(QLabel(_("Event Center"), self)))
        texts.addWidget(words)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.addStrut(440)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(bar)
        column.addWidget(buttons)
        self._check_timer = QTimer(self)
        self._check_timer.setInterval(_MS_BETWEEN_CHECKS)
        self._check_timer.timeout.connect(self._on_check)
        self._check_timer.start()

    @Slot()
    def _on_check(self) -> None:
        if self._opened():
            self.accept()
