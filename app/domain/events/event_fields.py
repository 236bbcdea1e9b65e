"""The fields of an event that an organizer can set, always sent whole (CONTRACT §3 POST and PUT)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from app.domain.events.event import Registration

OPEN, CLOSED = "open", "closed"
#: All wikis, instead of a list.
EVERY_WIKI = "*"
#: The wiki's name of the Programs & Events Dashboard.
DASHBOARD = "wikimedia-pe-dashboard"


class EventPart(StrEnum):
    """Groups of fields that only make sense together and are edited and merged as one."""

    STATUS = "status"
    WHEN = "when"
    TYPES = "types"
    WIKIS = "wikis"
    TOPICS = "topics"
    ONLINE = "online"
    PLACE = "place"
    CHAT = "chat"
    TEST = "test"
    CONTRIBUTIONS = "contributions"
    COURSE = "course"
    GRANT = "grant"
    GOAL = "goal"


#: The fields of each part.
PARTS: Mapping[EventPart, tuple[str, ...]] = {
    EventPart.STATUS: ("status",),
    EventPart.WHEN: ("timezone", "start", "end"),
    EventPart.TYPES: ("types",),
    EventPart.WIKIS: ("wikis",),
    EventPart.TOPICS: ("topics",),
    EventPart.ONLINE: ("online", "meeting_url"),
    EventPart.PLACE: ("in_person", "country_code", "address"),
    EventPart.CHAT: ("chat_url",),
    EventPart.TEST: ("is_test",),
    EventPart.CONTRIBUTIONS: ("tracks_contributions",),
    EventPart.COURSE: ("course",),
    EventPart.GRANT: ("grant_id",),
    EventPart.GOAL: ("goal_type", "goal_target"),
}
#: What a goal can count: the wiki's names (docs/versions.md).
GOAL_TYPES = (
    "total_articles_created",
    "total_articles_edited",
    "total_edits",
    "total_bytes_added",
    "total_bytes_removed",
    "total_links_added",
    "total_links_removed",
)
#: The values of a part's fields, in order.
PartValues = tuple[Any, ...]


@dataclass(frozen=True)
class EventFields:
    """An event as described by its organizer. `start` and `end`: local times in `timezone`, yyyymmddhhmmss.

    `tracks_contributions` is None if the wiki does not count contributions; `course` is the slug of a
    Dashboard course. A goal counts contributions of one kind, up to `goal_target`.
    """

    page: str
    timezone: str
    start: str
    end: str
    status: str = OPEN
    types: tuple[str, ...] = ()
    wikis: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    online: bool = False
    in_person: bool = False
    meeting_url: str | None = None
    country_code: str | None = None
    address: str | None = None
    chat_url: str | None = None
    is_test: bool = False
    tracks_contributions: bool | None = None
    course: str | None = None
    grant_id: str | None = None
    goal_type: str | None = None
    goal_target: int | None = None

    def part(self, part: EventPart) -> PartValues:
        """Return the values of a part."""
        return tuple(getattr(self, name) for name in PARTS[part])

    def with_part(self, part: EventPart, values: PartValues) -> "EventFields":
        """Return a copy with other values in one part."""
        return replace(self, **dict(zip(PARTS[part], values, strict=True)))


_TEXTS = ("page", "meeting_url", "country_code", "address", "chat_url", "course", "grant_id")
_LISTS = ("types", "wikis", "topics")


def tidy(wanted: EventFields) -> EventFields:
    """Return fields in the form in which the wiki will return them, so that they can be compared.

    Sorts lists, normalizes texts to NFC as the wiki does, strips them, turns empty ones into None, and drops
    the details of a meeting form that is switched off.
    """
    changes: dict[str, Any] = {name: tuple(sorted(set(getattr(wanted, name)))) for name in _LISTS}
    if EVERY_WIKI in wanted.wikis:
        changes["wikis"] = (EVERY_WIKI,)
    for name in _TEXTS:
        text = getattr(wanted, name)
        if text is not None:
            lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
            changes[name] = lines or None
    changes["page"] = changes["page"] or ""
    if not wanted.online:
        changes["meeting_url"] = None
    if not wanted.goal_type:
        changes |= {"goal_type": None, "goal_target": None}
    if not wanted.in_person:
        changes |= {"country_code": None, "address": None}
    return replace(wanted, **changes)


def fields_of(registration: Registration) -> EventFields:
    """Return the fields of an event's registration that can be sent back."""
    given = {field.name for field in fields(EventFields)} & {field.name for field in fields(Registration)}
    shared = {name: getattr(registration, name) for name in given}
    return tidy(EventFields(**shared, course=registration.course))


def with_fields(registration: Registration, wanted: EventFields) -> Registration:
    """Return a registration with other fields; everything else stays."""
    shared = {field.name for field in fields(EventFields)} & {field.name for field in fields(Registration)}
    changes: dict[str, Any] = {name: getattr(wanted, name) for name in shared}
    if wanted.country_code != registration.country_code:
        changes["country"] = None
    if wanted.course != registration.course:
        tool = {"tool_id": DASHBOARD, "tool_event_id": wanted.course}
        changes["tracking_tools"] = (tool,) if wanted.course else ()
    return replace(registration, **changes)


def changed_parts(before: EventFields, after: EventFields) -> tuple[EventPart, ...]:
    """Return the parts that differ."""
    return tuple(part for part in EventPart if before.part(part) != after.part(part))
