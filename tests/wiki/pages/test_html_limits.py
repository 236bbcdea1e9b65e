"""The time limits for parsing any page, and the parsing of malformed pages."""

import time
from collections.abc import Callable

import pytest

from app.domain.faults import Fault, KnownFault
from app.wiki.pages.contributions_page import contributions
from app.wiki.pages.counted_edits_page import counted_edits
from app.wiki.pages.html_tree import MAX_ATTRIBUTES, MAX_CHARACTERS, MAX_REFERENCES, MAX_TAGS, read_html
from app.wiki.pages.my_events_page import my_events
from app.wiki.pages.statistics_page import statistics

WIKI = "a wiki"
#: Limit of CPU time for a page of two megabytes. A few hundredths are usual.
SECONDS = 2.0
PART = "ext-campaignevents-eventdetails-stats-"

READERS: dict[str, tuple[str, str, Callable[[str], object]]] = {
    "my events": (
        "MyEvents",
        "<table class='mw-datatable'><tbody>",
        lambda page: my_events(WIKI, page),
    ),
    "statistics": (
        "EventDetails",
        f"<div id='StatsPanel'><div class='{PART}section'><div class='{PART}question-container'>"
        f"<h3>(campaignevents-register-question-age-stats-label)</h3><table class='{PART}question-table'>",
        lambda page: statistics(WIKI, 5, page),
    ),
    "contributions": (
        "EventDetails",
        "<div id='ContributionsPanel'><div class='cdx-card__text'>",
        lambda page: contributions(WIKI, 5, page),
    ),
    "counted edits": (
        "EventDetails",
        "<div id='ContributionsPanel'><div class='ext-campaignevents-contributions-table'><table><tbody>",
        lambda page: counted_edits(WIKI, 5, page),
    ),
}

REPEATED = {
    "rows": "<tr>",
    "rows with cells": "<tr><td class='TablePager_col_event_name'>x",
    "whole rows": "<tr><td><b data-mw-event-id='1' data-mw-event-name='x'></b></td></tr>",
    "tables": "<table class='mw-datatable'><tbody><tr>",
    "cells": "<td>",
    "lists": "<ul><li>",
    "paragraphs": "<p>",
    "links": "<a href='x'>",
    "bold": "<b>",
    "italics": "<i>",
    "divisions": "<div>",
    "sections": f"<div class='{PART}section'><div class='{PART}question-container'><h3>",
    "cards": "<div class='cdx-card__text'>",
    "buttons": "<span class='TablePager-button-next'>",
    "small elements": "<i/>",
    "crossed elements": "<b><i></b></i>",
    "ends of nothing": "</div>",
    "less-than signs": "<",
    "ends without a name": "</",
    "ends that are cut off": "</a",
    "comments": "<!--",
    "short comments": "<!-->",
    "character data": "<![CDATA[",
    "declarations": "<!x",
    "instructions": "<?",
    "references": "&a",
    "long references": "&" + "a" * 32,
    "ampersands": "&",
    "numbers": "&#1;",
    "endless numbers": "&#" + "9" * 5_000,
    "attributes": "<a" + " b" * 100_000 + ">",
    "attributes with values": "<a" + " b=c" * 100_000 + ">",
    "classes": "<b class='" + "cdx-card__text_ " * 100_000 + "'>",
    "tags that are cut off": "<a ",
    "names without end": "<a",
    "blanks in a tag": "<a" + " " * 500,
    "quotes without end": "<a b=\"<a b='",
    "mixed quotes": "<a b='\"",
    "scripts": "<script>",
    "ends of scripts": "<script></script",
    "titles": "<title>",
    "null bytes": "\0",
    "message keys": "(a",
    "parameters": "(a: = b",
    "sizes": "(rc-change-size: 1",
    "variables": '"wgA":"\\',
    "variables with blanks": '"wgA":' + " " * 100,
}


def fault_in(reader: str, body: str, head: str = "") -> Fault | None:
    """Parse a page; return its fault, and check that it is parsed in time."""
    name, begin, read = READERS[reader]
    page = (
        f'<html><head><script>"wgCanonicalSpecialPageName":"{name}","wgCampaignEventsEventID":5,'
        f'"wgCampaignEventsEventDetailsParticipantsTotal":50,{head}</script></head><body>'
        f"<div id='mw-content-text'>{begin}{body}</div></body></html>"
    )
    begun = time.process_time()
    try:
        read(page)
    except KnownFault as fault:
        return fault.fault
    finally:
        assert time.process_time() - begun < SECONDS
    return None


