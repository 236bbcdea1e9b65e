"""An event with its registration (CONTRACT §3)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any

from app.domain import times

_MINUTE = 60


class Phase(StrEnum):
    """Where an event stands in time."""

    NOW = "now"
    UPCOMING = "upcoming"
    PAST = "past"


class Listing(StrEnum):
    """Why an event stands in the list."""

    LISTED = "listed"
    ADDED = "added"
    NO_LONGER_LISTED = "no-longer-listed"
    DELETED = "deleted"
    #: She takes part in it and does not organize it.
    ATTENDED = "attended"
    #: A change of hers is still to make it; the mirror does not hold it.
    NOT_YET_CREATED = "to-be-made"


@dataclass(frozen=True, slots=True)
class Organizer:
    """A person who organizes an event. `name` is None where the wiki hides it."""

    organizer_id: int
    user_id: int
    name: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registration:
    """All that the wiki says of an event's registration.

    `start` and `end` are wall times of `timezone`, yyyymmddhhmmss. `unknown` keeps fields that this version
    does not know, so that they can be given back. `not_shown` names fields that the wiki left out of its
    answer, as it does with links that are not for her (CONTRACT §4.7): they are not empty, but unknown.
    """

    event_id: int
    name: str
    page: str
    page_wiki: str
    status: str
    timezone: str
    start: str
    end: str
    types: tuple[str, ...] = ()
    wikis: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    online: bool = False
    in_person: bool = False
    meeting_url: str | None = None
    country_code: str | None = None
    country: str | None = None
    address: str | None = None
    chat_url: str | None = None
    is_test: bool = False
    tracks_contributions: bool | None = None
    #: Whether the wiki tells of goals at all (CONTRACT §4.13), and which goal is set.
    has_goals: bool = False
    goal_type: str | None = None
    goal_target: int | None = None
    tracking_tools: tuple[dict[str, Any], ...] = ()
    questions: tuple[int, ...] = ()
    grant_id: str | None = None
    unknown: dict[str, Any] = field(default_factory=dict)
    not_shown: tuple[str, ...] = ()

    def zone(self) -> tzinfo:
        """Return the event's time zone, UTC where this computer does not know it."""
        try:
            return times.zone(self.timezone)
        except ValueError:
            return UTC

    def starts_at(self) -> datetime:
        """Return when the event begins, in its own time zone."""
        return times.local_time(self.start).replace(tzinfo=self.zone())

    def ends_at(self) -> datetime:
        """Return when the event ends, in its own time zone."""
        return times.local_time(self.end).replace(tzinfo=self.zone())

    def phase(self, at: datetime) -> Phase:
        """Return where the event stands at a moment (aware datetime)."""
        if at < self.starts_at():
            return Phase.UPCOMING
        return Phase.PAST if at > self.ends_at() else Phase.NOW


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An entry of the wiki's list of a person's events. `people`: how many take part, where it says so."""

    event_id: int
    name: str
    deleted: bool
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event in the mirror: its registration and what we know about our copy of it.

    `key` is the mirror's own number. Times are seconds since 1970, or None for never.
    """

    key: int
    wiki_key: int
    registration: Registration
    listing: Listing
    participants: int
    private_participants: int
    fetched_at: int | None
    participants_complete_at: int | None
    participants_seen_private: bool
    pass_unfinished: bool
    #: When it was last asked who came, and how many people the wiki told of by then: private ones too.
    looked_at: int | None = None
    people_told: int | None = None

    @property
    def looked_since_check(self) -> int | None:
        """Return when it was last asked who came, None where that was with everybody, a minute or less apart.

        The moments that are shown have no seconds.
        """
        look, check = self.looked_at, self.participants_complete_at
        return None if look is None or check is None or look - check <= _MINUTE else look

    @property
    def event_id(self) -> int:
        """The wiki's number of the event."""
        return self.registration.event_id
