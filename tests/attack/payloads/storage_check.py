"""Values that were read from mutated answers must survive a round trip through the database."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from app.domain.accounts.account import Identity, SignInKind, WikiFacts
from app.domain.events.event import Organizer, Registration
from app.domain.people.own_registration import OwnRegistration
from app.domain.people.participant import Participant
from app.domain.statistics.wiki_statistics import Contributions, WikiStatistics
from app.store.accounts import accounts
from app.store.events import events, page_readings
from app.store.mirror import Mirror, open_temporary
from app.store.people import own_registrations, participants
from tests.support.data.store_samples import AMARA, TOKENS, WIKI, add_account, add_event, see

_AT = 300


class StorageCheck:
    """Stores values in a temporary database and reads them again. Database errors are not caught."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._account = add_account(mirror)
        self._event = add_event(mirror, self._account)

    def differs(self, reader: str, value: Any) -> bool:
        """Store a reader's value and read it again; return whether it differs."""
        write, event = self._mirror.writer.do, self._event
        match value:
            case Registration():
                key = write(events.save_event, self._account, value, None, _AT)
                back = self._read(events.read_event, key)
                if key != event:
                    write(events.remove_event, key)
                # Fields that the wiki did not show keep their earlier values.
                return back is None or (not value.not_shown and back.registration != value)
            case [Participant(), *_]:
                see(self._mirror, event, value, at=_AT)
                people = participants.stream_people
                back = self._read(lambda opened: list(people(opened, event, private=True)))
                # Fields that the wiki shows no longer are kept: later people must not get these values.
                see(self._mirror, event, [], at=_AT)
                once = [_answered_once(person) for person in value]
                return sorted(back, key=lambda person: person.participant_id) != once
            case [Organizer(), *_]:
                write(events.save_organizers, event, value)
                return bool(self._read(events.read_organizers, event) != value)
            case OwnRegistration():
                write(own_registrations.save_own, event, value)
                return bool(self._read(own_registrations.read_own, event) != value)
            case WikiStatistics():
                write(page_readings.save_statistics_of_wiki, event, value, _AT)
                return bool(self._read(page_readings.read_statistics_of_wiki, event) != (value, _AT))
            case Contributions():
                write(page_readings.save_contributions, event, value, _AT)
                return bool(self._read(page_readings.read_contributions, event) != (value, _AT))
            case Identity() | WikiFacts():
                return self._account_differs(value)
            case dict() if reader == "question labels":
                write(accounts.save_question_labels, self._account, value)
                return bool(self._read(accounts.read_question_labels, self._account) != value)
            case dict() if reader == "family":
                write(accounts.save_family, self._account, value, _AT)
                return bool(self._read(accounts.read_accounts)[0].family != value)
        return False

    def _account_differs(self, value: Identity | WikiFacts) -> bool:
        """Store an identity or a wiki as a sign-in does, compare it, and restore the earlier one."""
        write = self._mirror.writer.do
        if isinstance(value, Identity):
            write(accounts.save_identity, self._account, value)
            back = self._read(accounts.read_accounts)[0].identity
            write(accounts.save_identity, self._account, AMARA)
            return (back.name, back.central_id, back.groups) != (value.name, value.central_id, value.groups)
        key = write(accounts.save_account, value, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)
        back_wiki = next(one for one in self._read(accounts.read_accounts) if one.key == key).wiki
        if value.base_url != WIKI.base_url:
            write(accounts.remove_account, key)
        return bool(back_wiki != value)

    def _read(self, query: Callable[..., Any], *more: object) -> Any:
        with closing(self._mirror.reader()) as reader:
            return query(reader, *more)


def _answered_once(person: Participant) -> Participant:
    """Return a person as stored: sorted by question, with the last of several answers to one."""
    answers = {one.question: one for one in person.answers}
    return person._replace(answers=tuple(answers[question] for question in sorted(answers)))


@contextmanager
def storage_check() -> Iterator[StorageCheck]:
    """Run a temporary database."""
    with closing(open_temporary()) as mirror:
        yield StorageCheck(mirror)
