"""The tree of events by group: happening now, upcoming, past, no longer listed, deleted."""

from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Slot,
)

from app.domain import names
from app.domain.events.event import Event, Listing, Phase
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText
from app.models.plain_text import tool_tip
from app.models.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex


class Group(IntEnum):
    """The groups, in their order."""

    NOW = 0
    UPCOMING = 1
    PAST = 2
    NO_LONGER_LISTED = 3
    DELETED = 4


class EventRole(IntEnum):
    """The roles of a row beside Qt's own."""

    KEY = Qt.ItemDataRole.UserRole
    DATES = Qt.ItemDataRole.UserRole + 1
    PLACE = Qt.ItemDataRole.UserRole + 2
    PEOPLE = Qt.ItemDataRole.UserRole + 3
    NOTES = Qt.ItemDataRole.UserRole + 4
    IN_PERSON = Qt.ItemDataRole.UserRole + 5
    IS_GROUP = Qt.ItemDataRole.UserRole + 6
    TILE = Qt.ItemDataRole.UserRole + 7


_GROUP_ID = 0xFFFF
_MS_BETWEEN_UPDATES = 30_000
Arrangement = list[tuple[Group, list[Event]]]


class EventsModel(QAbstractItemModel):
    """A tree of two levels: groups, and the events in them. Groups without events are left out."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._typed = ""
        self._text = EventText(self)
        self._groups = self._arranged(datetime.now(UTC))
        self._pending = self._pending_by_event()
        workspace.events_changed.connect(self.refresh)
        workspace.outbox_changed.connect(self._update_notes)
        # Events begin and end while the window is open.
        self._clock = QTimer(self)
        self._clock.setInterval(_MS_BETWEEN_UPDATES)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()

    def filter(self, typed: str) -> None:
        """Show only events whose title or place contains the typed words."""
        if typed != self._typed:
            self._typed = typed
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Group the events again; the model is reset only if a row has moved."""
        self.refresh_at(datetime.now(UTC))

    def refresh_at(self, now: datetime) -> None:
        """Group the events as of a moment."""
        arranged = self._arranged(now)
        if _keys(arranged) != _keys(self._groups):
            self.beginResetModel()
            self._groups = arranged
            self.endResetModel()
            return
        before, self._groups = self._groups, arranged
        for row, (_group, events) in enumerate(arranged):
            parent = self.index(row, 0)
            for position, event in enumerate(events):
                if event != before[row][1][position]:
                    index = self.index(position, 0, parent)
                    self.dataChanged.emit(index, index)

    def index_of(self, key: int) -> QModelIndex:
        """Return the index of an event; invalid if it is not shown."""
        for row, (_group, events) in enumerate(self._groups):
            for position, event in enumerate(events):
                if event.key == key:
                    return self.index(position, 0, self.index(row, 0))
        return QModelIndex()

    def event_at(self, index: Index) -> Event | None:
        """Return the event of a row, None for a group."""
        if not index.isValid() or index.internalId() == _GROUP_ID:
            return None
        return self._groups[index.internalId()][1][index.row()]

    def first_event(self) -> QModelIndex:
        """Return the index of the first event; invalid if there is none."""
        return self.index(0, 0, self.index(0, 0)) if self._groups else QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a group or of an event in it."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _GROUP_ID)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the group of an event."""
        if not index.isValid() or index.internalId() == _GROUP_ID:
            return QModelIndex()
        return self.createIndex(int(index.internalId()), 0, _GROUP_ID)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of groups, or of events in one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() == _GROUP_ID and parent.column() == 0:
            return len(self._groups[parent.row()][1])
        return 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return one: the delegate paints an event as a whole."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags: events can be selected, groups cannot."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == _GROUP_ID:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's data for a role."""
        if not index.isValid():
            return None
        event = self.event_at(index)
        if event is None:
            return self._group_data(index.row(), role)
        return self._event_data(event, role)

    def _group_data(self, row: int, role: int) -> object:
        group, events = self._groups[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._group_name(group)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ngettext("{group}, {count} event", "{group}, {count} events", len(events)).format(
                count=len(events), group=self._group_name(group)
            )
        if role == EventRole.PEOPLE:
            return QLocale().toString(len(events))
        return True if role == EventRole.IS_GROUP else None

    def _event_data(self, event: Event, role: int) -> object:
        text = self._text
        if role == Qt.ItemDataRole.DisplayRole:
            return names.set_apart(event.registration.name)
        if role == EventRole.KEY:
            return event.key
        if role == EventRole.DATES:
            return text.beside_tile(event.registration)
        if role == EventRole.TILE:
            return text.tile(event.registration)
        if role == EventRole.PLACE:
            where = (text.place(event.registration), self._workspace.wiki_of(event))
            return " · ".join(part for part in where if part)
        if role == EventRole.PEOPLE:
            return QLocale().toString(event.participants)
        if role == EventRole.NOTES:
            return self._notes(event)
        if role == EventRole.IN_PERSON:
            return event.registration.in_person
        if role == EventRole.IS_GROUP:
            return False
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = [
                names.set_apart(event.registration.name),
                text.dates(event.registration),
                text.place(event.registration),
                self._workspace.wiki_of(event),
                text.people(event.participants),
                *self._notes(event),
            ]
            present = [part for part in parts if part]
            return (
                listed(present)
                if role == Qt.ItemDataRole.AccessibleTextRole
                else tool_tip("\n".join(present))
            )
        return None

    def _notes(self, event: Event) -> list[str]:
        return self._text.notes(event, self._workspace.projection.of_event(event.key))

    @Slot()
    def _update_notes(self) -> None:
        """Notify the views of events with other pending changes: a note makes a row taller."""
        pending = self._pending_by_event()
        for row, (_group, events) in enumerate(self._groups):
            parent = self.index(row, 0)
            for position, event in enumerate(events):
                if pending.get(event.key) != self._pending.get(event.key):
                    index = self.index(position, 0, parent)
                    self.dataChanged.emit(index, index)
        self._pending = pending

    def _pending_by_event(self) -> dict[int, tuple[bool, ...]]:
        """Return for each event with open changes which of them need the user."""
        projection = self._workspace.projection
        keys = {change.event_key for change in projection.changes}
        return {key: tuple(change.stuck for change in projection.of_event(key)) for key in keys}

    def _arranged(self, now: datetime) -> Arrangement:
        terms = names.search_terms(self._typed)
        groups: dict[Group, list[Event]] = {group: [] for group in Group}
        for event in self._workspace.events:
            if self._matches(event, terms):
                groups[_group(event, now)].append(event)
        for group, events in groups.items():
            # Events that begin at the same time have a stable order, whatever order the rows are read in.
            events.sort(key=lambda event: (names.search_text(event.registration.name), event.key))
            events.sort(key=lambda event: event.registration.starts_at(), reverse=group >= Group.PAST)
        return [(group, events) for group, events in groups.items() if events]

    def _matches(self, event: Event, terms: tuple[str, ...]) -> bool:
        if not terms:
            return True
        text = (
            f"{event.registration.name} {event.registration.address or ''} {event.registration.country or ''}"
        )
        searched = names.search_text(text)
        return all(term in searched for term in terms)

    def _group_name(self, group: Group) -> str:
        return {
            Group.NOW: _("Happening now"),
            Group.UPCOMING: _("Upcoming"),
            Group.PAST: _("Past"),
            Group.NO_LONGER_LISTED: _("No longer in your list"),
            Group.DELETED: _("Deleted on the wiki"),
        }[group]


def _group(event: Event, now: datetime) -> Group:
    if event.listing is Listing.DELETED:
        return Group.DELETED
    if event.listing is Listing.NO_LONGER_LISTED:
        return Group.NO_LONGER_LISTED
    phases = {Phase.NOW: Group.NOW, Phase.UPCOMING: Group.UPCOMING, Phase.PAST: Group.PAST}
    return phases[event.registration.phase(now)]


def _keys(arranged: Arrangement) -> list[tuple[Group, list[int]]]:
    return [(group, [event.key for event in events]) for group, events in arranged]
