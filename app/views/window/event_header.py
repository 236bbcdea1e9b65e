"""The header of an event: its day, title, times in both zones and state, and the one thing to do now."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.domain import names
from app.domain.events.event import Event, Listing, Phase
from app.domain.events.event_fields import CLOSED
from app.i18n import _
from app.models.events.event_text import EventText
from app.models.workspace import Workspace
from app.views.events.day_tile import DayTile
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import secondary, title
from app.views.organizing.event_actions import EventActions
from app.views.widgets.pill import Pill

_TILE_SCALE = 1.25


class EventHeader(QWidget):
    """Shows an event above its tabs. Its action is the one that an organizer most likely wants now."""

    sync_requested = Signal()
    results_requested = Signal()
    #: The event was not sent yet, and is to be sent now: the number of the change that creates it.
    send_requested = Signal(int)

    def __init__(self, workspace: Workspace, event_actions: EventActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("eventHeader")
        self._workspace = workspace
        self._event_actions = event_actions
        self._event: Event | None = None
        self._text = EventText(self)
        self._tile = DayTile(_TILE_SCALE, self)
        self._title = title(QLabel(self))
        self._title.setObjectName("eventTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._dates = secondary(QLabel(self))
        self._dates.setObjectName("eventDates")
        self._dates.setTextFormat(Qt.TextFormat.PlainText)
        self._dates.setWordWrap(True)
        self._state = Pill(self)
        self._state.setObjectName("eventState")
        self._action = QPushButton(self)
        self._action.setObjectName("eventAction")
        set_role(self._action, "primary")
        self._action.clicked.connect(self._on_action)
        event_actions.email.changed.connect(self._update_action)
        self._more = QToolButton(self)
        self._more.setObjectName("moreActs")
        self._more.setIcon(icon("more"))
        self._more.setAccessibleName(_("What can be done with this event"))
        self._more.setToolTip(_("What can be done with this event"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = event_actions.menu("eventActsMenu", self)
        first = self._menu.actions()[0] if self._menu.actions() else None
        self._sync = QAction(icon("sync"), _("Sync this event"), self._menu)
        self._sync.triggered.connect(lambda _checked=False: self.sync_requested.emit())
        self._sync.setObjectName("syncEvent")
        self._sync.setToolTip(_("Fetch this event and all its people: a full check (Shift+F5)"))
        if first is not None:
            self._menu.insertAction(first, self._sync)
            self._menu.insertSeparator(first)
        self._more.setMenu(self._menu)
        self._lay_out()

    def show_event(self, event: Event) -> None:
        """Show an event."""
        self._event = event
        registration = event.registration
        self._tile.show_day(*self._text.tile(registration))
        self._title.setText(names.set_apart(registration.name))
        wiki = self._workspace.wiki_of(event)
        notes = self._text.notes(event, self._workspace.projection.of_event(event.key))
        parts = [self._text.dates(registration), self._text.place(registration), wiki, *notes]
        if here := self._text.dates_here(registration):
            parts.insert(1, _("your time: {here}").format(here=here))
        self._dates.setText(" · ".join(part for part in parts if part))
        self._state.say(*self._state_of(event))
        self._sync.setEnabled(event.listing is not Listing.NOT_YET_CREATED)
        self._update_action()

    def _state_of(self, event: Event) -> tuple[str, Accent]:
        """Return the state of an event in a word, and its accent."""
        if event.listing is Listing.DELETED:
            return _("Deleted"), Accent.ERROR
        if event.listing is Listing.NOT_YET_CREATED:
            return _("Not on the wiki yet"), Accent.WARNING
        if event.registration.phase(datetime.now(UTC)) is Phase.PAST:
            return _("Ended"), Accent.QUIET
        if event.registration.status == CLOSED:
            return _("Registration closed"), Accent.QUIET
        return _("Registration open"), Accent.SUCCESS

    @Slot()
    def _update_action(self) -> None:
        """Offer what is to be done next: sending a new event, writing to people, or its results."""
        event = self._event
        if event is None:
            return
        email = self._event_actions.email
        if event.listing is Listing.NOT_YET_CREATED:
            self._action.setText(_("Send now"))
            self._action.setToolTip(_("Make this event on the wiki now"))
            self._action.setEnabled(True)
        elif event.registration.phase(datetime.now(UTC)) is Phase.PAST:
            self._action.setText(_("See results"))
            self._action.setToolTip(_("Show the demographics of the event"))
            self._action.setEnabled(True)
        else:
            self._action.setText(_("E-mail people…"))
            self._action.setToolTip(email.toolTip())
            self._action.setEnabled(email.isEnabled())

    @Slot()
    def _on_action(self) -> None:
        event = self._event
        if event is None:
            return
        if event.listing is Listing.NOT_YET_CREATED:
            if creation := self._workspace.projection.creation(event.key):
                self.send_requested.emit(creation.number)
        elif event.registration.phase(datetime.now(UTC)) is Phase.PAST:
            self.results_requested.emit()
        else:
            self._event_actions.email.trigger()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._dates)
        words.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeading)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 8)
        row.setSpacing(12)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for button in (self._action, self._more):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
