"""What is on printed pages: their texts, and where there is ink."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontDatabase, QImage, QPainter

from app.domain import names
from app.models.desk.printing.page_canvas import PageCanvas
from app.models.desk.printing.paper import MM
from app.models.desk.printing.printed_pages import PrintedPages, page_image
from app.models.desk.printing.printed_people import PrintedEvent, PrintedPerson

PHOTO_WALK = PrintedEvent("Photo walk", "24 November 2026", "Lagos, Nigeria", "As fetched yesterday.")
_Script = QFontDatabase.WritingSystem
#: Names that are long, or have letters that stand high above others, or could change the order of a line.
_ODD_NAMES = {
    _Script.Latin: (
        *("Zoë", "24 Nov", "Ann (XY)", "+1", "x" * 85, "User With A Long Name " * 4, "y" * 255, "W" * 40),
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsmita",
        *("Ṩǖ́", "👩🏽‍💻 Ana"),
    ),
    _Script.Arabic: ("محمد (علي)", "ويكيميديا" * 9),
    _Script.Hebrew: ("שרה כהן",),
    _Script.Devanagari: ("नमस्ते शर्मा", "राजेन्द्र प्रसाद त्रिपाठी" * 4),
    _Script.Thai: ("สมชาย ใจดี", "มีชื่อยาวมากจริงๆ" * 4),
    _Script.Myanmar: ("မောင်မောင်" * 3,),
    _Script.SimplifiedChinese: ("王小明", "编辑者在这里" * 6),
    _Script.Korean: ("김민수",),
    _Script.Georgian: ("ქეთევან",),
}


def odd_names() -> list[str]:
    """Return the odd names that the fonts of this computer can show."""
    return [name for script, given in _ODD_NAMES.items() for name in given if QFontDatabase.families(script)]


_PIXELS_ACROSS = 1260


@dataclass(frozen=True)
class PrintedText:
    """A text on a page, without marks of direction, and the box that it must not leave."""

    text: str
    box: QRectF


class RecordingCanvas(PageCanvas):
    """A page that remembers the texts painted on it."""

    def __init__(self, painter: QPainter, width: float, direction: Qt.LayoutDirection) -> None:
        super().__init__(painter, width, direction)
        self.texts: list[PrintedText] = []

    def text(self, text, style, box, *vertical):
        self.texts.append(PrintedText(names.unmarked(text), QRectF(box)))
        super().text(text, style, box, *vertical)

    def trailing_text(self, text, style, box, *vertical):
        self.texts.append(PrintedText(names.unmarked(text), QRectF(box)))
        return super().trailing_text(text, style, box, *vertical)


def texts_of(pages: PrintedPages, number: int) -> list[PrintedText]:
    """Return the texts of a page."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        canvas = RecordingCanvas(painter, pages.size.width(), pages.direction)
        pages.paint_on(canvas, number)
    return canvas.texts


def words_of(pages: PrintedPages) -> list[list[str]]:
    """Return the texts of all pages, page by page."""
    return [[one.text for one in texts_of(pages, page)] for page in range(1, pages.page_count + 1)]


def people(given: Iterable[str], **fields: object) -> list[PrintedPerson]:
    return [PrintedPerson(name, **fields) for name in given]


class PageInk:
    """Where a page is not white. Lengths are in millimetres from the left and the top."""

    def __init__(self, pages: PrintedPages, number: int = 1) -> None:
        self.width, self.height = pages.size.width() / MM, pages.size.height() / MM
        self._image = page_image(pages, number, _PIXELS_ACROSS)
        self._per_mm = _PIXELS_ACROSS / self.width

    def any_in(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether there is ink in a rectangle."""
        corners = (round(length * self._per_mm) for length in (left, top, right - left, bottom - top))
        part = self._image.copy(*corners)
        white = QImage(part.size(), part.format())
        white.fill(Qt.GlobalColor.white)
        return part != white

    def any_beyond(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether there is ink outside of a rectangle."""
        return (
            self.any_in(0, 0, self.width, top)
            or self.any_in(0, bottom, self.width, self.height)
            or self.any_in(0, 0, left, self.height)
            or self.any_in(right, 0, self.width, self.height)
        )


def pdf_objects(data: bytes) -> Iterator[bytes]:
    """Yield the objects of a PDF, each found where the file's table says that it is."""
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    table = data[int(re.findall(rb"startxref\s+(\d+)", data)[-1]) :]
    assert table.startswith(b"xref")
    entries = re.findall(rb"(\d{10}) \d{5} n", table)
    assert entries
    for offset in map(int, entries):
        found = re.compile(rb"\d+ 0 obj\s(.*?)\sendobj", re.DOTALL).match(data, offset)
        assert found
        yield found[1]


def pdf_page_count(data: bytes) -> int:
    """Return how many pages a PDF has."""
    return sum(b"/Type /Page\n" in each for each in pdf_objects(data))
