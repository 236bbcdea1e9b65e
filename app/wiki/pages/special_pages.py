"""Parse special pages: check that it is the requested one, and read only trusted parts (CONTRACT §5).

Pages are requested with uselang=qqx, so that all texts are message keys, independent of the language.
Anything unexpected is reported as a changed page; nothing is guessed.
"""

import json
import re
from typing import Any

from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.i18n import _
from app.wiki.pages.html_tree import Element, read_html

#: The page that shows an event to its organizers.
EVENT_DETAILS = "EventDetails"
_VARIABLE = re.compile(r'"(wg[A-Za-z]+)":\s*(null|true|false|-?[0-9]{1,15}|"(?:[^"\\]|\\.)*")')
_LONGEST_HEAD = 300_000
_EVENT_ID = "wgCampaignEventsEventID"
#: The number of participants, including private ones.
PARTICIPANTS_TOTAL = "wgCampaignEventsEventDetailsParticipantsTotal"
_MESSAGE = re.compile(r"\(([a-z0-9-]+)(?:: ([^()]*))?(?: = [a-z0-9-]+)?\)")


class SpecialPage:
    """A page that a wiki sent; `name` is the canonical name of the requested special page.

    Raises:
        KnownFault: SIGN_IN_ENDED if the page was made for an anonymous user, WIKI_BROKEN if it is another
        page.
    """

    def __init__(self, wiki: str, name: str, html: str) -> None:
        self._wiki = wiki
        self._name = name
        # Only the head can be trusted: the page's content may include text by anybody.
        head = html.partition("</head>")[0][:_LONGEST_HEAD]
        self.config: dict[str, Any] = {}
        for found in _VARIABLE.finditer(head):
            self.config.setdefault(found[1], _value(found[2]))
        if self.config.get("wgCanonicalSpecialPageName") != name or "</html>" not in html[-2_000:]:
            raise self.changed()
        if self.config.get("wgUserName", "") is None:
            raise KnownFault(Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(wiki))
        try:
            content = read_html(html).with_id("mw-content-text")
        except ValueError as error:
            raise self.changed() from error
        if content is None:
            raise self.changed()
        self.content = content

    def changed(self) -> KnownFault:
        """Return the fault for a page whose structure has changed."""
        return KnownFault(
            Fault.WIKI_BROKEN,
            _(
                "{wiki} has changed its page Special:{page}, so this version of Event Center cannot "
                "read it. What was fetched before is unchanged, and everything else works; a newer "
                "version may read the page again."
            ).format(wiki=self._wiki, page=self._name),
        )

    def all(self, within: Element, name: str = "", css_class: str = "") -> list[Element]:
        """Return the elements inside `within` with this name and class. Raises KnownFault if they nest."""
        try:
            return within.all(name, css_class)
        except ValueError as error:
            raise self.changed() from error

    def whole(self, text: str) -> int:
        """Parse a whole number with thousands separators."""
        digits = re.sub(r"[,.\s\u00a0\u202f]", "", text)
        if not digits.isdecimal() or len(digits) > 15:
            raise self.changed()
        return int(digits)


def event_details(wiki: str, event_id: int, tab: str, html: str) -> tuple[SpecialPage, Element | None]:
    """Return the page of an event and the panel of a tab, None if the event has no such tab.

    Raises:
        KnownFault: WIKI_BROKEN if it is the page of another event.
    """
    page = SpecialPage(wiki, EVENT_DETAILS, html)
    if page.config.get(_EVENT_ID) != event_id:
        raise page.changed()
    return page, page.content.with_id(tab)


def participants_total(event_id: int, html: str) -> int | None:
    """Return the number of participants from the head of an event's page, None if it is another page."""
    head = html.partition("</head>")[0][:_LONGEST_HEAD]
    config = {name: _value(value) for name, value in _VARIABLE.findall(head)}
    total = config.get(PARTICIPANTS_TOTAL)
    return total if config.get(_EVENT_ID) == event_id and type(total) is int and total >= 0 else None


def text_of(element: Element | None) -> str:
    """Return the stripped text of an element, empty for None."""
    return element.text().strip() if element is not None else ""


def message(text: str) -> tuple[str, str] | None:
    """Return the key and the parameters of a message as uselang=qqx shows it, None for other text.

    A message that the wiki overrides is shown as "(its-key = other-key)".
    """
    found = _MESSAGE.fullmatch(text.strip())
    return (found[1], found[2] or "") if found else None


def _value(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text)
    except ValueError:
        return ""
