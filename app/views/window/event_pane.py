"""The selected event: its header with one action, and tabs with its details."""

from collections.abc import Callable
from enum import IntEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import (
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes.change import Change
from app.domain.events.event import Event, Listing
from app.domain.statistics.people_counts import PeopleGroup
from app.domain.wording import change_texts, wiki_fault_texts
from app.i18n import _
from app.models.events.event_text import EventText
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.margins import mirror_padding
from app.views.organizing.event_actions import EventActions
from app.views.participants.participants_tab import ParticipantsTab
from app.views.widgets.banner import Banner
from app.views.widgets.empty_state import EmptyState
from app.views.window.event_header import EventHeader

if TYPE_CHECKING:
    from app.views.demographics.demographics_tab import DemographicsTab
    from app.views.desk.desk_tab import DeskTab
    from app.views.events.overview_tab import OverviewTab
    from app.views.impact.impact_tab import ImpactTab
    from app.views.outbox.changes_tab import ChangesTab

    _Tab = OverviewTab | ParticipantsTab | DeskTab | DemographicsTab | ImpactTab | ChangesTab


T = TypeVar("T", bound=QWidget)


class EventTab(IntEnum):
    """The tabs, in their order."""

    OVERVIEW = 0
    PARTICIPANTS = 1
    DESK = 2
    DEMOGRAPHICS = 3
    IMPACT = 4
    HISTORY = 5


class EventPane(QWidget):
    """Shows one event. Each tab is made when it is first shown, and filled when it is shown.

    `make_history` returns the list of an event's changes.
    """

    sync_event_requested = Signal(int)
    export_requested = Signal()
    report_requested = Signal()
    add_requested = Signal()
    send_requested = Signal(int)
    #: A desk is to be opened; passes `OpenDesk`.
    desk_requested = Signal(object)
    #: An account that needs a session to show more, and the address of another wiki of its family, or none.
    sign_in_requested = Signal(object, str)

    def __init__(
        self,
        workspace: Workspace,
        settings: QSettings,
        event_actions: EventActions,
        make_history: "Callable[[], ChangesTab]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("eventPane")
        self._workspace = workspace
        self._make_history = make_history
        self._event_actions = event_actions
        self._event: Event | None = None
        self._stale: set[EventTab] = set()
        self._text = EventText(self)
        self._header = EventHeader(workspace, event_actions, self)
        self._header.sync_requested.connect(self._ask_sync)
        self._header.results_requested.connect(partial(self.go_to, EventTab.DEMOGRAPHICS))
        self._header.send_requested.connect(self.send_requested)
        self._banner = Banner("eventBanner", self)
        self.participants = ParticipantsTab(workspace, settings, event_actions, self)
        self.participants.sync_requested.connect(self._ask_sync)
        self.participants.export_requested.connect(self._ask_export)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("eventTabs")
        mirror_padding(self.tabs)
        self.tabs.setDocumentMode(True)
        self._tab_layouts: list[QVBoxLayout] = []
        for text in (
            _("Overview"),
            _("Participants"),
            _("Desk"),
            _("Demographics"),
            _("Impact"),
            _("History"),
        ):
            page = QWidget(self.tabs)
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self._tab_layouts.append(layout)
            self.tabs.addTab(page, text)
        self._put(EventTab.PARTICIPANTS, self.participants)
        self.tabs.setCurrentIndex(EventTab.PARTICIPANTS)
        for number in range(self.tabs.count()):
            self.tabs.setTabToolTip(number, f"{self.tabs.tabText(number)} (Ctrl+{number + 1})")
        self.tabs.currentChanged.connect(self._fill_tab)
        self._empty = EmptyState("eventEmpty", "calendar", self)
        self._empty.say(
            _("No event chosen"),
            _("Choose an event on the left to see its participants and demographics."),
            _("Add an event…"),
        )
        self._empty.requested.connect(self.add_requested)
        self._lay_out()
        workspace.events_changed.connect(self._refresh_facts)
        workspace.event_changed.connect(self._on_event_changed)
        workspace.outbox_changed.connect(self._on_outbox)

    @cached_property
    def overview(self) -> "OverviewTab":
        """The event's figures and facts."""
        from app.views.events.overview_tab import OverviewTab

        overview = OverviewTab(self._workspace, self)
        overview.people_requested.connect(self._show_people)
        overview.sign_in_requested.connect(self.sign_in_requested)
        return self._put(EventTab.OVERVIEW, overview)

    @cached_property
    def desk(self) -> "DeskTab":
        """What belongs to checking people in."""
        from app.views.desk.desk_tab import DeskTab

        desk = DeskTab(self._workspace, self)
        desk.desk_requested.connect(self.desk_requested)
        desk.sync_requested.connect(self._ask_sync)
        desk.sign_in_requested.connect(self._ask_sign_in)
        desk.changes_requested.connect(partial(self.go_to, EventTab.HISTORY))
        return self._put(EventTab.DESK, desk)

    @cached_property
    def demographics(self) -> "DemographicsTab":
        """The participants' answers in charts."""
        from app.views.demographics.demographics_tab import DemographicsTab

        demographics = DemographicsTab(self._workspace, self)
        demographics.sign_in_requested.connect(lambda account: self.sign_in_requested.emit(account, ""))
        demographics.report_requested.connect(self.report_requested)
        return self._put(EventTab.DEMOGRAPHICS, demographics)

    @cached_property
    def impact(self) -> "ImpactTab":
        """What the participants edited, and who of them stayed."""
        from app.views.impact.impact_tab import ImpactTab

        impact = ImpactTab(self._workspace, self)
        count = self._event_actions.count_edits

        def offer() -> None:
            impact.offer_counting(count.isEnabled(), count.toolTip())

        impact.count_requested.connect(count.trigger)
        count.changed.connect(offer)
        offer()
        return self._put(EventTab.IMPACT, impact)

    @cached_property
    def history(self) -> "ChangesTab":
        """The event's changes."""
        return self._put(EventTab.HISTORY, self._make_history())

    def _put(self, tab: EventTab, content: T) -> T:
        """Put a tab's content into its page."""
        self._tab_layouts[tab].addWidget(content)
        return content

    def _content(self, tab: EventTab) -> "_Tab":
        match tab:
            case EventTab.OVERVIEW:
                return self.overview
            case EventTab.PARTICIPANTS:
                return self.participants
            case EventTab.DESK:
                return self.desk
            case EventTab.DEMOGRAPHICS:
                return self.demographics
            case EventTab.IMPACT:
                return self.impact
            case EventTab.HISTORY:
                return self.history

    def go_to(self, tab: EventTab) -> None:
        """Switch to a tab, and focus its content."""
        self.tabs.setCurrentIndex(tab)
        self._content(tab).focus_content()

    @Slot()
    def read_edits(self) -> None:
        """Show what came of the event, and read what is new."""
        self.go_to(EventTab.IMPACT)
        self.impact.read()

    @property
    def event_key(self) -> int | None:
        """The key of the event shown."""
        return self._event.key if self._event else None

    def show_event(self, key: int | None) -> None:
        """Show an event, or the hint to select one."""
        self._event = self._workspace.find_event(key) if key is not None else None
        if self._event is None:
            self._event_actions.show_event(None)
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._page)
        self._event_actions.show_event(self._event)
        self._refresh(self._event)

    def _lay_out(self) -> None:
        self._page = QWidget(self)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._banner)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _update_header(self) -> None:
        event = self._event
        if event is None:
            return
        self._header.show_event(event)
        count = self.locale().toString(event.participants)
        fetched = event.participants or event.participants_complete_at is not None
        people = _("Participants ({count})").format(count=count) if fetched else _("Participants")
        self.tabs.setTabText(EventTab.PARTICIPANTS, people)
        if event.listing is Listing.DELETED:
            self._banner.say(wiki_fault_texts.registration_deleted(event.event_id), Accent.WARNING)
        elif event.listing is Listing.NO_LONGER_LISTED:
            text = _("The wiki no longer lists this event among yours. What was fetched is kept here.")
            self._banner.say(text, Accent.WARNING)
        elif event.listing is Listing.NOT_YET_CREATED:
            text = _("This event is not on the wiki yet: it is waiting to be made.")
            self._say_pending(self._workspace.projection.creation(event.key), text, Accent.PROGRESSIVE)
        elif deletion := self._workspace.projection.deletion(event.key):
            text = _("The registration of this event is waiting to be deleted.")
            self._say_pending(deletion, text, Accent.WARNING)
        else:
            self._banner.hide()

    def _say_pending(self, change: Change | None, waiting: str, accent: Accent) -> None:
        """Show that a change of the whole event waits, or why it needs the user."""
        if change is None or not change.stuck:
            self._banner.say(waiting, accent)
            return
        text = change.sentence or change_texts.change_state(change)
        self._banner.say(
            text,
            Accent.ERROR,
            _("Show"),
            lambda: self._show_change(change.number),
            wiki_said=change.wiki_said,
        )

    def _show_change(self, number: int) -> None:
        self.go_to(EventTab.HISTORY)
        self.history.choose(number)

    @Slot(object)
    def _show_people(self, group: PeopleGroup) -> None:
        self.go_to(EventTab.PARTICIPANTS)
        self.participants.show_only(group)

    @Slot()
    def _on_outbox(self) -> None:
        """Show the pending changes; the participants' table and the list of changes update themselves."""
        if self._event is not None:
            self._stale.add(EventTab.OVERVIEW)
            self._update_header()
            self._fill_tab()

    @Slot()
    def _fill_tab(self) -> None:
        tab = EventTab(self.tabs.currentIndex())
        if self._event is not None and tab in self._stale:
            self._stale.discard(tab)
            self._content(tab).show_event(self._event)

    def _refresh(self, event: Event) -> None:
        self._event = event
        self._stale = set(EventTab)
        self._update_header()
        self._fill_tab()

    @Slot()
    def _refresh_facts(self) -> None:
        if self._event is None:
            return
        before = self._event
        now = self._workspace.find_event(self._workspace.current_key(before.key))
        if now is None:
            self.show_event(None)
        elif now != before:
            self._refresh(now)

    @Slot(int)
    def _on_event_changed(self, key: int) -> None:
        now = self._workspace.find_event(key)
        if now is not None and key == self.event_key:
            self._refresh(now)

    @Slot()
    def _ask_sync(self) -> None:
        if self._event:
            self.sync_event_requested.emit(self._event.key)

    @Slot()
    def _ask_sign_in(self) -> None:
        account = self._workspace.account(self._event.wiki_key) if self._event else None
        if account is not None:
            self.sign_in_requested.emit(account, "")

    @Slot()
    def _ask_export(self) -> None:
        if self._event:
            self.export_requested.emit()
