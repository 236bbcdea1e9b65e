"""A participant of an event, as visible to this sign-in (CONTRACT §3, The participants list)."""

from enum import IntEnum
from typing import NamedTuple

from app.domain.people.attendance import Attended


class Presence(IntEnum):
    """Whether the wiki shows a person's name."""

    NAMED = 0
    HIDDEN = 1
    VANISHED = 2


class AnswersState(IntEnum):
    """What the wiki shows of a person's answers."""

    NOT_SHOWN = 0
    SHOWN = 1
    AGGREGATED = 2


class Answer(NamedTuple):
    """One answer: the option's language-independent key (NO_RESPONSE if unanswered), and free text."""

    question: int
    option: str
    text: str | None = None


#: The ids of a walk-in: they are not on the wiki's list.
NOT_REGISTERED = 0
#: The option of a question that was left unanswered.
NO_RESPONSE = "no-response"
#: The option of an answer whose label the program does not recognize.
UNRECOGNISED = "?"


class Participant(NamedTuple):
    """A person registered for an event. Times are seconds since 1970, UTC.

    `can_email` is None if the wiki does not show it to this sign-in; `attended` is what was noted at the
    desk, None if nothing was.
    """

    participant_id: int
    user_id: int
    name: str | None
    registered_at: int
    private: bool
    can_email: bool | None = None
    presence: Presence = Presence.NAMED
    answers_state: AnswersState = AnswersState.NOT_SHOWN
    answers: tuple[Answer, ...] = ()
    attended: Attended | None = None

    @property
    def answered(self) -> bool:
        """Whether there is at least one visible answer."""
        return any(answer.option != NO_RESPONSE for answer in self.answers)
