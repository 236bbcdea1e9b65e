"""Walks all windows on a screen; lists what is larger than the screen, and fields that take the wheel.

Run by `python3 -m tools.windows_checked WIDTH HEIGHT`, in pixels of the screen; `QT_SCALE_FACTOR` scales the
windows. Prints each finding, and exits with 1 where there is one.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

#: Pixels that the title of a window takes. A panel is none of the free screen.
_TITLE = 36


def main(width: int, height: int) -> int:
    """Walk all windows on a screen of a size; return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["QT_QPA_PLATFORM"] = screen_platform(folder, width, height)
        findings = _walked(folder)
    for finding in findings:
        print(finding)
    return int(bool(findings))


def screen_platform(folder: Path, width: int, height: int) -> str:
    """Return the value of QT_QPA_PLATFORM for a screen of a size, described by a file in a folder."""
    screen = {"name": "small", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": [screen]}))
    return f"offscreen:configfile={file}"


def _walked(folder: Path) -> list[str]:
    # Qt reads the platform's name when it is imported by the first of these.
    from PySide6.QtCore import QSize, Qt
    from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDialogButtonBox, QMenu, QWidget

    from app.window import configure_application
    from tools.screenshots import Pictures
    from tools.window_walk import walk

    application = QApplication(["windows"])
    configure_application(application)
    screen = application.primaryScreen().geometry()
    free = QSize(screen.width(), screen.height() - _TITLE)

    def too_large(widget: QWidget) -> Iterator[str]:
        window = widget.window()
        if isinstance(window, QMenu):
            return
        size = window.size()
        if size.width() > free.width() or size.height() > free.height():
            yield f"is {size.toTuple()}, free are {free.toTuple()}"
        for buttons in window.findChildren(QDialogButtonBox):
            if buttons.isVisible() and not window.rect().contains(
                buttons.rect().translated(buttons.mapTo(window, buttons.rect().topLeft()))
            ):
                yield "has its buttons out of sight"

    def takes_wheel(widget: QWidget) -> Iterator[str]:
        fields = [*widget.findChildren(QComboBox), *widget.findChildren(QAbstractSpinBox)]
        for field in fields:
            if field.focusPolicy() & Qt.FocusPolicy.WheelFocus == Qt.FocusPolicy.WheelFocus:
                yield f"takes the wheel in {field.objectName()}"

    class Checked(Pictures):
        def take(self, name: str, widget: QWidget) -> None:
            self.settle()
            for finding in (*too_large(widget), *takes_wheel(widget)):
                findings.setdefault(f"{name}: {finding}")

    findings: dict[str, None] = {}
    walk(Checked(application, Path(), ""), folder)
    return list(findings)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
