"""The table of an event's participants: all ids in memory, rows read when they are shown."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from time import perf_counter

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from app.domain import names
from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.domain.people.people_columns import NAME, TABLE_COLUMNS, ColumnKind
from app.domain.wording import people_texts
from app.models.people.person_text import PersonText
from app.models.people.row_blocks import BLOCK, RowBlocks
from app.models.people.row_changes import row_changes
from app.models.plain_text import tool_tip
from app.models.workspace import Workspace
from app.store.people.people_list import PeopleFilter as PeopleFilter
from app.store.people.people_list import PeopleList, PeopleOrder, first_people

Index = QModelIndex | QPersistentModelIndex

_FIRST = 80
#: Seconds that one step of loading may block the window's thread.
_STEP_SECONDS = 0.006
#: Milliseconds before loading goes on after a new result's first rows, so that these are painted first.
_MS_AFTER_PAINTING = 20


class PersonRole(IntEnum):
    """The roles of a row beside Qt's own."""

    PARTICIPANT_ID = Qt.ItemDataRole.UserRole + 1
    #: Whether an open change removes this person.
    LEAVING = Qt.ItemDataRole.UserRole + 2


_NAME = TABLE_COLUMNS.index(NAME)
_TRAILING_COLUMNS = frozenset(
    place for place, column in enumerate(TABLE_COLUMNS) if column.kind is ColumnKind.NUMBER
)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TEXTS = (_DISPLAY, _ACCESSIBLE)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TRAILING = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
_ID = int(PersonRole.PARTICIPANT_ID)
_LEAVING = int(PersonRole.LEAVING)


