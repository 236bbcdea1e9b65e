"""Notices over the lower edge of a page, so that what lies under the pointer stays where it is."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.widgets.banner import Banner

_MARGIN, _WIDEST = 12, 860
#: Pixels of height that the content keeps: a header, filters and some rows.
_LEAST_CONTENT = 480


class Notices(QFrame):
    """A stack of banners over a page; hidden while no banner has a message.

    They stand in the middle of `content`, a part of the page whose layout leaves room for them below, or in
    that of the page while the content is hidden.
    """

    def __init__(self, page: QWidget, content: QWidget, *banners: Banner) -> None:
        super().__init__(page)
        self.setObjectName("notices")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._page = page
        self._content = content
        self._banners = banners
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for banner in banners:
            column.addWidget(banner)
            banner.changed.connect(self._place)
        for widget in (page, content):
            widget.installEventFilter(self)
        self.hide()

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Stay at the lower edge when the page or the content is moved, or changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    @Slot()
    def _place(self) -> None:
        shown = [banner for banner in self._banners if not banner.isHidden()]
        self.setVisible(bool(shown))
        room = 0
        if shown:
            frame = self.frameWidth()
            least = max(banner.minimumSizeHint().width() for banner in shown) + 2 * (frame + _MARGIN)
            area = self._area(least)
            width = min(area.width() - 2 * _MARGIN, _WIDEST)
            height = sum(banner.height_for(width - 2 * frame) for banner in shown) + 2 * frame
            left = area.left() + (area.width() - width) // 2
            self.setGeometry(QRect(left, area.bottom() + 1 - height - _MARGIN, width, height))
            self.raise_()
            room = height + 2 * _MARGIN
        layout = self._content.layout()
        if layout is None:
            return
        before = layout.contentsMargins().bottom()
        # On a small screen they cover something: neither must the window become larger, nor a table vanish.
        least = max(layout.minimumSize().height() - before, _LEAST_CONTENT)
        slack = self._content.height() - least
        if before != (room := max(0, min(room, slack))):
            layout.setContentsMargins(0, 0, 0, room)

    def _area(self, least: int) -> QRect:
        """Return where they stand, at least so many pixels wide if there is room."""
        if not self._content.isVisibleTo(self._page) or self._content.width() < least:
            return self._page.rect()
        return QRect(self._content.mapTo(self._page, QPoint()), self._content.size())
