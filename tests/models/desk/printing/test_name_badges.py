"""Name badges: each person on a label of their own, with a code that phones can read."""

import shutil
import subprocess
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QLocale, Qt

from app.domain import names
from app.models.desk.printing.badge_formats import BADGE_FORMATS, BadgeFormat, usual_format
from app.models.desk.printing.name_badges import NameBadges
from app.models.desk.printing.paper import MM, paper_size
from app.models.desk.printing.printed_pages import page_image
from app.models.desk.printing.printed_people import PrintedPerson
from app.models.desk.qr_code import qr_code
from tests.support.printed_pages import PHOTO_WALK, PageInk, odd_names, people, texts_of, words_of

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
FORMATS = pytest.mark.parametrize("badge_format", BADGE_FORMATS.values(), ids=BADGE_FORMATS)
_READER = shutil.which("zbarimg")


def user_page(name: str) -> str:
    return "https://meta.wikimedia.org/wiki/User:" + quote(name.replace(" ", "_"))


@FORMATS
def test_labels_lie_on_the_paper_and_not_on_each_other(badge_format: BadgeFormat) -> None:
    paper, labels = paper_size(badge_format.paper), badge_format.places
    assert len(labels) == badge_format.columns * badge_format.rows
    for place, label in enumerate(labels):
        assert label.left() >= 5 * MM
        assert label.right() <= paper.width() - 5 * MM
        assert label.top() >= 5 * MM
        assert label.bottom() <= paper.height() - 5 * MM
        inside = label.adjusted(1, 1, -1, -1)
        assert not any(inside.intersects(other) for other in labels[:place])


def test_labels_are_where_their_makers_say() -> None:
    first = {name: each.places[0] for name, each in BADGE_FORMATS.items()}
    assert (first["l7160"].left() / MM, first["l7160"].top() / MM) == pytest.approx((7.2, 15.2), abs=0.1)
    assert (first["5395"].left() / 2540, first["5395"].top() / 2540) == pytest.approx(
        (0.6875, 0.583), abs=0.01
    )


def test_formats_are_described_in_words() -> None:
    assert BADGE_FORMATS["l7160"].label == "Avery L7160: 63.5 × 38.1 mm, 21 on a page"


@pytest.mark.parametrize(("locale", "paper"), [("en_US", "Letter"), ("de_DE", "A4"), ("en_GB", "A4")])
def test_the_usual_format_is_for_the_usual_paper(locale: str, paper: str) -> None:
    QLocale.setDefault(QLocale(locale))
    assert BADGE_FORMATS[usual_format()].paper.name == paper


@FORMATS
def test_everybody_has_a_badge_of_their_own_in_the_order_of_names(badge_format: BadgeFormat) -> None:
    given = [f"Person {number}" for number in range(45)]
    pages = NameBadges(PHOTO_WALK, people(reversed(given)), badge_format, LTR)
    texts = list(chain.from_iterable(words_of(pages)))
    assert [text for text in texts if text != "Photo walk"] == sorted(given, key=names.search_text)
    assert texts.count("Photo walk") == 45
    assert pages.page_count == -(-45 // len(badge_format.places))
    for place, label in zip(texts_of(pages, 1)[::2], badge_format.places, strict=True):
        assert label.contains(place.box)


@FORMATS
@pytest.mark.parametrize("direction", [LTR, RTL])
def test_no_name_of_any_script_leaves_its_label(badge_format: BadgeFormat, direction) -> None:
    given = [PrintedPerson(name, user_page=user_page(name)) for name in odd_names()]
    pages = NameBadges(PHOTO_WALK, given, badge_format, direction)
    inside = [label.adjusted(2 * MM, 2 * MM, -2 * MM, -2 * MM) for label in badge_format.places]
    columns = sorted({(label.left() / MM, label.right() / MM) for label in inside})
    rows = sorted({(label.top() / MM, label.bottom() / MM) for label in inside})
    for number in range(1, pages.page_count + 1):
        ink = PageInk(pages, number)
        for (_, left), (right, _) in zip([(0, 0), *columns], [*columns, (ink.width, 0)], strict=True):
            assert not ink.any_in(left, 0, right, ink.height)
        for (_, top), (bottom, _) in zip([(0, 0), *rows], [*rows, (ink.height, 0)], strict=True):
            assert not ink.any_in(0, top, ink.width, bottom)


def test_the_first_badge_is_on_the_right_where_the_language_begins_there() -> None:
    for direction, leading in ((LTR, True), (RTL, False)):
        ink = PageInk(NameBadges(PHOTO_WALK, people(["Zoë"]), BADGE_FORMATS["l4785"], direction))
        assert ink.any_in(0, 0, ink.width / 2, ink.height) == leading
        assert ink.any_in(ink.width / 2, 0, ink.width, ink.height) != leading


def test_a_code_that_no_phone_could_read_is_left_out() -> None:
    long_page = user_page("नमस्ते" * 14)
    assert qr_code("https://example.org/" + "x" * 4000) is None
    with_code, without = (
        PageInk(NameBadges(PHOTO_WALK, [PrintedPerson("Zoë", user_page=page)], BADGE_FORMATS["l4785"], LTR))
        for page in (user_page("Zoë"), long_page)
    )
    assert with_code.any_in(80, 40, 94, 60)
    assert not without.any_in(80, 40, 94, 60)


@pytest.mark.skipif(_READER is None, reason="needs zbarimg")
@pytest.mark.parametrize("direction", [LTR, RTL])
def test_a_reader_finds_the_user_pages(direction, tmp_path: Path) -> None:
    given = ["Zoë", "Ana Example", "محمد", "编辑", "O'Brien", "Екатерина", "नमस्ते", "x" * 40]
    badges = [PrintedPerson(name, user_page=user_page(name)) for name in given]
    page_image(NameBadges(PHOTO_WALK, badges, BADGE_FORMATS["l4785"], direction), 1, 2400).save(
        str(tmp_path / "page.png")
    )
    found = subprocess.run(
        [str(_READER), "-q", "--raw", str(tmp_path / "page.png")], capture_output=True, text=True, timeout=60
    )
    assert set(found.stdout.split()) == {user_page(name) for name in given}
