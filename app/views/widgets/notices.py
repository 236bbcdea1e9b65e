"""Notices over the lower edge of a window, so that what lies under the pointer stays where it is."""

from PySide6.QtCore import QEvent, QObject, QRect, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.widgets.banner import Banner

_MARGIN, _WIDEST = 12, 860


class Notices(QFrame):
    """A stack of banners over a page; hidden while no banner has a message."""

    def __init__(self, page: QWidget, *banners: Banner) -> None:
        super().__init__(page)
        self.setObjectName("notices")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._page = page
        self._banners = banners
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for banner in banners:
            column.addWidget(banner)
            banner.changed.connect(self._place)
        page.installEventFilter(self)
        self.hide()

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        """Stay at the lower edge when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @Slot()
    def _place(self) -> None:
        shown = [banner for banner in self._banners if not banner.isHidden()]
        self.setVisible(bool(shown))
        if not shown:
            return
        frame = self.frameWidth()
        width = min(self._page.width() - 2 * _MARGIN, _WIDEST)
        height = sum(banner.height_for(width - 2 * frame) for banner in shown) + 2 * frame
        left = (self._page.width() - width) // 2
        self.setGeometry(QRect(left, self._page.height() - height - _MARGIN, width, height))
        self.raise_()
