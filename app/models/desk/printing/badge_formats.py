"""The sheets of labels on which name badges are printed."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QPageSize

from app.i18n import _
from app.models.desk.printing.paper import A4, LETTER, MM, UNITS_PER_INCH, paper_size, usual_paper


@dataclass(frozen=True)
class BadgeFormat:
    """A sheet of labels, which lie in the middle of the paper. All lengths are in units.

    `across` and `down` are the distances from the edge of a label to the same edge of the next one.
    """

    name: str
    paper: QPageSize.PageSizeId
    columns: int
    rows: int
    width: float
    height: float
    across: float
    down: float

    @property
    def label(self) -> str:
        """The format in words."""
        locale = QLocale()
        return _("{name}: {width} × {height} mm, {count} on a page").format(
            name=self.name,
            width=_millimetres(locale, self.width),
            height=_millimetres(locale, self.height),
            count=locale.toString(self.columns * self.rows),
        )

    @property
    def places(self) -> list[QRectF]:
        """Where the labels are on the paper, row by row. Mirrored, they are at the same places."""
        size = paper_size(self.paper)
        left = (size.width() - self.width - (self.columns - 1) * self.across) / 2
        top = (size.height() - self.height - (self.rows - 1) * self.down) / 2
        return [
            QRectF(left + column * self.across, top + row * self.down, self.width, self.height)
            for row in range(self.rows)
            for column in range(self.columns)
        ]


def _millimetres(locale: QLocale, units: float) -> str:
    return locale.toString(
        round(units / MM, 1), "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest
    )


_INCH: Final = UNITS_PER_INCH

#: By a word for settings and commands. Other makers' labels of the same size mostly name Avery's numbers too.
BADGE_FORMATS: Final = {
    "l4785": BadgeFormat("Avery L4785", A4, 2, 5, 80 * MM, 50 * MM, 95 * MM, 55 * MM),
    "l7418": BadgeFormat("Avery L7418", A4, 2, 4, 86 * MM, 55 * MM, 86 * MM, 55 * MM),
    "l7160": BadgeFormat("Avery L7160", A4, 3, 7, 63.5 * MM, 38.1 * MM, 66.04 * MM, 38.1 * MM),
    "5395": BadgeFormat("Avery 5395", LETTER, 2, 4, 3.375 * _INCH, 7 / 3 * _INCH, 3.75 * _INCH, 2.5 * _INCH),
    "5390": BadgeFormat("Avery 5390", LETTER, 2, 4, 3.5 * _INCH, 2.25 * _INCH, 3.5 * _INCH, 2.25 * _INCH),
}


def usual_format() -> str:
    """Return the word of the format for the paper that printers hold where the user lives."""
    return "5395" if usual_paper() is LETTER else "l4785"
