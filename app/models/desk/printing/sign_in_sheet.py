"""The sheet on which people sign when they come."""

from typing import Final

from PySide6.QtCore import QLocale, QRectF

from app.domain import names
from app.i18n import _
from app.models.desk.printing.fitted_text import TextStyle
from app.models.desk.printing.list_pages import ListPages, Numbered
from app.models.desk.printing.page_canvas import HAIRLINE, LINE, PageCanvas
from app.models.desk.printing.paper import MM
from app.models.desk.printing.printed_people import PrintedPerson, printed_text

_HEADING: Final = TextStyle(8, 6.5, bold=True)
_NUMBER: Final = TextStyle(9, 6)
_NAME: Final = TextStyle(11, 6.5, lines=2)
_MARK: Final = TextStyle(7.5, 6)

#: Columns, from the leading edge: the number until here, then the name until there, then the signature.
_NUMBER_WIDTH: Final = 10 * MM
_NAME_START: Final = 14 * MM
_NAME_END: Final = 93 * MM
_SIGNATURE_START: Final = 98 * MM
#: What is free above and below a name.
_INSET: Final = 0.6 * MM
#: A mark takes at most this much of a name's width, and stays this far from it.
_MARK_WIDTH: Final = 24 * MM
_MARK_GAP: Final = 3 * MM


class SignInSheet(ListPages):
    """Numbered names, each with a line to sign on.

    The rows after the last person are left empty, for people who come without a registration.
    """

    row_height = 10 * MM
    headings_height = 6 * MM

    @property
    def kind(self) -> str:
        """What kind of list this is, in the user's language."""
        return _("Sign-in sheet")

    @property
    def title(self) -> str:
        """What is printed, of which event."""
        return _("Sign-in sheet: {event}").format(event=names.safe(self.event.name))

    def paint_people(self, canvas: PageCanvas, people: list[Numbered]) -> None:
        """Paint the rows of a page's people."""
        self._paint_headings(canvas)
        left, right = self.area.left(), self.area.right()
        for row in range(self.rows):
            top = self.rows_top + row * self.row_height
            if row < len(people):
                self._paint_person(canvas, *people[row], top)
            y = top + self.row_height
            canvas.line(left, left + _NAME_END, y, HAIRLINE, grey=True)
            canvas.line(left + _SIGNATURE_START, right, y, LINE)

    def _paint_headings(self, canvas: PageCanvas) -> None:
        left, top = self.area.left(), self.rows_top - self.headings_height
        height = self.headings_height
        number = QRectF(left, top, _NUMBER_WIDTH, height)
        canvas.trailing_text(_("No."), _HEADING, number)
        canvas.text(_("Name"), _HEADING, QRectF(left + _NAME_START, top, _NAME_END - _NAME_START, height))
        start = left + _SIGNATURE_START
        canvas.text(_("Signature"), _HEADING, QRectF(start, top, self.area.right() - start, height))
        canvas.line(left, self.area.right(), self.rows_top, LINE)

    def _paint_person(self, canvas: PageCanvas, number: int, person: PrintedPerson, top: float) -> None:
        left, height = self.area.left(), self.row_height
        canvas.trailing_text(QLocale().toString(number), _NUMBER, QRectF(left, top, _NUMBER_WIDTH, height))
        name = QRectF(left + _NAME_START, top, _NAME_END - _NAME_START, height)
        if person.private:
            mark = QRectF(name.right() - _MARK_WIDTH, top, _MARK_WIDTH, height)
            name.setRight(name.right() - canvas.trailing_text(_("Private"), _MARK, mark) - _MARK_GAP)
        name.adjust(0.0, _INSET, 0.0, -_INSET)
        canvas.text(printed_text(person.name), _NAME, name)
