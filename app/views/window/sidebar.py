"""The sidebar: Today, the changes, the events, and at its foot the account and the state of the sync."""

from enum import Enum
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.i18n import _
from app.models.accounts.practice_wiki import is_practice
from app.models.workspace import Workspace
from app.views.events.event_list import EventList
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import app_icon, icon
from app.views.look.margins import mirror_padding, set_margins
from app.views.look.text import strong
from app.views.widgets.pill import Pill
from app.views.widgets.shortcuts import keys_of
from app.views.window.sync_bar import SyncBar


class Page(Enum):
    """What fills the window beside the sidebar."""

    TODAY = "today"
    CHANGES = "changes"
    EVENT = "event"


class Sidebar(QWidget):
    """Where everything is found; emits the page that the user chooses."""

    page_chosen = Signal(object)
    find_requested = Signal()

    def __init__(
        self, workspace: Workspace, event_list: EventList, sync_bar: SyncBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._events = event_list
        self._sync_bar = sync_bar
        self._practice = Pill(self)
        self._practice.setObjectName("practicePill")
        self._find = QToolButton(self)
        self._find.setObjectName("findAnything")
        self._find.setIcon(icon("search", Accent.QUIET))
        self._find.setText(_("Find anything"))
        self._find.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._find.clicked.connect(self.find_requested)
        self._keys = Pill(self._find)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._add = QToolButton(self)
        self._add.setObjectName("addEvent")
        self._add.setIcon(icon("add"))
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        mirror_padding(self._add)
        self.buttons = {
            Page.TODAY: self._entry("showToday", "today", _("Today"), Page.TODAY),
            Page.CHANGES: self._entry("showOutbox", "outbox", _("Changes"), Page.CHANGES),
        }
        self._badge = Pill(self.buttons[Page.CHANGES])
        self._badge.setObjectName("changesBadge")
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        workspace.accounts_changed.connect(self._show_accounts)
        self._show_accounts()
        self.count_changes()

    def set_add_actions(self, new: QAction, by_link: QAction) -> None:
        """Let the button make a new event, and its menu add one by its link."""
        self._add.setAccessibleName(_("New event"))
        self._add.setToolTip(new.toolTip())
        self._add.clicked.connect(new.trigger)
        menu = QMenu(self._add)
        menu.setObjectName("addEventMenu")
        menu.addAction(new)
        menu.addAction(by_link)
        self._add.setMenu(menu)

    def set_keys(self, keys: QKeySequence) -> None:
        """Show the keys that find anything."""
        text = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self._keys.say(text, Accent.QUIET)
        self._find.setToolTip(_("Find an event, a person or an action ({keys})").format(keys=text))

    def show_page(self, page: Page) -> None:
        """Mark the entry of the page that is shown."""
        for one, button in self.buttons.items():
            button.setChecked(one is page)

    @Slot()
    def count_changes(self) -> None:
        """Show how many changes are not done, and whether one of them needs the user."""
        changes = self._workspace.projection.changes
        stuck = any(change.stuck for change in changes)
        text = self.locale().toString(len(changes)) if changes else ""
        self._badge.say(text, Accent.WARNING if stuck else Accent.PROGRESSIVE)
        name = _("Changes ({count})").format(count=text) if changes else _("Changes")
        self.buttons[Page.CHANGES].setAccessibleName(name)

    @Slot()
    def _show_accounts(self) -> None:
        accounts = self._workspace.accounts
        self._sync_bar.show_accounts(accounts)
        practises = any(map(is_practice, accounts))
        self._practice.say(_("Practice wiki") if practises else "", Accent.WARNING)

    def _entry(self, name: str, icon_name: str, text: str, page: Page) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        button.setText(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        if keys := keys_of(name):
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(_("{action} ({keys})").format(action=text, keys=shown))
        set_role(button, "entry")
        # A click on the entry that is shown must not unmark it.
        button.clicked.connect(partial(self._choose, page))
        return button

    def _choose(self, page: Page) -> None:
        self.show_page(page)
        self.page_chosen.emit(page)

    def _lay_out(self) -> None:
        sign = QLabel(self)
        sign.setPixmap(app_icon().pixmap(QSize(22, 22), self.devicePixelRatioF()))
        name = strong(QLabel(_("Event Center"), self))
        brand = QHBoxLayout()
        brand.setContentsMargins(20, 12, 20, 4)
        brand.setSpacing(8)
        brand.addWidget(sign)
        brand.addWidget(name)
        brand.addStretch(1)
        brand.addWidget(self._practice)
        set_role(self._find, "search")
        self._find.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        inside = QHBoxLayout(self._find)
        set_margins(inside, 0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._keys)
        search = QHBoxLayout()
        search.setContentsMargins(12, 4, 12, 8)
        search.setSpacing(4)
        search.addWidget(self._find, 1)
        search.addWidget(self._add)
        entries = QVBoxLayout()
        entries.setContentsMargins(8, 0, 8, 4)
        entries.setSpacing(2)
        for button in self.buttons.values():
            entries.addWidget(button)
        badge = QHBoxLayout(self.buttons[Page.CHANGES])
        set_margins(badge, 0, 0, 10, 0)
        badge.addStretch(1)
        badge.addWidget(self._badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(brand)
        column.addLayout(search)
        column.addLayout(entries)
        column.addWidget(self._events, 1)
        column.addWidget(self._sync_bar)
        order = [self._find, self._add, *self.buttons.values(), self._events.view, *self._sync_bar.buttons]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)
