"""The actions on wikis: signing in and out, and help; and the banner about sign-ins."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain import names
from app.domain.accounts.account import Account, SignIn, SignInKind, SignInLack
from app.domain.faults import KnownFault
from app.domain.wording import check_texts, local_data_texts, sign_in_texts, wiki_fault_texts
from app.i18n import _, ngettext
from app.models.accounts.account_control import AccountControl
from app.models.accounts.wiki_control import WikiControl
from app.models.plain_text import button_text
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.widgets.banner import Banner
from app.views.widgets.main_menus import MainMenus
from app.views.widgets.message_boxes import ask

if TYPE_CHECKING:
    from app.views.accounts.sign_in_dialog import SignInDialog


class WikiActions(QObject):
    """The actions on wikis, in the menus and on the banner of accounts."""

    signed_in = Signal(int)
    failed = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        sync: SyncControl,
        control: AccountControl,
        banner: Banner,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace = workspace
        self._sync = sync
        self._control = control
        self._wikis = WikiControl(workspace, self)
        self._banner = banner

    def fill(self, menu: QMenu) -> None:
        """Rebuild the menu of wikis."""
        menu.clear()
        for former in menu.findChildren(QMenu):
            former.setParent(None)
            former.deleteLater()
        accounts = self._workspace.accounts
        for account in accounts:
            self._add_account(menu, account)
        if accounts:
            menu.addSeparator()
        MainMenus.add_action(menu, "addWiki", "add", _("&Add a wiki…"), self.add_wiki)

    def _add_account(self, menu: QMenu, account: Account) -> None:
        key, add_action = account.key, MainMenus.add_action
        title = f"{names.set_apart(account.identity.name)} – {names.set_apart(account.wiki.site_name)}"
        submenu = menu.addMenu(icon("account"), button_text(title))
        submenu.setObjectName(f"account{key}")
        again = partial(self.sign_in, account)
        add_action(submenu, f"signInAgain{key}", "sign-in", _("Sign in again…"), again)
        if not account.has_session:
            with_password = partial(self.sign_in_with_password, account)
            text = _("Sign in with your password too…")
            add_action(submenu, f"signInSession{key}", "sign-in", text, with_password)
        for address in self._other_addresses(account):
            host = urlsplit(address).netloc
            text = button_text(_("Sign in on {host}…").format(host=host))
            there = partial(self.sign_in_with_password, account, address)
            add_action(submenu, f"signInThere{key}_{host}", "sign-in", text, there)
        submenu.addSeparator()
        about, check = partial(self.about, account), partial(self.check, account)
        add_action(submenu, f"aboutWiki{key}", "info", _("About this wiki…"), about)
        add_action(submenu, f"checkWiki{key}", "check", _("Check this wiki…"), check)
        submenu.addSeparator()
        out = partial(self._ask_sign_out, account)
        add_action(submenu, f"signOut{key}", "remove", _("Sign out and remove its data…"), out)

    def _other_addresses(self, account: Account) -> list[str]:
        """Return other wikis of the family with events of the user, on which they have no session."""
        wikis = {
            event.registration.page_wiki for event in self._workspace.events if event.wiki_key == account.key
        }
        addresses = {account.address_of(wiki) for wiki in wikis} - {None, account.wiki.base_url}
        sessions = {
            one.address for one in account.sign_ins if one.kind is SignInKind.SESSION and not one.ended
        }
        return sorted(address for address in addresses if address and address not in sessions)

    def update_banner(self) -> None:
        """Show on the banner which sign-in has ended or lacks rights, with an action that helps."""
        accounts = self._workspace.accounts
        over = next((account for account in accounts if account.ended), None)
        partly = next((account for account in accounts if account.ended_sign_ins), None)
        lacking = next((account for account in accounts if sign_in_texts.lack(account)), None)
        if over:
            self._banner.say(
                wiki_fault_texts.sign_in_ended(over.wiki.site_name),
                Accent.WARNING,
                _("Sign in again…"),
                partial(self.sign_in_anew, over),
                closable=True,
            )
        elif partly:
            self._banner.say(
                sign_in_texts.one_sign_in_ended(partly),
                Accent.WARNING,
                _("Sign in again…"),
                partial(self.sign_in_anew, partly),
                closable=True,
            )
        elif lacking and lacking.lack() is SignInLack.GRANT and not lacking.identity.blocked:
            self._banner.say(
                sign_in_texts.lack(lacking) or "",
                Accent.PROGRESSIVE,
                _("Sign in with your password…"),
                partial(self.sign_in_with_password, lacking),
                closable=True,
            )
        elif lacking:
            self._banner.say(sign_in_texts.lack(lacking) or "", Accent.PROGRESSIVE, closable=True)
        elif self._workspace.mirror.keeps_nothing:
            text = _("This session keeps nothing: when the window closes, what was fetched is gone.")
            self._banner.say(text, Accent.WARNING, closable=True)
        else:
            self._banner.hide()

    def add_wiki(self) -> None:
        """Open the dialog that adds a wiki."""
        self._dialog().open()

    def practise(self, ended: Callable[[], None]) -> None:
        """Start the practice wiki and sign in on it; `ended` is called when that came about or not."""
        self._control.practise(
            self, self.signed_in.emit, lambda fault: self.failed.emit(fault.sentence), ended
        )

    def sign_in(self, account: Account) -> None:
        """Open the dialog for signing in again on a known wiki."""
        dialog = self._dialog()
        dialog.fill_in(account)
        dialog.open()

    def sign_in_with_password(self, account: Account, address: str | None = None) -> None:
        """Open the dialog for a session, on the account's wiki or on another of its family."""
        dialog = self._dialog()
        dialog.begin_with_password(account, address)
        dialog.open()

    def sign_in_anew(self, account: Account) -> None:
        """Open the dialog for the sign-in that has ended."""
        ended = account.ended_sign_ins[0]
        if ended.kind is SignInKind.SESSION:
            self.sign_in_with_password(account, ended.address)
        else:
            self.sign_in(account)

    def _dialog(self) -> "SignInDialog":
        from app.views.accounts.sign_in_dialog import SignInDialog

        dialog = SignInDialog(self._control, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.signed_in.connect(self.signed_in)
        return dialog

    def about(self, account: Account) -> None:
        """Open the dialog about a wiki."""
        from app.views.accounts.wiki_dialogs import AboutWikiDialog

        dialog = AboutWikiDialog(
            self._wikis, self._workspace.accounts, account, self.sign_in, self._ask_forget, self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_forget(self, account: Account, sign_in: SignIn) -> None:
        kind = check_texts.sign_in_kind(sign_in.kind)
        text = _("Forget the sign-in by {kind}?").format(kind=kind)
        detail = _(
            "What was fetched and what waits to be sent stays. What only this sign-in can do has to wait "
            "until you sign in so again."
        )

        def on_fault(fault: KnownFault) -> None:
            self.failed.emit(fault.sentence)

        def forget() -> None:
            self._sync.when_stopped(lambda: self._control.end_sign_in(account, sign_in, on_fault))

        ask(self._window, "askForget", text, detail, _("Forget it"), forget)

    def check(self, account: Account) -> None:
        """Open the dialog that checks a wiki."""
        from app.views.accounts.wiki_dialogs import CheckWikiDialog

        dialog = CheckWikiDialog(self._wikis, self._workspace.accounts, account, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_sign_out(self, account: Account) -> None:
        text = _("Sign out of {site_name}?").format(site_name=names.set_apart(account.wiki.site_name))
        detail = _(
            "Its events and participants are removed from this computer. Nothing changes on the wiki; to "
            "withdraw the program's access there, use Special:OAuthManageMyGrants."
        )
        still = [one for one in self._workspace.projection.changes if one.account_key == account.key]
        if still:
            detail += " " + ngettext(
                "{count} change not sent yet would be lost.",
                "{count} changes not sent yet would be lost.",
                len(still),
            ).format(count=len(still))

        events = {one.key for one in self._workspace.events if one.wiki_key == account.key}
        if events & self._workspace.noted_at_desks():
            detail += " " + local_data_texts.desk_lost()

        def on_fault(fault: KnownFault) -> None:
            self.failed.emit(fault.sentence)

        def sign_out() -> None:
            self._sync.when_stopped(lambda: self._control.sign_out(account, on_fault))

        ask(self._window, "askSignOut", text, detail, _("Sign out"), sign_out)
