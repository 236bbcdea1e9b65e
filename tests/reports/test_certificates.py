"""Certificates: for whom, what they say, and their text in five scripts."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.events.event import Event, Listing
from app.domain.people.attendance import Attendance, Attended
from app.domain.people.participant import NOT_REGISTERED
from app.reports.certificates import TEXT, TITLE, CertificateChoices, content_of, receivers
from app.reports.typesetting import pdf
from tests.support.data.store_samples import registration
from tests.support.window_kit import person

NAMES = ["Zoë Ünal", "Марія Коваль", "محمد العلي", "सुमन थापा", "维基百科用户"]
CHOICES = CertificateChoices(TITLE, TEXT)
EVENT = Event(
    1,
    1,
    replace(registration(1, "Event"), name="Photo Walk", start="20260919100000", end="20260919180000"),
    Listing.LISTED,
    0,
    0,
    5,
    None,
    True,
    False,
)
CAME = Attended(Attendance.PRESENT, 5, None, 1)
PEOPLE = (
    person(1, "Ann", private=False)._replace(attended=CAME),
    person(2, "Bo", private=False),
    person(3, "Cyd", private=True)._replace(attended=CAME),
    person(4, "Dai", private=False)._replace(participant_id=NOT_REGISTERED, attended=CAME),
)


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({}, ["Ann"]),
        ({"everybody": True}, ["Ann", "Bo"]),
        ({"include_private": True}, ["Ann", "Cyd", "Dai"]),
        ({"names": ["Bo", "Cyd"]}, ["Bo"]),
    ],
)
def test_they_are_for_those_who_came_unless_more_are_wanted(more, names) -> None:
    assert receivers(PEOPLE, replace(CHOICES, **more)) == names


def test_places_are_filled_in_and_what_is_none_stays() -> None:
    choices = replace(CHOICES, text="$name, $event, $place; 20 $ and $more\n\nThanks")
    (one,) = content_of(EVENT, ["Ann $event"], choices)["certificates"]
    texts = [line["text"] for line in one["lines"]]
    assert texts == ["Ann $event, Photo Walk, Online; 20 $ and $more", "Thanks"]


def test_a_line_runs_as_its_own_words_do_and_names_stay_apart() -> None:
    choices = replace(CHOICES, text="$name took part\nשתתף $name\n$name, 2026")
    (one,) = content_of(EVENT, ["خديجة (Lex)"], choices)["certificates"]
    assert one["name"]["right_to_left"]
    assert [line["right_to_left"] for line in one["lines"]] == [False, True, False]
    apart = "\u2068خديجة (Lex)\u2069"
    assert [line["text"] for line in one["lines"]] == [
        f"{apart} took part",
        f"שתתף {apart}",
        f"{apart}, 2026",
    ]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils)")
def test_each_has_a_page_whose_text_can_be_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "certificates.pdf"
    odd = [*NAMES, '#strong[x] $a$ "quoted"']
    path.write_bytes(pdf("certificate.typ", content_of(EVENT, odd, CHOICES)))
    done = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    pages = done.stdout.translate(dict.fromkeys(range(0x202A, 0x202F))).split("\f")[:-1]
    assert len(pages) == len(odd)
    assert all(name in page for name, page in zip(odd, pages, strict=True))
    assert all("Photo Walk" in page for page in pages)
