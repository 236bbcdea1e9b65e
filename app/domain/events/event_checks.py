"""Validates an event before it is sent, by the wiki's own rules (CONTRACT §3, POST and PUT)."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain import times
from app.domain.events.event_fields import EVERY_WIKI, EventFields

#: Event types that may count contributions, and the one that excludes others (CONTRACT §3, Values).
TRACKABLE_TYPES = frozenset(("editing-event", "media-upload-event", "backlog-drive", "contest"))
ALONE_TYPE = "other"
MOST_TYPES, MOST_TOPICS, MOST_WIKIS = 2, 5, 100
_LONGEST_TITLE_BYTES = 255
_GRANT_ID = re.compile(r"[0-9]+-[0-9]+")
_BAD_IN_TITLE = frozenset("#<>[]|{}\x7f")


class FormField(StrEnum):
    """The fields of the form that can have a problem."""

    TITLE = "title"
    PAGE_TEXT = "page-text"
    TIMEZONE = "timezone"
    START = "start"
    END = "end"
    STATUS = "status"
    TYPES = "types"
    WIKIS = "wikis"
    TOPICS = "topics"
    PARTICIPATION = "participation"
    MEETING_URL = "meeting-url"
    COUNTRY = "country"
    ADDRESS = "address"
    CHAT_URL = "chat-url"
    CONTRIBUTIONS = "contributions"
    COURSE = "course"
    GRANT = "grant"
    GOAL = "goal"


class Problem(StrEnum):
    """The problems of fields."""

    TITLE_MISSING = "title-missing"
    TITLE_BAD = "title-bad"
    TITLE_LONG = "title-long"
    PAGE_TEXT_MISSING = "page-text-missing"
    TIMEZONE_UNKNOWN = "timezone-unknown"
    TIME_BAD = "time-bad"
    START_PAST = "start-past"
    START_AFTER_END = "start-after-end"
    TYPES_MISSING = "types-missing"
    TYPES_MANY = "types-many"
    TYPES_OTHER = "types-other"
    TOPICS_MANY = "topics-many"
    WIKIS_MANY = "wikis-many"
    WIKIS_UNKNOWN = "wikis-unknown"
    NO_PARTICIPATION = "no-participation"
    URL_BAD = "url-bad"
    COUNTRY_MISSING = "country-missing"
    COUNTRY_UNKNOWN = "country-unknown"
    CONTRIBUTIONS_TYPE = "contributions-type"
    CONTRIBUTIONS_WIKIS = "contributions-wikis"
    COURSE_BAD = "course-bad"
    GRANT_BAD = "grant-bad"
    GOAL_WITHOUT_TARGET = "goal-without-target"
    GOAL_WITHOUT_CONTRIBUTIONS = "goal-without-contributions"


def problems(
    fields: EventFields, *, new: bool, now: datetime, has_types: bool = True
) -> dict[FormField, Problem]:
    """Return what the wiki would refuse, by field; empty if no problem is known.

    `new` events must begin in the future; `now` is an aware datetime. `has_types`: the wiki has types of
    events; those wikis also require the country of a meeting in person (docs/versions.md).
    """
    found: dict[FormField, Problem] = {}
    if new and (wrong := _title(fields.page)):
        found[FormField.TITLE] = wrong
    found |= _times(fields, new=new, now=now)
    if has_types and (wrong := _types(fields.types)):
        found[FormField.TYPES] = wrong
    if len(fields.topics) > MOST_TOPICS:
        found[FormField.TOPICS] = Problem.TOPICS_MANY
    if len(fields.wikis) > MOST_WIKIS:
        found[FormField.WIKIS] = Problem.WIKIS_MANY
    if not fields.online and not fields.in_person:
        found[FormField.PARTICIPATION] = Problem.NO_PARTICIPATION
    if fields.online and fields.meeting_url and not is_web_address(fields.meeting_url):
        found[FormField.MEETING_URL] = Problem.URL_BAD
    if has_types and fields.in_person and not fields.country_code:
        found[FormField.COUNTRY] = Problem.COUNTRY_MISSING
    if fields.chat_url and not is_web_address(fields.chat_url):
        found[FormField.CHAT_URL] = Problem.URL_BAD
    if fields.tracks_contributions:
        if not TRACKABLE_TYPES.intersection(fields.types):
            found[FormField.CONTRIBUTIONS] = Problem.CONTRIBUTIONS_TYPE
        elif not fields.wikis:
            found[FormField.CONTRIBUTIONS] = Problem.CONTRIBUTIONS_WIKIS
    if fields.goal_type and not fields.goal_target:
        found[FormField.GOAL] = Problem.GOAL_WITHOUT_TARGET
    elif fields.goal_type and not fields.tracks_contributions:
        found[FormField.GOAL] = Problem.GOAL_WITHOUT_CONTRIBUTIONS
    if fields.course and "/" not in fields.course.strip("/"):
        found[FormField.COURSE] = Problem.COURSE_BAD
    if fields.grant_id and not is_grant_id(fields.grant_id):
        found[FormField.GRANT] = Problem.GRANT_BAD
    return found


def may_track(types: tuple[str, ...]) -> bool:
    """Return whether an event of these types may count contributions."""
    return bool(TRACKABLE_TYPES.intersection(types))


def is_web_address(text: str) -> bool:
    """Return whether the wiki accepts a text as a link."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, text.strip()))
    )


def course_slug(text: str) -> str | None:
    """Return the course's slug from user input: the slug itself, or the address of its Dashboard page."""
    typed = text.strip()
    if "://" in typed:
        typed = urlsplit(typed).path.partition("/courses/")[2]
        typed = "/".join(typed.split("/")[:2])
    return typed.strip("/") or None


