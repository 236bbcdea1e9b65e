"""Checks of Qt and of what is painted with it. Each raises an error that says what is missing."""

import os
import sys
from pathlib import Path

#: Qt's plugins that speak to the screen; on Linux the one that works everywhere.
_WINDOW_SYSTEMS = {"win32": "windows", "darwin": "cocoa"}
_ANYWHERE_ELSE = "xcb"
#: The formats of icons, and of pictures in the guide and on wikis.
_FORMATS = {b"svg", b"png", b"jpeg"}


def qt() -> None:
    """Start Qt without a screen, and check that it reads pictures and knows the state of the network."""
    from PySide6 import QtNetwork, QtWidgets  # noqa: F401
    from PySide6.QtGui import QGuiApplication, QImageReader

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["event-center"]))
    known = {bytes(one.data()) for one in QImageReader.supportedImageFormats()}
    if missing := _FORMATS - known:
        raise RuntimeError(f"Qt cannot read {', '.join(sorted(one.decode() for one in missing))}")


#: Qt ends with the process, not when the check is over.
_kept: list[object] = []


def window_system() -> None:
    """Load the plugin that opens windows: it says which of the system's libraries it lacks."""
    from PySide6.QtCore import QDir, QLibraryInfo, QPluginLoader

    wanted = _WINDOW_SYSTEMS.get(sys.platform, _ANYWHERE_ELSE)
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    found = next((file for file in folder.glob(f"*q{wanted}.*")), None)
    if found is None:
        raise RuntimeError(f"{QDir.toNativeSeparators(str(folder))} lacks {wanted}")
    loader = QPluginLoader(str(found))
    if not loader.load():
        raise RuntimeError(loader.errorString())


def fonts() -> None:
    """Check that there is a font to write with: without one, a window shows nothing."""
    from PySide6.QtGui import QFontDatabase

    qt()
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Latin):
        raise RuntimeError("this computer has no font")


def icons() -> None:
    """Paint every icon."""
    from PySide6.QtGui import QIcon

    from app.domain.places import RESOURCES

    qt()
    files = [RESOURCES / "event-center.svg", *(RESOURCES / "icons").glob("*.svg")]
    if len(files) < 2:
        raise RuntimeError(f"{RESOURCES} lacks the icons")
    for file in files:
        image = QIcon(str(file)).pixmap(16, 16).toImage()
        if image.isNull() or not any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)):
            raise RuntimeError(f"{file.name} cannot be painted")


def own_texts() -> None:
    """Load the translations of Qt's own buttons and menus."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not QTranslator().load("qtbase_de", folder):
        raise RuntimeError(f"{folder} lacks the translations of Qt")
