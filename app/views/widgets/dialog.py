"""Windows that are never larger than the screen."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.views.look.appearance import set_role
from app.views.look.text import lead_paragraphs

#: Pixels of the screen for a window's frame and title, which are unknown before it is shown.
_FRAME = QSize(4, 40)
#: Pixels of content that stay in sight on the smallest screen.
_LEAST_HEIGHT = 120


def free_size(window: QWidget) -> QSize:
    """Return the largest size at which a window with its frame lies on the screen."""
    return window.screen().availableGeometry().size() - _FRAME


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, as far as the screen allows."""
    window.resize(QSize(width, height).boundedTo(free_size(window)))


class Dialog(QDialog):
    """A dialog whose content scrolls on a small screen, while its buttons stay in sight."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._scroll: _Scroll | None = None
        self._preferred = QSize()
        #: The height that the content needed when the dialog was last fitted to it.
        self._needed = 0

    def content(self, *, width: int = 440, height: int = 0, spacing: int = 12) -> QVBoxLayout:
        """Return the layout for the content, which gets at least `width` and `height` where there is room."""
        self._preferred = QSize(width, height)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 8)
        column.setSpacing(spacing)
        self._scroll = _Scroll(page, self)
        self._scroll.laid_out.connect(self._on_laid_out)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        return column

    def add_buttons(self, buttons: QWidget) -> None:
        """Add the buttons below the content; called last, so that they are last in the tab order."""
        if isinstance(buttons, QDialogButtonBox):
            for button in buttons.buttons():
                if buttons.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole:
                    set_role(button, "primary")
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by `content`
        row = QVBoxLayout()
        row.setContentsMargins(20, 8, 20, 16)
        row.addWidget(buttons)
        layout.addLayout(row)

    def fit(self, shown: QWidget | None = None) -> None:
        """Enlarge the dialog to its content, as far as the screen allows; scroll to a part of it."""
        layout = self.layout()
        if layout is None or self._scroll is None:
            return
        # The dialog's layout does not notice what changes inside the scroll area.
        self._scroll.updateGeometry()
        layout.activate()
        wanted = self._preferred.expandedTo(self.size()) if self.isVisible() else self._preferred
        width = max(wanted.width(), layout.sizeHint().width())
        others = layout.sizeHint().height() - self._scroll.sizeHint().height()
        self._needed = self._scroll.height_for(width)
        height = max(wanted.height(), others + self._needed)
        self.resize(QSize(width, height).boundedTo(free_size(self)))
        if shown is not None:
            layout.activate()
            self._scroll.ensureWidgetVisible(shown, 0, 8)

    @Slot()
    def _on_laid_out(self) -> None:
        """Grow with the content: another page, a message or an answer of the wiki may need more room."""
        lead_paragraphs(self)
        if not self.isVisible() or self._scroll is None:
            return
        if self._scroll.is_too_narrow() or self._scroll.height_for(self.width()) > self._needed:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the content when shown first."""
        lead_paragraphs(self)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()
        super().showEvent(event)


class _Scroll(QScrollArea):
    """Prefers the size of its content."""

    #: The content has another layout.
    laid_out = Signal()

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Report another layout of the content."""
        done = super().eventFilter(watched, event)
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return done

    def is_too_narrow(self) -> bool:
        """Return whether the content has no room beside what scrolls it."""
        return self._page.minimumSizeHint().width() > self.viewport().width()

    def height_for(self, width: int) -> int:
        """Return the height of the content at a width."""
        hint = self._page.sizeHint().height()
        return max(hint, self._page.heightForWidth(width)) if self._page.hasHeightForWidth() else hint

    def sizeHint(self) -> QSize:
        """Return the content's preferred size."""
        return self._page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the content's least width, and a height at which it scrolls."""
        least = self._page.minimumSizeHint()
        return QSize(least.width() + self.verticalScrollBar().sizeHint().width(), _LEAST_HEIGHT)