def _title(page: str) -> Problem | None:
    name = page.partition(":")[2].strip()
    if not name:
        return Problem.TITLE_MISSING
    if _BAD_IN_TITLE.intersection(page) or any(ord(letter) < 32 for letter in page):
        return Problem.TITLE_BAD
    return Problem.TITLE_LONG if len(name.encode()) > _LONGEST_TITLE_BYTES else None


def _times(fields: EventFields, *, new: bool, now: datetime) -> dict[FormField, Problem]:
    try:
        zone = times.zone(fields.timezone)
    except ValueError:
        return {FormField.TIMEZONE: Problem.TIMEZONE_UNKNOWN}
    try:
        start, end = times.local_time(fields.start), times.local_time(fields.end)
    except ValueError:
        return {FormField.START: Problem.TIME_BAD}
    if start > end:
        return {FormField.END: Problem.START_AFTER_END}
    if new and start.replace(tzinfo=zone) < now.astimezone(UTC):
        return {FormField.START: Problem.START_PAST}
    return {}


def _types(types: tuple[str, ...]) -> Problem | None:
    if not types:
        return Problem.TYPES_MISSING
    if ALONE_TYPE in types and len(types) > 1:
        return Problem.TYPES_OTHER
    return Problem.TYPES_MANY if len(types) > MOST_TYPES else None


def every_wiki(fields: EventFields) -> bool:
    """Return whether an event concerns all wikis."""
    return EVERY_WIKI in fields.wikis


_REFUSED = {
    "error-no-types": FormField.TYPES,
    "error-invalid-other-selection": FormField.TYPES,
    "error-no-participation-options": FormField.PARTICIPATION,
    # 1.43 and 1.44.
    "error-no-meeting-type": FormField.PARTICIPATION,
    "error-invalid-country": FormField.COUNTRY,
    "error-page-not-event-namespace": FormField.TITLE,
    "error-invalid-country-code": FormField.COUNTRY,
    "error-meeting-url-not-online": FormField.MEETING_URL,
    "error-invalid-meeting-url": FormField.MEETING_URL,
    "error-countryoraddress-not-in-person": FormField.PARTICIPATION,
    "error-invalid-address": FormField.ADDRESS,
    "error-invalid-chat-url": FormField.CHAT_URL,
    "error-invalid-timezone": FormField.TIMEZONE,
    "error-start-past": FormField.START,
    "error-start-after-end": FormField.END,
    "error-page-not-found": FormField.TITLE,
    "error-page-namespace-not-allowed": FormField.TITLE,
    "error-page-already-registered": FormField.TITLE,
    "error-page-already-registered-deleted": FormField.TITLE,
    "enable-registration-not-allowed-page": FormField.TITLE,
    "error-contribs-tracking-invalid-type": FormField.CONTRIBUTIONS,
    "error-contribs-tracking-no-wikis": FormField.CONTRIBUTIONS,
    "error-contribs-tracking-disallowed-country": FormField.CONTRIBUTIONS,
    "error-invalid-trackingtool": FormField.COURSE,
    "error-trackingtool-without-eventid": FormField.COURSE,
    "error-trackingtool-eventid-without-toolid": FormField.COURSE,
    "error-goal-type-required": FormField.GOAL,
    "error-goal-target-required": FormField.GOAL,
    "error-goal-requires-contribution-tracking": FormField.GOAL,
    "event-dates-cannot-be-changed": FormField.START,
}
_PARAMETERS = {
    "event_page": FormField.TITLE,
    "title": FormField.TITLE,
    "text": FormField.PAGE_TEXT,
    "timezone": FormField.TIMEZONE,
    "start_time": FormField.START,
    "end_time": FormField.END,
    "status": FormField.STATUS,
    "types": FormField.TYPES,
    "wikis": FormField.WIKIS,
    "topics": FormField.TOPICS,
    "online_meeting": FormField.PARTICIPATION,
    "inperson_meeting": FormField.PARTICIPATION,
    "meeting_url": FormField.MEETING_URL,
    "meeting_country_code": FormField.COUNTRY,
    "meeting_country": FormField.COUNTRY,
    "meeting_address": FormField.ADDRESS,
    "chat_url": FormField.CHAT_URL,
    "tracks_contributions": FormField.CONTRIBUTIONS,
    "tracking_tool_id": FormField.COURSE,
    "tracking_tool_event_id": FormField.COURSE,
    "grant_id": FormField.GRANT,
    "goal_type": FormField.GOAL,
    "goal_target": FormField.GOAL,
}
#: The add-on's refusals of a grant: its form, one that is unknown, or that ended too long ago.
_GRANT_REFUSED = "wikimediacampaignevents-grant-id"
_EDITING = {"invalidtitle": FormField.TITLE, "titleblacklist-forbidden": FormField.TITLE}


def is_grant_id(text: str) -> bool:
    """Return whether a text has the form of a grant's ID: the wiki looks up no other (CONTRACT §3)."""
    return _GRANT_ID.fullmatch(text) is not None


def refused_field(error_key: str | None, parameters: tuple[str, ...]) -> FormField | None:
    """Return the form's field that a refusal of the wiki refers to, None if there is none."""
    key = (error_key or "").removeprefix("campaignevents-")
    if key == "rawmessage":
        # "The country code is required" has no message key of its own (CONTRACT §3).
        return FormField.COUNTRY
    if key.startswith(_GRANT_REFUSED):
        return FormField.GRANT
    for parameter in parameters:
        if parameter in _PARAMETERS:
            return _PARAMETERS[parameter]
    return _REFUSED.get(key) or _EDITING.get(key)
