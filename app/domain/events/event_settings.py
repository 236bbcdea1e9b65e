"""An event as plain keys and values, for files and command lines."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.events import countries
from app.domain.events.event_checks import course_slug
from app.domain.events.event_fields import CLOSED, GOAL_TYPES, OPEN, EventFields, tidy

_STAMP = "%Y%m%d%H%M%S"
_TRUE, _FALSE = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


class SettingError(ValueError):
    """Raised for an unknown key or a bad value: `key`, and the known keys or an example value."""

    def __init__(self, key: str, known: str) -> None:
        super().__init__(key)
        self.key = key
        self.known = known


def with_settings(fields: EventFields, settings: Mapping[str, object]) -> EventFields:
    """Return an event with settings applied: texts, numbers, dates and lists from TOML or a command line.

    Lists may be one text with commas; times are in the event's own time zone, like 2027-03-05 10:00. Raises
    SettingError.
    """
    changes: dict[str, Any] = {}
    for key, value in settings.items():
        name = key.replace("-", "_")
        if name not in _SETTINGS:
            raise SettingError(key, ", ".join(sorted(_SETTINGS)))
        field, read = _SETTINGS[name]
        try:
            changes[field] = read(value)
        except (TypeError, ValueError) as error:
            raise SettingError(f"{key} = {value}", _EXAMPLES[read]) from error
    return tidy(replace(fields, **changes))


def bare_event(page: str) -> EventFields:
    """Return an event with default values."""
    return EventFields(page=page, timezone="UTC", start="", end="", tracks_contributions=False)


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        raise TypeError(value)
    return value or None


def _words(value: object) -> str:
    return _text(value) or ""


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(value)
    return tuple(one.strip() for one in value if one.strip())


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in (*_TRUE, *_FALSE):
        raise ValueError(value)
    return word in _TRUE


def _moment(value: object) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    if moment.tzinfo is not None:
        # A time zone here would contradict the event's own (CONTRACT §3, Values).
        raise ValueError(value)
    return moment.strftime(_STAMP)


def _course(value: object) -> str | None:
    return course_slug(_words(value))


def _country(value: object) -> str | None:
    code = _text(value)
    if code and code.upper() not in countries.CODES:
        raise ValueError(value)
    return code.upper() if code else None


def _status(value: object) -> str:
    status = _words(value)
    if status not in (OPEN, CLOSED):
        raise ValueError(value)
    return status


def _goal(value: object) -> str | None:
    name = _text(value)
    if name and name not in GOAL_TYPES:
        raise ValueError(value)
    return name


def _number(value: object) -> int | None:
    number = int(str(value)) if str(value).strip() else None
    if number is not None and number < 1:
        raise ValueError(value)
    return number


_SETTINGS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "timezone": ("timezone", _words),
    "start": ("start", _moment),
    "end": ("end", _moment),
    "status": ("status", _status),
    "types": ("types", _list),
    "wikis": ("wikis", _list),
    "topics": ("topics", _list),
    "online": ("online", _flag),
    "in_person": ("in_person", _flag),
    "meeting_link": ("meeting_url", _text),
    "country": ("country_code", _country),
    "address": ("address", _text),
    "chat_link": ("chat_url", _text),
    "test": ("is_test", _flag),
    "count_contributions": ("tracks_contributions", _flag),
    "course": ("course", _course),
    "grant": ("grant_id", _text),
    "goal": ("goal_type", _goal),
    "goal_target": ("goal_target", _number),
}
_EXAMPLES: dict[Callable[[object], Any], str] = {
    _text: "text",
    _words: "text",
    _list: "one, two",
    _flag: "yes, no",
    _moment: "2027-03-05 10:00",
    _course: "Institution/Course_name",
    _country: "KE",
    _status: f"{OPEN}, {CLOSED}",
    _goal: ", ".join(GOAL_TYPES),
    _number: "100",
}
