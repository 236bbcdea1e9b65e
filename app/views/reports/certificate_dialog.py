"""The dialog that writes certificates of attendance, with a preview."""

from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event import Event
from app.i18n import _, listed, ngettext
from app.models.reports.certificate_control import (
    PLACES,
    TEXT,
    TITLE,
    CertificateChoices,
    CertificateControl,
    CertificatePreview,
)
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.forms.file_field import FileField, valid_name
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.page_preview import PREVIEW_WIDTH, PagePreview, page_image

#: Milliseconds until a change is drawn, so that typing does not draw each letter.
_PAUSE_MS = 400
#: The longer side of A4 in inches: certificates lie on their side.
_PAGE_INCHES = 11.7


class CertificateDialog(Dialog):
    """Private people and walk-ins get none unless the organizer says otherwise, each time."""

    written = Signal(str)

    def __init__(
        self, workspace: Workspace, event: Event, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__("certificateDialog", _("Certificates of attendance"), parent)
        self._event, self._settings = event, settings
        self._count, self._writing = 0, False
        self._control = CertificateControl(workspace, self)
        self._fault = Banner("certificateFault", self)
        self._whom = Choice("certificateWhom", _("For whom"), self)
        self._whom.addItem(_("Everybody who was checked in"), False)
        self._whom.addItem(_("Everybody who registered"), True)
        text = ngettext(
            "Also walk-ins, and the {count} participant who registered privately",
            "Also walk-ins, and the {count} participants who registered privately",
            event.private_participants,
        )
        self._private = QCheckBox(text.format(count=self.locale().toString(event.private_participants)), self)
        self._private.setObjectName("certificatePrivate")
        self._title = QLineEdit(_(TITLE), self)
        self._title.setObjectName("certificateTitle")
        self._text = QPlainTextEdit(_(TEXT), self)
        self._text.setObjectName("certificateText")
        self._text.setAccessibleName(_("Text below the name"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(5 * self.fontMetrics().height())
        self._signature = QLineEdit(self)
        self._signature.setObjectName("certificateSignature")
        self._signature.setPlaceholderText(_("who signs, if there is a line for it"))
        self._file = FileField("certificate", self)
        name = _("Certificates {event}").format(event=event.registration.name)
        self._file.suggest(str(settings.value("report/folder") or ""), f"{valid_name(name)}.pdf")
        self._preview = PagePreview("certificate", self, sideways=True)
        self._told = secondary(QLabel(self))
        self._told.setObjectName("certificateTold")
        self._told.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._save = self._buttons.addButton(_("Save certificates"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setObjectName("certificateSave")
        self._save.setDefault(True)
        self._lay_out()
        self._connect()
        self._update_save()
        self._draw()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("For whom"), self._whom)
        form.addRow("", self._private)
        form.addRow(_("Title"), self._title)
        form.addRow(_("Text"), self._text)
        places = _("{places} stand for what belongs there.").format(places=listed(PLACES))
        hint = secondary(QLabel(places, self))
        hint.setWordWrap(True)
        form.addRow("", hint)
        form.addRow(_("Signature"), self._signature)
        form.addRow(_("File"), self._file)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addWidget(self._told)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(side, 1)
        row.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        column = self.content(width=PREVIEW_WIDTH + 520)
        column.addWidget(self._fault)
        column.addLayout(row)
        self.add_buttons(self._buttons)

    def _connect(self) -> None:
        self._whom.currentIndexChanged.connect(self._draw_soon)
        self._private.toggled.connect(self._draw_soon)
        for field in (self._title, self._text, self._signature):
            field.textChanged.connect(self._draw_soon)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)

    def _choices(self) -> CertificateChoices:
        return CertificateChoices(
            self._title.text().strip() or _(TITLE),
            self._text.toPlainText(),
            self._signature.text().strip(),
            everybody=bool(self._whom.currentData()),
            include_private=self._private.isChecked(),
        )

    @Slot()
    def _draw_soon(self) -> None:
        # For whom they are now is not known before it is drawn.
        self._count = 0
        self._update_save()
        self._preview.fade()
        self._timer.start()

    @Slot()
    def _draw(self) -> None:
        dots = PREVIEW_WIDTH * self.devicePixelRatioF() / _PAGE_INCHES
        self._control.preview(self._event, self._choices(), dots, self._on_drawn, self._fault.report)

    def _on_drawn(self, found: CertificatePreview) -> None:
        self._count = found.count
        if found.pages:
            self._preview.show_pages(len(found.pages), partial(page_image, found.pages), keep=True)
            text = ngettext(
                "{count} certificate. The file names a person: give it only to those who need it.",
                "{count} certificates, of which the first are shown. The file names people: give it only to "
                "those who need it.",
                found.count,
            )
            self._told.setText(text.format(count=self.locale().toString(found.count)))
        else:
            self._preview.fade()
            self._told.setText(
                _(
                    "Nobody would get one: nobody who registered publicly was checked in at the desk. Choose "
                    "everybody who registered, or also private people and walk-ins."
                )
            )
        self._update_save()

    def _update_save(self) -> None:
        self._save.setEnabled(self._count > 0 and not self._writing)

    @Slot()
    def _on_save(self) -> None:
        self._fault.hide()
        path = self._file.path_or_say(self._fault)
        if path is None:
            return
        self._writing = True
        self._update_save()
        self._control.write(
            path,
            self._event,
            self._choices(),
            lambda: self._on_written(str(path), str(path.parent)),
            self._fault.report,
            self._on_ended,
        )

    def _on_ended(self) -> None:
        self._writing = False
        self._update_save()

    def _on_written(self, path: str, folder: str) -> None:
        self._settings.setValue("report/folder", folder)
        self.written.emit(path)
        self.accept()
