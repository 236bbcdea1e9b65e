"""The PDF of a report: tagged, with title and language, and text that can be taken out in every script."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.reports.event_reports.contents import Facts, Link, Section
from app.reports.event_reports.formats.report_pdf import pdf_of, pictures_of
from tests.reports.event_reports.sample_report import sample_report

NAMES = ("Zoë Ünal", "Марія Коваль", "محمد العلي", "सुमन थापा", "维基百科用户")

needs_reader = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils)"
)


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout


@needs_reader
def test_it_is_tagged_and_has_title_and_language(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(sample_report("pt-BR")))
    about = run("pdfinfo", str(path))
    assert "Tagged:          yes" in about
    assert "Title:           A day [[of]] {{wikis}} & more" in about
    assert re.search(rb"/Lang\s*\(pt-BR\)", path.read_bytes())
    # All fonts are in the file: whoever opens it needs none.
    fonts = run("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(line[72:75].strip() == "yes" for line in fonts)


@needs_reader
@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_is_taken_out_in_order_in_five_scripts(tmp_path: Path, language: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(sample_report(language, NAMES)))
    text = run("pdftotext", str(path), "-").translate(dict.fromkeys(range(0x202A, 0x202F)))
    places = [text.find(name) for name in NAMES]
    assert -1 not in places, [name for name, place in zip(NAMES, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert text.index("This file names people") < text.index("Demographics") < places[0]


def test_pages_can_be_looked_at_before_they_are_saved() -> None:
    pages = pictures_of(sample_report(), 30)
    assert len(pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("", "en"),
        ("\U0001faea letter that no font has", "en"),
        ("NUL\x00, mark\ufeff, surrogate\ud800", "en"),
        ("x" * 3_000, "zh-Hant"),
        ("Title", "sr@latin"),
    ],
)
def test_odd_text_gives_a_document_all_the_same(title: str, language: str) -> None:
    report = replace(sample_report(language, ("\x00\ud800",)), title=title)
    assert pdf_of(report).startswith(b"%PDF-")
    assert pictures_of(report, 20)


def test_an_event_without_an_address_has_no_link() -> None:
    facts = Section("facts", "Facts", [Facts([("page", "Page", Link("Event:X", ""))])])
    assert pdf_of(replace(sample_report(), sections=[facts])).startswith(b"%PDF-")
