"""An event with its registration (CONTRACT §3)."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from app.domain import times

_MINUTE = 60


class Phase(StrEnum):
    """Whether an event is running, upcoming or past."""

    NOW = "now"
    UPCOMING = "upcoming"
    PAST = "past"


class Listing(StrEnum):
    """Why an event is in the list."""

    LISTED = "listed"
    ADDED = "added"
    NO_LONGER_LISTED = "no-longer-listed"
    DELETED = "deleted"
    #: The user takes part in it and does not organize it.
    ATTENDED = "attended"
    #: An open change will create it; it is not in the mirror yet.
    NOT_YET_CREATED = "to-be-made"


@dataclass(frozen=True)
class Organizer:
    """A person who organizes an event. `name` is None if the wiki hides it."""

    organizer_id: int
    user_id: int
    name: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Registration:
    """All that the wiki returns of an event's registration.

    `start` and `end` are local times in `timezone`, yyyymmddhhmmss. `unknown` holds fields that this version
    does not know, to send them back unchanged. `not_shown` names fields that the wiki left out of its answer,
    such as links that this user may not see (CONTRACT §4.7): their values are unknown, not empty.
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
    #: Whether the wiki supports goals (CONTRACT §4.13), and which goal is set.
    has_goals: bool = False
    goal_type: str | None = None
    goal_target: int | None = None
    tracking_tools: tuple[dict[str, Any], ...] = ()
    questions: tuple[int, ...] = ()
    grant_id: str | None = None
    unknown: dict[str, Any] = field(default_factory=dict)
    not_shown: tuple[str, ...] = ()

    @property
    def course(self) -> str | None:
        """The slug of the event's course on the Programs & Events Dashboard, None without one."""
        tools = self.tracking_tools
        return str(tools[0].get("tool_event_id") or "") or None if tools else None

    def zone(self) -> tzinfo:
        """Return the event's time zone, UTC if this computer does not know it."""
        return times.zone_or_utc(self.timezone)

    def starts_at(self) -> datetime:
        """Return when the event begins, in its own time zone."""
        return times.zoned_time(self.start, self.timezone)

    def ends_at(self) -> datetime:
        """Return when the event ends, in its own time zone."""
        return times.zoned_time(self.end, self.timezone)

    def phase(self, at: datetime) -> Phase:
        """Return the event's phase at a moment (aware datetime)."""
        seconds = at.timestamp()
        if seconds < times.zoned_seconds(self.start, self.timezone):
            return Phase.UPCOMING
        return Phase.PAST if seconds > times.zoned_seconds(self.end, self.timezone) else Phase.NOW


@dataclass(frozen=True)
class ListedEvent:
    """An entry of the wiki's list of a person's events. `people`: the number of participants, if listed."""

    event_id: int
    name: str
    deleted: bool
    people: int | None = None


@dataclass(frozen=True)
class Event:
    """An event in the mirror: its registration, and the state of the local copy.

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
    #: When newcomers were last fetched, and how many people the wiki reported then, private ones included.
    looked_at: int | None = None
    people_reported: int | None = None

    @property
    def looked_since_check(self) -> int | None:
        """Return when newcomers were last fetched, None if that was within a minute of the last full check.

        The times are shown without seconds.
        """
        look, check = self.looked_at, self.participants_complete_at
        return None if look is None or check is None or look - check <= _MINUTE else look

    @property
    def event_id(self) -> int:
        """The wiki's number of the event."""
        return self.registration.event_id
