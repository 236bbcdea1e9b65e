"""The contributions tab of Special:EventDetails: what came of an event, in totals (CONTRACT §5)."""

import re

from app.domain.wiki_statistics import Contributions
from app.wiki.html_tree import Element
from app.wiki.special_pages import SpecialPage, event_details, message, text_of

TAB = "ContributionsPanel"
_TOTAL = re.compile(r"campaignevents-contributions-summary-([a-z-]+)")
#: What was taken away has a minus sign of its own.
_SIZE = re.compile(r"\(rc-change-size: [\u2212-]?([0-9,.]+)\)")


def contributions(wiki: str, event_id: int, html: str) -> Contributions | None:
    """Read the totals of an event's contributions, None where the wiki does not count them.

    Raises KnownFault, WIKI_BROKEN where the page has changed.
    """
    page, panel = event_details(wiki, event_id, TAB, html)
    if panel is None:
        return None
    totals = [_total(page, card) for card in page.all(panel, css_class="cdx-card__text")]
    if not totals:
        raise page.changed()
    return Contributions(tuple(totals))


def _total(page: SpecialPage, card: Element) -> tuple[str, tuple[int, ...]]:
    label = message(text_of(card.first(css_class="cdx-card__text__description")))
    named = _TOTAL.fullmatch(label[0]) if label else None
    value = text_of(card.first(css_class="cdx-card__text__title"))
    if named is None:
        raise page.changed()
    # Bytes and links come as two sizes: added, then removed.
    sizes = _SIZE.findall(value)
    return named[1], tuple(page.whole(one) for one in sizes) if sizes else (page.whole(value),)
