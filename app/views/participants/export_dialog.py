"""The dialog that exports an event's participants to a CSV file."""

import re
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain import names
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.people.people_columns import PEOPLE_COLUMNS
from app.i18n import _, ngettext
from app.models.people.export_control import PEOPLE_FORMATS, CsvChoices, ExportControl
from app.models.plain_text import button_text
from app.models.workspace import Workspace
from app.views.widgets.banner import Banner
from app.views.widgets.colours import Accent
from app.views.widgets.dialog import Dialog
from app.views.widgets.text import secondary, strong

#: In bytes: file systems allow 255, including the suffix of the temporary file.
_LONGEST_NAME = 180
#: Names that Windows reserves.
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


_FORMAT = "csv"


class ExportDialog(Dialog):
    """Columns, private people, and the file. Private people are left out unless chosen each time."""

    written = Signal(int, str)

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget | None = None) -> None:
        super().__init__("exportDialog", _("Export participants"), parent)
        self._control = ExportControl(workspace, self)
        self._event = event
        self._fault = Banner("exportFault", self)
        self._columns = {column: QCheckBox(button_text(_(column.label)), self) for column in PEOPLE_COLUMNS}
        self._private = QCheckBox(
            ngettext(
                "Also write the {count} participant who registered privately",
                "Also write the {count} participants who registered privately",
                event.private_participants,
            ).format(count=event.private_participants),
            self,
        )
        self._private.setObjectName("includePrivate")
        self._private.setVisible(bool(event.private_participants))
        self._private.toggled.connect(self._on_private)
        self._guard = QCheckBox(_("Protect against formulas (an apostrophe before =, +, - and @)"), self)
        self._guard.setObjectName("formulaGuard")
        self._guard.setChecked(True)
        self._mark = QCheckBox(_("Byte order mark, for older versions of Excel"), self)
        self._mark.setObjectName("byteOrderMark")
        self._source = QCheckBox(_("Last line: event, wiki and time of fetching"), self)
        self._source.setObjectName("provenance")
        self._path = QLineEdit(self)
        self._path.setObjectName("exportPath")
        self._path.setAccessibleName(_("File"))
        self._path.setText(
            QDir.toNativeSeparators(str(_folder() / f"{_file_name(event)}{PEOPLE_FORMATS[_FORMAT].suffix}"))
        )
        self._path.setCursorPosition(0)
        self._path.textChanged.connect(self._on_path)
        self._exists = secondary(QLabel(_("A file of this name is there; it will be replaced."), self))
        self._exists.setObjectName("fileExists")
        self._exists.setWordWrap(True)
        choose = QPushButton(_("Choose…"), self)
        choose.setObjectName("chooseFile")
        choose.clicked.connect(self._on_choose)
        self._warning = Banner("privateWarning", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._write = self._buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._write.setObjectName("exportAccept")
        self._write.setDefault(True)
        self._buttons.accepted.connect(self._on_export)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(choose)
        self._on_path()
        self._write.setFocus()

    def done(self, result: int) -> None:
        """Close; an unfinished export leaves no file."""
        self._control.cancel()
        super().done(result)

    def _lay_out(self, choose: QPushButton) -> None:
        column = self.content(width=480, spacing=8)
        column.addWidget(self._fault)
        column.addWidget(strong(QLabel(_("Columns"), self)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for number, (name, box) in enumerate(self._columns.items()):
            box.setChecked(True)
            box.setObjectName(f"column-{name.key}")
            box.toggled.connect(self._on_columns)
            grid.addWidget(box, number // 2, number % 2)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("People"), self)))
        column.addWidget(self._private)
        if not self._event.private_participants:
            note = secondary(QLabel(_("Everybody fetched has registered publicly."), self))
            column.addWidget(note)
        column.addWidget(self._warning)
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("File"), self)))
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        column.addLayout(row)
        column.addWidget(self._exists)
        for box in (self._guard, self._mark, self._source):
            column.addWidget(box)
        column.addSpacing(8)
        column.addStretch(1)
        self.add_buttons(self._buttons)

    @Slot(bool)
    def _on_private(self, chosen: bool) -> None:
        if chosen:
            self._warning.say(
                _("These people chose not to be listed publicly. Keep the file to yourself."),
                Accent.WARNING,
            )
        else:
            self._warning.hide()

    @Slot()
    def _on_columns(self) -> None:
        self._write.setEnabled(any(box.isChecked() for box in self._columns.values()))

    @Slot()
    def _on_choose(self) -> None:
        known = PEOPLE_FORMATS[_FORMAT]
        kinds = f"{_(known.label)} (*{known.suffix})"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.windowTitle(), self._path.text(), kinds)
        if chosen:
            self._path.setText(QDir.toNativeSeparators(chosen))

    @Slot()
    def _on_export(self) -> None:
        self._fault.hide()
        path = self._chosen_path()
        if path is None:
            self._fault.say(_("Choose a file to write to."), Accent.ERROR)
            self._path.setFocus()
            return
        choices = CsvChoices(
            columns=tuple(column for column, box in self._columns.items() if box.isChecked()),
            include_private=self._private.isChecked(),
            byte_order_mark=self._mark.isChecked(),
            guard=self._guard.isChecked(),
            provenance=self._source.isChecked(),
        )
        self._set_busy(True)
        self._control.write(
            self._event,
            path,
            _FORMAT,
            choices,
            lambda count: self._on_written(count, path),
            self._on_fault,
            lambda: self._set_busy(False),
        )

    def _set_busy(self, busy: bool) -> None:
        self._write.setText(_("Writing…") if busy else _("Export"))
        self._write.setEnabled(not busy)

    def _chosen_path(self) -> Path | None:
        typed = self._path.text().strip()
        try:
            path = Path(typed).expanduser()
        except RuntimeError:
            return None
        return path if typed and path.name and path.is_absolute() else None

    @Slot()
    def _on_path(self) -> None:
        path = self._chosen_path()
        try:
            self._exists.setVisible(path is not None and path.is_file())
        except (OSError, ValueError):
            self._exists.hide()

    def _on_written(self, count: int, path: Path) -> None:
        self.written.emit(count, str(path))
        self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._fault.say(fault.sentence, Accent.ERROR)
        self._path.setFocus()


def _folder() -> Path:
    """Return the folder for documents, or else the home folder."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()


def _file_name(event: Event) -> str:
    """Return a file name for an event that is valid on every system."""
    name = names.safe(event.registration.name)
    name = " ".join(re.sub(r'[<>:"/\\|?*]+', " ", name).split())
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    if not name or name.partition(".")[0].upper() in _RESERVED:
        return f"event-{event.event_id}"
    return name
