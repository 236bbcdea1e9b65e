"""The text of an event page, made from a template that the user can change."""

import re
from collections.abc import Mapping
from string import Template

from app.domain import times
from app.domain.events import vocabulary
from app.domain.events.event_fields import EventFields
from app.i18n import _, listed

_UNWRITTEN = "…"
_HEADING = re.compile(r"^=+[^=\n].*=+\s*$", re.MULTILINE)
#: The placeholders of a template.
PLACEHOLDERS = ("title", "start", "end", "timezone", "place", "types", "topics", "organizer")


def default_template() -> str:
    """Return the built-in template. The wiki itself shows dates, place and organizers above the text."""
    return _(
        "$title takes place from $start to $end ($timezone), $place.\n\n"
        "== About this event ==\n"
        "…\n\n"
        "== Programme ==\n"
        "* …\n\n"
        "== How to take part ==\n"
        "Register with the button above. Questions? Ask [[User talk:$organizer|$organizer]].\n"
    )


def is_unwritten(text: str) -> bool:
    """Return whether a heading of a page has nothing but the template's “…” under it."""
    return any(
        [line.strip("*#: ") for line in lines.splitlines() if line.strip()] == [_UNWRITTEN]
        for lines in _HEADING.split(text)[1:]
    )


def page_text(template: str, fields: EventFields, organizer: str) -> str:
    """Return a template with its placeholders filled; anything else stays unchanged."""
    return Template(template).safe_substitute(_known(fields, organizer))


def _known(fields: EventFields, organizer: str) -> Mapping[str, str]:
    return {
        "title": fields.page.partition(":")[2].strip(),
        "start": _moment(fields.start),
        "end": _moment(fields.end),
        "timezone": fields.timezone,
        "place": _place(fields),
        "types": listed(vocabulary.event_type(key) for key in fields.types),
        "topics": listed(vocabulary.topic(key) for key in fields.topics),
        "organizer": organizer,
    }


def _moment(stamp: str) -> str:
    try:
        return times.local_time(stamp).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def _place(fields: EventFields) -> str:
    if not fields.in_person:
        return _("online") if fields.online else ""
    place = listed((fields.address or "").splitlines()) or _("in person")
    return _("{place} and online").format(place=place) if fields.online else place
