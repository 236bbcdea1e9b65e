"""One change on its way to the wiki: what sending it needs, and how it can end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain import wording
from app.domain.accounts.account import Account
from app.domain.changes.change import Change, Question
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wording.changes import confirmed_but_not_shown
from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import EventRegistration
from app.wiki.http.answers import NoAnswer

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: In the progress of a change: how often the wiki has confirmed it and then shown all as before.
_NOT_SHOWN, _MOST_NOT_SHOWN = "not-shown", 3

Save = Callable[["Connection"], object]


class NeedsUser(KnownFault):
    """A change that cannot go on without her."""

    def __init__(self, question: Question, sentence: str, progress: Mapping[str, Any]) -> None:
        super().__init__(Fault.NEEDS_USER, sentence)
        self.question = question
        self.progress = progress


class NotReadBack(KnownFault):
    """A change that the wiki has made, while what came of it could not be read yet."""

    def __init__(self, fault: KnownFault) -> None:
        super().__init__(
            fault.fault, fault.sentence, error_key=fault.error_key, retry_after=fault.retry_after
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A change that is done. `save` brings the mirror into line with what the wiki said of it."""

    save: Save = lambda _: None
    note: str | None = None


@dataclass(slots=True)
class SendContext:
    """A change in hand.

    `again` tells that an earlier try may have reached the wiki: its state must be read before anything is
    sent, and then `settled` called. `keep` writes progress to the disk, with what the mirror learns from it.
    """

    account: Account
    reading: EventRegistration
    changing: EventChanges
    change: Change
    event: Event | None
    again: bool
    keep: Callable[[Mapping[str, Any], Save], None]
    progress: dict[str, Any] = field(default_factory=dict)

    @property
    def event_id(self) -> int:
        """The wiki's number of the event. Raises KnownFault where the mirror has lost it."""
        return self.known_event().event_id

    def known_event(self) -> Event:
        """Return the event in the mirror. Raises KnownFault where it has gone."""
        if self.event is None:
            raise KnownFault(Fault.NOT_FOUND, wording.not_on_the_mirror())
        return self.event

    def not_made(self) -> KnownFault:
        """Return the fault of a change that the wiki has confirmed and does not show.

        Something on the way may have answered in its place: it is sent again, and told where that does not
        help.
        """
        times_met = int(self.progress.get(_NOT_SHOWN, 0)) + 1
        self.progress.pop("applied", None)
        self.progress[_NOT_SHOWN] = times_met
        self.note()
        if times_met < _MOST_NOT_SHOWN:
            return NoAnswer(self.reading.client.name)
        return KnownFault(Fault.INVALID, confirmed_but_not_shown())

    def settled(self) -> None:
        """Note that the wiki's state is known: what is sent from here on is a new try."""
        self.again = False

    def note(self, save: Save = lambda _: None, **progress: Any) -> None:  # noqa: ANN401 - any JSON
        """Keep what was learned on the way."""
        self.progress.update(progress)
        self.keep(self.progress, save)
