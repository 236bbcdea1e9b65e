"""The menus of the main window."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.i18n import _
from app.models.sync_control import SyncControl, SyncPhase, SyncState
from app.views.organizing.event_actions import EventActions
from app.views.widgets.main_menus import MainMenus
from app.views.window.event_pane import EventPane, EventTab


class WindowMenus:
    """Makes the menus; `wikis` is filled by whoever knows the accounts.

    `callbacks` are the window's, by the name of the action.
    """

    def __init__(
        self,
        bar: QMenuBar,
        event_actions: EventActions,
        sync: SyncControl,
        pane: EventPane,
        look: QMenu,
        callbacks: Mapping[str, Callable[[], object]],
    ) -> None:
        self._bar = bar
        self._menus = menus = MainMenus(bar)
        add_action = menus.add_action
        file = menus.add_menu("fileMenu", _("&File"))
        self._export = add_action(file, "export", "export", _("&Export participants…"), callbacks["export"])
        self._report = add_action(file, "report", "chart", _("&Report…"), callbacks["report"])
        add_action(file, "compare", "chart", _("E&vents side by side…"), callbacks["compare"])
        text = _("Certi&ficates of attendance…")
        self._certificates = add_action(file, "certificates", "check", text, callbacks["certificates"])
        add_action(file, "calendar", "calendar", _("&Calendar file…"), callbacks["calendar"])
        text = _("&Import response statistics…")
        self._import = add_action(file, "importStatistics", "", text, callbacks["importStatistics"])
        file.addSeparator()
        add_action(file, "quit", "", _("&Quit"), callbacks["quit"])
        edit = menus.add_menu("editMenu", _("E&dit"))
        edit.addAction(event_actions.undo)
        edit.addAction(event_actions.redo)
        add_action(edit, "showChanges", "outbox", _("Show all &changes"), callbacks["showChanges"])
        edit.addSeparator()
        add_action(edit, "privacy", "lock", _("Personal &data…"), callbacks["privacy"])
        add_action(edit, "preferences", "", _("&Preferences…"), callbacks["preferences"])
        self.wikis = menus.add_menu("wikisMenu", _("&Wikis"))
        event = menus.add_menu("eventMenu", _("Eve&nt"))
        event.addAction(event_actions.new)
        text = _("Add an event &by its link…")
        self.add_event = add_action(event, "addEventAction", "add", text, callbacks["addEventAction"])
        event.addSeparator()
        event_actions.fill(event)
        event.addSeparator()
        self._sync_one = add_action(event, "syncOne", "sync", _("Sync t&his event"), callbacks["syncOne"])
        self._sync_all = add_action(event, "syncAll", "sync", _("Sync all e&vents"), sync.sync_everything)
        self._stop = add_action(event, "stop", "stop", _("Sto&p the sync"), sync.stop)
        #: The menu at the foot of the sidebar.
        self.sync_menu = QMenu(bar)
        self.sync_menu.setObjectName("syncMenuEntries")
        self.sync_menu.addActions((self._sync_all, self._stop))
        self.sync_menu.addSeparator()
        self.sync_menu.addMenu(self.wikis)
        self._add_view(callbacks, pane, look)
        about = menus.add_menu("helpMenu", _("&Help"))
        add_action(about, "guide", "info", _("&Guide"), callbacks["guide"])
        add_action(about, "keyboardShortcuts", "", _("&Keyboard shortcuts"), callbacks["keyboardShortcuts"])
        add_action(about, "showLog", "", _("Show the &log"), callbacks["showLog"])
        about.addSeparator()
        self._wiki_help = [
            add_action(about, "aboutWiki", "info", _("About this &wiki…"), callbacks["aboutWiki"]),
            add_action(about, "checkWiki", "check", _("&Check this wiki…"), callbacks["checkWiki"]),
        ]
        about.addSeparator()
        add_action(about, "about", "info", _("&About Event Center"), callbacks["about"])

    def _add_view(self, callbacks: Mapping[str, Callable[[], object]], pane: EventPane, look: QMenu) -> None:
        view, add_action = self._menus.add_menu("viewMenu", _("&View")), self._menus.add_action
        add_action(view, "findAnything", "search", _("Find &anything…"), callbacks["findAnything"])
        add_action(view, "findParticipant", "search", _("Find a &participant"), callbacks["findParticipant"])
        add_action(view, "findEvent", "search", _("Find an &event"), callbacks["findEvent"])
        view.addSeparator()
        add_action(view, "showToday", "today", _("T&oday"), callbacks["showToday"])
        for tab in EventTab:
            add_action(view, f"tab{tab + 1}", "", pane.tabs.tabText(tab), partial(pane.go_to, tab))
        view.addSeparator()
        view.addMenu(look)

    def actions(self) -> list[QAction]:
        """Return the actions that are possible now, to be found by their names."""
        found: dict[str, QAction] = {}
        waiting = [action.menu() for action in self._bar.actions()]
        while waiting:
            menu = waiting.pop(0)
            if not isinstance(menu, QMenu):
                continue
            for action in menu.actions():
                if action.menu():
                    waiting.append(action.menu())
                elif action.isEnabled() and not action.isSeparator():
                    found.setdefault(action.objectName(), action)
        return list(found.values())

    def enable(self, state: SyncState, event_key: int | None, *, has_accounts: bool) -> None:
        """Enable the actions that are possible now: a shortcut that does nothing would look broken."""
        for action in (self._export, self._import, self._certificates):
            action.setEnabled(event_key is not None and event_key > 0)
        self._sync_one.setEnabled(event_key is not None and event_key > 0)
        for action in (self._sync_all, *self._wiki_help):
            action.setEnabled(has_accounts)
        self._stop.setEnabled(state.phase is not SyncPhase.IDLE)
