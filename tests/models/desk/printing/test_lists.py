"""The sign-in sheet and the checklist: who is on them, in which order, and that nothing is cut off."""

from itertools import chain
from random import Random

import pytest
from PySide6.QtCore import Qt

from app.domain import names
from app.models.desk.printing.checklist import Checklist
from app.models.desk.printing.list_pages import ListPages
from app.models.desk.printing.paper import A4, LETTER, MM
from app.models.desk.printing.printed_people import PrintedPerson
from app.models.desk.printing.sign_in_sheet import SignInSheet
from tests.support.printed_pages import PHOTO_WALK, PageInk, odd_names, people, texts_of, words_of

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
BOTH = pytest.mark.parametrize("kind", [SignInSheet, Checklist])
NAMES = [f"{first} {last}" for first in ("Ana", "Émile", "Zoë", "Łukasz", "Ömer") for last in range(50, 80)]
WARNING = "Holds the names of people who registered privately"


def a_list(kind: type[ListPages], given: list[PrintedPerson], paper=A4, direction=LTR) -> ListPages:
    return kind(PHOTO_WALK, given, paper, direction)


@BOTH
@pytest.mark.parametrize("paper", [A4, LETTER])
def test_everybody_is_printed_once_in_the_order_of_names(kind: type[ListPages], paper) -> None:
    shuffled = Random(1).sample(NAMES, len(NAMES))
    pages = words_of(a_list(kind, people(shuffled), paper))
    printed = [text for text in chain.from_iterable(pages) if text in set(NAMES)]
    assert printed == sorted(NAMES, key=names.search_text)
    assert len(pages) > 1


@BOTH
def test_each_page_says_of_which_event_it_is_and_how_many_there_are(kind: type[ListPages]) -> None:
    pages = words_of(a_list(kind, people(NAMES)))
    for number, texts in enumerate(pages, 1):
        assert {"Photo walk", "24 November 2026 · Lagos, Nigeria", "As fetched yesterday."} <= set(texts)
        assert f"Page {number} of {len(pages)}" in texts
        assert WARNING not in texts


@BOTH
def test_a_page_more_only_for_a_person_more(kind: type[ListPages]) -> None:
    one = a_list(kind, people(NAMES))
    full = one.rows * one.columns
    assert [a_list(kind, people(NAMES[:count])).page_count for count in (0, 1, full, full + 1)] == [
        1,
        1,
        1,
        2,
    ]


@BOTH
def test_private_people_are_marked_and_each_page_warns(kind: type[ListPages]) -> None:
    given = [*people(NAMES), PrintedPerson("Shy", private=True)]
    pages = words_of(a_list(kind, given))
    assert [WARNING in texts for texts in pages] == [True] * len(pages)
    assert list(chain.from_iterable(pages)).count("Private") == 1


@BOTH
def test_nobody_is_marked_private_where_nobody_is(kind: type[ListPages]) -> None:
    assert "Private" not in chain.from_iterable(words_of(a_list(kind, people(NAMES))))


@BOTH
def test_of_a_long_list_a_page_needs_only_its_own_people(kind: type[ListPages]) -> None:
    pages = a_list(kind, people(f"Person {number}" for number in range(20_000)))
    assert pages.page_count > 300
    assert len(texts_of(pages, pages.page_count // 2)) < 150


@BOTH
@pytest.mark.parametrize("direction", [LTR, RTL])
@pytest.mark.parametrize("paper", [A4, LETTER])
def test_no_name_of_any_script_leaves_the_margins(kind: type[ListPages], paper, direction) -> None:
    given = [PrintedPerson(name, True, "10:05") for name in odd_names()]
    pages = a_list(kind, given, paper, direction)
    for number in range(1, pages.page_count + 1):
        ink = PageInk(pages, number)
        assert not ink.any_beyond(14.5, 13.5, ink.width - 14.5, ink.height - 10.5)


@pytest.mark.parametrize("direction", [LTR, RTL])
def test_no_name_reaches_the_place_for_the_signature(direction) -> None:
    pages = a_list(SignInSheet, people(odd_names()), direction=direction)
    ink, bottom = PageInk(pages), (pages.rows_top + pages.rows * pages.row_height) / MM
    top = pages.rows_top / MM + 1
    start, end = 15 + 93.2, 15 + 97.8
    if direction is RTL:
        start, end = ink.width - end, ink.width - start
    assert not ink.any_in(start, top, end, bottom)


def test_a_sheet_begins_on_the_right_where_the_language_does() -> None:
    for direction, leading in ((LTR, True), (RTL, False)):
        pages = a_list(SignInSheet, people(["M"]), direction=direction)
        ink, top = PageInk(pages), pages.rows_top / MM
        assert ink.any_in(29, top + 1, 36, top + 9) == leading
        assert ink.any_in(ink.width - 36, top + 1, ink.width - 29, top + 9) != leading


def test_numbers_and_headings_go_on_from_page_to_page() -> None:
    pages = a_list(SignInSheet, people(NAMES))
    for number, texts in enumerate(words_of(pages)):
        assert {"No.", "Name", "Signature"} <= set(texts)
        numbers = [int(text) for text in texts if text.isdigit()]
        assert numbers[0] == number * pages.rows + 1
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_the_rest_of_a_sheet_has_lines_for_those_who_are_not_registered() -> None:
    pages = a_list(SignInSheet, people(["Zoë"]))
    bottom, ink = (pages.rows_top + pages.rows * pages.row_height) / MM, PageInk(pages)
    assert ink.any_in(120, bottom - 0.3, 190, bottom + 0.3)
    assert not ink.any_in(120, bottom - 9, 190, bottom - 1)


def test_usual_names_stand_in_two_columns_and_long_ones_in_one() -> None:
    assert a_list(Checklist, people(NAMES)).columns == 2
    assert a_list(Checklist, people([*NAMES, "W" * 85])).columns == 2
    assert (
        a_list(
            Checklist, people(f"{name} of the Society of Photographers of Lagos" for name in NAMES)
        ).columns
        == 1
    )


def test_a_column_is_full_before_the_next_begins() -> None:
    pages = a_list(Checklist, people(NAMES[: len(NAMES) // 3]))
    boxes = {one.text: one.box for one in texts_of(pages, 1) if one.text in set(NAMES)}
    in_order = sorted(boxes, key=names.search_text)
    assert len({boxes[name].left() for name in in_order[: pages.rows]}) == 1
    assert boxes[in_order[pages.rows]].left() > boxes[in_order[0]].right()
    assert boxes[in_order[pages.rows]].top() == boxes[in_order[0]].top()


def test_a_checklist_tells_what_is_known_of_somebody_in_one_line() -> None:
    given = [PrintedPerson("Zoë", True, "10:05"), PrintedPerson("Ana")]
    [texts] = words_of(a_list(Checklist, given))
    assert "Private · Arrived 10:05" in texts


def test_who_has_arrived_is_ticked() -> None:
    def ticked(arrived: str) -> bool:
        pages = a_list(Checklist, [PrintedPerson("Zoë", arrived=arrived)])
        top = pages.rows_top / MM
        return PageInk(pages).any_in(16.5, top + 3.5, 18.5, top + 6)

    assert ticked("10:05")
    assert not ticked("")
