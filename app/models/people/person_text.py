"""A participant as text, for the table and the card."""

from datetime import UTC, datetime, tzinfo
from functools import partial

from PySide6.QtCore import QObject

from app.domain.people.participant import Participant, Presence
from app.domain.people.people_columns import PRIVATE, TABLE_COLUMNS, ColumnKind
from app.domain.wording import people_texts
from app.i18n import _
from app.models.events.event_text import clock, day, zone_note

_NOTHING = "–"


class PersonText(QObject):
    """Text for a person, in the user's language."""

    def headings(self, zone: tzinfo | None) -> tuple[str, ...]:
        """Return the table's headings; those of times name the event's zone where it is not the user's."""
        note = zone_note(zone, datetime.now(UTC)) if zone else ""
        with_zone = _("{heading} ({zone})")
        return tuple(
            with_zone.format(heading=_(column.heading), zone=note)
            if note and column.kind is ColumnKind.MOMENT
            else _(column.heading)
            for column in TABLE_COLUMNS
        )

    def cells(self, person: Participant, zone: tzinfo, *, leaving: bool = False) -> tuple[str, ...]:
        """Return the texts of a person's row, in the order of the table's columns.

        `leaving`: an open change of the user removes this person.
        """
        moment = partial(_moment, zone=zone)
        return tuple(
            _("To be removed")
            if leaving and column is PRIVATE
            else people_texts.cell_text(column, person, moment, short=True) or _NOTHING
            for column in TABLE_COLUMNS
        )

    def registered(self, person: Participant, zone: tzinfo | None) -> str:
        """Return when a person registered, in the event's time zone."""
        text = _moment(person.registered_at, zone)
        note = zone_note(zone, datetime.fromtimestamp(person.registered_at, UTC)) if zone else ""
        return _("{moment} ({zone})").format(moment=text, zone=note) if note else text


def _moment(at: int, zone: tzinfo | None) -> str:
    moment = datetime.fromtimestamp(at, zone)
    return f"{day(moment)}, {clock(moment)}"


def is_named(person: Participant) -> bool:
    """Return whether the wiki still shows a person's name."""
    return person.presence is Presence.NAMED
