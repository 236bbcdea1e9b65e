"""The menu bar: every action of the window, with its shortcut."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.views.look.icons import icon
from app.views.widgets.shortcuts import keys_of

Callback = Callable[[], object]


class MainMenus:
    """Adds menus and actions to a menu bar."""

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar

    def add_menu(self, name: str, text: str) -> QMenu:
        """Add a menu."""
        menu = self._bar.addMenu(text)
        menu.setObjectName(name)
        return menu

    @staticmethod
    def add_action(menu: QMenu, name: str, icon_name: str, text: str, callback: Callback) -> QAction:
        """Add an action with its shortcut to a menu, which owns it: `menu.clear()` deletes it."""
        action = QAction(text, menu)
        action.setObjectName(name)
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys := keys_of(name):
            action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: callback())
        menu.addAction(action)
        return action