def repeated(shape: str, longest: int) -> str:
    """Repeat a shape as often as the limits of size allow."""
    part = REPEATED[shape]
    tags, references = part.count("<"), part.count("&")
    fitting = [longest // len(part)]
    fitting += [(MAX_TAGS - 100) // tags] if tags else []
    fitting += [(MAX_REFERENCES - 100) // references] if references else []
    return part * min(fitting)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("shape", REPEATED)
def test_no_page_takes_long(shape: str, reader: str) -> None:
    body = repeated(shape, MAX_CHARACTERS - 1_000)
    assert fault_in(reader, body) in (None, Fault.WIKI_BROKEN)


@pytest.mark.parametrize("shape", REPEATED)
def test_no_head_of_a_page_takes_long(shape: str) -> None:
    head = repeated(shape, 250_000)
    assert fault_in("my events", "", head) in (None, Fault.WIKI_BROKEN)


@pytest.mark.parametrize(
    "page",
    [
        "x" * (MAX_CHARACTERS + 1),
        "<" * (MAX_TAGS + 1),
        "&" * (MAX_REFERENCES + 1),
        "<a" + " b" * (MAX_ATTRIBUTES + 1) + ">",
        "<a b>" * (MAX_TAGS - 100) + "<a" + " b" * (MAX_ATTRIBUTES - MAX_TAGS + 101) + ">",
    ],
)
def test_a_page_over_the_limits_is_reported(page: str) -> None:
    assert fault_in("my events", page) is Fault.WIKI_BROKEN
    with pytest.raises(ValueError, match="too m"):
        read_html(page)


def test_the_largest_list_of_events_is_within_the_limits() -> None:
    # 250 events with names of the maximum length.
    title = "%E0%A4%89" * 85
    link = f"<a href='/index.php?title=Event:{title}&amp;x=1' title='{'उ' * 85}' class='a b c'>{'उ' * 85}</a>"
    cells = "<td class='TablePager_col'><span class='x'></span></td>" * 8
    handle = (
        f"<span data-mw-event-id='7' data-mw-event-name='{'&quot;' * 60}' data-mw-event-page-url='{title}'>"
    )
    row = f"<tr>{cells}<td>{link * 3}{handle}</span></td></tr>"
    assert fault_in("my events", row * 250 + "</tbody></table>") is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <b>b</b> c", "a b c"),
        ("a<br>b<img src=x>c<br/>d", "abcd"),
        ("1 < 2 & 3 &lt; 4 &amp;amp; &#8364;", "1 < 2 & 3 < 4 &amp; €"),
        ("&a<b>mp;</b>", "&amp;"),
        ("a<!-- <b>no</b> -->b<!-->c<!--->d", "abcd"),
        ("a<!doctype html><?php no ?>b</>c</ no>d", "abcd"),
        ("a<script>if (a</b>c) '</div>'</script>b<STYLE>no</Style >c", "abc"),
        ("<title>a<b>b</title>", "a<b>b"),
        ("a<b title='>' data-x=\">\" y = z/ >b</b>", "ab"),
        ("a</b>b</i>c", "abc"),
        ("a<!-- no", "a"),
        ("a<b title='no>", "a"),
        ("a</b", "a"),
        ("a<script>no", "a"),
    ],
)
def test_the_text_of_untidy_html_is_that_of_a_browser(html: str, text: str) -> None:
    assert read_html(html).text() == text


def test_an_element_contains_its_descendants() -> None:
    page = read_html("<p id=a CLASS='x  y'>1<b title='&lt;&#62;' title=no>2</B>3<i>4</p>5</i><p>6")
    first = page.with_id("a")
    assert first is not None
    assert (first.text(), page.text()) == ("1234", "123456")
    assert [one.text() for one in page.all("p")] == ["1234", "6"]
    assert page.first(css_class="y") is first
    assert page.first(css_class="x  y") is None
    assert page.first("b", "y") is None
    bold = page.first(attribute="title")
    assert bold is not None
    assert (bold.name, bold.attribute("title"), bold.attribute("id")) == ("b", "<>", "")
    assert first.first("p") is None


def test_nested_elements_are_not_listed() -> None:
    page = read_html("<tr><td>1<tr><td>2</td></tr></tr>")
    with pytest.raises(ValueError, match="inside"):
        page.all("tr")
