"""The window of the desk: it hides everything else, and may need a passphrase to be left."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.desk.hits import Hit
from app.domain.desk.open_desk import OpenDesk
from app.domain.desk.shared_desk import SharedDeskState, SharedDeskStatus
from app.domain.wording import local_data_texts
from app.i18n import _
from app.models.desk import desk_text
from app.models.desk.desk_control import DeskControl
from app.models.desk.walk_in_pages import walk_in_pages
from app.models.events.event_text import EventText
from app.models.plain_text import tool_tip
from app.models.sync_control import SyncControl, SyncState
from app.models.workspace import Workspace
from app.views.desk.check_in.desk_page import DeskPage
from app.views.desk.check_in.kiosk_page import KioskPage
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from app.views.desk.check_in.person_dialog import PersonDialog
from app.views.desk.check_in.qr_page import QrPage
from app.views.desk.check_in.walk_in_dialog import WalkInDialog
from app.views.events.day_tile import DayTile
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import app_icon, icon
from app.views.look.text import lead_paragraphs, secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.pill import Pill


class DeskWindow(QWidget):
    """Application modal: no shortcut of the main window works behind it."""

    #: The desk was left.
    left = Signal()

    def __init__(
        self, workspace: Workspace, sync: SyncControl, desk: OpenDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("deskWindow")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Desk"))
        self.setWindowIcon(app_icon())
        self._workspace = workspace
        self._leaving = False
        #: The events of which it was said that they are over.
        self._told_over: set[int] = set()
        self._day_text = EventText(self)
        self.control = DeskControl(workspace, desk, self)
        self.page = DeskPage(self.control, self)
        self.kiosk = KioskPage(self.control, self)
        self.qr = QrPage(self)
        self.banner = Banner("deskBanner", self)
        self._stack = QStackedWidget(self)
        for page in (self.page, self.kiosk, self.qr):
            self._stack.addWidget(page)
        self._tile = DayTile(1.0, self)
        self._title = ElidedLabel(self)
        strong(self._title)
        self._title.setObjectName("deskTitle")
        self._when = secondary(QLabel(self))
        self._when.setObjectName("deskWhen")
        self._shared = Pill(self)
        self._shared.setObjectName("deskShared")
        self._offline = Pill(self)
        self._offline.setObjectName("deskOffline")
        self._qr_button = self._button("deskQr", _("QR code"), self._show_qr)
        self._leave_button = self._button("deskLeave", _("Leave desk…"), self.leave)
        self._more = QToolButton(self)
        self._more.setObjectName("deskMore")
        self._more.setIcon(icon("more"))
        self._more.setAccessibleName(_("What else the desk can do"))
        self._more.setToolTip(_("What else the desk can do"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu())
        self._lay_out()
        self.control.opened.connect(self._on_opened)
        self.control.failed.connect(self._on_failed)
        # The main window, which tells of these else, is hidden.
        workspace.reading_failed.connect(self._on_failed)
        workspace.jobs.bug_found.connect(self._on_bug)
        self.control.changed.connect(self._update_header)
        self.control.shared.state_changed.connect(self._on_shared)
        self.page.walk_in_requested.connect(self._ask_walk_in)
        self.page.note_requested.connect(self._edit_person)
        self.qr.closed.connect(self._show_desk)
        sync.state_changed.connect(self._on_sync)
        self._on_sync(sync.state)
        self.control.open()
        self._show_desk()

    def _button(self, name: str, text: str, action: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "quiet")
        button.clicked.connect(action)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("deskMenu")
        self._masks = self._action(menu, "deskMasks", _("Hide names of private participants"), self._mask)
        self._masks.setCheckable(True)
        self._masks.setChecked(self.control.desk.masked)
        self._out = self._action(menu, "deskCheckOut", _("Check people out (F4)"), self.page.check_out)
        self._out.setCheckable(True)
        self._action(menu, "deskKiosk", _("Let people type their own name (kiosk)"), self._show_kiosk)
        self._full = self._action(menu, "deskFullScreen", _("Full screen (F11)"), self._fill_screen)
        self._full.setCheckable(True)
        self._events_menu = menu.addMenu(_("Event at hand"))
        self._events_menu.setObjectName("deskEvents")
        menu.aboutToShow.connect(lambda: self._out.setChecked(self.page.checking_out))
        return menu

    def _action(self, menu: QMenu, name: str, text: str, callback: object) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(callback)
        return action

    def _lay_out(self) -> None:
        header = QWidget(self)
        header.setObjectName("deskHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._when)
        row = QHBoxLayout(header)
        row.setContentsMargins(28, 12, 28, 12)
        row.setSpacing(12)
        row.addWidget(self._tile)
        row.addLayout(words, 1)
        row.addWidget(self._shared)
        row.addWidget(self._offline)
        for button in (self._qr_button, self._leave_button, self._more):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        lead_paragraphs(self)

    @Slot()
    def _on_opened(self) -> None:
        self._update_header()
        self._fill_events()

    def _fill_events(self) -> None:
        self._events_menu.clear()
        self._events_menu.menuAction().setVisible(len(self.control.events) > 1)
        for event in self.control.events:
            action = self._events_menu.addAction(names.set_apart(event.registration.name))
            action.setCheckable(True)
            action.setChecked(event.key == self.control.event_at_hand.key)
            action.triggered.connect(partial(self._take_in_hand, event.key))

    def _take_in_hand(self, key: int, _checked: bool = False) -> None:
        self.control.take_in_hand(key)
        self._fill_events()
        self._on_opened()

    @Slot()
    def _update_header(self) -> None:
        if not self.control.ready:
            return
        event = self.control.event_at_hand
        name = names.set_apart(event.registration.name)
        self.setWindowTitle(_("Desk: {event}").format(event=name))
        self._tile.show_day(*self._day_text.tile(event.registration))
        self._title.say(name)
        self._when.setText(desk_text.desk_line(self.control))
        ended = self.control.over_since()
        if ended is not None and event.key not in self._told_over:
            self._told_over.add(event.key)
            self.banner.say(desk_text.over_since(ended), Accent.WARNING, closable=True)

    @Slot(object)
    def _on_sync(self, state: SyncState) -> None:
        offline = state.offline_since is not None
        self._offline.say(_("Offline: everything is kept here") if offline else "", Accent.WARNING)

    @Slot(object)
    def _on_shared(self, state: SharedDeskState) -> None:
        text, accent = desk_text.shared_state(state)
        self._shared.say(text, Accent[accent])
        self._shared.setToolTip(tool_tip(state.sentence))
        if state.status is SharedDeskStatus.REFUSED:
            self.banner.say(state.sentence, Accent.ERROR, closable=True)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.banner.say(sentence, Accent.ERROR, closable=True)

    @Slot()
    def _on_bug(self) -> None:
        self._on_failed(local_data_texts.bug())

    @Slot()
    def _show_desk(self) -> None:
        """Show the staff's page, or the kiosk where it was left open."""
        kiosk = self.control.desk.kiosk
        self._stack.setCurrentWidget(self.kiosk if kiosk else self.page)
        self._qr_button.setVisible(not kiosk)
        self._more.setVisible(not kiosk)
        self._leave_button.setText(_("Leave kiosk…") if kiosk else _("Leave desk…"))
        if kiosk:
            self.kiosk.field.setFocus()
        else:
            self.page.focus_field()

    @Slot()
    def _show_qr(self) -> None:
        if self.control.ready:
            self.qr.show_pages(walk_in_pages(self._workspace, self.control.event_at_hand))
            self._stack.setCurrentWidget(self.qr)

    @Slot()
    def _show_kiosk(self) -> None:
        self.control.set_kiosk(True)
        self._show_desk()

    @Slot(bool)
    def _mask(self, masked: bool) -> None:
        self.control.set_masked(masked)

    @Slot(bool)
    def _fill_screen(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showMaximized()

    @Slot(str)
    def _ask_walk_in(self, typed: str) -> None:
        self._open(WalkInDialog(self.control, typed, self))

    @Slot(object)
    def _edit_person(self, hit: Hit) -> None:
        self._open(PersonDialog(self.control, hit, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._show_desk)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fill the screen or not with F11; go back from the codes with Esc."""
        if event.key() == Qt.Key.Key_F11:
            self._full.toggle()
            self._fill_screen(self._full.isChecked())
        elif event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is self.qr:
            self._show_desk()
        else:
            super().keyPressEvent(event)

    @Slot()
    def leave(self) -> None:
        """Leave the desk, or the kiosk for the staff's page; with a passphrase where one was set."""
        lock = self.control.desk.lock
        if not lock:
            self._leave()
            return
        dialog = PassphraseDialog(lock, self)
        dialog.accepted.connect(self._leave)
        self._open(dialog)

    @Slot()
    def _leave(self) -> None:
        if self.control.desk.kiosk:
            self.control.set_kiosk(False)
            self._show_desk()
            return
        self._leaving = True
        self.control.shared.stop()
        self.control.remember(None)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when the desk is left: closing the window must not show what lies behind it."""
        if not self._leaving:
            event.ignore()
            self.leave()
            return
        super().closeEvent(event)
        self.left.emit()
