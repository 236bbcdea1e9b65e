"""Paper, and the unit in which pages are laid out: a hundredth of a millimetre.

At 2,540 units per inch a device may round lengths and the widths of letters without anything moving visibly,
so that the same layout serves a PDF, a printer and a preview of any size.
"""

from typing import Final

from PySide6.QtCore import QLocale, QSizeF
from PySide6.QtGui import QPageSize

UNITS_PER_INCH: Final = 2540
MM: Final = 100
#: A typographic point.
POINT: Final = UNITS_PER_INCH / 72

A4: Final = QPageSize.PageSizeId.A4
LETTER: Final = QPageSize.PageSizeId.Letter


def usual_paper() -> QPageSize.PageSizeId:
    """Return the paper that printers hold where the user lives."""
    is_us = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return LETTER if is_us else A4


def paper_size(paper: QPageSize.PageSizeId) -> QSizeF:
    """Return the width and height of a paper, in units."""
    return QPageSize(paper).size(QPageSize.Unit.Millimeter) * MM
