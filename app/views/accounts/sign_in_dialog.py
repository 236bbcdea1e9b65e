"""The dialog that adds a wiki: choose it, then sign in by browser, with a token or with a session."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.domain.accounts.account import Account, OAuthClient, SignInKind, SignInLack, WikiFacts
from app.domain.accounts.sign_in_form import SignInStep
from app.domain.accounts.wiki_profiles import WikiProfile, known_wikis
from app.domain.faults import Fault, KnownFault
from app.domain.wording import sign_in_texts
from app.i18n import _
from app.models.accounts.account_control import AccountControl
from app.models.accounts.practice_wiki import PRACTICE_ADDRESS
from app.views.accounts.session_form import SessionForm
from app.views.accounts.sign_in_ways import SignInWays, Way
from app.views.forms.fields import Choice
from app.views.look.colours import Accent
from app.views.look.text import heading, open_link, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog

_WIKI, _WAYS, _WAITING, _FORM = range(4)


class SignInDialog(Dialog):
    """Four pages: which wiki, how to sign in, waiting, and what the wiki asks for."""

    signed_in = Signal(int)
    _address_ready = Signal(str)

    def __init__(self, control: AccountControl, parent: QWidget | None = None) -> None:
        super().__init__("signInDialog", _("Add a wiki"), parent)
        self._control = control
        self._facts: WikiFacts | None = None
        self._known_client: OAuthClient | None = None
        self._choices = known_wikis()
        self._address = ""
        self._busy = False
        self._came_from = _WAYS
        self._goes_on = False
        self._had_task = False
        self._fault = Banner("signInFault", self)
        self._pages = QStackedWidget(self)
        self._wiki_page = self._make_wiki_page()
        self._pages.addWidget(self._wiki_page)
        self._ways = SignInWays(self)
        self._form = SessionForm(self)
        self._form.answered.connect(self._on_answer)
        for page in (self._ways, self._make_wait_page(), self._form):
            self._pages.addWidget(page)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._next = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._next.setObjectName("signInNext")
        self._next.setDefault(True)
        self._back = self._buttons.addButton(_("Back"), QDialogButtonBox.ButtonRole.ResetRole)
        self._back.setObjectName("signInBack")
        self._back.clicked.connect(self._on_back)
        self._buttons.accepted.connect(self._on_next)
        self._buttons.rejected.connect(self.reject)
        column = self.content(width=480)
        column.addWidget(self._fault)
        column.addWidget(self._pages, 1)
        self.add_buttons(self._buttons)
        self._address_ready.connect(self._on_address)
        self._turn_to(_WIKI)

    def fill_in(self, account: Account) -> None:
        """Preselect an account's wiki and its way of signing in."""
        self.setWindowTitle(_("Sign in"))
        self._form.expect(account.identity.name)
        address = account.wiki.base_url
        addresses = [choice.address for choice in self._choices]
        known = addresses.index(address) if address in addresses else self._wiki.count() - 1
        self._wiki.setCurrentIndex(known)
        self._typed.setText(address)
        self._known_client = self._control.client_of(account)
        ended = [one.kind for one in account.ended_sign_ins]
        if ended == [SignInKind.SESSION] or account.lack() is SignInLack.GRANT:
            self._ways.choose(Way.SESSION)
        elif account.sign_in(SignInKind.OWNER_TOKEN):
            self._ways.choose(Way.TOKEN)
        self._next.setFocus()

    def begin_with_password(self, account: Account, address: str | None = None) -> None:
        """Begin to sign in with a session on an account's wiki, or on another of its family."""
        self.fill_in(account)
        self._ways.choose(Way.SESSION)
        if address and address != account.wiki.base_url:
            self._wiki.setCurrentIndex(self._wiki.count() - 1)
            self._typed.setText(address)
        self._goes_on = True
        self._find_wiki()

    def done(self, result: int) -> None:
        """Cancel what runs and close."""
        self._control.cancel()
        super().done(result)

    def _make_wiki_page(self) -> QWidget:
        page = QWidget(self)
        self._wiki = Choice("wikiChoice", _("Wiki"), page)
        for choice in self._choices:
            self._wiki.addItem(_(choice.name), choice)
        self._wiki.addItem(_("Another address…"), None)
        self._wiki.currentIndexChanged.connect(self._on_wiki)
        self._typed = QLineEdit(page)
        self._typed.setObjectName("wikiAddress")
        self._typed.setPlaceholderText("https://")
        self._typed.setClearButtonEnabled(True)
        self._typed.setAccessibleName(_("Address of the wiki"))
        self._hint = self._note(page, "")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(_("&Wiki:"), self._wiki)
        form.addRow(_("&Address:"), self._typed)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading(QLabel(_("Which wiki are your events on?"), page)))
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addStretch(1)
        self._on_wiki()
        return page

    def _make_wait_page(self) -> QWidget:
        page = QWidget(self)
        bar = QProgressBar(page)
        bar.setObjectName("signInProgress")
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setMaximumHeight(8)
        bar.setAccessibleName(_("Waiting for the browser"))
        again = QPushButton(_("Open the browser again"), page)
        again.setObjectName("openBrowserAgain")
        again.clicked.connect(lambda: open_link(self._address))
        copy = QPushButton(_("Copy the address"), page)
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
        self._back.setVisible(page in (_WAYS, _FORM))
        self._next.setVisible(page != _WAITING)
        self._next.setEnabled(not self._busy)
        self._next.setText(_("Continue") if page == _WIKI else _("Sign in"))
        if page == _WIKI:
            self._wiki.setFocus()
        elif page == _WAYS:
            self._ways.focus_field()
        elif page == _FORM:
            self._form.focus_first()
        else:
            self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._fault.hide()
        self._turn_to(_WAYS if self._pages.currentIndex() == _FORM else _WIKI)

    @Slot()
    def _on_wiki(self) -> None:
        choice: WikiProfile | None = self._wiki.currentData()
        self._known_client = None
        self._typed.setEnabled(choice is None)
        self._typed.setText(choice.address if choice else "")
        if choice is None:
            hint = _("The wiki needs MediaWiki with Event Registration; this is checked first.")
            self._typed.setFocus()
        elif choice.address == PRACTICE_ADDRESS:
            hint = _("A wiki of your own on this computer, with events and people to try everything on.")
        else:
            hint = _("The address is checked before you sign in.")
        self._hint.setText(hint)

    @Slot()
    def _on_next(self) -> None:
        self._fault.hide()
        if self._busy:
            return
        if self._pages.currentIndex() == _WIKI:
            self._find_wiki()
        elif self._facts is None:
            self._turn_to(_WIKI)
        elif self._pages.currentIndex() == _FORM:
            self._on_answer()
        elif self._ways.way is Way.BROWSER:
            self._sign_in_with_browser(self._facts)
        elif self._ways.way is Way.TOKEN:
            self._sign_in_with_token(self._facts)
        else:
            self._begin_session(self._facts)

    def _find_wiki(self) -> None:
        typed = self._typed.text().strip()
        if typed in ("", "http://", "https://"):
            self._complain(_("Type the address of the wiki first."), self._typed)
            return
        self._set_busy(True)
        choice: WikiProfile | None = self._wiki.currentData()
        if choice and choice.address == PRACTICE_ADDRESS:
            self._control.practise(self, self._on_signed_in, self._on_fault, self._on_ended)
            return
        self._control.find_wiki(self, typed, self._on_found, self._on_fault, self._on_ended)

    def _sign_in_with_browser(self, facts: WikiFacts) -> None:
        client = self._ways.client()
        if not client.client_id:
            self._complain(_("Type the client ID first."), self._ways.client_id)
            return
        if client.oauth1 and not client.secret:
            self._complain(_("OAuth 1.0a needs the client’s secret."), self._ways.client_secret)
            return
        self._wait_heading.setText(_("Go on in your browser"))
        self._waiting.setText(
            _(
                "Approve the sign-in on {site_name}, then come back here. This window waits for five minutes."
            ).format(site_name=facts.site_name)
        )
        self._browser_buttons.show()
        self._set_busy(True)
        self._turn_to(_WAITING)
        self._control.sign_in_with_browser(
            self, facts, client, self._emit_address, self._on_signed_in, self._on_fault, self._on_ended
        )

    def _sign_in_with_token(self, facts: WikiFacts) -> None:
        token = self._ways.token.text().strip()
        if not token:
            self._complain(_("Paste the access token first."), self._ways.token)
            return
        self._wait(_("Signing in…"))
        self._control.sign_in_with_token(
            self, facts, token, self._on_signed_in, self._on_fault, self._on_ended
        )

    def _begin_session(self, facts: WikiFacts) -> None:
        self._wait(_("Asking the wiki what it needs…"))
        self._control.begin_session(self, facts, self._on_step, self._on_fault, self._on_ended)

    @Slot()
    def _on_answer(self) -> None:
        """Send the filled-in fields to the wiki."""
        if self._busy:
            return
        self._fault.hide()
        if missing := self._form.missing():
            label, field = missing
            self._complain(_("Fill in “{rstrip}” first.").format(rstrip=label.rstrip(":")), field)
            return
        values = self._form.values()
        self._wait(_("Signing in…"))
        self._control.answer_session(
            self, values, self._on_step, self._on_signed_in, self._on_fault, self._on_ended
        )

    def _on_step(self, step: SignInStep) -> None:
        if self._facts is None:
            return
        had_task, self._had_task = self._had_task, step.has_task
        self._form.show_step(self._facts.site_name, step)
        self._set_busy(False)
        self._turn_to(_FORM)
        if step.refused and step.message:
            sentence = sign_in_texts.details_refused(had_task=had_task)
            self._fault.say(sentence, Accent.ERROR, wiki_said=step.message)

    def _wait(self, text: str) -> None:
        self._came_from = self._pages.currentIndex()
        self._wait_heading.setText(text)
        self._waiting.setText("")
        self._browser_buttons.hide()
        self._set_busy(True)
        self._turn_to(_WAITING)

    def _emit_address(self, address: str) -> None:
        """Emit the address from another thread, unless the dialog is deleted by then."""
        if isValid(self):
            self._address_ready.emit(address)

    @Slot(str)
    def _on_address(self, address: str) -> None:
        self._address = address
        open_link(address)

    def _on_found(self, facts: WikiFacts) -> None:
        self._facts = facts
        choice: WikiProfile | None = self._wiki.currentData()
        self._ways.show_wiki(facts, self._known_client or (choice.client if choice else None))
        self._turn_to(_WAYS)
        if self._goes_on:
            self._goes_on = False
            self._begin_session(facts)

    def _on_signed_in(self, key: int) -> None:
        self.signed_in.emit(key)
        self.accept()

    def _on_ended(self) -> None:
        self._set_busy(False)
        if self._pages.currentIndex() == _WAITING:
            # Neither signed in nor a fault: an unexpected exception, which the window shows.
            self._turn_to(self._came_from)

    def _on_fault(self, fault: KnownFault) -> None:
        self._set_busy(False)
        if self._pages.currentIndex() == _WAITING:
            self._turn_to(self._came_from)
        accent = Accent.PROGRESSIVE if fault.fault is Fault.CANCELLED else Accent.ERROR
        self._fault.say(fault.sentence, accent, wiki_said=fault.wiki_said)
        if self._pages.currentIndex() == _WIKI:
            (self._typed if self._typed.isEnabled() else self._wiki).setFocus()

    def _complain(self, text: str, field: QWidget) -> None:
        self._fault.say(text, Accent.ERROR)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._next.setEnabled(not busy)
        self._wiki_page.setEnabled(not busy)
        if busy and self._pages.currentIndex() == _WIKI:
            self._next.setText(_("Checking…"))
        elif self._pages.currentIndex() == _WIKI:
            self._next.setText(_("Continue"))
