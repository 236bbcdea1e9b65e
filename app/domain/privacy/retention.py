"""How long the personal data of an event is kept."""

from dataclasses import dataclass
from typing import Final

from app.domain import times
from app.domain.events.event import Event

#: Days after an event's end. It leaves time for the last look at who stayed, 90 days after the end.
USUAL_DAYS: Final = 120
#: The user is told so many days before.
WARNING_DAYS: Final = 14
DAY_SECONDS: Final = 86_400
#: In the year 9999: what no calendar shows is not computed.
_LATEST: Final = 253_370_000_000


@dataclass(frozen=True)
class RetentionRule:
    """How long data is kept unless an event says otherwise, in days after its end.

    `agreed`: the user has answered that data is erased by itself. Nothing is before.
    """

    days: int = USUAL_DAYS
    agreed: bool = False


@dataclass(frozen=True)
class Holding:
    """The personal data of an event on this computer, in numbers.

    `edits` of participants that were read from wikis; `changes` of the outbox, of which some are `waiting` to
    be sent. `since`: when people were last fetched; `until`: when the data is to be erased, None if only the
    user erases it; both in seconds since 1970. `days`: the event's own time, None for the usual one; `keeps`:
    the user wants to keep it until they erase it themselves.
    """

    event: Event
    since: int | None
    participants: int
    private: int
    answers: int
    check_ins: int
    notes: int
    edits: int
    changes: int
    waiting: int
    until: int | None
    days: int | None
    keeps: bool
    erased_at: int | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no personal data of participants."""
        return not (self.participants or self.check_ins or self.notes or self.edits or self.changes)


def kept_until(event: Event, days: int) -> int:
    """Return until when an event's data is kept, in seconds since 1970."""
    registration = event.registration
    end = int(times.zoned_seconds(registration.end, registration.timezone))
    return min(end + days * DAY_SECONDS, _LATEST)


def is_due(holding: Holding, now: int) -> bool:
    """Return whether an event's data is to be erased, and no change waits that needs it."""
    over = holding.until is not None and now >= holding.until
    return over and not holding.is_empty and not holding.waiting


def is_due_soon(holding: Holding, now: int) -> bool:
    """Return whether an event's data is to be erased within the days of the warning."""
    return (
        holding.until is not None
        and holding.until - WARNING_DAYS * DAY_SECONDS <= now < holding.until
        and not holding.is_empty
    )
