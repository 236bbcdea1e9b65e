"""Charts as pictures, to be pasted or saved: dark on white, whatever the look of the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from app.views.look.style import palette_of
from app.views.look.tokens import LIGHT

#: Pictures have more pixels than the screen, so that they are sharp on paper; a margin, in pixels.
_SCALE, _MARGIN = 3, 12
#: Paints a chart into a rectangle with a palette.
PaintChart = Callable[[QPainter, QRectF, QPalette], None]
KINDS = ("PNG (*.png)", "SVG (*.svg)")


def png_of(paint: PaintChart, size: QSizeF) -> QImage:
    """Return a chart as pixels."""
    whole = _with_margin(size) * _SCALE
    image = QImage(whole.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    paint(painter, _frame(size), palette_of(LIGHT))
    painter.end()
    return image


def svg_of(paint: PaintChart, size: QSizeF, title: str) -> bytes:
    """Return a chart as SVG with a title."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    whole = _with_margin(size)
    generator.setSize(whole.toSize())
    generator.setViewBox(QRectF(0, 0, whole.width(), whole.height()))
    painter = QPainter(generator)
    paint(painter, _frame(size), palette_of(LIGHT))
    painter.end()
    return bytes(data.data())


def copy_chart(paint: PaintChart, size: QSizeF) -> None:
    """Put a chart on the clipboard, as pixels.

    Not as SVG too: a QMimeData made in Python is deleted twice, which ends the program with a crash.
    """
    QApplication.clipboard().setImage(png_of(paint, size))


def chart_file(path: Path, paint: PaintChart, size: QSizeF, title: str) -> bytes:
    """Return what a file of a chart holds: SVG if the file is called so, else PNG."""
    if path.suffix.lower() == ".svg":
        return svg_of(paint, size, title)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(png_of(paint, size))
    return bytes(data.data())


def _with_margin(size: QSizeF) -> QSizeF:
    return QSizeF(size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN)


def _frame(size: QSizeF) -> QRectF:
    return QRectF(_MARGIN, _MARGIN, size.width(), size.height())
