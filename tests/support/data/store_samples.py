"""Sample wikis, events and people for the store."""

from typing import Any

from app.domain.accounts.account import Identity, SignInKind, Tokens, WikiFacts
from app.domain.events.event import Organizer, Registration
from app.domain.people.participant import Answer, AnswersState, Participant
from app.store.accounts import accounts
from app.store.events import events
from app.store.mirror import Mirror
from app.store.people import participants, passes
from app.store.people.participant_rows import people_rows

WIKI = WikiFacts(
    "https://meta.example.org/w", "Meta-Wiki", "metawiki", "MediaWiki 1.45.0", "en", True, "1.0", 0
)
AMARA = Identity("Amara Okafor", 31, 3, frozenset({"event-organizer"}), frozenset({"read"}))
TOKENS = Tokens("secret-access", "secret-refresh", 2_000_000_000)


def registration(event_id: int = 7, name: str = "Meetup", **more: Any) -> Registration:
    values = {"page": f"Event:{name}", "page_wiki": "metawiki", "status": "open", "timezone": "UTC"}
    return Registration(event_id, name, start="20260710100000", end="20260710180000", **{**values, **more})


def person(number: int, name: str | None = None, *, private: bool = False, **more: Any) -> Participant:
    return Participant(number, 1000 + number, name or f"Person {number}", 1_780_000_000, private, **more)


def answering(number: int, confidence: str, affiliation: str | None = None) -> Participant:
    answers = (Answer(4, confidence), Answer(5, "affiliate" if affiliation else "none", affiliation))
    return person(number, answers_state=AnswersState.SHOWN, answers=answers)


def add_account(mirror: Mirror) -> int:
    return mirror.writer.do(accounts.save_account, WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)


def add_event(mirror: Mirror, wiki_key: int, event_id: int = 7, **more: Any) -> int:
    organizers = [Organizer(1, 3, "Amara Okafor", ("creator",)), Organizer(2, 4, None, ("organizer",))]
    return mirror.writer.do(events.save_event, wiki_key, registration(event_id, **more), organizers, 100)


def see(
    mirror: Mirror, event_key: int, people: list[Participant], *, private: bool = True, at: int = 200
) -> int:
    """Make a complete pass with these people; return how many it removed."""
    write = mirror.writer.do
    begun = write(passes.begin_pass, event_key, private=private, lanes=1, at=at)
    last = people[-1].participant_id if people else 0
    write(passes.save_people, event_key, 0, people_rows(event_key, begun.number, people), last, done=True)
    return write(passes.finish_pass, event_key, begun.number)


def names_of(mirror: Mirror, event_key: int, *, private: bool = True) -> list[str | None]:
    reader = mirror.reader()
    try:
        return [one.name for one in participants.stream_people(reader, event_key, private=private)]
    finally:
        reader.close()
