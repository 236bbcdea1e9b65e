"""The frame that lists of people share: the event at the top, where the list is from at the bottom."""

from abc import abstractmethod
from collections.abc import Iterable
from functools import cached_property
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageSize

from app.domain import names
from app.i18n import _
from app.models.desk.printing.fitted_text import TextStyle, fitted
from app.models.desk.printing.page_canvas import LINE, PageCanvas
from app.models.desk.printing.paper import MM
from app.models.desk.printing.printed_pages import PrintedPages
from app.models.desk.printing.printed_people import PrintedEvent, PrintedPerson, in_order, printed_text

_TITLE: Final = TextStyle(17, 11, lines=2, bold=True)
_UNDER_TITLE: Final = TextStyle(10, 8, lines=2)
_KIND: Final = TextStyle(10, 8, bold=True)
_WARNING: Final = TextStyle(8, 6.5, bold=True)
_FOOT: Final = TextStyle(7, 6, lines=2)
_PAGE_OF: Final = TextStyle(8, 6)

_TOP_EDGE: Final = Qt.AlignmentFlag.AlignTop

_SIDE: Final = 15 * MM
_TOP: Final = 14 * MM
_BOTTOM: Final = 11 * MM
_MOST_TITLE: Final = 15 * MM
_UNDER_TITLE_HEIGHT: Final = 7 * MM
_GAP: Final = 3.5 * MM
_WARNING_HEIGHT: Final = 4.5 * MM
_FOOT_HEIGHT: Final = 7 * MM
_KIND_WIDTH: Final = 45 * MM
_PAGE_OF_WIDTH: Final = 32 * MM

#: A person with their number in the list, which counts from 1.
Numbered = tuple[int, PrintedPerson]


class ListPages(PrintedPages):
    """A list of people, sorted by name. Whoever is given is printed, private people too."""

    #: In units: of a row, and of the headings above the rows.
    row_height: float
    headings_height: float = 0.0

    def __init__(
        self,
        event: PrintedEvent,
        people: Iterable[PrintedPerson],
        paper: QPageSize.PageSizeId,
        direction: Qt.LayoutDirection,
    ) -> None:
        super().__init__(event, paper, direction)
        self._people = in_order(people)
        self._holds_private = any(person.private for person in self._people)

    @property
    @abstractmethod
    def kind(self) -> str:
        """What kind of list this is, in the user's language."""

    @cached_property
    def columns(self) -> int:
        """How many people stand beside each other."""
        return 1

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(len(self._people) / (self.columns * self.rows)))

    @cached_property
    def rows(self) -> int:
        """How many rows a page has."""
        foot = _FOOT_HEIGHT + _GAP + (_WARNING_HEIGHT if self._holds_private else 0.0)
        return int((self.size.height() - _BOTTOM - foot - self.rows_top) / self.row_height)

    @cached_property
    def area(self) -> QRectF:
        """The page without its margins."""
        return QRectF(_SIDE, _TOP, self.size.width() - 2 * _SIDE, self.size.height() - _TOP - _BOTTOM)

    @cached_property
    def rows_top(self) -> float:
        """Where the rows begin."""
        return self.area.top() + self._title_height + _UNDER_TITLE_HEIGHT + _GAP + self.headings_height

    @cached_property
    def _title_height(self) -> float:
        box = QSizeF(self.area.width(), _MOST_TITLE)
        return fitted(self._name, _TITLE, box, self.direction).height

    @property
    def _name(self) -> str:
        return printed_text(self.event.name)

    def paint_on(self, canvas: PageCanvas, number: int) -> None:
        """Paint a page's parts."""
        self._paint_top(canvas)
        on_page = self.columns * self.rows
        first = (number - 1) * on_page
        self.paint_people(canvas, list(enumerate(self._people[first : first + on_page], first + 1)))
        self._paint_bottom(canvas, number)

    @abstractmethod
    def paint_people(self, canvas: PageCanvas, people: list[Numbered]) -> None:
        """Paint the rows of a page's people."""

    def _paint_top(self, canvas: PageCanvas) -> None:
        area, y = self.area, self.area.top() + self._title_height
        title = QRectF(area.left(), area.top(), area.width(), self._title_height)
        canvas.text(self._name, _TITLE, title, _TOP_EDGE)
        texts = [names.enclosed(text) for text in (self.event.dates, self.event.place) if text]
        below = QRectF(area.left(), y, area.width() - _KIND_WIDTH, _UNDER_TITLE_HEIGHT)
        canvas.text(" · ".join(texts), _UNDER_TITLE, below)
        canvas.trailing_text(self.kind, _KIND, QRectF(below.topRight(), QSizeF(_KIND_WIDTH, below.height())))

    def _paint_bottom(self, canvas: PageCanvas, number: int) -> None:
        area = self.area
        y = area.bottom() - _FOOT_HEIGHT
        if self._holds_private:
            y -= _WARNING_HEIGHT
        foot = QRectF(area.left(), y, area.width() - _PAGE_OF_WIDTH, _FOOT_HEIGHT)
        canvas.line(area.left(), area.right(), y - _GAP / 4, LINE)
        locale = QLocale()
        page_of = _("Page {number} of {count}").format(
            number=locale.toString(number), count=locale.toString(self.page_count)
        )
        box = QRectF(foot.right(), y, _PAGE_OF_WIDTH, _FOOT_HEIGHT)
        canvas.trailing_text(page_of, _PAGE_OF, box, _TOP_EDGE)
        if self._holds_private:
            warning = QRectF(foot.topLeft(), QSizeF(foot.width(), _WARNING_HEIGHT))
            canvas.text(_("Holds the names of people who registered privately"), _WARNING, warning, _TOP_EDGE)
            foot.translate(0.0, _WARNING_HEIGHT)
        canvas.text(self.event.provenance, _FOOT, foot, _TOP_EDGE)
