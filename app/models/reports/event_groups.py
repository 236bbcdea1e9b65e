"""Groups of events that a report can put side by side: of a year, a topic, a country, or a series."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.events.event import Event
from app.domain.events.series import series_of
from app.domain.events.vocabulary import topic
from app.i18n import _
from app.models.events.event_text import country_name


class EventGroup(NamedTuple):
    """A group: its label, and the keys of its events."""

    label: str
    keys: frozenset[int]


def event_groups(events: Sequence[Event]) -> list[EventGroup]:
    """Return the groups of at least two events: all, by year (the latest first), series, topic, country."""
    found: dict[tuple[int, str], set[int]] = {}
    for event in events:
        registration = event.registration
        names = [(0, _("All events")), (1, _("Year {year}").format(year=registration.start[:4]))]
        if series := series_of(registration.name):
            names.append((2, _("Series “{name}”").format(name=series)))
        names += [(3, _("Topic: {name}").format(name=topic(one))) for one in registration.topics]
        if country := country_name(registration.country_code):
            names.append((4, _("Country: {name}").format(name=country)))
        for name in names:
            found.setdefault(name, set()).add(event.key)
    years = sorted((one for one in found if one[0] == 1), reverse=True)
    others = sorted(one for one in found if one[0] > 1)
    order = [*(one for one in found if one[0] == 0), *years, *others]
    return [EventGroup(one[1], frozenset(found[one])) for one in order if len(found[one]) > 1]
