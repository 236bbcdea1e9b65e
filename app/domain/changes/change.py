"""A change: what she wants done on a wiki, kept until it is done (the outbox)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.changes.merge import Edit
from app.domain.events.event_fields import EventFields, EventPart, PartValues
from app.domain.people.chosen_people import ChosenPeople, ChosenPerson, chosen
from app.domain.people.own_registration import OwnRegistration

#: In the progress of a change: an earlier try may have reached the wiki, its answer was lost.
UNANSWERED = "unanswered"
#: In the progress of a change that was replaced: what it was before may have reached the wiki.
REACHED = "reached"


class ChangeState(StrEnum):
    """How far a change has come.

    SENDING: a request may be on its way, or its answer was lost; the wiki's state is read before it is sent
    again. FAILED: the wiki refused. ASKS: only she can say how to go on.
    """

    WAITING = "waiting"
    SENDING = "sending"
    FAILED = "failed"
    ASKS = "asks"
    DONE = "done"


class Question(StrEnum):
    """What a change asks her."""

    CONFLICT = "conflict"
    MAYBE_SENT = "maybe-sent"
    CHANGED_MEANWHILE = "changed-meanwhile"


@dataclass(frozen=True, slots=True)
class CreateEvent:
    """Make an event page, and enable registration on it."""

    fields: EventFields
    page_text: str


@dataclass(frozen=True, slots=True)
class EditEvent:
    """Change parts of an event; closing and reopening the registration are edits too."""

    edit: Edit


@dataclass(frozen=True, slots=True)
class DeleteRegistration:
    """Delete an event's registration, for ever (CONTRACT §4.5)."""


@dataclass(frozen=True, slots=True)
class ChangeOrganizers:
    """Add and remove organizers. `remove` maps user ids to names; herself only where `herself` says so."""

    add: tuple[str, ...] = ()
    remove: Mapping[int, str] = field(default_factory=dict)
    herself: bool = False


@dataclass(frozen=True, slots=True)
class RemoveParticipants:
    """Remove people from an event."""

    people: tuple[ChosenPerson, ...]

    def __post_init__(self) -> None:
        self.chosen()

    def chosen(self) -> ChosenPeople:
        """Return who is to be removed."""
        return chosen(self.people)


@dataclass(frozen=True, slots=True)
class SendEmail:
    """Write to participants. Subject and message are both needed."""

    subject: str
    message: str
    people: tuple[ChosenPerson, ...]
    copy_to_me: bool = False

    def __post_init__(self) -> None:
        if not self.subject.strip() or not self.message.strip():
            raise ValueError("an e-mail needs a subject and a message")
        self.chosen()

    def chosen(self) -> ChosenPeople:
        """Return who is written to."""
        return chosen(self.people)


@dataclass(frozen=True, slots=True)
class Register:
    """Register, or change one's registration. `before` is what was known of it when she decided."""

    registration: OwnRegistration
    before: OwnRegistration | None = None


@dataclass(frozen=True, slots=True)
class CancelRegistration:
    """Cancel one's registration."""

    before: OwnRegistration | None = None


@dataclass(frozen=True, slots=True)
class AssociateEdit:
    """Count one of her own edits among an event's contributions: a revision of a wiki, by the wiki's id."""

    wiki_id: str
    revision_id: int


@dataclass(frozen=True, slots=True)
class RemoveContribution:
    """Take an edit out of an event's contributions, by the number of the contribution."""

    contribution_id: int


Act = (
    CreateEvent
    | EditEvent
    | DeleteRegistration
    | ChangeOrganizers
    | RemoveParticipants
    | SendEmail
    | Register
    | CancelRegistration
    | AssociateEdit
    | RemoveContribution
)


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the outbox. Times are seconds since 1970.

    `event_key` is the mirror's key of the event; of an event that is still to be made, minus the number of
    the change that makes it. `progress` is what sending has learned so far. `sentence` tells the last fault.
    """

    number: int
    account_key: int
    event_key: int
    act: Act
    made_at: int
    state: ChangeState = ChangeState.WAITING
    question: Question | None = None
    progress: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0
    tried_at: int | None = None
    ended_at: int | None = None
    sentence: str | None = None
    error_key: str | None = None
    error_field: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is not ChangeState.DONE

    @property
    def stuck(self) -> bool:
        """Whether it waits for her."""
        return self.state in (ChangeState.FAILED, ChangeState.ASKS)

    @property
    def untouched(self) -> bool:
        """Whether nothing of it can have reached the wiki, so that it can be taken back without a trace."""
        return self.state is ChangeState.WAITING and not self.progress

    @property
    def theirs(self) -> dict[EventPart, PartValues]:
        """What the wiki had of each part of an edit when it met somebody else's; empty where it met none."""
        told = self.progress.get("theirs", {})
        return {
            EventPart(part): tuple(tuple(one) if isinstance(one, list) else one for one in values)
            for part, values in told.items()
        }

    @property
    def progress_on_retry(self) -> Mapping[str, Any]:
        """What of the progress holds when she lets it be sent again: having been asked, she has decided."""
        if self.question is not Question.CHANGED_MEANWHILE:
            return self.progress
        kept = {name: value for name, value in self.progress.items() if name != "before"}
        return {**kept, "forced": True}


def key_of_new_event(number: int) -> int:
    """Return the key by which an event is known that a change is still to make."""
    return -number
