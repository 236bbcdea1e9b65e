"""The PDF of printed pages: complete, or not there at all."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QPdfWriter

from app.domain import names
from app.domain.faults import Fault, KnownFault
from app.models.desk.printing.badge_formats import BADGE_FORMATS
from app.models.desk.printing.checklist import Checklist
from app.models.desk.printing.name_badges import NameBadges
from app.models.desk.printing.paper import A4, LETTER
from app.models.desk.printing.printed_pages import PrintedPages, print_pages, write_pdf
from app.models.desk.printing.printed_people import PrintedPerson
from app.models.desk.printing.sign_in_sheet import SignInSheet
from app.reports.participants.people_cells import provenance
from app.store.mirror import Mirror
from tests.support.printed_pages import PHOTO_WALK, pdf_objects, pdf_page_count
from tests.support.window_kit import add_account, add_event, registration

LTR = Qt.LayoutDirection.LeftToRight
PEOPLE = [
    PrintedPerson(f"Person {number}", user_page="https://example.org/wiki/User:P") for number in range(90)
]
KINDS = {
    "sheet": lambda: SignInSheet(PHOTO_WALK, PEOPLE, A4, LTR),
    "checklist": lambda: Checklist(PHOTO_WALK, PEOPLE, LETTER, LTR),
    "badges": lambda: NameBadges(PHOTO_WALK, PEOPLE, BADGE_FORMATS["5395"], LTR),
}


def a_sheet() -> PrintedPages:
    return KINDS["sheet"]()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_all_pages_and_says_what_it_is(kind: str, mirror: Mirror, tmp_path: Path) -> None:
    path, pages = tmp_path / "printed.pdf", KINDS[kind]()
    write_pdf(pages, path, mirror)
    data = path.read_bytes()
    assert pdf_page_count(data) == pages.page_count > 1
    assert pages.title.endswith(": Photo walk")
    assert any(pages.title.encode("utf-16-be") in each for each in pdf_objects(data))
    width, height = (595, 842) if pages.paper is A4 else (612, 792)
    assert data.count(b"/MediaBox [0 0 %d.000000 %d.000000]" % (width, height)) == pages.page_count
    assert path.stat().st_mode & 0o077 == 0


def test_a_list_of_nobody_is_a_file_too(mirror: Mirror, tmp_path: Path) -> None:
    write_pdf(SignInSheet(PHOTO_WALK, [], A4, LTR), tmp_path / "printed.pdf", mirror)
    assert pdf_page_count((tmp_path / "printed.pdf").read_bytes()) == 1


def test_a_file_can_be_written_beside_the_window(mirror: Mirror, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    writing = threading.Thread(target=write_pdf, args=(a_sheet(), path, mirror))
    writing.start()
    writing.join()
    assert pdf_page_count(path.read_bytes()) == a_sheet().page_count


def test_a_cancelled_file_leaves_the_earlier_one(mirror: Mirror, tmp_path: Path) -> None:
    path, begun = tmp_path / "printed.pdf", []
    path.write_bytes(b"earlier")

    def cancel(number: int) -> None:
        begun.append(number)
        if number == 2:
            raise KnownFault(Fault.CANCELLED, "stopped")

    with pytest.raises(KnownFault):
        write_pdf(a_sheet(), path, mirror, cancel)
    assert begun == [1, 2]
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_a_known_fault(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(KnownFault) as caught:
        write_pdf(a_sheet(), tmp_path / "missing" / "printed.pdf", mirror)
    assert caught.value.fault is Fault.DISK


def test_a_device_of_any_resolution_gets_all_pages() -> None:
    buffer, pages = QBuffer(), a_sheet()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    printer = QPdfWriter(buffer)
    printer.setResolution(300)
    assert print_pages(pages, printer)
    assert pdf_page_count(buffer.data().data()) == pages.page_count


def test_names_in_the_line_about_the_source_are_set_apart(workspace) -> None:
    key = add_event(workspace, add_account(workspace), registration(1, name="24 hours of Commons"))
    workspace.reload()
    event = workspace.find_event(key)
    line = provenance(event, "Wiki (test)", names.set_apart)
    assert line.count("\u2068") == 2
    assert names.unmarked(line) == provenance(event, "Wiki (test)")
