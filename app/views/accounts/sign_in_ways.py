"""The ways to sign in on a wiki, and the fields that each needs."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.domain.accounts.account import OAuthClient, WikiFacts
from app.domain.accounts.wiki_profiles import DEFAULT_REDIRECT
from app.i18n import _
from app.views.widgets.text import heading, secondary


class Way(Enum):
    """How to sign in."""

    BROWSER = auto()
    TOKEN = auto()
    SESSION = auto()


class SignInWays(QWidget):
    """Offers OAuth in the browser, an owner-only token, and user name and password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = heading(QLabel(self))
        self._found.setObjectName("wikiFound")
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._browser = QRadioButton(_("Sign in with the &browser (OAuth)"), self)
        self._browser.setObjectName("wayBrowser")
        self._owner = QRadioButton(_("Use an &owner-only access token"), self)
        self._owner.setObjectName("wayToken")
        self._session = QRadioButton(_("Sign in here with user name and &password"), self)
        self._session.setObjectName("waySession")
        self.client_id = self._line("clientId", _("Client ID"))
        self.client_secret = self._line("clientSecret", _("Client secret"), secret=True)
        self.client_secret.setPlaceholderText(_("only where the client has one"))
        self._redirect = self._line("redirectAddress", _("Redirect address"))
        self._oauth1 = QCheckBox(_("The client is registered for OAuth &1.0a"), self)
        self._oauth1.setObjectName("oauth1Client")
        self.token = self._line("ownerToken", _("Access token"), secret=True)
        self._client_fields = QWidget(self)
        client = QFormLayout(self._client_fields)
        client.setContentsMargins(24, 0, 0, 0)
        client.addRow(_("&Client ID:"), self.client_id)
        client.addRow(_("Client &secret:"), self.client_secret)
        client.addRow(_("&Redirect address:"), self._redirect)
        client.addRow("", self._oauth1)
        self._token_fields = QWidget(self)
        token = QFormLayout(self._token_fields)
        token.setContentsMargins(24, 0, 0, 0)
        token.addRow(_("Access &token:"), self.token)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._found)
        column.addWidget(self._browser)
        column.addWidget(self._client_fields)
        column.addWidget(self._owner)
        column.addWidget(self._token_fields)
        column.addWidget(
            self._note(
                _(
                    "Both are made on the wiki, at Special:OAuthConsumerRegistration. The guide “OAuth "
                    "client” in the documentation shows each step."
                )
            )
        )
        column.addWidget(self._session)
        column.addWidget(
            self._note(
                _(
                    "For wikis whose OAuth does not carry the organizer’s rights, as Wikimedia’s do not yet: "
                    "so you can edit events, see private participants and write to people there."
                )
            )
        )
        column.addStretch(1)
        for one in (self._browser, self._owner, self._session):
            one.toggled.connect(self.focus_field)
        self._browser.setChecked(True)
        self.focus_field()

    @property
    def way(self) -> Way:
        """The selected way."""
        if self._session.isChecked():
            return Way.SESSION
        return Way.BROWSER if self._browser.isChecked() else Way.TOKEN

    def choose(self, way: Way) -> None:
        """Preselect a way."""
        chosen = {Way.BROWSER: self._browser, Way.TOKEN: self._owner, Way.SESSION: self._session}
        chosen[way].setChecked(True)

    def client(self) -> OAuthClient:
        """Return the OAuth client that was typed."""
        redirect = self._redirect.text().strip() or DEFAULT_REDIRECT
        secret = self.client_secret.text().strip() or None
        return OAuthClient(self.client_id.text().strip(), secret, redirect, self._oauth1.isChecked())

    def show_wiki(self, facts: WikiFacts, client: OAuthClient | None) -> None:
        """Show which wiki was found, and fill in its OAuth client if one is known."""
        self._found.setText(
            _("{site_name} (MediaWiki {version})").format(site_name=facts.site_name, version=facts.version)
        )
        self.client_id.setText(client.client_id if client else "")
        self.client_secret.setText((client.secret if client else None) or "")
        self._oauth1.setChecked(client is not None and client.oauth1)
        self._redirect.setText(client.redirect_uri if client else DEFAULT_REDIRECT)
        if self._browser.isChecked() and not (client and client.client_id):
            # OAuth in the browser needs a client, and hardly any user has their own.
            self._session.setChecked(True)

    @Slot()
    def focus_field(self) -> None:
        """Focus the first field of the selected way."""
        way = self.way
        self._client_fields.setEnabled(way is Way.BROWSER)
        self._token_fields.setEnabled(way is Way.TOKEN)
        if way is Way.TOKEN:
            self.token.setFocus()
        elif way is Way.BROWSER and not self.client_id.text():
            self.client_id.setFocus()
        else:
            (self._session if way is Way.SESSION else self._browser).setFocus()

    def _line(self, name: str, label: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(label)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def _note(self, text: str) -> QLabel:
        note = secondary(QLabel(text, self))
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setContentsMargins(24, 0, 0, 4)
        return note
