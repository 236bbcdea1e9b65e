"""Response statistics from saved pages and copied tables: recorded ones, translated, cut and changed."""

import json
import re

import pytest

from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.wiki.pages.saved_statistics import copied_statistics, saved_statistics
from app.wiki.pages.statistics_page import statistics
from tests.support.repository import RECORDINGS

WIKI = "a wiki"


def recorded(number: int) -> str:
    (path,) = RECORDINGS.glob(f"{number}-*.json")
    return str(json.loads(path.read_text("utf-8"))["response"]["body"])


def shares(found: WikiStatistics, question: int) -> dict[str, tuple[int, int]] | None:
    (one,) = (one for one in found.questions if one.question == question)
    return None if one.shares is None else {share.option: (share.least, share.most) for share in one.shares}


def test_a_page_in_english_gives_the_figures_in_it() -> None:
    found = saved_statistics(WIKI, 5, recorded(378))
    assert (found.people, found.waits_for_agreement) == (58, False)
    assert [one.question for one in found.questions] == [4, 5, 1, 2, 3]
    assert shares(found, 4) == {
        "none": (11, 11),
        "some-not-confident": (9, 9),
        "some-confident": (5, 5),
        "confident": (9, 9),
        NO_RESPONSE: (24, 24),
    }
    assert shares(found, 5) == {"affiliate": (17, 17), "none": (12, 12), NO_RESPONSE: (29, 29)}
    # Few answers to an option, and a range, as the page says it.
    for question in (1, 2, 3):
        told = shares(found, question)
        assert told is None or all(least <= most for least, most in told.values())
    assert found == saved_statistics(WIKI, 5, recorded(610)), "the same page with uselang=qqx"


@pytest.mark.parametrize("number", [376, 379])
def test_before_the_agreement_only_the_open_questions_are_there(number: int) -> None:
    found = saved_statistics(WIKI, 5, recorded(number))
    assert found.waits_for_agreement
    assert [one.question for one in found.questions] == [4, 5]


@pytest.mark.parametrize(("number", "event"), [(610, 5), (1060, 89), (1061, 4)])
def test_pages_of_message_keys_are_read_as_before(number: int, event: int) -> None:
    assert saved_statistics(WIKI, event, recorded(number)) == statistics(WIKI, event, recorded(number))


def translated(page: str) -> str:
    """Return the English page as another language would have it: other words, digits and percent signs."""
    head, body = page.split("</head>", 1)
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

    def cell(found: re.Match[str]) -> str:
        number = re.search(r"\d", found[1])
        words = found[1].translate(arabic).replace("Less than", "أقل من").replace("%", "٪")
        return f"<td>{words if number else 'خيار'}</td>"

    return head + "</head>" + re.sub(r"<td>([^<]*)</td>", cell, body).replace("How confident", "ما مدى")


def test_a_page_in_another_language_gives_the_same_by_the_order_of_its_rows() -> None:
    assert saved_statistics(WIKI, 5, translated(recorded(378))) == saved_statistics(WIKI, 5, recorded(378))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page[: len(page) // 2],
        lambda page: page.replace('wgCampaignEventsEventID":5', 'wgCampaignEventsEventID":6'),
        lambda page: page.replace("stats-question-container", "stats-something"),
        lambda page: page.replace("<tr><td>Yes</td><td>29.3%</td><td>17</td></tr>", ""),
        lambda page: page.replace(
            "<tr><td>Yes</td>", "<tr><td>Perhaps</td><td>0%</td><td>0</td></tr><tr><td>Yes</td>", 1
        ),
        lambda page: page.replace("<td>17</td>", "<td>many</td>", 1),
        lambda page: page.replace("<td>17</td>", "<td>170</td>", 1),
        lambda page: "<html><body>Another page</body></html>",
    ],
    ids=[
        "cut",
        "other event",
        "other skin",
        "a row less",
        "a row more",
        "no number",
        "wrong sum",
        "other page",
    ],
)
def test_what_is_not_this_events_page_is_refused_with_a_sentence(spoil) -> None:
    with pytest.raises(KnownFault, match="not the response statistics of this event") as refused:
        saved_statistics(WIKI, 5, spoil(recorded(378)))
    assert refused.value.fault is Fault.USAGE


COPIED = (
    "How confident do you feel?\n"
    "Option\tPercentage\tNumber\n"
    "I have never contributed\t19%\t11\n"
    "Some experience\t15.5%\t9\n"
    "Some, confident\t0% - 8.6%\tLess than 5\n"
    "Confident\t15.5%\t9\n"
    "No response\t43%–50%\t25–29\n"
    "\n"
    "Do you belong to any affiliate?\n"
    "Option\tPercentage\tNumber\n"
    "Yes\t29.3%\t17\n"
    "No\t20.7%\t12\n"
    "No response\t50%\t29\n"
)


def test_copied_tables_are_read_by_their_rows() -> None:
    found = copied_statistics(COPIED, 58)
    told = shares(found, 4)
    assert told is not None
    assert told["some-confident"] == (0, 4)
    assert told[NO_RESPONSE] == (25, 29)
    assert shares(found, 5) == {"affiliate": (17, 17), "none": (12, 12), NO_RESPONSE: (29, 29)}


@pytest.mark.parametrize(
    "text",
    ["", "hello", COPIED.replace("No\t20.7%\t12\n", ""), COPIED + COPIED, COPIED.replace("\t", " ")],
    ids=["nothing", "words", "a row less", "twice", "without tabs"],
)
def test_other_copied_text_is_refused(text: str) -> None:
    with pytest.raises(KnownFault, match="not the response statistics of this event"):
        copied_statistics(text, 58)
