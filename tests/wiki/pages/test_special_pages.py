"""Pages that only a session can read: recorded from a real wiki, changed, and hostile."""

import html as markup
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.changes.operations import WikiEdit
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.wiki_statistics import Editor, GoalProgress
from app.wiki.pages.contributions_page import contributions
from app.wiki.pages.counted_edits_page import counted_edits
from app.wiki.pages.my_events_page import my_events
from app.wiki.pages.statistics_page import statistics
from tests.support.examples import examples
from tests.support.repository import RECORDINGS

WIKI = "a wiki"


def recorded(number: int) -> str:
    (path,) = RECORDINGS.glob(f"{number}-*.json")
    return str(json.loads(path.read_text("utf-8"))["response"]["body"])


def fault_of(read: Callable[[str], object], page: str) -> Fault | None:
    try:
        read(page)
    except KnownFault as fault:
        return fault.fault
    return None


READERS: dict[str, tuple[int, Callable[[str], object]]] = {
    "my events": (616, lambda page: my_events(WIKI, page)),
    "statistics": (610, lambda page: statistics(WIKI, 5, page)),
    "contributions": (612, lambda page: contributions(WIKI, 8, page)),
    "counted edits": (1049, lambda page: counted_edits(WIKI, 7, page)),
}


@pytest.mark.parametrize(
    ("number", "count", "more"),
    [
        (385, 50, True),
        (616, 50, True),
        (617, 20, True),
        (623, 20, True),
        (625, 2, False),
        (631, 1, False),
        (635, 0, False),
        (661, 62, False),
    ],
)
def test_the_users_events_are_read_page_by_page(number: int, count: int, more: bool) -> None:
    page = my_events(WIKI, recorded(number))
    assert len(page.events) == count
    assert (page.next_offset is not None) is more
    assert len({one.event_id for one in page.events}) == count


def test_names_of_events_are_unchanged() -> None:
    names = {one.name for one in my_events(WIKI, recorded(625)).events}
    assert '編集大会 / वीकिमीडिया उत्सव & "Quotes" — été (2027)' in names


def test_the_next_page_is_found_by_its_offset() -> None:
    assert my_events(WIKI, recorded(617)).next_offset == "20270305090000|Rec 101834 fmt tz-lowercase|24"


def test_statistics_are_read_with_their_ranges() -> None:
    found = statistics(WIKI, 5, recorded(610))
    assert found is not None
    assert (found.people, found.waits_for_agreement) == (58, False)
    assert [one.question for one in found.questions] == [4, 5, 1, 2, 3]
    gender = next(one for one in found.questions if one.question == 1)
    assert gender.shares is not None
    ranges = {share.option: (share.least, share.most) for share in gender.shares}
    assert ranges == {
        "man": (12, 12),
        "woman": (7, 7),
        "agender": (0, 4),
        "nonbinary": (6, 6),
        "other": (0, 4),
        NO_RESPONSE: (25, 33),
    }


def test_a_pending_agreement_is_reported() -> None:
    page = recorded(610)
    begin = page.index("<div>", page.index("(campaignevents-details-stats-section-pii)</h2>"))
    end = page.index("id='EmailPanel'")
    form = "<div><form method='post'></form></div></div></div></div><div "
    found = statistics(WIKI, 5, page[:begin] + form + page[end:])
    assert found is not None
    assert found.waits_for_agreement
    assert [one.question for one in found.questions] == [4, 5]


def test_a_question_with_few_answers_has_no_table() -> None:
    page = re.sub(
        r"(affiliate-stats-label\)</h3></div>)<table.*?</table>", r"\1<p>few</p>", recorded(610), count=1
    )
    found = statistics(WIKI, 5, page)
    assert found is not None
    assert [one.shares is None for one in found.questions] == [False, True, False, False, False]


def test_contributions_are_read_with_their_totals() -> None:
    page = contributions(WIKI, 8, recorded(612))
    assert page is not None
    totals = dict(page.found.totals)
    assert (totals["participants"], totals["articles-created"]) == ((7,), (4,))
    assert totals["bytes-changed"] == (7812, 0)


def test_removed_bytes_are_counted_too() -> None:
    page = recorded(612).replace("(rc-change-size: 0)", "(rc-change-size: \u2212612)", 1)
    read = contributions(WIKI, 8, page)
    assert read is not None
    assert dict(read.found.totals)["bytes-changed"] == (7812, 612)


