"""The main window: the sidebar on the leading side, and beside it Today, the changes or an event."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Qt, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts.account import Account
from app.domain.changes.edit_count import counted_of
from app.domain.wording import local_data_texts
from app.i18n import _, ngettext
from app.models.accounts.account_control import AccountControl
from app.models.changes.outbox_control import OutboxControl
from app.models.preferences import default_wiki, syncs_by_itself
from app.models.sync_control import SyncControl, SyncState
from app.models.workspace import Workspace
from app.views.accounts.wiki_actions import WikiActions
from app.views.desk.desk_opener import DeskOpener
from app.views.events.event_list import EventList
from app.views.look.appearance import Appearance
from app.views.look.colours import Accent
from app.views.look.icons import app_icon
from app.views.organizing.event_actions import EventActions
from app.views.outbox.outbox_notices import OutboxNotices
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import resize_within_screen
from app.views.widgets.shortcuts import keys_of
from app.views.window.closing import Closing
from app.views.window.event_pane import EventPane, EventTab
from app.views.window.menus.file_actions import FileActions
from app.views.window.menus.look_menu import LookMenu
from app.views.window.menus.window_menus import WindowMenus
from app.views.window.need_actions import NeedActions
from app.views.window.notices import Notices
from app.views.window.plain_clipboard import PlainClipboard
from app.views.window.sidebar import Page, Sidebar
from app.views.window.sync_bar import SyncBar
from app.views.window.welcome_page import WelcomePage
from app.views.window.window_dialogs import WindowDialogs
from app.views.window.window_state import WindowState

if TYPE_CHECKING:
    from app.views.outbox.changes_tab import ChangesTab
    from app.views.today.today_page import TodayPage


class MainWindow(QMainWindow):
    """Connects the panes, the menus and the dialogs."""

    def __init__(self, workspace: Workspace, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(_("Event Center"))
        self.setWindowIcon(app_icon())
        self._workspace = workspace
        self._settings = settings
        self.appearance = Appearance(settings, self)
        self.sync = SyncControl(workspace, self)
        self.outbox = OutboxControl(workspace, self.sync, self)
        self.account_control = AccountControl(workspace, self)
        self.event_actions = EventActions(workspace, self.sync, self.outbox, self)
        self.event_actions.preferred_wiki = partial(default_wiki, settings)
        self.sync_bar = SyncBar(self)
        self.banner = Banner("windowBanner", self)
        self.account_banner = Banner("accountBanner", self)
        self.event_list = EventList(workspace, self)
        self.sidebar = Sidebar(workspace, self.event_list, self.sync_bar, self)
        self.event_pane = EventPane(
            workspace, settings, self.event_actions, partial(self._make_changes, "history"), self
        )
        self._pages = QStackedWidget(self)
        self.wikis = WikiActions(workspace, self.sync, self.account_control, self.account_banner, self)
        self._welcome = WelcomePage(self)
        self._trouble: str | None = None
        self.dialogs = WindowDialogs(workspace, settings, self.appearance, self)
        self._files = FileActions(workspace, self.event_pane, self.dialogs, self)
        self.desk_opener = DeskOpener(workspace, self.sync, self)
        self._needs = NeedActions(self.event_actions, self.sync, self.wikis, self)
        self._closing = Closing(workspace, self.sync, self)
        PlainClipboard(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._state = WindowState(settings, self, self._splitter, self.event_list, self.event_pane)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._menu_bar = self._make_menus()
        self.sidebar.set_add_actions(self.event_actions.new, self._menu_bar.add_event)
        self.sidebar.set_keys(keys_of("findAnything") or QKeySequence())
        self.sync_bar.set_menu(self._menu_bar.sync_menu)
        self._state.restore()
        if self.event_pane.event_key is None:
            self.show_page(Page.TODAY)
        self._show_accounts()
        if workspace.mirror.read_only:
            self.banner.say(workspace.mirror.read_only, Accent.WARNING, closable=True)
        self.sync_bar.show_state(self.sync.state)
        self._count_changes()
        self._enable_actions()
        # Last: with a style sheet, each widget that gets another parent has all in it looked at again.
        self.appearance.apply()

    def _make_menus(self) -> WindowMenus:
        menus = WindowMenus(
            self.menuBar(),
            self.event_actions,
            self.sync,
            self.event_pane,
            LookMenu(self.appearance, self),
            {
                "export": self._files.export,
                "report": self._files.report,
                "compare": self._files.compare,
                "calendar": self._files.calendar,
                "certificates": self._files.certificates,
                "importStatistics": self._files.import_statistics,
                "quit": self.close,
                "showChanges": partial(self.show_changes, None),
                "syncOne": self._sync_shown,
                "addEventAction": self._add_event,
                "findParticipant": self._find,
                "findEvent": self.event_list.focus_filter,
                "findAnything": self._find_anything,
                "preferences": self.dialogs.preferences,
                "privacy": self._show_privacy,
                "guide": partial(self.dialogs.guide, "guide.md"),
                "keyboardShortcuts": partial(self.dialogs.guide, "shortcuts.md"),
                "showLog": self.dialogs.log,
                "showToday": partial(self.show_page, Page.TODAY),
                "aboutWiki": self._about_wiki,
                "checkWiki": self._check_wiki,
                "about": self.dialogs.about,
            },
        )
        # New events may be on another wiki of the family, on which the user can sign in too.
        menus.wikis.aboutToShow.connect(partial(self.wikis.fill, menus.wikis))
        return menus

    def _lay_out(self) -> None:
        self._pages.addWidget(self.event_pane)
        self._splitter.setObjectName("mainSplitter")
        self._splitter.addWidget(self.sidebar)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._pages)
        self._splitter.addWidget(content)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([280, 1000])
        self._splitter.setChildrenCollapsible(False)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._welcome)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        Notices(page, content, self.banner, self.account_banner)
        self.setCentralWidget(page)
        resize_within_screen(self, 1280, 800)

    def _connect(self) -> None:
        self.sync.state_changed.connect(self._on_sync)
        self.sync_bar.sync_requested.connect(self.sync.sync_everything)
        self.sync_bar.stop_requested.connect(self.sync.stop)
        self.event_list.sync_event_requested.connect(self.sync.sync_event)
        self.event_list.event_chosen.connect(self._on_chosen)
        self.event_list.add_requested.connect(self._add_event)
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.find_requested.connect(self._find_anything)
        self._needs.change_requested.connect(self.show_changes)
        self._needs.event_requested.connect(self.event_list.choose)
        self._needs.privacy_requested.connect(self._show_privacy)
        self._needs.look_requested.connect(self.event_pane.read_edits)
        self.dialogs.event_added.connect(self._on_added)
        self.dialogs.written.connect(self._on_written)
        self.dialogs.report_written.connect(self._on_report_written)
        self.dialogs.event_found.connect(self.event_list.choose)
        self.dialogs.person_found.connect(self.show_person)
        self.event_pane.send_requested.connect(self.outbox.send)
        self.event_pane.desk_requested.connect(self.desk_opener.open)
        self.event_list.remove_requested.connect(self.event_actions.remove_here)
        self.event_pane.sync_event_requested.connect(self.sync.sync_event)
        self.event_pane.add_requested.connect(self._add_event)
        self._welcome.sign_in_requested.connect(self.add_wiki)
        self._welcome.practice_requested.connect(partial(self.wikis.practise, self._welcome.practice_ended))
        self._notices = OutboxNotices(self._workspace, self.sync, self.outbox, self.banner, self.show_changes)
        self.outbox.queued.connect(self.event_list.choose_new)
        dialogs = self.event_actions.dialogs
        dialogs.written.connect(self._on_written)
        dialogs.failed.connect(self._on_sentence)
        self._files.failed.connect(self._on_sentence)
        self._files.written.connect(self._on_report_written)
        self.wikis.signed_in.connect(self._on_signed_in)
        self.wikis.failed.connect(self._on_sentence)
        self.event_pane.sign_in_requested.connect(self.wikis.sign_in_with_password)
        self._workspace.outbox_changed.connect(self._count_changes)
        self._workspace.accounts_changed.connect(self._show_accounts)
        self._workspace.events_changed.connect(self._enable_actions)
        self._workspace.reading_failed.connect(self._on_sentence)
        self._workspace.jobs.bug_found.connect(self._on_bug)

    def _make_changes(self, name: str) -> "ChangesTab":
        """Return a list of changes whose actions work; `name` begins its object names."""
        from app.views.outbox.changes_tab import ChangesTab

        changes = ChangesTab(self._workspace, name, self)
        dialogs = self.event_actions.dialogs
        changes.send_requested.connect(lambda change: self.outbox.send(change.number))
        changes.retry_requested.connect(self.outbox.retry)
        changes.redo_requested.connect(self.outbox.redo)
        changes.edit_requested.connect(dialogs.edit_change)
        changes.discard_requested.connect(dialogs.discard)
        changes.resolve_requested.connect(dialogs.resolve)
        changes.mark_sent_requested.connect(self.outbox.mark_sent)
        changes.export_requested.connect(dialogs.export_names)
        changes.clear_requested.connect(self.outbox.clear_done)
        return changes

    @cached_property
    def today(self) -> "TodayPage":
        """The start page, made when it is shown first: a window that opens on an event does without."""
        from app.views.today.today_page import TodayPage

        new_event = QPushButton(_("New event"), self)
        new_event.setObjectName("newEventButton")
        new_event.clicked.connect(self.event_actions.new.trigger)
        page = TodayPage(self._workspace, new_event, self)
        page.event_requested.connect(self.event_list.choose)
        page.changes_requested.connect(partial(self.show_page, Page.CHANGES))
        page.need_requested.connect(self._needs.act_on)
        page.person_requested.connect(self.show_person)
        self._pages.addWidget(page)
        return page

    @cached_property
    def changes(self) -> "ChangesTab":
        """The changes of all events, made when they are shown first."""
        page = self._make_changes("changes")
        self._pages.addWidget(page)
        return page

    def _enable_actions(self) -> None:
        key = self.event_pane.event_key
        self._menu_bar.enable(self.sync.state, key, has_accounts=bool(self._workspace.accounts))

    @Slot()
    def add_wiki(self) -> None:
        """Open the dialog that adds a wiki."""
        self.wikis.add_wiki()

    def showEvent(self, event: QShowEvent) -> None:
        """Resume retrying a wiki that is offline."""
        super().showEvent(event)
        self.sync.set_watched(not self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop retrying a wiki that is offline."""
        super().hideEvent(event)
        self.sync.set_watched(False)

    def changeEvent(self, event: QEvent) -> None:
        """Stop and resume retrying when the window is minimized and restored."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.sync.set_watched(self.isVisible() and not self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the sync and save the window's state, unless the user must be asked first."""
        if not self._closing.may_close():
            event.ignore()
            return
        self.sync.stop()
        self.account_control.close()
        self._state.save()
        super().closeEvent(event)

    @Slot()
    def _show_accounts(self) -> None:
        accounts = self._workspace.accounts
        page = self._splitter if accounts else self._welcome
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            if accounts:
                self.event_list.focus_list()
        if not accounts:
            self._welcome.focus_button()
        self.wikis.fill(self._menu_bar.wikis)
        self.wikis.update_banner()
        self._enable_actions()

    @Slot(object)
    def _on_sync(self, state: SyncState) -> None:
        self.sync_bar.show_state(state)
        if state.trouble and state.trouble != self._trouble:
            self.banner.say(state.trouble, Accent.ERROR, closable=True)
        elif self._trouble and not state.trouble and self.banner.text == self._trouble:
            self.banner.hide()
        self._trouble = state.trouble
        self._enable_actions()

    @Slot(int)
    def _on_chosen(self, key: int) -> None:
        self.event_pane.show_event(key)
        self.show_page(Page.EVENT)

    @Slot(int)
    def _on_signed_in(self, key: int) -> None:
        self.sync.sync_account(key)
        self.event_list.focus_list()

    @Slot(int)
    def _on_added(self, key: int) -> None:
        self.event_list.choose(key)
        self.sync.sync_event(key)

    @Slot(int, str)
    def _on_written(self, count: int, path: str) -> None:
        text = ngettext(
            "{count} participant written to {path}", "{count} participants written to {path}", count
        ).format(count=count, path=path)
        self.banner.say(text, Accent.SUCCESS, closable=True)

    @Slot(str)
    def _on_report_written(self, path: str) -> None:
        text = _("Written to {path}").format(path=path)
        self.banner.say(text, Accent.SUCCESS, closable=True)

    @Slot()
    def _on_bug(self) -> None:
        self.banner.say(local_data_texts.bug(), Accent.ERROR, closable=True)

    @Slot(str)
    def _on_sentence(self, sentence: str) -> None:
        self.banner.say(sentence, Accent.ERROR, closable=True)

    def show_changes(self, number: int | None) -> None:
        """Show the outbox, and select a change in it."""
        self.show_page(Page.CHANGES)
        if number is not None:
            self.changes.choose(number)

    @Slot(object)
    def show_page(self, page: Page) -> None:
        """Show Today, the changes of all events, or the selected event."""
        self.sidebar.show_page(page)
        if page is Page.EVENT:
            self._pages.setCurrentWidget(self.event_pane)
        else:
            self.event_list.leave()
            self.event_pane.show_event(None)
            shown = self.today if page is Page.TODAY else self.changes
            self._pages.setCurrentWidget(shown)
            shown.focus_content()
        self._enable_actions()

    @Slot(int, str)
    def show_person(self, key: int, name: str) -> None:
        """Show one of an event's people."""
        self.event_list.choose(key)
        self.event_pane.go_to(EventTab.PARTICIPANTS)
        self.event_pane.participants.show_only()
        self.event_pane.participants.search.setText(name)

    @Slot()
    def _count_changes(self) -> None:
        self.sidebar.count_changes()
        changes = self._workspace.projection.changes
        self.sync_bar.show_pending(len(changes), sum(change.stuck for change in changes))
        usable = {account.key for account in self._workspace.accounts if not account.ended}
        self.sync_bar.show_counted(*counted_of(one for one in changes if one.account_key in usable))

    def _account_shown(self) -> Account | None:
        """Return the account of the event shown, or else the first account."""
        event = self._workspace.find_event(self.event_pane.event_key or 0)
        account = self._workspace.account(event.wiki_key) if event else None
        return account or next(iter(self._workspace.accounts), None)

    @Slot()
    def _about_wiki(self) -> None:
        if account := self._account_shown():
            self.wikis.about(account)

    @Slot()
    def _check_wiki(self) -> None:
        if account := self._account_shown():
            self.wikis.check(account)

    @property
    def syncs_by_itself(self) -> bool:
        """Whether old data is fetched anew when the window opens."""
        return syncs_by_itself(self._settings)

    def _sync_shown(self) -> None:
        if self.event_pane.event_key is not None:
            self.sync.sync_event(self.event_pane.event_key)

    @Slot()
    def _find_anything(self) -> None:
        self.dialogs.find(self._menu_bar.actions())

    @Slot()
    def _add_event(self) -> None:
        if self._workspace.accounts:
            self.dialogs.add_event(self.account_control)
        else:
            self.add_wiki()

    @Slot()
    def _show_privacy(self) -> None:
        self.dialogs.privacy(self.sync.when_stopped)

    def _find(self) -> None:
        if self.event_pane.event_key is None:
            self.event_list.focus_filter()
            return
        self.event_pane.go_to(EventTab.PARTICIPANTS)
        self.event_pane.participants.search.setFocus()
        self.event_pane.participants.search.selectAll()
