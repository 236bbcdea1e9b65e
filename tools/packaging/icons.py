"""The program's icon in the sizes and formats of desktops."""

import os
from pathlib import Path

from app.domain.places import RESOURCES

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_LARGEST_IN_A_FILE = 256


def write_icon(path: Path, size: int = _LARGEST_IN_A_FILE) -> Path:
    """Write the icon at a size in pixels, in the format that the file's ending names; return the path."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(RESOURCES / "event-center.svg")).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written")
    del application
    return path
