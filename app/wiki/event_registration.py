"""The read routes of Event Registration (CONTRACT §3)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain import times
from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE, Identity, NamedAccount, WikiFacts
from app.domain.changes.operations import WikiEdit
from app.domain.events.event import ListedEvent, Organizer, Registration
from app.domain.faults import Fault, KnownFault
from app.domain.people.own_registration import OwnRegistration
from app.domain.people.participant import Participant
from app.domain.statistics.wiki_statistics import Contributions, Editor, WikiStatistics
from app.domain.wording import wiki_fault_texts
from app.i18n import _
from app.wiki import shapes, site_shapes
from app.wiki.http.client import WikiClient
from app.wiki.pages import contributions_page, counted_edits_page, my_events_page, statistics_page
from app.wiki.pages.special_pages import EVENT_DETAILS, participants_total
from app.wiki.shapes import Shape

#: People on a page of participants; a shorter page is the last one.
PAGE = 20
#: Maximum number of events in a person's list; the wiki returns the oldest (CONTRACT §4.3).
LIST_LIMIT = 50
_ORGANIZERS_PAGE = 11
_MAX_ORGANIZERS = 1_000
#: Events on a page of Special:MyEvents, and the maximum for one person.
_EVENTS_A_PAGE = 250
_MAX_EVENTS = 10_000
#: Rows on a page of editors or edits, and the maximum number of such pages for one event.
_ROWS_A_PAGE, _MAX_PAGES, _MAX_PAGES_OF_EDITS = 250, 40, 400
_BASE = "/campaignevents/v0"
_SITE = "general|extensions|namespaces|namespacealiases|specialpagealiases|usergroups"
_OF_NAMED = "groups|blockinfo|cancreate|centralids"
_WHO = "rights|groups|centralids|blockinfo"
_NOT_REGISTERED = "campaignevents-rest-get-registration-info-notparticipant"
_GRANTS = "/wikimediacampaignevents/v0"
#: Maximum number of user names in one request to api.php.
_MAX_NAMES = 50
_UNKNOWN_EVENT = "campaignevents-rest-event-not-found"
#: The error key for a sign-in that may not see private participants.
CANNOT_SEE_PRIVATE = "campaignevents-rest-list-participants-cannot-see-private"


class EventRegistration:
    """Reads events, organizers and participants of one wiki. Every method can raise KnownFault."""

    def __init__(self, client: WikiClient) -> None:
        self.client = client
        self._shape = Shape(client.name)

    def identity(self) -> Identity:
        """Return whose sign-in this is and what it may do.

        Raises:
            KnownFault: SIGN_IN_ENDED if the wiki does not accept the sign-in.
        """
        who = {"action": "query", "meta": "userinfo", "uiprop": _WHO, "assert": "user"}
        value = self.client.api(**who)
        return site_shapes.identity(self._shape, value)

    def facts(self) -> WikiFacts:
        """Return the facts of this wiki."""
        value = self.client.api(action="query", meta="siteinfo", siprop=_SITE)
        return site_shapes.wiki_facts(self._shape, value, self.client.base_url, times.now())

    def registration(self, event_id: int, *, as_organizer: bool = False) -> Registration:
        """Return an event.

        Raises:
            KnownFault: NOT_FOUND; its error key distinguishes a deleted registration from an unknown event.
                With `as_organizer`, SIGN_IN_ENDED if the sign-in with the organizer's right has ended.
        """
        path = f"{_BASE}/event_registration/{event_id}"
        try:
            value = self.client.rest(path, RIGHT_ORGANIZE, needed=as_organizer, doubt=_lacks_links)
        except KnownFault as fault:
            if fault.fault is not Fault.NOT_FOUND:
                raise
            if is_deleted(fault):
                sentence = wiki_fault_texts.registration_deleted(event_id)
            elif fault.error_key == _UNKNOWN_EVENT:
                sentence = _(
                    "The wiki has no event with the number {event}. Check the number or the link."
                ).format(event=event_id)
            else:
                raise
            raise KnownFault(Fault.NOT_FOUND, sentence, error_key=fault.error_key) from fault
        found = shapes.registration(self._shape, value)
        if found.event_id != event_id:
            raise self._shape.wrong("another event was returned")
        return found

    def organizers(self, event_id: int) -> list[Organizer]:
        """Return all organizers of an event."""
        found: list[Organizer] = []
        while len(found) < _MAX_ORGANIZERS:
            last = found[-1].organizer_id if found else 0
            query: dict[str, Any] = {"last_organizer_id": last} if last else {}
            path = f"{_BASE}/event_registration/{event_id}/organizers"
            value = self.client.rest(path, RIGHT_ORGANIZE, **query)
            page = shapes.organizers(self._shape, value, last)
            found += page
            if len(page) < _ORGANIZERS_PAGE:
                return found
        raise self._shape.wrong("the organizers do not end")

    def organized_by(self, central_id: int) -> list[ListedEvent]:
        """Return the events that a person organizes: the oldest 50, including deleted ones."""
        value = self.client.rest(f"{_BASE}/organizer/{central_id}/event_registrations")
        return shapes.listed_events(self._shape, value)

    def attended_by(self, central_id: int) -> list[ListedEvent]:
        """Return the events that a person is registered for: the oldest 50, including deleted ones."""
        value = self.client.rest(f"{_BASE}/participant/{central_id}/event_registrations")
        return shapes.listed_events(self._shape, value)

    def own_registration(self, event_id: int) -> OwnRegistration | None:
        """Return the user's own registration for an event, or None."""
        try:
            value = self.client.rest(f"{_BASE}/event_registration/{event_id}/participants/self")
        except KnownFault as fault:
            if fault.error_key == _NOT_REGISTERED:
                return None
            raise
        return shapes.own_registration(self._shape, value)

    def grant_id(self, event_id: int) -> str | None:
        """Return an event's grant, or None; only on a wiki with the add-on (CONTRACT §3)."""
        try:
            value = self.client.rest(f"{_GRANTS}/event_registration/{event_id}/grant_id")
        except KnownFault as fault:
            if fault.fault is Fault.NOT_FOUND:
                return None
            raise
        return self._shape.optional(self._shape.fields(value, "the grant").get("grant_id"), "grant_id")

    @property
    def has_session(self) -> bool:
        """Whether the special pages can be read, which takes a session (CONTRACT §1)."""
        return self.client.has_session

    def my_events(self) -> list[ListedEvent]:
        """Return all events that the user organizes, read from the pages of Special:MyEvents.

        Raises:
            KnownFault: SIGN_IN_ENDED if there is no session.
        """
        found: dict[int, ListedEvent] = {}
        offset: str | None = ""
        while offset is not None and len(found) < _MAX_EVENTS:
            query: dict[str, str | int] = {"limit": _EVENTS_A_PAGE}
            if offset:
                query["offset"] = offset
            html = self.client.own_page(f"Special:{my_events_page.NAME}", **query)
            page = my_events_page.my_events(self.client.name, html)
            before = len(found)
            found.update((one.event_id, one) for one in page.events)
            # Guards against a list that loops.
            offset = page.next_offset if len(found) > before else None
        return list(found.values())

    def reported_participants(self, event_id: int) -> int | None:
        """Return the number of participants that the wiki reports, or None if the page does not contain it.

        The page is public and its number includes private participants.
        """
        html = self.client.page(f"Special:{EVENT_DETAILS}/{event_id}")
        return participants_total(event_id, html)

    def statistics(self, event_id: int) -> WikiStatistics | None:
        """Return the aggregated answers of an ended event, or None if the wiki has not aggregated them."""
        html = self._details(event_id, statistics_page.TAB)
        return statistics_page.statistics(self.client.name, event_id, html)

    def contributions(self, event_id: int) -> Contributions | None:
        """Return an event's contributions, or None if the wiki does not track them."""
        found: Contributions | None = None
        editors: list[Editor] = []
        query: dict[str, str | int] = {"module": contributions_page.EDITORS, "limit": _ROWS_A_PAGE}
        for _unused in range(_MAX_PAGES):
            html = self._details(event_id, contributions_page.TAB, **query)
            page = contributions_page.contributions(self.client.name, event_id, html)
            if page is None:
                return None
            found = found or page.found
            editors += page.found.editors
            if page.next_offset is None or query.get("offset") == page.next_offset:
                break
            query["offset"] = page.next_offset
        return replace(found, editors=tuple(editors)) if found else None

    def counted_edits(self, event_id: int) -> set[WikiEdit] | None:
        """Return the edits that count for an event, or None if the wiki does not track them.

        Edits of pages that were deleted since are left out by the wiki. Raises KnownFault.
        """
        found: set[WikiEdit] = set()
        query: dict[str, str | int] = {"module": counted_edits_page.EDITS, "limit": _ROWS_A_PAGE}
        for _unused in range(_MAX_PAGES_OF_EDITS):
            html = self._details(event_id, contributions_page.TAB, **query)
            page = counted_edits_page.counted_edits(self.client.name, event_id, html)
            if page is None:
                return None
            found.update(page.edits)
            if page.next_offset is None or query.get("offset") == page.next_offset:
                break
            query["offset"] = page.next_offset
        return found

    def _details(self, event_id: int, tab: str, **query: str | int) -> str:
        return self.client.own_page(f"Special:{EVENT_DETAILS}/{event_id}", tab=tab, **query)

    def family(self, identity: Identity) -> dict[str, str]:
        """Return the addresses of the wikis in this wiki's family by wiki id; empty if it has no family.

        Wikis without shared accounts (see `Identity.is_global`) are not a family, even if the site matrix
        lists them together. Their script path is the same as this wiki's (CONTRACT §4.12, sitematrix).
        """
        if not identity.is_global:
            return {}
        try:
            value = self.client.api(action="sitematrix", smsiteprop="url|dbname", smstate="all")
        except KnownFault as fault:
            if fault.error_key == "badvalue":
                return {}
            raise
        return site_shapes.family(self._shape, value, self.client.base_url)

    def named(self, names: Sequence[str], wiki: WikiFacts) -> list[NamedAccount]:
        """Return the accounts behind user names, at most 50, in the wiki's order."""
        value = self.client.api(
            action="query", list="users", ususers="|".join(names[:_MAX_NAMES]), usprop=_OF_NAMED
        )
        return site_shapes.named_accounts(self._shape, value, wiki)

    def participants(self, event_id: int, after: int, *, private: bool) -> list[Participant]:
        """Return the page of participants after an id, with their answers as message keys.

        Raises:
            KnownFault: with `private`, NOT_ALLOWED if this sign-in may not see private participants, and
                SIGN_IN_ENDED if the sign-in that might see them has ended.
        """
        query: dict[str, Any] = {"include_private": "true" if private else "false", "uselang": "qqx"}
        if after:
            query["last_participant_id"] = after
        path = f"{_BASE}/event_registration/{event_id}/participants"
        rights = (RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE)
        value = self.client.rest(path, *rights, needed=private, kind=shapes.PEOPLE, **query)
        return shapes.participants(self._shape, value, after)

    def question_labels(self) -> dict[int, str]:
        """Return the wiki's labels of its questions, by number."""
        return shapes.question_labels(self._shape, self.client.rest(f"{_BASE}/participant_questions"))


def _lacks_links(event: object) -> bool:
    """Return whether an event lacks its links, as for users who take no part in it (CONTRACT §4.7)."""
    return isinstance(event, dict) and not {"meeting_url", "chat_url"} <= event.keys()


def is_deleted(fault: KnownFault) -> bool:
    """Return whether a fault means that the registration was deleted."""
    return fault.error_key is not None and fault.error_key.endswith("registration-deleted")
