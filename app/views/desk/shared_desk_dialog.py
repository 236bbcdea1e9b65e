"""Sharing the desk live: the server, its password, and what the user has to know before names leave."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.wording.desk import shared_desk_texts
from app.i18n import _
from app.models.desk.shared_desks import SharedDeskSetup, server_of
from app.models.workspace import Workspace
from app.views.look.appearance import set_role
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class SharedDeskDialog(Dialog):
    """Nothing is kept, and nothing leaves, before the notice about names is accepted."""

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget) -> None:
        super().__init__("sharedDeskDialog", _("Share the desk"), parent)
        self._setup = SharedDeskSetup(workspace, event, self)
        self._certificate: Path | None = None
        known = self._setup.settings()
        self._fault = Banner("sharedDeskFault", self)
        self._address = QLineEdit(str(known.address) if known else "", self)
        self._address.setObjectName("sharedDeskAddress")
        self._address.setAccessibleName(_("Address of the server"))
        self._address.setPlaceholderText("postgresql+psycopg://desk@db.example.org/events")
        self._password = QLineEdit(known.password if known else "", self)
        self._password.setObjectName("sharedDeskPassword")
        self._password.setAccessibleName(_("Password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._file = QPushButton(_("Certificate of the server’s authority…"), self)
        self._file.setObjectName("sharedDeskCertificate")
        self._file.clicked.connect(self._choose_certificate)
        self._chosen = secondary(QLabel(_("those that this computer trusts"), self))
        self._notice = QLabel(self)
        self._notice.setObjectName("sharedDeskNotice")
        self._notice.setWordWrap(True)
        self._accepted = QCheckBox(_("I know this, and may share these names there"), self)
        self._accepted.setObjectName("sharedDeskAccepted")
        self._remove = QPushButton(_("Share no longer"), self)
        self._remove.setObjectName("sharedDeskRemove")
        set_role(self._remove, "destructive")
        self._remove.setVisible(known is not None)
        self._remove.clicked.connect(self._on_remove)
        self._lay_out()
        self._address.textChanged.connect(self._update)
        self._accepted.toggled.connect(self._update)
        self._update()
        self._address.setFocus()

    def _lay_out(self) -> None:
        text = QLabel(
            _(
                "Several computers can note at one desk, and see each other within two seconds, through a "
                "PostgreSQL server of your own. A desk that loses the server goes on alone, and all is "
                "merged when it is back."
            ),
            self,
        )
        text.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._file)
        row.addWidget(self._chosen, 1)
        form = QFormLayout()
        form.addRow(_("Server"), self._address)
        form.addRow(_("Password"), self._password)
        form.addRow("", row)
        column = self.content(width=580)
        column.addWidget(text)
        column.addWidget(self._fault)
        column.addLayout(form)
        column.addWidget(self._notice)
        column.addWidget(self._accepted)
        buttons = QDialogButtonBox(self)
        self._save = buttons.addButton(_("Share the desk"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setObjectName("sharedDeskSave")
        buttons.addButton(self._remove, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)

    @Slot()
    def _update(self) -> None:
        server = server_of(self._address.text())
        self._notice.setText(shared_desk_texts.notice(server) if server else "")
        for widget in (self._notice, self._accepted):
            widget.setVisible(bool(server))
        self._save.setEnabled(bool(self._address.text()) and (self._accepted.isChecked() or not server))

    @Slot()
    def _choose_certificate(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Certificate of the server’s authority"), "")
        if path:
            self._certificate = Path(path)
            self._chosen.setText(self._certificate.name)

    @Slot()
    def _on_save(self) -> None:
        self._setup.save(
            self._address.text(),
            self._password.text(),
            self._certificate,
            lambda _none: self.accept(),
            self._on_failed,
        )

    @Slot()
    def _on_remove(self) -> None:
        self._setup.remove(lambda _none: self.accept(), self._on_failed)

    def _on_failed(self, fault: KnownFault) -> None:
        self._fault.report(fault)
