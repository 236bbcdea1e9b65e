"""The field for the file that is to be written."""

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.events.event import Event
from app.i18n import _
from app.views.look.colours import Accent
from app.views.look.text import secondary
from app.views.widgets.banner import Banner

#: In bytes: file systems allow 255, including the suffix of the temporary file.
_LONGEST_NAME = 180
#: Names that Windows reserves.
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


class FileField(QWidget):
    """A path with a button that chooses one, and a note if a file is there. `name` begins the object name."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind: QComboBox | None = None
        self._suffixes: Mapping[str, str] = {}
        self.line = QLineEdit(self)
        self.line.setObjectName(f"{name}Path")
        self.line.setAccessibleName(_("File"))
        self._exists = secondary(QLabel(_("A file of this name is there; it will be replaced."), self))
        self._exists.setObjectName("fileExists")
        self._exists.setWordWrap(True)
        choose = QPushButton(_("Choose…"), self)
        choose.setObjectName("chooseFile")
        choose.clicked.connect(self._on_choose)
        self.line.textChanged.connect(self._on_path)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._exists)
        self.setFocusProxy(self.line)
        self._on_path()

    def follow(self, kind: QComboBox, suffixes: Mapping[str, str]) -> None:
        """Let the name's suffix and a choice of the kind of file follow each other.

        `suffixes`: those of the kinds, by the data of the choice.
        """
        self._kind, self._suffixes = kind, suffixes
        kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()

    @Slot()
    def _on_kind(self) -> None:
        if self._kind is None:
            return
        suffix, typed = self._suffixes[self._kind.currentData()], self.line.text()
        for other in self._suffixes.values():
            if typed.lower().endswith(other):
                self.line.setText(typed[: -len(other)] + suffix)
                return

    def suggest(self, folder: str, name: str) -> None:
        """Fill in a file of a name, in the folder that was used last if it is still there."""
        last = Path(folder)
        chosen = last if last.is_absolute() and last.is_dir() else documents_folder()
        self.line.setText(QDir.toNativeSeparators(str(chosen / name)))
        self.line.setCursorPosition(0)

    def path(self) -> Path | None:
        """Return the chosen path, None if there is none."""
        typed = self.line.text().strip()
        try:
            path = Path(typed).expanduser()
        except RuntimeError:
            return None
        return path if typed and path.name and path.is_absolute() else None

    def path_or_say(self, fault: Banner) -> Path | None:
        """Return the chosen path; if there is none, say so in a dialog's banner and take the focus."""
        path = self.path()
        if path is None:
            fault.say(_("Choose a file to write to."), Accent.ERROR)
            self.setFocus()
        return path

    @Slot()
    def _on_choose(self) -> None:
        kinds = ""
        if self._kind is not None:
            kinds = f"{self._kind.currentText()} (*{self._suffixes[self._kind.currentData()]})"
        title = self.window().windowTitle()
        chosen, _chosen_kind = QFileDialog.getSaveFileName(self, title, self.line.text(), kinds)
        if chosen:
            self.line.setText(QDir.toNativeSeparators(chosen))

    @Slot()
    def _on_path(self) -> None:
        path = self.path()
        for key, suffix in self._suffixes.items():
            # What the file is called decides what it is.
            if self._kind is not None and path is not None and path.suffix.lower() == suffix:
                self._kind.setCurrentIndex(self._kind.findData(key))
        try:
            self._exists.setVisible(path is not None and path.is_file())
        except (OSError, ValueError):
            self._exists.hide()


def documents_folder() -> Path:
    """Return the folder for documents, or else the home folder."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()


def file_name(event: Event) -> str:
    """Return a file name for an event that is valid on every system."""
    return valid_name(event.registration.name) or f"event-{event.event_id}"


def valid_name(text: str) -> str:
    """Return text as a file name that is valid on every system; empty if nothing is left of it."""
    name = " ".join(re.sub(r'[<>:"/\\|?*]+', " ", names.safe(text)).split())
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    return "" if name.partition(".")[0].upper() in _RESERVED else name
