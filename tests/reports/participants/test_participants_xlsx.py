"""The spreadsheet of people: what LibreOffice and the file itself say of it."""

import csv
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.domain.events.event import Event, Listing, Registration
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Answer, AnswersState, Participant
from app.domain.people.people_columns import NAME
from app.reports.participants import participants_xlsx
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.participants_csv import write_csv
from app.reports.participants.participants_xlsx import write_xlsx
from app.store.mirror import Mirror, open_temporary

MOMENT = int(datetime(2026, 7, 1, 20, 0, tzinfo=UTC).timestamp())
ODD_NAMES = [
    *("0041", "1E5", "2024-05", "Jan-3", "TRUE", "=SUM(A1:A9)", "@lias", "+1", "-Dash first-", "3/4", "1:30"),
    *("Müller; Anna", 'WikiDonne, "Italia"', "O'Brien", "'quoted'", "two  blanks", "12,5", "50 %", "#REF!"),
    *(
        "محمد (علي)",
        "שרה כהן",
        "編集 太郎",
        "Zoë",
        "👩🏽‍💻 Ana",
        "_x0041_",
        "https://meta.wikimedia.org",
        "x" * 85,
    ),
]
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(_OFFICE is None, reason="needs LibreOffice")


@pytest.fixture
def mirror():
    opened = open_temporary()
    yield opened
    opened.close()


def an_event() -> Event:
    registration = Registration(
        7, "Photo walk", "Event:P", "metawiki", "open", "Asia/Kolkata", "20260710100000", "20260710180000"
    )
    return Event(1, 1, registration, Listing.LISTED, 3, 1, 1, MOMENT, True, False)


def people(names: list[str]) -> list[Participant]:
    return [Participant(number, 70 + number, name, MOMENT, False) for number, name in enumerate(names, 1)]


def cells(path: Path) -> list[list[tuple[str, str]]]:
    """Return the kind and the value of each cell: "s" for text, "n" for a number."""
    with zipfile.ZipFile(path) as book:
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own
        shared = ["".join(part.text or "" for part in one.iter(f"{_SHEET}t")) for one in texts]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    found = []
    for row in sheet.iter(f"{_SHEET}row"):
        found.append([])
        for cell in row:
            value = cell.findtext(f"{_SHEET}v") or ""
            kind = cell.get("t", "n")
            found[-1].append((kind, shared[int(value)] if kind == "s" else value))
    return found


def test_names_are_text_and_times_are_dates(mirror: Mirror, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    names = [name for name in ODD_NAMES if name != "_x0041_"]
    choices = ExportChoices(provenance=True)
    assert write_xlsx(path, mirror, an_event(), "Meta-Wiki", people(names), choices) == len(names)
    heading, *rows, last = cells(path)
    assert [text for _, text in heading][:3] == ["Name", "User ID", "Registered at (Asia/Kolkata)"]
    assert [row[0] for row in rows] == [("s", name) for name in names]
    assert {row[1][0] for row in rows} == {"n"}
    # Days since the end of 1899: 2 July 2026 at half past one.
    assert {row[2] for row in rows} == {("n", "46205.0625")}
    assert last[0][0] == "s"
    assert path.stat().st_mode & 0o077 == 0


def test_private_people_are_left_out_unless_chosen(mirror: Mirror, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    answers = (Answer(5, "affiliate", "=HYPERLINK(1)"),)
    shy = Participant(9, 9, "Shy", MOMENT, True, answers_state=AnswersState.SHOWN, answers=answers)
    for choices, count in ((ExportChoices(), 1), (ExportChoices(include_private=True), 2)):
        written = write_xlsx(path, mirror, an_event(), "Meta-Wiki", [*people(["Open"]), shy], choices)
        assert written == count
        found = {text for row in cells(path) for _, text in row}
        assert ("Shy" in found, "=HYPERLINK(1)" in found) == (count == 2, count == 2)


def test_too_many_people_for_a_sheet_are_refused(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(participants_xlsx, "_MOST_PEOPLE", 2)
    path = tmp_path / "people.xlsx"
    with pytest.raises(KnownFault) as caught:
        write_xlsx(path, mirror, an_event(), "", people(["A", "B", "C"]), ExportChoices())
    assert caught.value.fault is Fault.USAGE
    assert not path.exists()


def converted(path: Path, *options: str) -> list[list[str]]:
    """Return a file's rows as LibreOffice reads them."""
    target = path.with_name("converted")
    command = [
        str(_OFFICE),
        "--headless",
        f"-env:UserInstallation={path.parent.as_uri()}/office",
        *options,
        "--convert-to",
        # Separator, quotation mark, UTF-8, first line, no formats, language, cells quoted, as shown.
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false",
        "--outdir",
        str(target),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (target / f"{path.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@needs_office
def test_the_spreadsheet_comes_back_from_libreoffice_cell_for_cell(mirror: Mirror, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    write_xlsx(path, mirror, an_event(), "Meta-Wiki", people(ODD_NAMES), ExportChoices())
    heading, *rows = converted(path)
    assert heading[:3] == ["Name", "User ID", "Registered at (Asia/Kolkata)"]
    assert [row[:4] for row in rows] == [
        [name, str(70 + number), "2026-07-02 01:30:00", "no"] for number, name in enumerate(ODD_NAMES, 1)
    ]


@needs_office
@pytest.mark.parametrize(("separator", "code"), [(";", 59), (",", 44)])
@pytest.mark.parametrize("guard", [False, True])
def test_the_text_file_comes_back_from_libreoffice_name_for_name(
    mirror: Mirror, tmp_path: Path, separator: str, code: int, guard: bool
) -> None:
    path = tmp_path / "people.csv"
    choices = ExportChoices(columns=(NAME,), separator=separator, guard=guard, byte_order_mark=True)
    write_csv(path, mirror, an_event(), "Meta-Wiki", people(ODD_NAMES), choices)
    # The seventh part: quoted fields are text.
    heading, *rows = converted(
        path, f"--infilter=Text - txt - csv (StarCalc):{code},34,76,1,,0,true,false,false"
    )
    assert heading == ["Name"]
    assert [re.sub(r"(^|[;,])( ?)'(?=[=+\-@])", r"\1\2", row[0]) for row in rows] == ODD_NAMES
    if not guard:
        assert [row[0] for row in rows] == ODD_NAMES
