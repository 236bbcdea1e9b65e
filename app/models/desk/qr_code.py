"""QR codes as shapes, which are sharp at any resolution."""

from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QPainterPath

from app.models.desk.paper import MM

#: The smallest square that cameras of phones still distinguish.
_SMALLEST_SQUARE: Final = 0.25 * MM
#: Any mask makes a readable code; choosing the best takes five times as long as all the rest.
_MASK: Final = 3


def qr_code(address: str, side: float) -> QPainterPath | None:
    """Return the code of a web address, `side` units wide; None if its squares would be too small.

    The caller leaves a margin of four squares.
    """
    # Imported here: the window opens without it.
    import segno

    # Readers disagree about the encoding of other letters.
    content = bytes(QUrl(address).toEncoded().data()).decode("ascii")
    try:
        code = segno.make_qr(content, error="l", mask=_MASK)
    except segno.DataOverflowError:
        return None
    square = side / len(code.matrix)
    if square < _SMALLEST_SQUARE:
        return None
    path = QPainterPath()
    for y, row in enumerate(code.matrix):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            path.addRect(start * square, y * square, (end - start) * square, square)
            start = row.find(1, end)
    return path
