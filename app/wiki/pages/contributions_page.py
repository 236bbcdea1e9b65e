"""Parse the contributions tab of Special:EventDetails (CONTRACT §5, §6)."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from app.domain import names
from app.domain.statistics.wiki_statistics import Contributions, Editor, GoalProgress
from app.wiki.pages.html_tree import Element
from app.wiki.pages.special_pages import SpecialPage, event_details, message, text_of
from app.wiki.shapes import LONGEST_NAME

TAB = "ContributionsPanel"
#: The part of the tab with a row for each participant who edited; 1.45 shows single edits instead.
EDITORS = "editors"
#: Begins the class of a cell, before the name of its column.
COLUMN = "cdx-table-pager__col--"
_TOTAL = re.compile(r"campaignevents-contributions-summary-([a-z-]+)")
_SIZE = re.compile(r"\(rc-change-size: ([\u2212-]?)([0-9,.]+)\)")
_GOAL = "ext-campaignevents-goal-progress"
_NUMERIC = "campaignevents-goal-progress-numeric"
_TABLE = "ext-campaignevents-editors-table"
_PRIVATE = "ext-campaignevents-contributions-private-participant"


@dataclass(frozen=True)
class ContributionsPage:
    """A page of the tab; `next_offset` is the offset of the next page of editors, None on the last."""

    found: Contributions
    next_offset: str | None


def contributions(wiki: str, event_id: int, html: str) -> ContributionsPage | None:
    """Parse a page of the tab; return None if the wiki does not track the event's contributions.

    Raises:
        KnownFault: WIKI_BROKEN if the page's structure has changed.
    """
    page, panel = event_details(wiki, event_id, TAB, html)
    if panel is None:
        return None
    totals = [_total(page, card) for card in page.all(panel, css_class="cdx-card__text")]
    if not totals:
        raise page.changed()
    table = panel.first(css_class=_TABLE)
    editors = [] if table is None else _editors(page, table)
    found = Contributions(tuple(totals), _goal(page, panel), tuple(editors))
    return ContributionsPage(found, None if table is None else next_offset(page, table))


def _total(page: SpecialPage, card: Element) -> tuple[str, tuple[int, ...]]:
    label = message(text_of(card.first(css_class="cdx-card__text__description")))
    named = _TOTAL.fullmatch(label[0]) if label else None
    value = text_of(card.first(css_class="cdx-card__text__title"))
    if named is None:
        raise page.changed()
    # Bytes and links have two sizes: added, then removed with a minus sign.
    sizes = _SIZE.findall(value)
    return named[1], tuple(page.whole(one) for _, one in sizes) if sizes else (page.whole(value),)


def _goal(page: SpecialPage, panel: Element) -> GoalProgress | None:
    card = panel.first(css_class=_GOAL)
    if card is None:
        return None
    bar = card.first(attribute="aria-valuenow")
    numeric = message(text_of(card.first(css_class=f"{_GOAL}__numeric")))
    numbers = numeric[1].split(", ") if numeric and numeric[0] == _NUMERIC else []
    if bar is None or len(numbers) != 2:
        raise page.changed()
    return GoalProgress(
        page.whole(numbers[0]), page.whole(numbers[1]), page.whole(bar.attribute("aria-valuenow"))
    )


def _editors(page: SpecialPage, table: Element) -> list[Editor]:
    bodies = page.all(table, "tbody")
    rows = [row for body in bodies for row in page.all(body, "tr")]
    return [editor for row in rows if (editor := _editor(page, row)) is not None]


def _editor(page: SpecialPage, row: Element) -> Editor | None:
    """Return the editor of a row, None for the single row of an empty table."""
    who = row.first(css_class=COLUMN + "user_name")
    if who is None:
        return None
    name = names.safe(text_of(who.first("bdi"))[:LONGEST_NAME])
    size = _SIZE.search(text_of(row.first(css_class=COLUMN + "bytes")))
    if size is None:
        raise page.changed()
    created, edited, edits = (
        page.whole(text_of(row.first(css_class=COLUMN + column)))
        for column in ("articles_created", "articles_edited", "edit_count")
    )
    return Editor(
        name=name or None,
        private=who.first(css_class=_PRIVATE) is not None,
        created=created,
        edited=edited,
        edits=edits,
        size=page.whole(size[2]) * (-1 if size[1] else 1),
    )


def next_offset(page: SpecialPage, table: Element) -> str | None:
    """Return the offset of a table's next page, or None; a disabled button has no link."""
    for button in page.all(table, "a", "cdx-button"):
        if button.first("span", "cdx-table-pager__icon--next") is None or not button.attribute("href"):
            continue
        try:
            query = parse_qs(urlsplit(button.attribute("href")).query)
        except ValueError as error:
            raise page.changed() from error
        if offset := query.get("offset", [""])[0]:
            return offset
        raise page.changed()
    return None
