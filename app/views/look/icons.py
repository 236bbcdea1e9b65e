"""The program's icons: line drawings that are painted in a colour of the palette."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QTransform

from app.domain.places import RESOURCES
from app.views.look.colours import Accent, accent_colour

#: A colour by its meaning or by its role; both follow the palette.
Ink = Accent | QPalette.ColorRole

_FOLDER = RESOURCES / "icons"
#: Those that point somewhere: they point the other way where text is read from right to left.
_MIRRORED = frozenset({"external", "redo", "sign-in", "undo"})
_copies: list[QIconEngine] = []


def icon_names() -> frozenset[str]:
    """Return the names that `icon` knows."""
    return frozenset(file.stem for file in _FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def icon(name: str, ink: Ink = QPalette.ColorRole.WindowText) -> QIcon:
    """Return the icon of a name, drawn in an accent or in a colour of the palette.

    A disabled icon has the palette's disabled colour; one in a colour of the palette is drawn in that of
    highlighted text when selected, and of progress when checked.

    Raises: KeyError for an unknown name.
    """
    _drawing(name)
    return QIcon(_LineIcon(name, ink))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the program's icon."""
    return QIcon(str(RESOURCES / "event-center.svg"))


class _LineIcon(QIconEngine):
    """Paints one icon at the requested size and pixel ratio."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def clone(self) -> QIconEngine:
        """Return a copy for Qt, which deletes it, so that Python must keep it alive until then."""
        copy = _LineIcon(self._name, self._ink)
        _copies.append(copy)
        return copy

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return a pixmap of `size` logical pixels, each `scale` device pixels wide."""
        pixels = size * scale
        colour = self._colour(mode, state).name()
        mirrored = (
            self._name in _MIRRORED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        )
        drawn = _rendered(self._name, pixels.width(), pixels.height(), colour)
        pixmap = QPixmap(drawn.transformed(QTransform(-1, 0, 0, 1, 0, 0)) if mirrored else drawn)
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
        if isinstance(self._ink, Accent):
            return accent_colour(palette, self._ink)
        if state == QIcon.State.On:
            return accent_colour(palette, Accent.PROGRESSIVE)
        if mode == QIcon.Mode.Selected:
            return palette.color(QPalette.ColorRole.HighlightedText)
        return palette.color(self._ink)


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    try:
        return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyError(name) from error


@lru_cache(maxsize=512)
def _rendered(name: str, width: int, height: int, colour: str) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # imported only when an icon is painted

    pixmap = QPixmap(width, height)
    if pixmap.isNull():
        # A style sheet leaves a button no room for its icon until the layout had its turn.
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap
