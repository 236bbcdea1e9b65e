"""The dialog that exports an event's participants to a file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.people.people_columns import columns_of_use
from app.i18n import _, ngettext
from app.models.people.export_control import (
    PEOPLE_FORMATS,
    SEPARATORS,
    ExportChoices,
    ExportControl,
)
from app.models.people.people_scope import PeopleScope
from app.models.plain_text import button_text
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.forms.file_field import FileField, file_name
from app.views.look.colours import Accent
from app.views.look.text import strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class ExportDialog(Dialog):
    """Whom, which columns, and the file. Private people are left out unless chosen each time."""

    written = Signal(int, str)

    def __init__(
        self,
        workspace: Workspace,
        event: Event,
        scopes: Sequence[PeopleScope],
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog. `scopes`: whom the file can hold, the narrowest first."""
        super().__init__("exportDialog", _("Export participants"), parent)
        self._control = ExportControl(workspace, self)
        self._event = event
        self._scopes = scopes
        self._noted = workspace.has_attendance(event.key)
        self._settings = settings
        self._fault = Banner("exportFault", self)
        self._warning = Banner("privateWarning", self)
        self._make_fields()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._write = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._write.setObjectName("exportAccept")
        self._write.setDefault(True)
        self._buttons.accepted.connect(self._on_export)
        self._buttons.rejected.connect(self.reject)
        self._restore()
        self._lay_out()
        self._connect()
        self._on_scope()
        self._on_format()
        self._write.setFocus()

    def done(self, result: int) -> None:
        """Close; an unfinished export leaves no file."""
        self._control.cancel()
        super().done(result)

    def _make_fields(self) -> None:
        self._who = QButtonGroup(self)
        for number, scope in enumerate(self._scopes):
            button = QRadioButton(_scope_text(scope), self)
            button.setObjectName(f"scope-{scope.key}")
            self._who.addButton(button, number)
        # A single row is chosen in passing, to see somebody's card.
        first = 1 if len(self._scopes) > 1 and self._scopes[0].people == 1 else 0
        self._who.button(first).setChecked(True)
        self._private = QCheckBox(self)
        self._private.setObjectName("includePrivate")
        self._columns = {
            column: QCheckBox(button_text(_(column.label)), self) for column in columns_of_use(self._noted)
        }
        self._format = Choice("exportFormat", _("Kind of file"), self)
        for key, known in PEOPLE_FORMATS.items():
            self._format.addItem(_(known.label), key)
        self._separator = Choice("exportSeparator", _("Between the cells"), self)
        for key, text in (("comma", _("Comma")), ("semicolon", _("Semicolon")), ("tab", _("Tab"))):
            self._separator.addItem(text, key)
        self._guard = QCheckBox(_("Names that look like a formula begin with an apostrophe"), self)
        self._guard.setObjectName("formulaGuard")
        self._source = QCheckBox(_("A last line says where the list comes from"), self)
        self._source.setObjectName("provenance")
        self._file = FileField("export", self)

    def _restore(self) -> None:
        """Fill in the last export's choices; private people are never among them."""
        value = self._settings.value
        self._format.setCurrentIndex(max(0, self._format.findData(value("export/format"))))
        # Where the decimal sign is a comma, spreadsheets expect semicolons.
        usual = "semicolon" if QLocale.system().decimalPoint() == "," else "comma"
        self._separator.setCurrentIndex(max(0, self._separator.findData(value("export/separator") or usual)))
        self._guard.setChecked(str(value("export/guard", "true")) != "false")
        self._source.setChecked(str(value("export/source", "false")) == "true")
        wanted = str(value("export/columns") or "").split(",")
        known = [column for column in self._columns if column.key in wanted]
        for column, box in self._columns.items():
            box.setChecked(not known or column in known)
        self._file.suggest(str(value("export/folder") or ""), f"{file_name(self._event)}{self._suffix()}")

    def _remember(self, path: Path) -> None:
        chosen = ",".join(column.key for column, box in self._columns.items() if box.isChecked())
        for key, value in (
            ("format", self._format.currentData()),
            ("separator", self._separator.currentData()),
            ("guard", str(self._guard.isChecked()).lower()),
            ("source", str(self._source.isChecked()).lower()),
            ("columns", chosen),
            ("folder", str(path.parent)),
        ):
            self._settings.setValue(f"export/{key}", value)

    def _lay_out(self) -> None:
        column = self.content(width=520, spacing=8)
        column.addWidget(self._fault)
        column.addWidget(strong(QLabel(_("Who"), self)))
        for button in self._who.buttons():
            column.addWidget(button)
        column.addWidget(self._private)
        column.addWidget(self._warning)
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("Columns"), self)))
        column.addLayout(self._columns_grid())
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("File"), self)))
        column.addWidget(self._file)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(_("Kind of file"), self._format)
        form.addRow(_("Between the cells"), self._separator)
        self._form = form
        column.addLayout(form)
        column.addWidget(self._guard)
        column.addWidget(self._source)
        column.addStretch(1)
        self.add_buttons(self._buttons)

    def _columns_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for number, (name, box) in enumerate(self._columns.items()):
            box.setObjectName(f"column-{name.key}")
            grid.addWidget(box, number // 2, number % 2)
        return grid

    def _connect(self) -> None:
        self._who.idToggled.connect(self._on_scope)
        self._private.toggled.connect(self._on_private)
        self._file.follow(self._format, {key: known.suffix for key, known in PEOPLE_FORMATS.items()})
        self._format.currentIndexChanged.connect(self._on_format)
        for box in self._columns.values():
            box.toggled.connect(self._update_button)

    @property
    def _scope(self) -> PeopleScope:
        return self._scopes[self._who.checkedId()]

    def _suffix(self) -> str:
        return PEOPLE_FORMATS[self._format.currentData()].suffix

    @Slot()
    def _on_scope(self) -> None:
        private = self._scope.private
        text = ngettext(
            "Also the {count} participant who registered privately",
            "Also the {count} participants who registered privately",
            private,
        )
        self._private.setText(text.format(count=self.locale().toString(private)))
        self._private.setVisible(bool(private))
        # Asked anew for other people.
        self._private.setChecked(False)
        self._on_private()

    @Slot()
    def _on_private(self) -> None:
        if self._private.isChecked():
            self._warning.say(
                _("These people chose not to be listed publicly. Keep the file to yourself."),
                Accent.WARNING,
            )
        else:
            self._warning.hide()
        self._update_button()

    @Slot()
    def _on_format(self) -> None:
        known = PEOPLE_FORMATS[self._format.currentData()]
        self._form.setRowVisible(self._separator, known.is_text)
        self._guard.setVisible(known.is_text)
        if self.isVisible():
            self.fit()

    @Slot()
    def _update_button(self) -> None:
        count = self._scope.count(include_private=self._private.isChecked())
        text = ngettext("Export {count} person", "Export {count} people", count)
        self._write.setText(text.format(count=self.locale().toString(count)))
        self._write.setEnabled(bool(count) and any(box.isChecked() for box in self._columns.values()))

    @Slot()
    def _on_export(self) -> None:
        self._fault.hide()
        path = self._file.path_or_say(self._fault)
        if path is None:
            return
        choices = ExportChoices(
            columns=tuple(column for column, box in self._columns.items() if box.isChecked()),
            include_private=self._private.isChecked(),
            provenance=self._source.isChecked(),
            separator=SEPARATORS[self._separator.currentData()],
            byte_order_mark=True,
            guard=self._guard.isChecked(),
        )
        self._write.setText(_("Writing…"))
        self._write.setEnabled(False)
        self._control.write(
            self._event,
            path,
            self._format.currentData(),
            choices,
            self._scope.ids,
            lambda count: self._on_written(count, path),
            self._on_fault,
            self._update_button,
        )

    def _on_written(self, count: int, path: Path) -> None:
        self._remember(path)
        self.written.emit(count, str(path))
        self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._fault.report(fault)
        self._file.setFocus()


def _scope_text(scope: PeopleScope) -> str:
    texts = {
        "chosen": ngettext("{count} chosen", "{count} chosen", scope.people),
        "shown": ngettext("{count} shown in the table", "{count} shown in the table", scope.people),
        "all": ngettext("All {count} of the event", "All {count} of the event", scope.people),
    }
    count = QLocale().toString(scope.people)
    if not scope.private:
        return texts[scope.key].format(count=count)
    text = _("{people} ({private} of them private)")
    people = texts[scope.key].format(count=count)
    return text.format(people=people, private=QLocale().toString(scope.private))
