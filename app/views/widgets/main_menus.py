"""The menu bar: every act of the window, with its shortcut."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.views.widgets.icons import icon

Act = Callable[[], object]
Keys = QKeySequence.StandardKey | str | None


class MainMenus:
    """Adds acts to a menu bar."""

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar

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
