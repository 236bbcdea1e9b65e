"""Codes for walk-ins' phones, full screen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.models.desk.qr_code import MARGIN, QrCode, qr_code
from app.models.desk.walk_in_pages import WalkInPage
from app.views.look.appearance import set_role
from app.views.look.text import breakable, secondary, size_text

_LEAST = 160


class QrPicture(QWidget):
    """A code, as large as there is room; black on white in each scheme, as phones expect."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._code: QrCode | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_address(self, address: str) -> None:
        """Show the code of an address."""
        self._code = qr_code(address)
        self.setAccessibleName(_("QR code of {address}").format(address=address))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return a size that a phone can read."""
        return QSize(_LEAST, _LEAST)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the code in whole device pixels: squares of other sizes are blurred."""
        if self._code is None:
            return
        ratio, squares = self.devicePixelRatioF(), self._code.squares + 2 * MARGIN
        square = int(min(self.width(), self.height()) * ratio) // squares / ratio
        painter = QPainter(self)
        painter.translate((self.width() - square * squares) // 2, (self.height() - square * squares) // 2)
        painter.fillRect(QRectF(0, 0, square * squares, square * squares), Qt.GlobalColor.white)
        painter.translate(MARGIN * square, MARGIN * square)
        painter.fillPath(self._code.scaled(square * self._code.squares), Qt.GlobalColor.black)


class QrPage(QWidget):
    """One code at a time, with what it is for."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("qrPage")
        self._title = QLabel(self)
        self._title.setObjectName("qrTitle")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        size_text(self._title, 2.0, bold=True)
        self._hint = QLabel(self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        size_text(self._hint, 1.25)
        self._code = QrPicture(self)
        self._address = secondary(QLabel(self))
        self._address.setObjectName("qrAddress")
        self._address.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._address.setWordWrap(True)
        self._address.setTextFormat(Qt.TextFormat.PlainText)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        self._buttons: list[QPushButton] = []
        self._back = QPushButton(_("Back to the desk"), self)
        self._back.setObjectName("qrBack")
        set_role(self._back, "quiet")
        self._back.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._code, 1)
        column.addWidget(self._address)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._choices)
        row.addWidget(self._back)
        row.addStretch(1)
        column.addLayout(row)

    def show_pages(self, pages: list[WalkInPage]) -> None:
        """Offer the codes of pages, and show the first."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for number, one in enumerate(pages):
            button = QPushButton(one.name, self)
            button.setObjectName(f"qrChoice{number}")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, chosen=one: self._show(chosen))
            self._choices.addWidget(button)
            self._buttons.append(button)
        if pages:
            self._show(pages[0])
            self._buttons[0].setFocus()

    def _show(self, one: WalkInPage) -> None:
        for button in self._buttons:
            button.setChecked(button.text() == one.name)
        self._title.setText(one.name)
        self._hint.setText(one.hint)
        self._code.show_address(one.address)
        self._address.setText(breakable(one.address))