class ParticipantsModel(QAbstractTableModel):
    """The people of one event, filtered while the user types and sorted by any column.

    The first rows are shown at once; the rest of a long list is gathered in short steps.
    """

    #: The number of people found has changed, or all of them are found.
    found_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._event: Event | None = None
        self._order = PeopleOrder.NAME
        self._descending = False
        self._filter = PeopleFilter()
        self._ids: array[int] = array("q")
        self._list: PeopleList | None = None
        self._hits: Iterator[int] | None = None
        self._gathered: array[int] = array("q")
        self._replacing = False
        self._text = PersonText(self)
        self._rows = RowBlocks(workspace, self._text)
        self._step = QTimer(self)
        self._step.setInterval(0)
        self._step.timeout.connect(self._gather)
        self._request = 0
        self._headings = self._text.headings(None)
        self._leaving: frozenset[int] = frozenset()
        workspace.outbox_changed.connect(self._mark_leaving)

    @property
    def shown_event(self) -> Event | None:
        """The event whose people are shown."""
        return self._event

    @property
    def filter(self) -> PeopleFilter:
        """The filter on the people shown."""
        return self._filter

    @property
    def found(self) -> int:
        """How many people are found so far."""
        return len(self._ids) + (0 if self._replacing else len(self._gathered))

    @property
    def replacing(self) -> bool:
        """Whether the rows are still those from before a refresh."""
        return self._replacing

    @property
    def gathering(self) -> bool:
        """Whether more people may still be found."""
        return self._hits is not None or (self._event is not None and self._list is None)

    def show_event(self, event: Event | None) -> None:
        """Show the people of an event, or of none."""
        same = event is not None and self._event is not None and event.key == self._event.key
        self._event = event
        self._leaving = self._leaving_now()
        self._update_headings()
        if not same:
            self._filter = PeopleFilter()
        self._reload(keep_rows=same)

    def set_filter(self, wanted: PeopleFilter) -> None:
        """Show only the people who match a filter."""
        if wanted != self._filter:
            self._filter = wanted
            if self._list is None:
                return
            if wanted.needs_marks and not self._list.marked:
                self._reload(keep_rows=False)
            else:
                self._show_hits()

    def ids(self) -> list[int]:
        """Return the participant ids of all people found, in order; gathers the rest first."""
        if self._hits is not None:
            self._gathered.extend(self._hits)
            self._finish()
        return self._ids.tolist()

    def private_among(self, ids: Sequence[int]) -> int:
        """Return how many of the people found with these ids are private."""
        if self._list is None or self._filter.private is False:
            return 0
        private = set(self._list.all_hits(replace(self._filter, private=True)))
        return sum(one in private for one in ids)

    def ids_between(self, first: int, last: int) -> list[int]:
        """Return the participant ids of the rows from first to last."""
        return self._ids[first : last + 1].tolist()

    def row_of(self, participant_id: int) -> int:
        """Return a person's row, -1 if they are not shown."""
        try:
            return self._ids.index(participant_id)
        except ValueError:
            return -1

    def person(self, row: int) -> Participant | None:
        """Return the person of a row, None if they were removed since."""
        if not 0 <= row < len(self._ids):
            return None
        people = self._block(row // BLOCK)[1]
        wanted = self._ids[row]
        return next((person for person in people if person.participant_id == wanted), None)

    def text_to_copy(self, row: int, column: int) -> str:
        """Return a cell's text for the clipboard, without the isolation marks that are used on screen."""
        person = self.person(row) if column == _NAME else None
        if person is not None:
            return names.safe(people_texts.person_name(person))
        return names.unmarked(str(self.data(self.index(row, column), _DISPLAY) or ""))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many people are shown so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(TABLE_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TABLE_COLUMNS):
            return None
        if role == _DISPLAY:
            return self._headings[section]
        if role == _ALIGNMENT and section in _TRAILING_COLUMNS:
            return _TRAILING
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data for a role."""
        row = index.row()
        if not 0 <= row < len(self._ids):
            return None
        if role in _TEXTS:
            rows = self._block(row // BLOCK)[0]
            offset = row % BLOCK
            return rows[offset][index.column()] if offset < len(rows) else ""
        if role == _ALIGNMENT:
            return _TRAILING if index.column() in _TRAILING_COLUMNS else None
        if role == _TOOL_TIP:
            return tool_tip(self._whole_text(index)) or None
        if role == _ID:
            return self._ids[row]
        if role == _LEAVING and self._leaving:
            person = self.person(row)
            return person is not None and person.user_id in self._leaving
        return None

    def _whole_text(self, index: Index) -> str:
        """Return a cell's text without shortening."""
        column, person = TABLE_COLUMNS[index.column()], self.person(index.row())
        if column.kind is ColumnKind.ANSWER and person is not None:
            return people_texts.answer_text(person, column.question)
        return str(self.data(index, _DISPLAY))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the people by a column."""
        wanted = PeopleOrder(TABLE_COLUMNS[column].key) if column >= 0 else PeopleOrder.NAME
        descending = order == Qt.SortOrder.DescendingOrder
        if (wanted, descending) != (self._order, self._descending):
            self._order, self._descending = wanted, descending
            self._reload(keep_rows=False)

    def _reload(self, *, keep_rows: bool) -> None:
        """Show the first people at once, and read the whole list in the background.

        With `keep_rows`, the old rows stay until the new list is loaded: a refresh must not flicker.
        """
        self._request += 1
        self._stop_gathering()
        event = self._event
        if not keep_rows:
            first: list[int] = []
            if event is not None and self._filter == PeopleFilter():
                first = self._first_people(event)
            self._list = None
            self._reset(first)
        if event is None:
            return
        request, order, descending = self._request, self._order, self._descending
        marked = self._filter.needs_marks
        self._workspace.read_in_background(
            self,
            lambda reader: PeopleList(reader, event.key, order, descending=descending, marked=marked),
            lambda found: self._on_list(request, found, keep_rows=keep_rows),
        )

    def _first_people(self, event: Event) -> list[int]:
        reader = self._workspace.reader
        nobody: list[int] = []
        return self._workspace.read(
            lambda: first_people(reader, event.key, self._order, descending=self._descending, limit=_FIRST),
            nobody,
        )

    def _on_list(self, request: int, found: PeopleList, *, keep_rows: bool) -> None:
        if request != self._request:
            return
        self._list = found
        if keep_rows:
            self._stop_gathering()
            self._hits = found.hits(self._filter)
            self._replacing = True
            self._step.start(0)
        else:
            self._show_hits()

    def _show_hits(self) -> None:
        assert self._list is not None  # noqa: S101 - its callers check this
        self._stop_gathering()
        self._hits = self._list.hits(self._filter)
        first: list[int] = []
        for participant_id in self._hits:
            first.append(participant_id)
            if len(first) == _FIRST:
                break
        else:
            self._hits = None
        if self._ids[: len(first)].tolist() != first:
            self._reset(first)
        else:
            # The first rows are the same: only the rest is gathered again, so that the view does not scroll.
            self._trim(len(first))
        if self._hits is not None:
            self._step.start(_MS_AFTER_PAINTING)

    def _trim(self, length: int) -> None:
        self._rows.clear()
        if len(self._ids) > length:
            self.beginRemoveRows(QModelIndex(), length, len(self._ids) - 1)
            del self._ids[length:]
            self._rows.clear()
            self.endRemoveRows()
        self._emit_all_changed()

    def _emit_all_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(TABLE_COLUMNS) - 1))
        self.found_changed.emit()

    @Slot()
    def _gather(self) -> None:
        """Gather more people for a few milliseconds."""
        if self._hits is None:
            self._step.stop()
            return
        if self._step.interval():
            self._step.setInterval(0)
        end = perf_counter() + _STEP_SECONDS
        gathered = self._gathered
        for participant_id in self._hits:
            gathered.append(participant_id)
            if len(gathered) % 256 == 0 and perf_counter() > end:
                return
        self._finish()

    def _finish(self) -> None:
        self._step.stop()
        self._hits = None
        gathered, self._gathered = self._gathered, array("q")
        if self._replacing:
            self._replace(gathered)
            return
        if gathered:
            start = len(self._ids)
            self.beginInsertRows(QModelIndex(), start, start + len(gathered) - 1)
            self._ids.extend(gathered)
            last = start // BLOCK
            self._rows.forget(last)
            self.endInsertRows()
        self.found_changed.emit()

    def _replace(self, fresh: "array[int]") -> None:
        """Replace the old rows; those that stay keep their selection and scroll position."""
        self._rows.clear()
        changes = row_changes(self._ids, fresh)
        if changes is None:
            self._reset(fresh.tolist())
            self._replacing = False
            return
        for change in changes:
            first, last = change.row, change.row + change.count - 1
            if change.added is None:
                self.beginRemoveRows(QModelIndex(), first, last)
                del self._ids[first : last + 1]
                self._rows.clear()
                self.endRemoveRows()
            else:
                self.beginInsertRows(QModelIndex(), first, last)
                self._ids[first:first] = change.added
                self._rows.clear()
                self.endInsertRows()
        self._replacing = False
        self._emit_all_changed()

    def _stop_gathering(self) -> None:
        self._step.stop()
        self._replacing = False
        self._hits = None
        self._gathered = array("q")

    def _reset(self, ids: list[int]) -> None:
        self.beginResetModel()
        self._ids = array("q", ids)
        self._rows.clear()
        self.endResetModel()
        self.found_changed.emit()

    def _block(self, number: int) -> tuple[list[tuple[str, ...]], list[Participant]]:
        return self._rows.get(number, self._ids, self._event, self._leaving)

    def _leaving_now(self) -> frozenset[int]:
        event = self._event
        return frozenset(self._workspace.projection.removals(event.key)) if event else frozenset()

    @Slot()
    def _mark_leaving(self) -> None:
        """Update the marks of people whom an open change removes, if any mark has changed."""
        leaving = self._leaving_now()
        if leaving != self._leaving:
            self._leaving = leaving
            self._rows.clear()
            if self._ids:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(self._ids) - 1, len(TABLE_COLUMNS) - 1)
                )

    def _update_headings(self) -> None:
        headings = self._text.headings(self._event.registration.zone() if self._event else None)
        if headings != self._headings:
            self._headings = headings
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)
