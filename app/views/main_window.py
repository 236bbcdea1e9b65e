"""The window: sync bar on top, events on the leading side, the chosen event beside them."""

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.domain import names, wording
from app.domain.account import Account
from app.domain.faults import KnownFault
from app.models.account_control import AccountControl
from app.models.sync_control import SyncControl, SyncPhase, SyncState
from app.models.workspace import Workspace
from app.views.banner import Banner
from app.views.colours import Accent
from app.views.empty_state import EmptyState
from app.views.event_pane import EventPane
from app.views.events_pane import EventsPane
from app.views.icons import app_icon, icon
from app.views.sync_bar import SyncBar


class MainWindow(QMainWindow):
    """Joins the panes, the menus and the dialogs."""

    def __init__(self, workspace: Workspace, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("Event Center"))
        self.setWindowIcon(app_icon())
        self._workspace = workspace
        self._settings = settings
        self.sync = SyncControl(workspace, self)
        self.account_control = AccountControl(workspace, self)
        self.sync_bar = SyncBar(self)
        self.banner = Banner("windowBanner", self)
        self.account_banner = Banner("accountBanner", self)
        self.events = EventsPane(workspace, self)
        self.event = EventPane(workspace, settings, self)
        self._welcome = EmptyState("welcome", "account", self)
        self._welcome.say(
            self.tr("Welcome to Event Center"),
            self.tr(
                "Sign in on the wiki where your events are. Your events and their participants then stay at hand, "
                "with or without a network."
            ),
            self.tr("Add a wiki…"),
        )
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._make_menus()
        self._restore()
        self._show_accounts()
        self.sync_bar.show_state(self.sync.state)

    def _lay_out(self) -> None:
        self._splitter.setObjectName("mainSplitter")
        self._splitter.addWidget(self.events)
        self._splitter.addWidget(self.event)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([300, 980])
        self._splitter.setChildrenCollapsible(False)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._welcome)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.sync_bar, line, self.banner, self.account_banner):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(page)
        self.resize(1280, 800)

    def _connect(self) -> None:
        self.sync.state_changed.connect(self._on_sync)
        self.sync_bar.sync_asked.connect(self.sync.sync_everything)
        self.sync_bar.stop_asked.connect(self.sync.stop)
        self.events.sync_asked.connect(self.sync.sync_everything)
        self.events.sync_event_asked.connect(self.sync.sync_event)
        self.events.event_chosen.connect(self.event.show_event)
        self.events.add_asked.connect(self.add_event)
        self.events.remove_asked.connect(self._ask_remove)
        self.event.sync_event_asked.connect(self.sync.sync_event)
        self.event.export_asked.connect(self.export)
        self.event.add_asked.connect(self.add_event)
        self._welcome.asked.connect(self.add_wiki)
        self._workspace.accounts_changed.connect(self._show_accounts)
        self._workspace.jobs.bug_met.connect(self._on_bug)

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        self._act(file, "export", self.tr("&Export participants…"), "Ctrl+E", self._export_shown)
        file.addSeparator()
        self._act(file, "", self.tr("&Quit"), QKeySequence.StandardKey.Quit, self.close)
        accounts = self.menuBar().addMenu(self.tr("&Wikis"))
        self._accounts_menu = accounts
        events = self.menuBar().addMenu(self.tr("E&vents"))
        self._act(events, "sync", self.tr("&Sync everything"), "F5", self.sync.sync_everything)
        self._act(events, "sync", self.tr("Sync &this event"), "Shift+F5", self._sync_shown)
        self._act(events, "stop", self.tr("S&top the sync"), "Esc", self.sync.stop)
        events.addSeparator()
        self._act(events, "add", self.tr("&Add an event…"), "Ctrl+N", self.add_event)
        view = self.menuBar().addMenu(self.tr("&View"))
        self._act(view, "search", self.tr("Find a &participant"), QKeySequence.StandardKey.Find, self._find)
        self._act(view, "search", self.tr("Find an &event"), "Ctrl+Shift+F", self.events.focus_filter)
        view.addSeparator()
        for number in range(self.event.tabs.count()):
            name = self.event.tabs.tabText(number).partition(" (")[0]
            self._act(
                view, "", name, f"Ctrl+{number + 1}", lambda tab=number: self.event.tabs.setCurrentIndex(tab)
            )
        about = self.menuBar().addMenu(self.tr("&Help"))
        self._act(about, "info", self.tr("&About Event Center"), None, self._about)

    def _act(
        self,
        menu: QMenu,
        picture: str,
        text: str,
        keys: QKeySequence.StandardKey | str | None,
        act: Callable[[], object],
    ) -> QAction:
        action = QAction(text, self)
        if picture:
            action.setIcon(icon(picture))
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action

    @Slot()
    def add_wiki(self) -> None:
        """Open the dialog that adds a wiki."""
        self._open_sign_in("")

    def _open_sign_in(self, address: str) -> None:
        from app.views.sign_in_dialog import SignInDialog

        dialog = SignInDialog(self.account_control, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if address:
            dialog.fill_in(address)
        dialog.signed_in.connect(lambda _key: self.sync.sync_everything())
        dialog.open()

    @Slot()
    def add_event(self) -> None:
        """Open the dialog that adds an event."""
        from app.views.add_event_dialog import AddEventDialog

        if not self._workspace.accounts:
            self.add_wiki()
            return
        dialog = AddEventDialog(self.account_control, self._workspace.accounts, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.added.connect(self._on_added)
        dialog.open()

    @Slot(int)
    def export(self, key: int) -> None:
        """Open the dialog that writes an event's participants to a file."""
        from app.views.export_dialog import ExportDialog

        event = self._workspace.event(key)
        if event is None:
            return
        dialog = ExportDialog(self._workspace, event, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(self._on_written)
        dialog.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.sync.stop()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/splitter", self._splitter.saveState())
        if self.event.event_key is not None:
            self._settings.setValue("window/event", self.event.event_key)
        self._settings.setValue("window/tab", self.event.tabs.currentIndex())
        self.event.participants.save_layout()
        super().closeEvent(event)

    def _restore(self) -> None:
        geometry = self._settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        state = self._settings.value("window/splitter")
        if state is not None:
            self._splitter.restoreState(state)
        tab = self._settings.value("window/tab")
        if tab is not None:
            self.event.tabs.setCurrentIndex(int(tab))
        key = self._settings.value("window/event")
        if key is not None and self._workspace.event(int(key)):
            self.events.choose(int(key))
        if self.event.event_key is None:
            self.events.choose_first()

    @Slot()
    def _show_accounts(self) -> None:
        accounts = self._workspace.accounts
        self._stack.setCurrentWidget(self._splitter if accounts else self._welcome)
        self.sync_bar.setVisible(bool(accounts))
        self._accounts_menu.clear()
        for account in accounts:
            title = f"{names.isolated(account.identity.name)} – {account.wiki.site_name}"
            menu = self._accounts_menu.addMenu(icon("account"), title)
            self._act(
                menu,
                "sign-in",
                self.tr("Sign in again…"),
                None,
                lambda a=account: self._open_sign_in(a.wiki.base_url),
            )
            self._act(
                menu,
                "remove",
                self.tr("Sign out and remove its data…"),
                None,
                lambda a=account: self._ask_sign_out(a),
            )
        if accounts:
            self._accounts_menu.addSeparator()
        self._act(self._accounts_menu, "add", self.tr("&Add a wiki…"), "Ctrl+Shift+N", self.add_wiki)
        self._tell_accounts(accounts)

    def _tell_accounts(self, accounts: list[Account]) -> None:
        ended = next((account for account in accounts if account.ended), None)
        lacking = next((account for account in accounts if wording.lack(account)), None)
        if ended:
            self.account_banner.say(
                wording.sign_in_ended(ended.wiki.site_name),
                Accent.WARNING,
                self.tr("Sign in again…"),
                lambda: self._open_sign_in(ended.wiki.base_url),
            )
        elif lacking:
            self.account_banner.say(wording.lack(lacking) or "", Accent.PROGRESSIVE, closable=True)
        elif self._workspace.mirror.keeps_nothing:
            text = self.tr("This session keeps nothing: when the window closes, what was fetched is gone.")
            self.account_banner.say(text, Accent.WARNING, closable=True)
        else:
            self.account_banner.hide()

    @Slot(object)
    def _on_sync(self, state: SyncState) -> None:
        self.sync_bar.show_state(state)
        if state.trouble:
            self.banner.say(state.trouble, Accent.ERROR, closable=True)
        elif state.phase is SyncPhase.SYNCING and state.progress is None:
            self.banner.hide()
        if state.phase is SyncPhase.IDLE and self.event.event_key is None:
            self.events.choose_first()

    @Slot(int)
    def _on_added(self, key: int) -> None:
        self.events.choose(key)
        self.sync.sync_event(key)

    @Slot(int, str)
    def _on_written(self, count: int, path: str) -> None:
        text = self.tr("%n participant(s) written to %1", "", count).replace("%1", path)
        self.banner.say(text, Accent.SUCCESS, closable=True)

    @Slot()
    def _on_bug(self) -> None:
        text = self.tr(
            "Something went wrong in Event Center itself. Your data was not touched by it; the log in the data folder "
            "has the details."
        )
        self.banner.say(text, Accent.ERROR, closable=True)

    def _on_fault(self, fault: KnownFault) -> None:
        self.banner.say(fault.sentence, Accent.ERROR, closable=True)

    @Slot(int)
    def _ask_remove(self, key: int) -> None:
        event = self._workspace.event(key)
        if event is None:
            return
        text = self.tr("Remove “%1” from this computer?").replace(
            "%1", names.isolated(event.registration.name)
        )
        detail = self.tr(
            "Its participants are removed here, not on the wiki. If it is in your list on the wiki, the next sync "
            "brings it back."
        )
        self._ask("askRemove", text, detail, self.tr("Remove"), lambda: self._workspace.remove_event(key))

    def _ask_sign_out(self, account: Account) -> None:
        text = self.tr("Sign out of %1?").replace("%1", account.wiki.site_name)
        detail = self.tr(
            "Its events and participants are removed from this computer. Nothing changes on the wiki; to withdraw "
            "the program's access there, use Special:OAuthManageMyGrants."
        )
        self._ask(
            "askSignOut",
            text,
            detail,
            self.tr("Sign out"),
            lambda: self.account_control.sign_out(account, lambda: None, self._on_fault),
        )

    def _ask(self, name: str, text: str, detail: str, button: str, act: Callable[[], None]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), text, parent=self)
        box.setObjectName(name)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(detail)
        accept = box.addButton(button, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        accept.clicked.connect(act)
        box.open()

    @Slot()
    def _about(self) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("About Event Center"), "", parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Event Center Desktop {__version__}")
        box.setInformativeText(
            self.tr(
                "The desktop companion for Wikimedia’s Event Registration. Free software under the MIT licence."
            )
        )
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _export_shown(self) -> None:
        if self.event.event_key is not None:
            self.export(self.event.event_key)

    def _sync_shown(self) -> None:
        if self.event.event_key is not None:
            self.sync.sync_event(self.event.event_key)

    def _find(self) -> None:
        self.event.tabs.setCurrentIndex(1)
        self.event.participants.search.setFocus()
        self.event.participants.search.selectAll()