def test_editors_and_the_goal_are_read_from_the_later_page() -> None:
    page = contributions(WIKI, 127, recorded(1052))
    assert page is not None
    assert len(page.found.totals) == 7
    assert dict(page.found.totals)["edit-count"] == (7,)
    assert dict(page.found.totals)["bytes-changed"] == (210, 31)
    assert page.found.goal == GoalProgress(7, 10, 70)
    assert page.found.editors == (
        Editor("Lars Lindqvist", private=False, created=3, edited=2, edits=5, size=175),
        Editor("Rosa Luz", private=True, created=1, edited=1, edits=2, size=4),
    )
    assert page.next_offset is None


def test_the_next_page_of_editors_is_found() -> None:
    page = contributions(WIKI, 127, recorded(1058))
    assert page is not None
    assert len(page.found.editors) == 1
    assert page.next_offset


def test_single_edits_are_not_read_as_editors() -> None:
    page = contributions(WIKI, 127, recorded(1051))
    assert page is not None
    assert page.found.editors == ()


@pytest.mark.parametrize(
    ("number", "event", "wiki", "revisions"),
    [
        (612, 8, "realwiki", (30, 26, 29, 27, 28, 20, 24, 21, 22, 19, 18, 17)),
        (1051, 127, "mw147", (188, 185, 189, 187, 183, 186, 184)),
        (1056, 127, "mw147", (185, 187, 183, 186, 184)),
    ],
)
def test_the_edits_that_count_are_read(
    number: int, event: int, wiki: str, revisions: tuple[int, ...]
) -> None:
    page = counted_edits(WIKI, event, recorded(number))
    assert page is not None
    assert page.edits == tuple(WikiEdit(wiki, revision) for revision in revisions)
    assert page.next_offset is None
    assert counted_edits(WIKI, 5, recorded(610)) is None


def test_missing_statistics_and_contributions_are_not_a_changed_page() -> None:
    assert statistics(WIKI, 8, recorded(612)) is None
    assert contributions(WIKI, 5, recorded(610)) is None


@pytest.mark.parametrize("notice", ["not-ready", "no-responses"])
def test_statistics_that_are_not_ready_are_not_a_changed_page(notice: str) -> None:
    page = recorded(610)
    begin = page.index(">", page.index("id='StatsPanel'")) + 1
    label = f"<div><span></span><span>(campaignevents-details-stats-{notice})</span></div></div><div "
    assert statistics(WIKI, 5, page[:begin] + label + page[page.index("id='EmailPanel'") :]) is None


@pytest.mark.parametrize("number", [615, 855])
def test_a_page_for_an_anonymous_user_means_that_the_sign_in_has_ended(number: int) -> None:
    with pytest.raises(KnownFault) as caught:
        statistics(WIKI, 5, recorded(number))
    assert caught.value.fault is Fault.SIGN_IN_ENDED


@pytest.mark.parametrize("name", READERS)
def test_another_page_in_its_place_is_reported(name: str) -> None:
    _, read = READERS[name]
    other = {"my events": 612, "statistics": 616, "contributions": 635, "counted edits": 1051}[name]
    for page in (recorded(other), "", "<html><body>Down for maintenance</body></html>"):
        with pytest.raises(KnownFault, match="has changed its page") as caught:
            read(page)
        assert caught.value.fault is Fault.WIKI_BROKEN


def test_the_page_of_another_event_is_not_taken_for_this_one() -> None:
    with pytest.raises(KnownFault, match="has changed its page"):
        statistics(WIKI, 6, recorded(610))


