"""Name badges, on sheets of labels."""

from collections.abc import Iterable
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, Qt

from app.domain import names
from app.i18n import _
from app.models.desk.printing.badge_formats import BadgeFormat
from app.models.desk.printing.fitted_text import TextStyle
from app.models.desk.printing.page_canvas import PageCanvas
from app.models.desk.printing.paper import MM, POINT
from app.models.desk.printing.printed_pages import PrintedPages
from app.models.desk.printing.printed_people import PrintedEvent, PrintedPerson, in_order, printed_text
from app.models.desk.qr_code import qr_code

_LARGEST_NAME: Final = 40
_SMALLEST_NAME: Final = 8
_EVENT: Final = TextStyle(9, 6.5, lines=3)

#: Printers may be off by a millimetre or two.
_PADDING: Final = 3.5 * MM
_GAP: Final = 2.5 * MM
#: The size of a name for which its line is as high as the room, with the usual space between lines.
_PART_OF_LINE: Final = 0.72
#: The side of a QR code: this part of the label's height, and no more than so much.
_CODE_PART: Final = 0.38
_MOST_CODE: Final = 19 * MM
#: The smallest square that cameras of phones still distinguish.
_SMALLEST_SQUARE: Final = 0.25 * MM


class NameBadges(PrintedPages):
    """A badge for each person, sorted by name: the name large, below it the event and a QR code.

    The code is left out if the address of the user page is so long that phones could not read it.
    """

    def __init__(
        self,
        event: PrintedEvent,
        people: Iterable[PrintedPerson],
        badge_format: BadgeFormat,
        direction: Qt.LayoutDirection,
    ) -> None:
        super().__init__(event, badge_format.paper, direction)
        self._people = in_order(people)
        self._places = badge_format.places

    @property
    def title(self) -> str:
        """What is printed, of which event."""
        return _("Name badges: {event}").format(event=names.safe(self.event.name))

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(len(self._people) / len(self._places)))

    def paint_on(self, canvas: PageCanvas, number: int) -> None:
        """Paint a page's parts."""
        first = (number - 1) * len(self._places)
        people = self._people[first : first + len(self._places)]
        for person, place in zip(people, self._places, strict=False):
            self._paint_badge(canvas, person, place)

    def _paint_badge(self, canvas: PageCanvas, person: PrintedPerson, label: QRectF) -> None:
        inside = label.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        side = min(_MOST_CODE, _CODE_PART * label.height())
        name = QRectF(inside)
        name.setBottom(inside.bottom() - side - _GAP)
        largest = min(_LARGEST_NAME, int(_PART_OF_LINE * name.height() / POINT))
        style = TextStyle(largest, _SMALLEST_NAME, lines=4, bold=True)
        canvas.text(printed_text(person.name), style, name)
        event = QRectF(inside)
        event.setTop(inside.bottom() - side)
        code = qr_code(person.user_page) if person.user_page else None
        if code and side / code.squares >= _SMALLEST_SQUARE:
            canvas.shape(code.scaled(side), QRectF(inside.right() - side, inside.bottom() - side, side, side))
            event.setRight(inside.right() - side - 2 * _GAP)
        canvas.text(printed_text(self.event.name), _EVENT, event, Qt.AlignmentFlag.AlignBottom)
