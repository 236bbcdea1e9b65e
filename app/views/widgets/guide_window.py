"""The guide, read without a network."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QPalette, QTextDocument
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app.domain.places import GUIDE
from app.i18n import _
from app.views.look.margins import set_margins
from app.views.look.text import open_link
from app.views.widgets.dialog import Dialog, resize_within_screen

#: Pixels of a picture's width, and the lightness below which the window is dark.
_PICTURE_WIDTH, _DARK = 660, 0.5


class GuideWindow(Dialog):
    """Shows a page of the guide; links between its pages stay here, others open in the browser."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__("guide", _("Guide"), parent)
        self._browser = _Page(self)
        self._browser.setObjectName("guidePage")
        self._browser.setAccessibleName(_("Guide"))
        self._browser.setOpenLinks(False)
        # The guide is written in English, also where the window is mirrored.
        self._browser.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._browser.document().setDocumentMargin(20)
        self._browser.anchorClicked.connect(self._on_link)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, 12, 12)
        column.addWidget(self._browser, 1)
        column.addWidget(buttons)
        resize_within_screen(self, 760, 680)
        # Its pictures are as wide as there is room.
        column.activate()
        self.show_page(page)
        self._browser.setFocus()

    def show_page(self, page: str) -> None:
        """Show a page by its file name."""
        try:
            text = (GUIDE / page).read_text("utf-8")
        except OSError:
            text = _("This page of the guide is not on this computer.")
        self._browser.setMarkdown(text)

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        name = Path(link.path()).name
        if link.scheme() in ("http", "https"):
            open_link(link.toString())
        elif name.endswith(".md") and (GUIDE / name).is_file():
            self.show_page(name)


class _Page(QTextBrowser):
    """Shows pictures as wide as the page, light or dark as the window is."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the guide; nothing else is loaded, least of all from a network."""
        if kind != QTextDocument.ResourceType.ImageResource:
            return None
        file = Path(QUrl(name).path()).name
        if self.palette().color(QPalette.ColorRole.Base).lightnessF() < _DARK:
            file = file.replace("-light", "-dark")
        picture = QImage(str(GUIDE / "pictures" / file))
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 2 * round(self.document().documentMargin())
        width = min(_PICTURE_WIDTH, max(room, 1))
        shown = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown


def open_file(path: Path) -> bool:
    """Open a file of this computer in the program that shows such files; return whether there is one."""
    return path.is_file() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
