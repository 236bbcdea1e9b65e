"""Sending one change: what its handler needs, and the possible outcomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.accounts.account import Account
from app.domain.changes.change import Change, Question
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wording.change_texts import confirmed_but_not_shown
from app.i18n import _
from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import EventRegistration
from app.wiki.http.answers import NoAnswer

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: Key in a change's progress: how often the wiki confirmed the change but then still returned the old state.
_NOT_SHOWN, _MOST_NOT_SHOWN = "not-shown", 3

Save = Callable[["Connection"], object]


class NeedsUser(KnownFault):
    """Raised when a change needs a decision of the user."""

    def __init__(self, question: Question, sentence: str, progress: Mapping[str, Any]) -> None:
        super().__init__(Fault.NEEDS_USER, sentence)
        self.question = question
        self.progress = progress


class NotReadBack(KnownFault):
    """Raised when the wiki has made a change, but the result could not be read yet."""

    def __init__(self, fault: KnownFault) -> None:
        super().__init__(
            fault.fault,
            fault.sentence,
            error_key=fault.error_key,
            retry_after=fault.retry_after,
            wiki_said=fault.wiki_said,
        )


@dataclass(frozen=True)
class Sent:
    """The result of a change that is done. `save` writes to the mirror what the wiki returned."""

    save: Save = lambda _unused: None
    note: str | None = None


@dataclass
class SendContext:
    """What a handler needs to send one change.

    `again`: an earlier attempt may have reached the wiki. The handler must then read the wiki's state first
    and call `begin_new_attempt` before it sends anything. `save_progress` writes progress, and the related
    change of the mirror, to the disk.
    """

    account: Account
    reading: EventRegistration
    changing: EventChanges
    change: Change
    event: Event | None
    again: bool
    save_progress: Callable[[Mapping[str, Any], Save], None]
    progress: dict[str, Any] = field(default_factory=dict)
    #: Whether the wiki has answered about a part of the change in this attempt.
    moved: bool = False

    @property
    def event_id(self) -> int:
        """The wiki's number of the event. Raises KnownFault if the mirror no longer has it."""
        return self.known_event().event_id

    def known_event(self) -> Event:
        """Return the event in the mirror. Raises KnownFault if it is gone."""
        if self.event is None:
            raise KnownFault(
                Fault.NOT_FOUND, _("The event is no longer on this computer. Fetch it again, then retry.")
            )
        return self.event

    def not_shown_fault(self) -> KnownFault:
        """Return the fault for a change that the wiki has confirmed but does not show.

        A proxy or filter may have answered instead of the wiki: the change is sent again, and reported to the
        user after the third time.
        """
        times_met = int(self.progress.get(_NOT_SHOWN, 0)) + 1
        self.progress.pop("applied", None)
        self.progress[_NOT_SHOWN] = times_met
        self.note()
        if times_met < _MOST_NOT_SHOWN:
            return NoAnswer(self.reading.client.name)
        return KnownFault(Fault.INVALID, confirmed_but_not_shown())

    def begin_new_attempt(self) -> None:
        """Note that the wiki's state is known: what is sent from here on is a new attempt."""
        self.again = False

    def step(self, save: Save, **progress: Any) -> None:  # noqa: ANN401 - any JSON
        """Add to the progress that the wiki has answered about a part of the change, and save it."""
        self.moved = True
        self.note(save, **progress)

    def note(self, save: Save = lambda _unused: None, **progress: Any) -> None:  # noqa: ANN401 - any JSON
        """Add to the change's progress and save it."""
        self.progress.update(progress)
        self.save_progress(self.progress, save)
