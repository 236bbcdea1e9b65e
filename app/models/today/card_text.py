"""The texts of an event's card on Today."""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QLocale

from app.domain import names
from app.domain.desk.readiness import Readiness, ReadinessState
from app.domain.events.calendar import days_until, needs_check
from app.domain.events.event import Event, Listing, Phase
from app.domain.events.event_fields import OPEN
from app.domain.people.attendance import AttendanceCounts
from app.domain.wording.desk import readiness_texts
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText, day, moment_here


@dataclass(frozen=True)
class CardText:
    """What a card says. `state` is a word and the name of its accent; `spoken` is for screen readers."""

    key: int
    tile: tuple[str, str]
    title: str
    when_and_where: str
    people: str
    change: str
    state: tuple[str, str]
    growth: tuple[int, ...]
    hint: str
    spoken: str


def card_text(
    event: Event,
    growth: tuple[int, ...],
    new: int,
    came: AttendanceCounts,
    readiness: Readiness | None,
    words: EventText,
    now: datetime,
) -> CardText:
    """Return the texts of an event's card.

    `new`: the people who registered within a day; `readiness`: where it begins within the next days.
    """
    registration, locale = event.registration, QLocale()
    title = names.set_apart(registration.name)
    when, place = countdown(event, now), words.place(registration)
    when_and_where = f"{when} · {place}" if place else when
    people = locale.toString(event.participants)
    noun = ngettext("person", "people", event.participants)
    more = _("+{count} within a day").format(count=locale.toString(new)) if new else _("no change")
    if any(came):
        arrived = came.arrived + came.walk_ins
        more = ngettext("{count} arrived", "{count} arrived", arrived).format(count=locale.toString(arrived))
    change = f"{noun} · {more}" if growth or any(came) else noun
    state = _state(event, readiness, now)
    dates = words.dates(registration)
    spoken = [title, when, place, f"{people} {change}", state[0]]
    return CardText(
        event.key,
        words.tile(registration),
        title,
        when_and_where,
        people,
        change,
        state,
        growth,
        "\n".join([title, dates, *_readiness_lines(readiness)]),
        listed(filter(None, spoken)),
    )


def countdown(event: Event, now: datetime) -> str:
    """Return how long it is until an event begins, or until when it lasts."""
    if event.registration.phase(now) is Phase.NOW:
        return _("until {day}").format(day=day(event.registration.ends_at()))
    days = days_until(event, now)
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def _readiness_lines(readiness: Readiness | None) -> list[str]:
    lines = readiness.lines if readiness else ()
    return [readiness_texts.sentence(line, _moment) for line in lines]


def _moment(seconds: int) -> str:
    return moment_here(datetime.fromtimestamp(seconds, UTC))


def _state(event: Event, readiness: Readiness | None, now: datetime) -> tuple[str, str]:
    if event.listing is Listing.NOT_YET_CREATED:
        return _("Not on the wiki yet"), "WARNING"
    at = event.participants_complete_at
    if needs_check(event, now):
        if at is None or event.pass_unfinished:
            return _("Not everybody is fetched yet"), "WARNING"
        days = max(1, (now - datetime.fromtimestamp(at, UTC)).days)
        text = ngettext("Full check is {count} day old", "Full check is {count} days old", days)
        return text.format(count=days), "WARNING"
    if event.registration.status != OPEN:
        return _("Registration closed"), "QUIET"
    if readiness is not None:
        if readiness.ready:
            return _("Ready for the door"), "SUCCESS"
        missing = sum(line.state is ReadinessState.MISSING for line in readiness.lines)
        return ngettext("{count} thing missing", "{count} things missing", missing).format(
            count=missing
        ), "WARNING"
    return "", "QUIET"
