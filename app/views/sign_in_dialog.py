"""Adding a wiki: choosing it, then signing in through the browser or with an owner-only token."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.domain.account import Account, OAuthClient, SignInKind, WikiFacts
from app.domain.faults import Fault, KnownFault
from app.domain.wiki_profiles import DEFAULT_REDIRECT, WikiProfile, known_wikis
from app.models.account_control import AccountControl
from app.models.practice_wiki import PRACTICE_ADDRESS
from app.views.banner import Banner
from app.views.colours import Accent
from app.views.text import heading, open_link, secondary


class SignInDialog(QDialog):
    """Three pages: which wiki, how to sign in, and waiting for the browser."""

    signed_in = Signal(int)
    _address_ready = Signal(str)

    def __init__(self, control: AccountControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(self.tr("Add a wiki"))
        self._control = control
        self._facts: WikiFacts | None = None
        self._known_client: OAuthClient | None = None
        self._choices = known_wikis()
        self._address = ""
        self._busy = False
        self._fault = Banner("signInFault", self)
        self._pages = QStackedWidget(self)
        self._wiki_page = self._make_wiki_page()
        self._pages.addWidget(self._wiki_page)
        self._pages.addWidget(self._make_way_page())
        self._pages.addWidget(self._make_wait_page())
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._next = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._next.setObjectName("signInNext")
        self._next.setDefault(True)
        self._back = self._buttons.addButton(self.tr("Back"), QDialogButtonBox.ButtonRole.ResetRole)
        self._back.setObjectName("signInBack")
        self._back.clicked.connect(lambda: self._turn_to(0))
        self._buttons.accepted.connect(self._on_next)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(480)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._fault)
        column.addWidget(self._pages, 1)
        column.addWidget(self._buttons)
        self._address_ready.connect(self._on_address)
        self._turn_to(0)

    def fill_in(self, account: Account) -> None:
        """Choose an account's wiki and its way of signing in beforehand."""
        address = account.wiki.base_url
        places = [choice.address for choice in self._choices]
        known = places.index(address) if address in places else self._wiki.count() - 1
        self._wiki.setCurrentIndex(known)
        self._typed.setText(address)
        self._known_client = self._control.client_of(account)
        self._owner.setChecked(account.kind is SignInKind.OWNER_TOKEN)
        self._next.setFocus()

    def done(self, result: int) -> None:
        """Stop what is under way and close."""
        self._control.cancel()
        super().done(result)

    def _make_wiki_page(self) -> QWidget:
        page = QWidget(self)
        self._wiki = QComboBox(page)
        self._wiki.setObjectName("wikiChoice")
        self._wiki.setAccessibleName(self.tr("Wiki"))
        for choice in self._choices:
            self._wiki.addItem(choice.name, choice)
        self._wiki.addItem(self.tr("Another address…"), None)
        self._wiki.currentIndexChanged.connect(self._on_wiki)
        self._typed = QLineEdit(page)
        self._typed.setObjectName("wikiAddress")
        self._typed.setPlaceholderText("https://")
        self._typed.setClearButtonEnabled(True)
        self._typed.setAccessibleName(self.tr("Address of the wiki"))
        self._hint = self._note(page, "")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Wiki:"), self._wiki)
        form.addRow(self.tr("&Address:"), self._typed)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading(QLabel(self.tr("Which wiki are your events on?"), page)))
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addStretch(1)
        self._on_wiki()
        return page

    def _make_way_page(self) -> QWidget:
        page = QWidget(self)
        self._found = heading(QLabel(page))
        self._found.setObjectName("wikiFound")
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._browser = QRadioButton(self.tr("Sign in with the &browser (OAuth)"), page)
        self._browser.setObjectName("wayBrowser")
        self._owner = QRadioButton(self.tr("Use an &owner-only access token"), page)
        self._owner.setObjectName("wayToken")
        self._client_id = QLineEdit(page)
        self._client_id.setObjectName("clientId")
        self._client_id.setAccessibleName(self.tr("Client ID"))
        self._client_secret = QLineEdit(page)
        self._client_secret.setObjectName("clientSecret")
        self._client_secret.setAccessibleName(self.tr("Client secret"))
        self._client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._client_secret.setPlaceholderText(self.tr("only where the client has one"))
        self._redirect = QLineEdit(page)
        self._redirect.setObjectName("redirectAddress")
        self._redirect.setAccessibleName(self.tr("Redirect address"))
        self._token = QLineEdit(page)
        self._token.setObjectName("ownerToken")
        self._token.setAccessibleName(self.tr("Access token"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._client_fields = QWidget(page)
        client = QFormLayout(self._client_fields)
        client.setContentsMargins(24, 0, 0, 0)
        client.addRow(self.tr("&Client ID:"), self._client_id)
        client.addRow(self.tr("Client &secret:"), self._client_secret)
        client.addRow(self.tr("&Redirect address:"), self._redirect)
        self._token_fields = QWidget(page)
        token = QFormLayout(self._token_fields)
        token.setContentsMargins(24, 0, 0, 0)
        token.addRow(self.tr("Access &token:"), self._token)
        hint = self._note(
            page,
            self.tr(
                "Both are made on the wiki, at Special:OAuthConsumerRegistration. The guide “OAuth client” "
                "in the documentation shows each step."
            ),
        )
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._found)
        column.addWidget(self._browser)
        column.addWidget(self._client_fields)
        column.addWidget(self._owner)
        column.addWidget(self._token_fields)
        column.addWidget(hint)
        column.addStretch(1)
        self._browser.toggled.connect(self._on_way)
        self._browser.setChecked(True)
        self._on_way()
        return page

    def _make_wait_page(self) -> QWidget:
        page = QWidget(self)
        bar = QProgressBar(page)
        bar.setObjectName("signInProgress")
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setMaximumHeight(8)
        bar.setAccessibleName(self.tr("Waiting for the browser"))
        again = QPushButton(self.tr("Open the browser again"), page)
        again.setObjectName("openBrowserAgain")
        again.clicked.connect(lambda: open_link(self._address))
        copy = QPushButton(self.tr("Copy the address"), page)
        copy.setObjectName("copyAddress")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        self._browser_buttons = QWidget(page)
        row = QHBoxLayout(self._browser_buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(again)
        row.addWidget(copy)
        row.addStretch(1)
        self._waiting = self._note(page, "")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._wait_heading = heading(QLabel(page))
        column.addWidget(self._wait_heading)
        column.addWidget(bar)
        column.addWidget(self._waiting)
        column.addWidget(self._browser_buttons)
        column.addStretch(1)
        return page

    def _note(self, page: QWidget, text: str) -> QLabel:
        note = secondary(QLabel(text, page))
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        return note

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._back.setVisible(page == 1)
        self._next.setVisible(page != 2)
        self._next.setEnabled(not self._busy)
        self._next.setText(self.tr("Continue") if page == 0 else self.tr("Sign in"))
        if page == 0:
            self._wiki.setFocus()
        elif page == 1:
            self._on_way()
        else:
            self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setFocus()

    @Slot()
    def _on_wiki(self) -> None:
        choice: WikiProfile | None = self._wiki.currentData()
        self._known_client = None
        self._typed.setEnabled(choice is None)
        self._typed.setText(choice.address if choice else "")
        if choice is None:
            hint = self.tr("The wiki needs MediaWiki with Event Registration; this is checked first.")
            self._typed.setFocus()
        elif choice.address == PRACTICE_ADDRESS:
            hint = self.tr(
                "A wiki of your own on this computer, with events and people to try everything on."
            )
        else:
            hint = self.tr("The address is checked before you sign in.")
        self._hint.setText(hint)

    @Slot()
    def _on_way(self) -> None:
        browser = self._browser.isChecked()
        self._client_fields.setEnabled(browser)
        self._token_fields.setEnabled(not browser)
        if not browser:
            self._token.setFocus()
        elif self._client_id.text():
            self._browser.setFocus()
        else:
            self._client_id.setFocus()

    @Slot()
    def _on_next(self) -> None:
        self._fault.hide()
        if self._busy:
            return
        if self._pages.currentIndex() == 0:
            self._find_wiki()
        elif self._facts is None:
            self._turn_to(0)
        elif self._browser.isChecked():
            self._sign_in_with_browser(self._facts)
        else:
            self._sign_in_with_token(self._facts)

    def _find_wiki(self) -> None:
        typed = self._typed.text().strip()
        if typed in ("", "http://", "https://"):
            self._complain(self.tr("Type the address of the wiki first."), self._typed)
            return
        self._set_busy(True)
        choice: WikiProfile | None = self._wiki.currentData()
        if choice and choice.address == PRACTICE_ADDRESS:
            self._control.practise(self, self._on_signed_in, self._on_fault, self._on_ended)
            return
        self._control.find_wiki(self, typed, self._on_found, self._on_fault, self._on_ended)

    def _sign_in_with_browser(self, facts: WikiFacts) -> None:
        client_id = self._client_id.text().strip()
        if not client_id:
            self._complain(self.tr("Type the client ID first."), self._client_id)
            return
        redirect = self._redirect.text().strip() or DEFAULT_REDIRECT
        client = OAuthClient(client_id, self._client_secret.text().strip() or None, redirect)
        self._wait_heading.setText(self.tr("Go on in your browser"))
        self._waiting.setText(
            self.tr(
                "Approve the sign-in on %1, then come back here. This window waits for five minutes."
            ).replace("%1", facts.site_name)
        )
        self._browser_buttons.show()
        self._set_busy(True)
        self._turn_to(2)
        self._control.sign_in_with_browser(
            self, facts, client, self._tell_address, self._on_signed_in, self._on_fault, self._on_ended
        )

    def _sign_in_with_token(self, facts: WikiFacts) -> None:
        token = self._token.text().strip()
        if not token:
            self._complain(self.tr("Paste the access token first."), self._token)
            return
        self._wait_heading.setText(self.tr("Signing in…"))
        self._waiting.setText("")
        self._browser_buttons.hide()
        self._set_busy(True)
        self._turn_to(2)
        self._control.sign_in_with_token(
            self, facts, token, self._on_signed_in, self._on_fault, self._on_ended
        )

    def _tell_address(self, address: str) -> None:
        """Run on another thread, which must not find the dialog closed and gone."""
        if isValid(self):
            self._address_ready.emit(address)

    @Slot(str)
    def _on_address(self, address: str) -> None:
        self._address = address
        open_link(address)

    def _on_found(self, facts: WikiFacts) -> None:
        self._facts = facts
        self._found.setText(
            self.tr("%1 (MediaWiki %2)").replace("%1", facts.site_name).replace("%2", facts.version)
        )
        choice: WikiProfile | None = self._wiki.currentData()
        client = self._known_client or (choice.client if choice else None)
        self._client_id.setText(client.client_id if client else "")
        self._client_secret.setText((client.secret if client else None) or "")
        self._redirect.setText(client.redirect_uri if client else DEFAULT_REDIRECT)
        self._turn_to(1)

    def _on_signed_in(self, key: int) -> None:
        self.signed_in.emit(key)
        self.accept()

    def _on_ended(self) -> None:
        self._set_busy(False)
        if self._pages.currentIndex() == 2:
            # Neither signed in nor told why: a bug, which the window tells.
            self._turn_to(1)

    def _on_fault(self, fault: KnownFault) -> None:
        self._set_busy(False)
        if self._pages.currentIndex() == 2:
            self._turn_to(1)
        accent = Accent.PROGRESSIVE if fault.fault is Fault.CANCELLED else Accent.ERROR
        self._fault.say(fault.sentence, accent)
        if self._pages.currentIndex() == 0:
            (self._typed if self._typed.isEnabled() else self._wiki).setFocus()

    def _complain(self, text: str, field: QLineEdit) -> None:
        self._fault.say(text, Accent.ERROR)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._next.setEnabled(not busy)
        self._wiki_page.setEnabled(not busy)
        if busy and self._pages.currentIndex() == 0:
            self._next.setText(self.tr("Checking…"))
        elif self._pages.currentIndex() == 0:
            self._next.setText(self.tr("Continue"))
