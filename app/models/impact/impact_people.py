"""The table of what each participant did."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain import names
from app.domain.impact.figures import STAYED, PersonImpact
from app.i18n import N_, _, listed
from app.models.events.event_text import day
from app.models.impact.byte_text import byte_change
from app.reports.impact_people_csv import cells

Index = QModelIndex | QPersistentModelIndex

_AT_END = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
_HEADINGS = (
    N_("Name"),
    N_("Account made"),
    N_("Edits before"),
    N_("Edits"),
    N_("Pages"),
    N_("Bytes"),
    N_("Files"),
    N_("Last edit"),
    N_("Edited again"),
)
_NUMBERS = range(2, 7)
#: The arrow of the sorted column stands at the end of its heading, where that of a number is too.
_ARROW_ROOM = "\u2003\u2002"


class ImpactPeopleModel(QAbstractTableModel):
    """One row per participant, in order of name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._everybody: Sequence[PersonImpact] = ()
        self._persons: Sequence[PersonImpact] = ()
        self._zone: tzinfo = UTC
        self._terms: tuple[str, ...] = ()
        self._order = (3, Qt.SortOrder.DescendingOrder)

    def show_people(self, persons: Sequence[PersonImpact], zone: tzinfo) -> None:
        """Show other people; days are those of a zone."""
        self._everybody, self._zone = persons, zone
        self._arrange()

    def show_names(self, part: str) -> None:
        """Show only people whose name has these words, as the table of participants does."""
        self._terms = names.search_terms(part)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column. Not by a proxy: it would ask for two thousand values one by one."""
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._order
        shown = [one for one in self._everybody if not self._terms or self._has_terms(one.name)]
        shown.sort(key=lambda one: self._value(one, column), reverse=order == Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._persons = shown
        self.endResetModel()

    def _has_terms(self, name: str) -> bool:
        text = names.search_text(name)
        return all(term in text for term in self._terms)

    def shown(self) -> Sequence[PersonImpact]:
        """Return the people in the order of the rows."""
        return self._persons

    def text_of(self, rows: Sequence[int]) -> str:
        """Return rows as text to be pasted into a table, without people who registered privately."""
        chosen = [self._persons[row] for row in rows if not self._persons[row].private]
        return "\n".join("\t".join(cells(one, self._zone)) for one in chosen)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of people."""
        return 0 if parent.isValid() else len(self._persons)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            heading = _(_HEADINGS[section])
            return heading + _ARROW_ROOM if section == self._order[0] and section in _NUMBERS else heading
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return _AT_END
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data for a role."""
        if not index.isValid():
            return None
        person, column = self._persons[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(person, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return _AT_END
        return None

    def _text(self, person: PersonImpact, column: int) -> str:
        number = QLocale().toString
        texts: tuple[Callable[[], str], ...] = (
            lambda: (
                _("{name} (private)").format(name=names.safe(person.name))
                if person.private
                else names.safe(person.name)
            ),
            lambda: self._day(person.registered_at),
            lambda: "" if person.edits_before is None else number(person.edits_before),
            lambda: number(person.edits),
            lambda: number(person.pages),
            lambda: byte_change(QLocale(), person.size_diff),
            lambda: number(person.uploads),
            lambda: self._day(person.last_edit),
            lambda: listed(
                f"{first}–{last}" for (first, last), again in zip(STAYED, person.stayed, strict=True) if again
            ),
        )
        return texts[column]()

    def _value(self, person: PersonImpact, column: int) -> Any:  # noqa: ANN401 - texts or numbers
        return (
            person.name.casefold(),
            person.registered_at or 0,
            -1 if person.edits_before is None else person.edits_before,
            person.edits,
            person.pages,
            person.size_diff,
            person.uploads,
            person.last_edit or 0,
            sum(person.stayed),
        )[column]

    def _day(self, moment: int | None) -> str:
        return day(datetime.fromtimestamp(moment, UTC).astimezone(self._zone)) if moment else ""