@pytest.mark.parametrize(
    ("number", "read", "cut"),
    [
        (616, lambda page: my_events(WIKI, page), r"<table class=\"mw-datatable.*?</table>"),
        (616, lambda page: my_events(WIKI, page), r"data-mw-event-id='5'"),
        (
            610,
            lambda page: statistics(WIKI, 5, page),
            r"\(campaignevents-register-question-age-stats-[a-z]+\)",
        ),
        (610, lambda page: statistics(WIKI, 5, page), r"<td>\(percent: 19\)</td>"),
        (610, lambda page: statistics(WIKI, 5, page), r'"wgCampaignEventsEventDetailsPa[^,]+,'),
        (612, lambda page: contributions(WIKI, 8, page), r"cdx-card__text__description"),
        (
            1052,
            lambda page: contributions(WIKI, 127, page),
            r"(?<=edit_count )cdx-table__table__cell--align-start\">5",
        ),
        (1052, lambda page: contributions(WIKI, 127, page), r"goal-progress-numeric"),
        (1052, lambda page: contributions(WIKI, 127, page), r'aria-valuenow="\d+"'),
        (1049, lambda page: counted_edits(WIKI, 7, page), r"(?<=start\">)\(project-localized-name-mw147\)"),
        (1049, lambda page: counted_edits(WIKI, 7, page), r"oldid=\d+"),
        (1049, lambda page: counted_edits(WIKI, 7, page), r"</tr>(?=\s*<tr>\s*<td)"),
        # Without the end of a row, a cell or a card, the following content would become a part of it.
        (616, lambda page: my_events(WIKI, page), r"</tr>(?=\s*<tr>\s*<td)"),
        (635, lambda page: my_events(WIKI, page), r"<tr>\s*<td.*?</tr>"),
        (616, lambda page: my_events(WIKI, page), r"offset="),
        (610, lambda page: statistics(WIKI, 5, page), r"</td>(?=\s*<td>\(percent)"),
        (612, lambda page: contributions(WIKI, 8, page), r"</div>\s*</div>\s*(?=<div class=\"cdx-card\")"),
    ],
)
def test_missing_parts_are_reported_and_never_guessed(
    number: int, read: Callable[[str], object], cut: str
) -> None:
    page, gone = re.subn(cut, "", recorded(number), count=1, flags=re.DOTALL)
    assert gone
    with pytest.raises(KnownFault, match="has changed its page"):
        read(page)


@pytest.mark.parametrize("skin", ["vector", "minerva", "timeless"])
@pytest.mark.parametrize("name", READERS)
def test_another_skin_changes_nothing(name: str, skin: str) -> None:
    number, read = READERS[name]
    page = recorded(number)
    head, _, body = page.partition("</head>")
    begin = (
        body.index('<div id="mw-content-text"')
        if '<div id="mw-content-text"' in body
        else body.index("mw-content-text")
    )
    start = body.rindex("<div", 0, begin + 5)
    other = f"{head}</head><body class='skin-{skin}'><main><section>{body[start:]}"
    assert read(other) == read(page)


HOSTILE = (
    "</td></tr></table><script>alert(1)</script>",
    "\u202eevil\u202c",
    "a" * 5000,
    "'\"<!--",
    "nul\x00nul",
    '"wgUserName":null,"wgCampaignEventsEventID":99',
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_names(name: str) -> None:
    whole = recorded(616)
    written = f"data-mw-event-name='{markup.escape(name)}'"
    found = my_events(WIKI, whole.replace("data-mw-event-name='Autumn Contest'", written, 1))
    assert [one.event_id for one in found.events] == [one.event_id for one in my_events(WIKI, whole).events]


def test_a_fake_table_outside_the_content_is_ignored() -> None:
    handle = "<span data-mw-event-id='7' data-mw-event-name='x'></span>"
    row = f"<tr><td class='TablePager_col_event_name'>x</td><td>{handle}</td></tr>"
    fake = f"<table class='mw-datatable'><tbody>{row}</tbody></table>"
    page = recorded(635).replace("<body", f"<div>{fake}</div><body", 1)
    assert my_events(WIKI, page).events == ()


def test_a_broken_link_is_reported() -> None:
    page = re.sub(r"(TablePager-button-next.*?<a[^>]*href=)'[^']*'", r"\1'http://[x'", recorded(616))
    with pytest.raises(KnownFault, match="has changed its page"):
        my_events(WIKI, page)


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(sorted(READERS)), st.integers(0, 100), st.integers(0, 4000), st.text(max_size=8))
def test_a_damaged_page_gives_a_result_or_a_known_fault(name: str, place: int, length: int, put: str) -> None:
    number, read = READERS[name]
    page = recorded(number)
    begin = page.find("mw-content-text") + place * (len(page) - page.find("mw-content-text")) // 100
    for torn in (page[:begin] + put + page[begin + length :], page[:begin]):
        assert fault_of(read, torn) in (None, Fault.WIKI_BROKEN, Fault.SIGN_IN_ENDED)
