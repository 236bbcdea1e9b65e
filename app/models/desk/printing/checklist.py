"""The compact list on which arrivals are ticked."""

from functools import cached_property
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from app.domain import names
from app.i18n import _
from app.models.desk.printing.fitted_text import TextStyle, font_of
from app.models.desk.printing.list_pages import ListPages, Numbered
from app.models.desk.printing.page_canvas import HAIRLINE, LINE, PageCanvas
from app.models.desk.printing.paper import MM
from app.models.desk.printing.printed_people import PrintedPerson, printed_text

_NAME: Final = TextStyle(10.5, 6, lines=2)
_MARKS: Final = TextStyle(7, 6)

_BOX: Final = 4.2 * MM
_NAME_START: Final = 7 * MM
_BETWEEN_COLUMNS: Final = 8 * MM
#: The part of a row that a name has if there are marks below it, and that is free at its top and bottom.
_ABOVE_MARKS: Final = 5.85 * MM
_INSET: Final = 0.4 * MM
#: So many names are measured, spread over the list; this share of them may be too wide for half of the page.
_SAMPLE: Final = 400
_MOST_TOO_WIDE: Final = 0.1


class Checklist(ListPages):
    """Names with a box to tick, and below each who is private and when they arrived.

    They stand in two columns unless many names are too wide for half of the page. A column is read to its
    end before the next begins. Who has arrived is ticked.
    """

    row_height = 9.5 * MM

    @property
    def kind(self) -> str:
        """What kind of list this is, in the user's language."""
        return _("Checklist")

    @property
    def title(self) -> str:
        """What is printed, of which event."""
        return _("Checklist: {event}").format(event=names.safe(self.event.name))

    @cached_property
    def columns(self) -> int:
        """How many people stand beside each other."""
        metrics = QFontMetricsF(font_of(_NAME.largest))
        room = (self.area.width() - _BETWEEN_COLUMNS) / 2 - _NAME_START
        sample = self._people[:: max(1, len(self._people) // _SAMPLE)]
        too_wide = sum(metrics.horizontalAdvance(person.name) > room for person in sample)
        return 1 if too_wide > _MOST_TOO_WIDE * len(sample) else 2

    def paint_people(self, canvas: PageCanvas, people: list[Numbered]) -> None:
        """Paint the rows of a page's people."""
        width = (self.area.width() - (self.columns - 1) * _BETWEEN_COLUMNS) / self.columns
        for column in range(self.columns):
            left = self.area.left() + column * (width + _BETWEEN_COLUMNS)
            canvas.line(left, left + width, self.rows_top, LINE)
            in_column = people[column * self.rows : (column + 1) * self.rows]
            for row, (_number, person) in enumerate(in_column):
                top = self.rows_top + row * self.row_height
                self._paint_person(canvas, person, QRectF(left, top, width, self.row_height))

    def _paint_person(self, canvas: PageCanvas, person: PrintedPerson, row: QRectF) -> None:
        box = QRectF(row.left() + LINE, row.center().y() - _BOX / 2, _BOX, _BOX)
        canvas.box_to_tick(box, ticked=bool(person.arrived))
        text = row.adjusted(_NAME_START, _INSET, 0.0, -_INSET)
        if marks := _marks(person):
            below = text.adjusted(0.0, _ABOVE_MARKS, 0.0, 0.0)
            canvas.text(marks, _MARKS, below)
            text.setHeight(_ABOVE_MARKS)
        canvas.text(printed_text(person.name), _NAME, text)
        canvas.line(row.left(), row.right(), row.bottom(), HAIRLINE, grey=True)


def _marks(person: PrintedPerson) -> str:
    """Return what is known about a person, in one line."""
    arrived = _("Arrived {time}").format(time=names.enclosed(person.arrived)) if person.arrived else ""
    return " · ".join(filter(None, (_("Private") if person.private else "", arrived)))
