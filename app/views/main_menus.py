"""The menu bar: every act of the window, with its shortcut."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.domain import names
from app.domain.account import Account
from app.models.plain_text import button_text
from app.views.icons import icon

Act = Callable[[], object]
Keys = QKeySequence.StandardKey | str | None


class MainMenus:
    """Adds acts to a menu bar, and keeps the menu of wikis up to date."""

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar
        self._wikis: QMenu | None = None

    def menu(self, name: str, text: str) -> QMenu:
        """Add a menu."""
        menu = self._bar.addMenu(text)
        menu.setObjectName(name)
        return menu

    @staticmethod
    def act(menu: QMenu, name: str, picture: str, text: str, keys: Keys, act: Act) -> QAction:
        """Add an act to a menu; it goes with the menu's other entries when these are made anew."""
        action = QAction(text, menu)
        action.setObjectName(name)
        if picture:
            action.setIcon(icon(picture))
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action

    def show_accounts(
        self,
        menu: QMenu,
        accounts: list[Account],
        texts: tuple[str, str],
        sign_in: Callable[[Account], object],
        sign_out: Callable[[Account], object],
    ) -> None:
        """Fill the menu of wikis anew; `texts` are those of signing in again and of signing out."""
        menu.clear()
        for former in menu.findChildren(QMenu):
            former.deleteLater()
        for account in accounts:
            key = account.key
            title = f"{names.set_apart(account.identity.name)} – {names.set_apart(account.wiki.site_name)}"
            submenu = menu.addMenu(icon("account"), button_text(title))
            submenu.setObjectName(f"account{key}")
            again, out = texts
            self.act(submenu, f"signInAgain{key}", "sign-in", again, None, partial(sign_in, account))
            self.act(submenu, f"signOut{key}", "remove", out, None, partial(sign_out, account))
        if accounts:
            menu.addSeparator()
