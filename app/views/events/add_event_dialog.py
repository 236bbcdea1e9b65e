"""The dialog that adds an event by its number or by a link."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.accounts.account import Account
from app.domain.faults import KnownFault
from app.i18n import _
from app.models.accounts.account_control import AccountControl
from app.views.forms.fields import Choice
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class AddEventDialog(Dialog):
    """One field for the number or link, and a choice of the wiki if there are several."""

    added = Signal(int)

    def __init__(
        self, control: AccountControl, accounts: list[Account], parent: QWidget | None = None
    ) -> None:
        super().__init__("addEventDialog", _("Add an event"), parent)
        self._control = control
        self._fault = Banner("addEventFault", self)
        self._typed = QLineEdit(self)
        self._typed.setObjectName("eventLink")
        self._typed.setPlaceholderText("https://…/wiki/Event:…")
        self._typed.setAccessibleName(_("Link or number of the event"))
        self._typed.setClearButtonEnabled(True)
        self._wiki = Choice("eventWiki", _("Wiki"), self)
        for account in accounts:
            self._wiki.addItem(account.wiki.site_name, account)
        note = secondary(
            QLabel(
                _(
                    "The link of the event page, of its Special:EventDetails page, or the event's number. It "
                    "stays in your list even if you do not organize it."
                ),
                self,
            )
        )
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.addRow(_("&Link or number:"), self._typed)
        if len(accounts) > 1:
            form.addRow(_("&Wiki:"), self._wiki)
        else:
            self._wiki.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._add = self._buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._add.setObjectName("addEventAccept")
        self._add.setEnabled(False)
        self._busy = False
        self._typed.textChanged.connect(self._on_typed)
        self._buttons.accepted.connect(self._on_add)
        self._buttons.rejected.connect(self.reject)
        column = self.content()
        column.addWidget(self._fault)
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch(1)
        self.add_buttons(self._buttons)

    def done(self, result: int) -> None:
        """Close; an event that is still being fetched is not added."""
        self._control.cancel()
        super().done(result)

    @Slot()
    def _on_typed(self) -> None:
        self._add.setEnabled(not self._busy and bool(self._typed.text().strip()))

    @Slot()
    def _on_add(self) -> None:
        self._fault.hide()
        self._set_busy(True)
        self._control.add_event(
            self,
            self._wiki.currentData(),
            self._typed.text(),
            self._on_added,
            self._on_fault,
            lambda: self._set_busy(False),
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._typed.setReadOnly(busy)
        self._wiki.setEnabled(not busy)
        self._add.setText(_("Looking…") if busy else _("Add"))
        self._on_typed()

    def _on_added(self, key: int) -> None:
        self.added.emit(key)
        self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._fault.report(fault)
        self._typed.setFocus()
        self._typed.selectAll()
