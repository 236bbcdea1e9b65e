"""Pages to print: painted one by one for a preview, or all on a printer or into a PDF."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSize, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.models.desk.printing.page_canvas import PageCanvas
from app.models.desk.printing.paper import UNITS_PER_INCH, paper_size
from app.models.desk.printing.printed_people import PrintedEvent
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: Called with the number of a page before it is painted. What it raises ends the printing.
BeforePage = Callable[[int], None]


class PrintedPages(ABC):
    """Pages of one paper in one direction. They count from 1. Nothing is laid out before it is painted."""

    def __init__(
        self, event: PrintedEvent, paper: QPageSize.PageSizeId, direction: Qt.LayoutDirection
    ) -> None:
        self.event = event
        self.paper = paper
        self.direction = direction
        #: In units, see `paper`.
        self.size = paper_size(paper)

    @property
    @abstractmethod
    def title(self) -> str:
        """What is printed, of which event."""

    @property
    @abstractmethod
    def page_count(self) -> int:
        """How many pages there are, at least one."""

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, in units from the corner of the paper. The paper must be white already."""
        painter.save()
        self.paint_on(PageCanvas(painter, self.size.width(), self.direction), number)
        painter.restore()

    @abstractmethod
    def paint_on(self, canvas: PageCanvas, number: int) -> None:
        """Paint a page's parts."""

    @property
    def layout(self) -> QPageLayout:
        """The paper without margins: each page leaves its own."""
        layout = QPageLayout(QPageSize(self.paper), QPageLayout.Orientation.Portrait, QMarginsF())
        layout.setMode(QPageLayout.Mode.FullPageMode)
        return layout


def page_image(pages: PrintedPages, number: int, width: int) -> QImage:
    """Return a picture of a page, `width` pixels wide, for a preview."""
    scale = width / pages.size.width()
    image = QImage(QSize(width, round(pages.size.height() * scale)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        pages.paint(painter, number)
    return image


def print_pages(
    pages: PrintedPages, device: QPagedPaintDevice, before_page: BeforePage | None = None
) -> bool:
    """Paint all pages on a printer or into a PDF; return whether the device has taken them all."""
    device.setPageLayout(pages.layout)
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        scale = device.logicalDpiX() / UNITS_PER_INCH
        painter.scale(scale, scale)
        for number in range(1, pages.page_count + 1):
            if number > 1 and not device.newPage():
                return False
            if before_page:
                before_page(number)
            pages.paint(painter, number)
    finally:
        painter.end()
    return True


def write_pdf(
    pages: PrintedPages, path: Path, mirror: "Mirror", before_page: BeforePage | None = None
) -> None:
    """Write all pages to `path` as a PDF; can run on any thread.

    Raises KnownFault if the file cannot be written, and what `before_page` raises; then `path` is unchanged.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(pages.title)
    writer.setCreator("Event Center")
    with atomic_write(path, mirror, encoding=None) as file:

        def hand_on(number: int) -> None:
            """Write the finished pages to the file, so that memory holds one page at a time."""
            if before_page:
                before_page(number)
            file.write(buffer.data().data()[: buffer.pos()])
            buffer.seek(0)

        print_pages(pages, writer, hand_on)
        file.write(buffer.data().data()[: buffer.pos()])
