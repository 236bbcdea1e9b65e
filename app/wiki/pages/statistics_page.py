"""Parse the statistics tab of Special:EventDetails: aggregated answers (CONTRACT §3, §5)."""

import re

from app.domain.people.participant import NO_RESPONSE
from app.domain.people.question import QUESTION_OPTIONS
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.wiki.pages.html_tree import Element
from app.wiki.pages.special_pages import PARTICIPANTS_TOTAL, SpecialPage, event_details, message, text_of

TAB = "StatsPanel"
_PEOPLE = PARTICIPANTS_TOTAL
_NUMBERS = {name: number for number, name in QUESTION_OPTIONS}
_QUESTION = re.compile(r"campaignevents-register-question-([a-z]+)-stats-label")
_OPTION = re.compile(r"campaignevents-register-question-[a-z-]*?option-([a-z0-9-]+)")
_SILENCE = "campaignevents-details-stats-no-response"
_FEW = "campaignevents-details-stats-few-answers-option"
_RANGE = "campaignevents-details-stats-range-number"
#: Messages instead of the statistics: not aggregated yet, or no answers.
_NOTICES = ("campaignevents-details-stats-not-ready", "campaignevents-details-stats-no-responses")
PART = "ext-campaignevents-eventdetails-stats-"


def statistics(wiki: str, event_id: int, html: str) -> WikiStatistics | None:
    """Parse the statistics of an event; return None if it has not ended or is not aggregated yet.

    Raises:
        KnownFault: WIKI_BROKEN if the page's structure has changed.
    """
    page, panel = event_details(wiki, event_id, TAB, html)
    if panel is None:
        return None
    people = page.config.get(_PEOPLE)
    sections = page.all(panel, css_class=f"{PART}section")
    if not sections:
        notice = message(text_of(panel))
        if notice and notice[0] in _NOTICES:
            return None
    if type(people) is not int or not sections:
        raise page.changed()
    questions = [
        _question(page, one, people)
        for section in sections
        for one in page.all(section, css_class=f"{PART}question-container")
    ]
    waits_for_agreement = any(section.first("form") is not None for section in sections)
    return WikiStatistics(people, tuple(questions), waits_for_agreement)


def _question(page: SpecialPage, container: Element, people: int) -> QuestionStatistics:
    label = message(text_of(container.first("h3")))
    named = _QUESTION.fullmatch(label[0]) if label else None
    number = _NUMBERS.get(named[1]) if named else None
    if number is None:
        raise page.changed()
    table = container.first("table", f"{PART}question-table")
    if table is None:
        return QuestionStatistics(number, people, None)
    shares = []
    for row in page.all(table, "tr"):
        cells = page.all(row, "td")
        if not cells:
            continue
        if len(cells) != 3:
            raise page.changed()
        shares.append(_share(page, text_of(cells[0]), text_of(cells[2]), people))
    if not shares:
        raise page.changed()
    return QuestionStatistics(number, people, tuple(shares))


def _share(page: SpecialPage, option: str, number: str, people: int) -> Share:
    named = message(option)
    found = _OPTION.fullmatch(named[0]) if named else None
    if named and named[0] == _SILENCE:
        key = NO_RESPONSE
    elif found:
        key = found[1]
    else:
        raise page.changed()
    range_message = message(number)
    if range_message is None:
        count = page.whole(number)
        return Share(key, count, count, people)
    kind, parameters = range_message
    if kind == _FEW:
        return Share(key, 0, page.whole(parameters) - 1, people)
    least, comma, most = parameters.partition(", ")
    if kind != _RANGE or not comma:
        raise page.changed()
    return Share(key, page.whole(least), page.whole(most), people)
