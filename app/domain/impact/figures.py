"""What came of an event, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.events.event import Event

DAY_SECONDS = 86_400
#: Accounts made so many days before an event still count as new, unless the user chooses otherwise.
USUAL_NEWCOMER_DAYS = 14
#: Days after the end, in which whoever edits again has stayed.
STAYED = ((7, 29), (30, 59), (60, 90))
#: Edits are read for so long after the end of an event.
DAYS_AFTER = STAYED[-1][1]
#: Edits made before the event, from the first number on; the last group has no end.
EXPERIENCE = (0, 1, 10, 100, 1000)


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both in seconds since 1970 and included."""

    first: int
    last: int


class Totals(NamedTuple):
    """Sums of the chosen edits. `reverted` is what is known; there may be more (CONTRACT §7)."""

    editors: int = 0
    edits: int = 0
    pages_made: int = 0
    pages_edited: int = 0
    bytes_added: int = 0
    bytes_removed: int = 0
    uploads: int = 0
    reverted: int = 0


class WorkedOn(NamedTuple):
    """A page with its edits in the period, and by how many people; `size_diff` in bytes."""

    wiki: str
    title: str
    edits: int
    people: int
    size_diff: int


class OfWiki(NamedTuple):
    """The edits on one wiki."""

    wiki: str
    edits: int
    editors: int


class PersonImpact(NamedTuple):
    """What one participant did. Moments in seconds since 1970, None if never or unknown.

    `stayed`: whether they edited again in each of the times of `STAYED`.
    """

    user_id: int
    name: str
    private: bool
    registered_at: int | None
    edits_before: int | None
    edits: int
    pages: int
    size_diff: int
    uploads: int
    first_edit: int | None
    last_edit: int | None
    stayed: tuple[bool, ...]


class Stayed(NamedTuple):
    """Who edited again `first` to `last` days after the end; None while that time is not over."""

    first: int
    last: int
    newcomers: int | None
    people: int | None


@dataclass(frozen=True)
class Impact:
    """What came of an event in a period.

    `people` are all who were looked at, `newcomers` those of them whose account is new, `first_edits` those
    who had never edited before the event and did at it. `experience` counts people by `EXPERIENCE`. `days`
    holds the edits by day, or by hour (0 to 23) of the only day.
    """

    period: Period
    totals: Totals
    people: int
    newcomers: int
    newcomers_edited: int
    first_edits: int
    experience: tuple[int, ...]
    stayed: tuple[Stayed, ...]
    days: tuple[tuple[date, int], ...]
    hours: tuple[int, ...]
    pages: tuple[WorkedOn, ...]
    wikis: tuple[OfWiki, ...]
    persons: tuple[PersonImpact, ...]


class Span(NamedTuple):
    """When an event begins and ends, in seconds since 1970."""

    begins: int
    ends: int


def span_of(event: Event) -> Span:
    """Return when an event begins and ends."""
    registration = event.registration
    return Span(int(registration.starts_at().timestamp()), int(registration.ends_at().timestamp()))


def read_until(span: Span, read_at: int) -> int:
    """Return until when edits are known that were read at a moment."""
    return min(read_at, span.ends + (DAYS_AFTER + 1) * DAY_SECONDS)


def is_due(event: Event, read_at: int, now: int) -> bool:
    """Return whether one of the times of `STAYED` is over since the edits were read."""
    ends = span_of(event).ends
    return any(read_at < ends + (last + 1) * DAY_SECONDS <= now for _first, last in STAYED)


def experience_of(edits_before: int) -> int:
    """Return the place in `EXPERIENCE` of somebody with so many edits."""
    return max(place for place, least in enumerate(EXPERIENCE) if edits_before >= least)


def is_newcomer(person: PersonImpact, span: Span, days_before: int) -> bool:
    """Return whether an account was made during the event, or so many days before it."""
    made = person.registered_at
    return made is not None and span.begins - days_before * DAY_SECONDS <= made <= span.ends


def stayed_of(
    persons: Sequence[PersonImpact], newcomers: Sequence[PersonImpact], ends: int, now: int
) -> tuple[Stayed, ...]:
    """Return who stayed, for each of the times; without numbers while one is not over."""
    found = []
    for place, (first, last) in enumerate(STAYED):
        over = now > ends + (last + 1) * DAY_SECONDS
        found.append(
            Stayed(
                first,
                last,
                sum(one.stayed[place] for one in newcomers) if over else None,
                sum(one.stayed[place] for one in persons) if over else None,
            )
        )
    return tuple(found)
