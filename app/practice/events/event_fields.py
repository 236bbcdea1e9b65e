"""The fields of POST and PUT of an event, by version (CONTRACT §3, docs/versions.md)."""

from typing import Any

from app.practice.ground.countries import COUNTRIES
from app.practice.ground.sites import SECOND
from app.practice.ground.versions import Version
from app.practice.ground.vocabulary import EVENT_TYPES, GOAL_TYPES, STATUSES, TOPICS, WIKIS
from app.practice.http.rest_parameters import (
    Field,
    ParameterError,
    flag_field,
    list_of,
    one_of,
    text_field,
    time_field,
    title_field,
    user_ids,
)

Fields = dict[str, tuple[Field, bool]]


def event_fields(version: Version, *, family: bool) -> Fields:
    """Return the fields of POST, each with its check and whether it is required."""
    fields: Fields = {
        "event_page": (title_field, True),
        "chat_url": (text_field, False),
        "timezone": (text_field, True),
        "start_time": (time_field, True),
        "end_time": (time_field, True),
    }
    if version.has_types:
        fields["types"] = (list_of(EVENT_TYPES, 2), True)
    if version.has_wikis:
        fields |= {
            "wikis": (list_of(known_wikis(family=family), 100, every="*"), True),
            "topics": (list_of(tuple(TOPICS), 5), False),
        }
    fields |= {
        "tracking_tool_id": (text_field, False),
        "tracking_tool_event_id": (text_field, False),
        "online_meeting": (flag_field, False),
        "inperson_meeting": (flag_field, False),
        "meeting_url": (text_field, False),
    }
    if version.has_country_codes:
        fields["meeting_country_code"] = (one_of(*COUNTRIES), False)
    else:
        fields["meeting_country"] = (_country_name(version.country_bytes), False)
    fields["meeting_address"] = (text_field, False)
    if version.has_wikis:
        fields["is_test_event"] = (flag_field, False)
    if version.counts_contributions:
        fields["tracks_contributions"] = (flag_field, version.has_goals)
    if version.has_goals:
        fields |= {"goal_type": (one_of(*GOAL_TYPES), False), "goal_target": (_goal_target, False)}
    return fields


def change_fields(version: Version, *, family: bool) -> Fields:
    """Return the fields of PUT: those of POST, and the status."""
    return {**event_fields(version, family=family), "status": (one_of(*STATUSES), True)}


def known_wikis(*, family: bool) -> tuple[str, ...]:
    """Return the allowed values of an event's `wikis`."""
    return (*WIKIS, SECOND.wiki_id) if family else WIKIS


def _country_name(most: int | None) -> Field:
    def check(name: str, value: Any) -> str:  # noqa: ANN401 - what the sender put there
        text = text_field(name, value)
        if most is not None and len(text.encode()) > most:
            message = f'The value for parameter "{name}" is too long: at most {most} bytes.'
            raise ParameterError(name, value, "maxbytes", message)
        return text

    return check


def _goal_target(name: str, value: Any) -> int:  # noqa: ANN401
    if isinstance(value, float) and not value.is_integer():
        problem = "Got a float with a fractional part instead."
        message = f'Invalid value "{value}" for integer parameter "{name}". {problem}'
        raise ParameterError(name, str(value), "badinteger-fraction", message)
    (number,) = user_ids(name, [value])
    if number < 1:
        message = f'The value "{number}" for parameter "{name}" must be no less than 1.'
        limits = {"min": 1, "curmax": None, "max": None, "highmax": None}
        raise ParameterError(name, str(number), "outofrange", message, limits)
    return number
