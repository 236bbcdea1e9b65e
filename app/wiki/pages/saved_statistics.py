"""Read aggregated answers from a saved page or a copied table, in any language (CONTRACT §3).

What the wiki sends with uselang=qqx names questions and options by keys (`statistics_page`). Other pages are
read by the order of questions and options, which is always the same; anything missing or added is refused.
"""

import re
from collections.abc import Iterable, Sequence

from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import NO_RESPONSE
from app.domain.people.question import OPTION_KEYS
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.i18n import _
from app.wiki.pages.html_tree import Element
from app.wiki.pages.special_pages import PARTICIPANTS_TOTAL, event_details, text_of
from app.wiki.pages.statistics_page import PART, TAB, statistics

#: The questions as the page shows them: first those that are not personal, then those after an agreement.
_OPEN, _AFTER_AGREEMENT = (4, 5), (1, 2, 3)
#: Parts of a number: decimal digits of any script, and what stands between groups of them.
_NUMBER = re.compile(r"\d(?:[.,\s\u00a0\u202f\u066c’']?\d)*")
_BETWEEN = re.compile(r"\D")
_KEY = "(campaignevents-"
_CELLS = 3


def saved_statistics(wiki: str, event_id: int, html: str) -> WikiStatistics:
    """Read a saved page of an event's response statistics.

    Raises:
        KnownFault: it is cut, another page, of another event, or has no statistics.
    """
    try:
        page, panel = event_details(wiki, event_id, TAB, html)
    except KnownFault as fault:
        raise _refused() from fault
    people = page.config.get(PARTICIPANTS_TOTAL)
    if panel is None or type(people) is not int:
        raise _refused()
    if _KEY in text_of(panel):
        try:
            found = statistics(wiki, event_id, html)
        except KnownFault as fault:
            raise _refused() from fault
        if found is None:
            raise _refused()
        return found
    containers = page.all(panel, css_class=f"{PART}question-container")
    tables = [container.first("table", f"{PART}question-table") for container in containers]
    rows = [None if table is None else [_cells(row) for row in page.all(table, "tr")] for table in tables]
    waits = any(one.first("form") is not None for one in page.all(panel, css_class=f"{PART}section"))
    return WikiStatistics(people, _in_order(rows, people), waits)


def copied_statistics(text: str, people: int) -> WikiStatistics:
    """Read tables that were copied from the page: options, shares and numbers, with tabs between.

    `people`: how many registered for the event. Raises KnownFault as `saved_statistics`.
    """
    tables: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        is_row = len(cells) == _CELLS and all(cells)
        if is_row and not _NUMBER.search(cells[2]):
            # The headings of a table.
            tables.append([])
            inside = True
        elif is_row:
            if not inside:
                tables.append([])
                inside = True
            tables[-1].append(cells)
        elif line.strip():
            inside = False
    if not any(tables):
        raise _refused()
    known = {len(options) + 1: number for number, options in OPTION_KEYS.items()}
    questions: list[QuestionStatistics] = []
    for table in tables:
        number = known.get(len(table))
        if number is None or number in [one.question for one in questions]:
            raise _refused()
        questions.append(_question(number, table, people))
    return WikiStatistics(people, tuple(questions), waits_for_agreement=False)


def _cells(row: Element) -> list[str]:
    return [text_of(cell) for cell in row.all("td")]


def _in_order(tables: Sequence[Sequence[list[str]] | None], people: int) -> tuple[QuestionStatistics, ...]:
    """Return the questions of tables in the page's order; None stands for a question with too few answers."""
    shown = {len(_OPEN): _OPEN, len(_OPEN + _AFTER_AGREEMENT): _OPEN + _AFTER_AGREEMENT}.get(len(tables))
    if shown is None:
        raise _refused()
    questions = []
    for number, table in zip(shown, tables, strict=True):
        if table is None:
            questions.append(QuestionStatistics(number, people, None))
            continue
        # The headings have no cells of their own.
        questions.append(_question(number, [row for row in table if row], people))
    return tuple(questions)


def _question(number: int, rows: Sequence[list[str]], people: int) -> QuestionStatistics:
    options = (*OPTION_KEYS[number], NO_RESPONSE)
    if len(rows) != len(options) or any(len(row) != _CELLS for row in rows):
        raise _refused()
    shares = tuple(_share(option, row, people) for option, row in zip(options, rows, strict=True))
    _check_sum(shares, people)
    return QuestionStatistics(number, people, shares)


def _share(option: str, row: Sequence[str], people: int) -> Share:
    numbers = [int(_BETWEEN.sub("", found)) for found in _NUMBER.findall(row[2])]
    if len(numbers) == 1 and _NUMBER.fullmatch(row[2]):
        return Share(option, numbers[0], numbers[0], people)
    if len(numbers) == 1:
        # "Less than 5"
        return Share(option, 0, numbers[0] - 1, people)
    if len(numbers) == 2 and numbers[0] <= numbers[1]:
        return Share(option, numbers[0], numbers[1], people)
    raise _refused()


def _check_sum(shares: Iterable[Share], people: int) -> None:
    """Refuse numbers that cannot be those of so many people: a row was changed, or is of another event."""
    least, most = 0, 0
    for share in shares:
        least += share.least
        most += share.most
    if not least <= people <= most:
        raise _refused()


def _refused() -> KnownFault:
    return KnownFault(
        Fault.USAGE,
        _(
            "These are not the response statistics of this event: the page is cut, of another event or of "
            "another kind, or rows are missing or more. Nothing was changed. Open the tab “Response "
            "statistics” of the event’s details on the wiki, and save the whole page, or copy its tables."
        ),
    )
