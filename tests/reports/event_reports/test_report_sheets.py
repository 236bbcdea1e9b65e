"""A report as spreadsheet, text and JSON."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.reports.event_reports.formats.report_csv import write_report_csv
from app.reports.event_reports.formats.report_json import write_report_json
from app.reports.event_reports.formats.report_xlsx import write_report_xlsx
from app.store.mirror import open_temporary
from tests.reports.event_reports.sample_report import NAMES, sample_report

_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def written(writer, path: Path) -> Path:
    with closing(open_temporary()) as mirror:
        writer(path, mirror, sample_report())
    return path


def elements(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - our own file


def test_cells_of_a_spreadsheet_are_typed_and_names_are_text(tmp_path: Path) -> None:
    """Case P07."""
    with zipfile.ZipFile(written(write_report_xlsx, tmp_path / "report.xlsx")) as book:
        texts = ["".join(one.itertext()) for one in elements(book, "sharedStrings").findall("m:si", _MAIN)]
        sheets = [one.get("name") for one in elements(book, "workbook").find("m:sheets", _MAIN) or ()]
        last = elements(book, f"worksheets/sheet{len(sheets)}")
    assert sheets == ["A day of {{wikis}} & more", "By day", "Confidence", "Affiliate", "Participants"]
    assert [pane.get("state") for pane in last.findall(".//m:pane", _MAIN)] == ["frozen"]
    assert not last.findall(".//m:f", _MAIN)
    rows = [row.findall("m:c", _MAIN) for row in last.findall(".//m:row", _MAIN)[1:]]
    assert [texts[int(row[0].findtext("m:v", "", _MAIN))] for row in rows] == list(NAMES)
    # A moment is a number with a format, an amount a number.
    assert {tuple(cell.get("t") for cell in row) for row in rows} == {("s", None, None)}
    assert rows[3][2].findtext("m:v", "", _MAIN) == "-3"


@pytest.mark.skipif(_OFFICE is None, reason="needs LibreOffice")
def test_libreoffice_reads_the_same_cells(tmp_path: Path) -> None:
    path = written(write_report_xlsx, tmp_path / "report.xlsx")
    # All sheets, each into a file of its own.
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [str(_OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "report-Participants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [row[0] for row in rows] == list(NAMES)
    assert rows[1][1:] == ["2026-11-03 09:30:00", "-1"]


def test_text_with_separators_holds_every_table_and_no_formula(tmp_path: Path) -> None:
    data = written(write_report_csv, tmp_path / "report.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert ["Registered", "1234"] in rows
    assert ["No", "fewer than 5", "0.0–10.0 %"] in rows
    start = rows.index(["Name", "Registered at", "Edits"])
    assert [row[0].removeprefix("'") for row in rows[start + 1 :]] == [
        name.removeprefix("'") for name in NAMES
    ]
    assert rows[start + 1][0] == "'=SUM(A1:A9)"


def test_json_holds_keys_and_bounds(tmp_path: Path) -> None:
    found = json.loads(written(write_report_json, tmp_path / "report.json").read_text("utf-8"))
    assert found["version"] == 1
    assert found["personal_data"] == "This file names people."
    sections = {section["key"]: section["blocks"] for section in found["sections"]}
    assert sections["facts"][0]["facts"][2] == {"key": "registered", "label": "Registered", "value": 1234}
    question, unshown, _note = sections["demographics"]
    assert question["options"][1] == {"option": "no", "label": "No", "at_least": 0, "at_most": 4, "of": 40}
    assert unshown["options"] is None
    assert sections["participants"][0]["rows"][0]["name"] == "=SUM(A1:A9)"


@pytest.mark.parametrize("writer", [write_report_csv, write_report_json, write_report_xlsx])
def test_a_file_that_cannot_be_written_leaves_the_other_one(tmp_path: Path, writer) -> None:
    from app.domain.faults import KnownFault

    (tmp_path / "there").write_text("before", "utf-8")
    target = tmp_path / "link"
    target.symlink_to(tmp_path / "there")
    with pytest.raises(KnownFault):
        written(writer, target)
    assert (tmp_path / "there").read_text("utf-8") == "before"
