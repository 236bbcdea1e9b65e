"""An event as reports take it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.domain.wikis.page_addresses import page_address
from app.reports.event_reports.event_figures import earlier_events
from app.store.mirror import Reader
from app.store.people.participants import stream_people


@dataclass(frozen=True)
class ReportedEvent:
    """An event of a report, with the name of its wiki and the address of its page.

    `earlier`: the keys of the account's earlier events. `people` returns its participants and walk-ins,
    private ones included; `wiki_address` the address of a wiki by its id, None if it is not known.
    """

    event: Event
    wiki: str
    page_address: str
    earlier: Sequence[int]
    people: Callable[[], Iterable[Participant]]
    wiki_address: Callable[[str], str | None] = lambda _wiki: None


def reported_event(
    reader: Reader,
    event: Event,
    account: Account | None,
    events: Iterable[Event],
    walk_ins: Callable[[Reader, int], Iterable[Participant]],
) -> ReportedEvent:
    """Return an event of `account`; `events`: all that are known, `walk_ins` reads those of one of them."""
    registration = event.registration
    address = (
        page_address(account.address_or_own(registration.page_wiki), registration.page) if account else ""
    )

    def people() -> list[Participant]:
        return [*stream_people(reader, event.key, private=True), *walk_ins(reader, event.key)]

    wiki = account.wiki.site_name if account else ""
    earlier = [one.key for one in earlier_events(event, events)]
    wiki_address = account.address_of if account else lambda _wiki: None
    return ReportedEvent(event, wiki, address, earlier, people, wiki_address)
