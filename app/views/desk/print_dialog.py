"""Printing for the desk: a sign-in sheet, a checklist or name badges, with a preview."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.i18n import _, ngettext
from app.models.desk.print_control import PRINT_LABELS, Print, PrintChoices, PrintControl
from app.models.desk.printing.badge_formats import BADGE_FORMATS, usual_format
from app.models.desk.printing.paper import A4, LETTER, usual_paper
from app.models.desk.printing.printed_pages import PrintedPages, page_image, print_pages
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.look.colours import Accent
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.page_preview import PagePreview


class PrintDialog(Dialog):
    """Private people are left out unless the organizer says otherwise, each time."""

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget) -> None:
        super().__init__("printDialog", _("Print for the desk"), parent)
        self._event = event
        self._control = PrintControl(workspace, self)
        self._pages: PrintedPages | None = None
        self._result = Banner("printResult", self)
        self._what = Choice("printWhat", _("What to print"), self)
        for what, label in PRINT_LABELS.items():
            self._what.addItem(_(label), what)
        self._paper = Choice("printPaper", _("Paper"), self)
        self._paper.addItem("A4", A4)
        self._paper.addItem(_("US Letter"), LETTER)
        self._paper.setCurrentIndex(self._paper.findData(usual_paper()))
        self._labels = Choice("printLabels", _("Labels"), self)
        for key, known in BADGE_FORMATS.items():
            self._labels.addItem(known.label, key)
        self._labels.setCurrentIndex(self._labels.findData(usual_format()))
        self._private = QCheckBox(self)
        self._private.setObjectName("printPrivate")
        text = ngettext(
            "Also {count} private participant",
            "Also {count} private participants",
            event.private_participants,
        )
        self._private.setText(text.format(count=self.locale().toString(event.private_participants)))
        self._private.setVisible(bool(event.private_participants))
        self._preview = PagePreview("print", self)
        self._lay_out()
        for choice in (self._what, self._paper, self._labels):
            choice.activated.connect(self._make)
        self._private.toggled.connect(self._make)
        self._make()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("What to print"), self._what)
        form.addRow(_("Paper"), self._paper)
        form.addRow(_("Labels"), self._labels)
        form.addRow("", self._private)
        self._form = form
        side = QVBoxLayout()
        side.addLayout(form)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(side, 1)
        row.addWidget(self._preview)
        column = self.content(width=820)
        column.addWidget(self._result)
        column.addLayout(row)
        buttons = QDialogButtonBox(self)
        self._save = buttons.addButton(_("Save as PDF…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setObjectName("printSave")
        self._printer = QPushButton(_("Print…"), self)
        self._printer.setObjectName("printPrinter")
        buttons.addButton(self._printer, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.accepted.connect(self._choose_file)
        self._printer.clicked.connect(self._on_print)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._what.setFocus()

    def done(self, result: int) -> None:
        """Close; an unfinished file is not left."""
        self._control.cancel()
        super().done(result)

    def _chosen(self) -> Print:
        # Qt gives back the plain text.
        return Print(self._what.currentData())

    @Slot()
    def _make(self) -> None:
        what = self._chosen()
        badges = what is Print.BADGES
        self._form.setRowVisible(self._paper, not badges)
        self._form.setRowVisible(self._labels, badges)
        choices = PrintChoices(
            what,
            self._private.isChecked(),
            A4 if self._paper.currentIndex() == 0 else LETTER,
            self._labels.currentData(),
            self.layoutDirection(),
        )
        self._control.make(self._event, choices, self._on_made)

    def _on_made(self, pages: PrintedPages) -> None:
        self._pages = pages
        self._preview.show_pages(pages.page_count, partial(page_image, pages))

    @Slot()
    def _choose_file(self) -> None:
        name = f"{self._chosen().value}-{self._event.event_id}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, "PDF (*.pdf)")
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the pages to a file."""
        if self._pages is None:
            return
        self._save.setEnabled(False)
        self._control.write(
            self._pages,
            path,
            lambda _none: self._result.say(_("Written to {path}.").format(path=str(path)), Accent.SUCCESS),
            self._on_failed,
            lambda: self._save.setEnabled(True),
        )

    def _on_failed(self, fault: KnownFault) -> None:
        self._result.report(fault)

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # takes a while, and few print

        if self._pages is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self._pages.layout)
        if QPrintDialog(printer, self).exec() and not print_pages(self._pages, printer):
            self._result.say(
                _("The printer did not take all pages. Save them as PDF, and print that."), Accent.ERROR
            )
