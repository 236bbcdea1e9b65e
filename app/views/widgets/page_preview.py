"""Pages to look at before they are saved or printed, one at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.i18n import _
from app.views.look.text import secondary

#: The preview's width, in pixels.
PREVIEW_WIDTH = 380


class PagePreview(QWidget):
    """Shows a page, and buttons that turn to others. `name` begins the object names.

    `sideways`: the pages are wider than they are high.
    """

    def __init__(self, name: str, parent: QWidget, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self._image_of: Callable[[int, int], QImage] | None = None
        self._pages, self._page = 0, 1
        self._picture = QLabel(self)
        self._picture.setObjectName(f"{name}Preview")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFrameShape(QLabel.Shape.Box)
        # As high as a page of A4, also before there is one.
        height = PREVIEW_WIDTH / 2**0.5 if sideways else PREVIEW_WIDTH * 2**0.5
        self._picture.setMinimumSize(QSize(PREVIEW_WIDTH, round(height)))
        self._count = secondary(QLabel(self))
        self._count.setObjectName(f"{name}Count")
        self._back = self._turner(f"{name}Back", Qt.ArrowType.LeftArrow, _("The page before"), -1)
        self._forth = self._turner(f"{name}Forth", Qt.ArrowType.RightArrow, _("The next page"), 1)
        for button in (self._back, self._forth):
            button.setEnabled(False)
        turning = QHBoxLayout()
        turning.addStretch(1)
        for widget in (self._back, self._count, self._forth):
            turning.addWidget(widget)
        turning.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._picture, 1)
        column.addLayout(turning)

    def _turner(self, name: str, arrow: Qt.ArrowType, text: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        mirrored = self.isRightToLeft()
        other = {
            Qt.ArrowType.LeftArrow: Qt.ArrowType.RightArrow,
            Qt.ArrowType.RightArrow: Qt.ArrowType.LeftArrow,
        }
        button.setArrowType(other[arrow] if mirrored else arrow)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(lambda: self._turn(by))
        return button

    def show_pages(self, count: int, image_of: Callable[[int, int], QImage], *, keep: bool = False) -> None:
        """Show pages, from the first on or, if `keep`, from the one that is shown.

        `image_of` draws a page, counted from 1, at a width in the screen's own pixels.
        """
        self._pages, self._image_of = count, image_of
        self._page = min(self._page, count) if keep else 1
        self._show()

    def fade(self) -> None:
        """Show that what is shown is not what will be: another one is being drawn."""
        self._picture.setEnabled(False)

    def _turn(self, by: int) -> None:
        self._page += by
        self._show()

    def _show(self) -> None:
        if self._image_of is None:
            return
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(self._image_of(self._page, round(PREVIEW_WIDTH * ratio)))
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)
        self._picture.setEnabled(True)
        number = self.locale().toString
        self._count.setText(
            _("Page {number} of {count}").format(number=number(self._page), count=number(self._pages))
        )
        self._picture.setAccessibleName(self._count.text())
        self._back.setEnabled(self._page > 1)
        self._forth.setEnabled(self._page < self._pages)


def page_image(pages: Sequence[bytes], number: int, width: int) -> QImage:
    """Return one of some pages that are PNG, counted from 1, at a width in pixels."""
    page = QImage.fromData(pages[number - 1])
    return page.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
