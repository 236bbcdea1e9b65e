"""A change: what the user wants done on a wiki, stored in the outbox until it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.changes.operations import Operation
from app.domain.events.event_fields import EventPart, PartValues

#: Key in a change's progress: an earlier attempt may have reached the wiki, its answer was lost.
UNANSWERED = "unanswered"
#: Key in the progress of a replaced change: the previous version may have reached the wiki.
REACHED = "reached"


class ChangeState(StrEnum):
    """The state of a change.

    SENDING: a request may be in transit, or its answer was lost; the wiki's state is read before it is sent
    again. FAILED: the wiki refused. ASKS: the user has to decide how to continue. UNDONE: taken back before
    anything was sent; kept as a draft for a time.
    """

    WAITING = "waiting"
    SENDING = "sending"
    FAILED = "failed"
    ASKS = "asks"
    DONE = "done"
    UNDONE = "undone"


class Question(StrEnum):
    """What the user has to decide about a change."""

    CONFLICT = "conflict"
    MAYBE_SENT = "maybe-sent"
    CHANGED_MEANWHILE = "changed-meanwhile"


@dataclass(frozen=True)
class Change:
    """A row of the outbox. Times are seconds since 1970.

    `event_key` is the mirror's key of the event, or `key_of_new_event` for an event that is not yet created.
    `progress` is the saved state of the handler. `sentence` is that of the last fault,
    `wiki_said` what the wiki itself said.
    """

    number: int
    account_key: int
    event_key: int
    operation: Operation
    made_at: int
    state: ChangeState = ChangeState.WAITING
    question: Question | None = None
    progress: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0
    tried_at: int | None = None
    ended_at: int | None = None
    sentence: str | None = None
    wiki_said: str | None = None
    error_key: str | None = None
    error_field: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in (ChangeState.DONE, ChangeState.UNDONE)

    @property
    def stuck(self) -> bool:
        """Whether it needs the user."""
        return self.state in (ChangeState.FAILED, ChangeState.ASKS)

    @property
    def untouched(self) -> bool:
        """Whether it cannot have reached the wiki, so that undoing it has no effect there."""
        return self.state is ChangeState.WAITING and not self.progress

    @property
    def nothing_sent(self) -> bool:
        """Whether it is certain that the wiki has nothing of it."""
        return self.untouched or self.state is ChangeState.UNDONE

    @property
    def theirs(self) -> dict[EventPart, PartValues]:
        """The wiki's values of each part of an edit at the time of a conflict; empty without a conflict."""
        stored = self.progress.get("theirs", {})
        return {
            EventPart(part): tuple(tuple(one) if isinstance(one, list) else one for one in values)
            for part, values in stored.items()
        }

    @property
    def progress_on_retry(self) -> Mapping[str, Any]:
        """The progress to retry with. After CHANGED_MEANWHILE, a retry means that the user has decided."""
        if self.question is not Question.CHANGED_MEANWHILE:
            return self.progress
        kept = {name: value for name, value in self.progress.items() if name != "before"}
        return {**kept, "forced": True}


def key_of_new_event(number: int) -> int:
    """Return the key of an event that a change will create: the change's number, negated."""
    return -number
