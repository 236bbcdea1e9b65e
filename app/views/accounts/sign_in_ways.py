"""The ways to sign in on a wiki, and the fields that each needs."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.accounts.account import OAuthClient, WikiFacts
from app.domain.accounts.wiki_profiles import DEFAULT_REDIRECT
from app.domain.wikis.page_addresses import page_address
from app.i18n import _
from app.views.look.icons import icon
from app.views.look.margins import set_margins
from app.views.look.text import heading, open_link, secondary
from app.views.widgets.dialog import Dialog

#: The page of the guide about OAuth clients.
_CLIENT_GUIDE = "oauth-client.md"


class Way(Enum):
    """How to sign in."""

    BROWSER = auto()
    TOKEN = auto()
    SESSION = auto()


class SignInWays(QWidget):
    """Offers OAuth in the browser, an owner-only token, and user name and password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base_url = ""
        self._recommended = Way.SESSION
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
        set_margins(client, 24, 0, 0, 0)
        client.addRow(_("&Client ID:"), self.client_id)
        client.addRow(_("Client &secret:"), self.client_secret)
        client.addRow(_("&Redirect address:"), self._redirect)
        client.addRow("", self._oauth1)
        client.addRow("", self._help())
        self._token_fields = QWidget(self)
        token = QFormLayout(self._token_fields)
        set_margins(token, 24, 0, 0, 0)
        token.addRow(_("Access &token:"), self.token)
        self._others = QToolButton(self)
        self._others.setObjectName("otherWays")
        self._others.setText(_("Other ways"))
        self._others.setCheckable(True)
        self._others.setAutoRaise(True)
        self._others.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._others.toggled.connect(self._show_others)
        exclusive = QButtonGroup(self)
        for one in (self._browser, self._owner, self._session):
            exclusive.addButton(one)
        self._blocks = {
            Way.BROWSER: self._block(self._browser, self._client_fields),
            Way.TOKEN: self._block(self._owner, self._token_fields),
            Way.SESSION: self._block(
                self._session,
                self._note(
                    _(
                        "With all the rights of your account: you can edit events, see private participants "
                        "and write to people. On Wikimedia’s wikis, OAuth does not have them yet."
                    )
                ),
            ),
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._arrange(Way.SESSION)
        for one in (self._browser, self._owner, self._session):
            one.toggled.connect(self.focus_field)
        self._browser.setChecked(True)
        self.focus_field()

    def _block(self, button: QRadioButton, fields: QWidget) -> QWidget:
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(button)
        column.addWidget(fields)
        return block

    @Slot()
    def _open_guide(self) -> None:
        from app.views.widgets.guide_window import GuideWindow

        guide = GuideWindow(_CLIENT_GUIDE, self.window())
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show()

    def _help(self) -> QWidget:
        """Return the buttons that lead to where a client is registered, and to how that is done."""
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for name, text, callback in (
            ("registerClient", _("Register a client on the wiki"), self._open_registration),
            ("clientGuide", _("How to do it"), self._open_guide),
        ):
            button = QToolButton(box)
            button.setObjectName(name)
            button.setText(text)
            button.setIcon(icon("external"))
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(callback)
            row.addWidget(button)
        row.addStretch(1)
        return box

    def _arrange(self, first: Way) -> None:
        """Put the recommended way first, and the others under their heading."""
        self._recommended = first
        while self._column.count():
            self._column.takeAt(0)
        self._column.addWidget(self._found)
        self._column.addWidget(self._blocks[first])
        self._column.addWidget(self._others, 0, Qt.AlignmentFlag.AlignLeading)
        for way, block in self._blocks.items():
            if way is not first:
                self._column.addWidget(block)
        self._column.addStretch(1)
        self._show_others()

    @Slot()
    def _show_others(self) -> None:
        shown = self._others.isChecked()
        self._others.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        for way, block in self._blocks.items():
            block.setVisible(shown or way is self._recommended)
        dialog = self.window()
        if isinstance(dialog, Dialog) and dialog.isVisible():
            dialog.fit()

    @Slot()
    def _open_registration(self) -> None:
        open_link(page_address(self._base_url, "Special:OAuthConsumerRegistration/propose"))

    @property
    def way(self) -> Way:
        """The selected way."""
        if self._session.isChecked():
            return Way.SESSION
        return Way.BROWSER if self._browser.isChecked() else Way.TOKEN

    def choose(self, way: Way) -> None:
        """Preselect a way, and show it."""
        chosen = {Way.BROWSER: self._browser, Way.TOKEN: self._owner, Way.SESSION: self._session}
        chosen[way].setChecked(True)
        if way is not self._recommended:
            self._others.setChecked(True)

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
        self._base_url = facts.base_url
        # OAuth in the browser needs a client, and hardly any user has their own.
        has_client = bool(client and client.client_id)
        self._arrange(Way.BROWSER if has_client else Way.SESSION)
        if self._browser.isChecked() and not has_client:
            self._session.setChecked(True)
        self.choose(self.way)

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
