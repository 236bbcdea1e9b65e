"""QR codes as shapes, which are sharp at any resolution."""

from typing import Final, NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QPainterPath, QTransform

#: Any mask makes a readable code; choosing the best takes five times as long as all the rest.
_MASK: Final = 3
#: The squares that must stay white around a code.
MARGIN: Final = 4


class QrCode(NamedTuple):
    """The dark part of a code, each of whose squares is one unit wide, and the number of squares a side."""

    shape: QPainterPath
    squares: int

    def scaled(self, side: float) -> QPainterPath:
        """Return the dark part of a code that is `side` units wide."""
        scale = side / self.squares
        return QTransform.fromScale(scale, scale).map(self.shape)


def qr_code(address: str) -> QrCode | None:
    """Return the code of a web address; None if it is too long for one."""
    # Imported here: the window opens without it.
    import segno

    # Readers disagree about the encoding of other letters.
    content = bytes(QUrl(address).toEncoded().data()).decode("ascii")
    try:
        code = segno.make_qr(content, error="l", mask=_MASK)
    except segno.DataOverflowError:
        return None
    shape = QPainterPath()
    for y, row in enumerate(code.matrix):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            shape.addRect(start, y, end - start, 1)
            start = row.find(1, end)
    return QrCode(shape, len(code.matrix))
