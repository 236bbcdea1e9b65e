"""What the desk shows of people, as text."""

from datetime import UTC, datetime

from app.domain import names
from app.domain.desk.acts import ActKind
from app.domain.desk.attendance import DayOfPerson
from app.domain.desk.hits import Hit
from app.domain.desk.outcomes import Arrival, Noted, Outcome
from app.domain.desk.shared_desk import SharedDeskState, SharedDeskStatus
from app.domain.events.event import Event
from app.domain.people.attendance import Attendance
from app.i18n import _, listed
from app.models.desk.desk_control import DeskControl
from app.models.events.event_text import clock, day, moment_here, weekday, zone_note


def at_event(milliseconds: int, event: Event) -> datetime:
    """Return a moment, in milliseconds since 1970, in an event's time zone."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(event.registration.zone())


def hidden_name() -> str:
    """Return what stands for the name of somebody private."""
    return _("Private participant")


def title_of(hit: Hit, *, masked: bool) -> str:
    """Return the name of a hit; of a private one only if it is not masked."""
    return hidden_name() if masked and hit.private else names.set_apart(hit.name)


def detail_of(hit: Hit, known: DayOfPerson, control: DeskControl) -> str:
    """Return what is said of a hit below its name."""
    event = next(event for event in control.events if event.key == hit.event_key)
    parts = [_state(hit, known, control, event)]
    if hit.private:
        parts.append(_("private"))
    if hit.event_key != control.event_at_hand.key:
        parts.append(_("at {event}").format(event=names.set_apart(event.registration.name)))
    also = [one for one in control.events if one.key in hit.also]
    if also:
        others = listed(names.set_apart(one.registration.name) for one in also)
        parts.append(_("also at {events}").format(events=others))
    if note := control.note_about(hit):
        parts.append(names.set_apart(note.splitlines()[0]))
    return " · ".join(parts)


def state_of(hit: Hit, known: DayOfPerson, control: DeskControl) -> str:
    """Return what is known of somebody on the day, in a word or two."""
    return _state(hit, known, control, next(event for event in control.events if event.key == hit.event_key))


def mark_name(kind: ActKind) -> str:
    """Return what a mark says."""
    match kind:
        case ActKind.CHECK_IN:
            return _("Came")
        case ActKind.CHECK_OUT:
            return _("Left")
    return _("No-show")


def desk_line(control: DeskControl) -> str:
    """Return which desk this is, and what day and time it is at the event."""
    event = control.event_at_hand
    now = at_event(control.at_hand.now(), event)
    when = f"{weekday(now)}, {clock(now)}"
    if zone := zone_note(event.registration.zone(), now):
        when = _("{time} in {zone}").format(time=when, zone=zone)
    own = control.own_desk_name()
    return " · ".join(
        filter(None, (_("Desk “{name}”").format(name=names.set_apart(own)) if own else "", when))
    )


def _state(hit: Hit, known: DayOfPerson, control: DeskControl, event: Event) -> str:
    if known.attendance is Attendance.NO_SHOW:
        return _("Marked as a no-show")
    if known.visits:
        visit = known.visits[-1]
        if visit.left is not None:
            return _("Left at {time}").format(time=clock(at_event(visit.left, event)))
        time = clock(at_event(visit.came, event))
        if desk := control.desk_name(hit.event_key, known.desk):
            return _("Arrived at {time} at {desk}").format(time=time, desk=names.set_apart(desk))
        return _("Arrived at {time}").format(time=time)
    if hit.registered_at is not None:
        registered = datetime.fromtimestamp(hit.registered_at, UTC).astimezone(event.registration.zone())
        return _("Registered on {day}").format(day=day(registered))
    return _("Walk-in") if hit.person.is_walk_in else _("No longer on the wiki’s list")


def headline(noted: Noted, *, masked: bool) -> str:
    """Return the name of whom an action was about, large on the screen."""
    if noted.outcome is Outcome.NOTHING_TO_UNDO:
        return _("Nothing of today is left to take back.")
    if noted.outcome is Outcome.NOTHING_TO_REDO:
        return _("Nothing was taken back that could be noted again.")
    return hidden_name() if masked and noted.private else names.set_apart(noted.name)


def what_came(noted: Noted, event: Event) -> str:
    """Return what came of an action, with the time in the event's zone."""
    time = clock(at_event(noted.at, event)) if noted.at else ""
    match noted.outcome:
        case Outcome.CHECKED_IN:
            return _("Checked in at {time}").format(time=time)
        case Outcome.WALK_IN:
            return _("Checked in without a registration at {time}").format(time=time)
        case Outcome.ALREADY_IN if noted.desk:
            desk = names.set_apart(noted.desk)
            return _("Already in, since {time}, at {desk}").format(time=time, desk=desk)
        case Outcome.ALREADY_IN:
            return _("Already in, since {time}").format(time=time)
        case Outcome.CHECKED_OUT:
            return _("Checked out at {time}").format(time=time)
        case Outcome.NOT_IN:
            return _("Is not in, so there is nobody to check out")
        case Outcome.NO_SHOW:
            return _("Marked as a no-show")
        case Outcome.TAKEN_BACK:
            return _("Taken back")
        case Outcome.NOTED_AGAIN:
            return _("Noted again")
    return ""


def arrival_name(arrival: Arrival, *, masked: bool) -> str:
    """Return how somebody stands in the list of the latest arrivals."""
    if masked and arrival.private:
        return hidden_name()
    name = names.set_apart(arrival.name)
    return _("Walk-in: {name}").format(name=name) if arrival.walk_in else name


def shared_state(state: SharedDeskState) -> tuple[str, str]:
    """Return how a shared desk stands, and the name of its accent."""
    time = moment_here(datetime.fromtimestamp(state.since, UTC))
    match state.status:
        case SharedDeskStatus.CONNECTING:
            return _("Shared desk: connecting…"), "QUIET"
        case SharedDeskStatus.CONNECTED:
            return _("Shared desk: connected"), "SUCCESS"
        case SharedDeskStatus.ALONE:
            return _("Shared desk: alone since {time}").format(time=time), "WARNING"
    return _("Shared desk: refused"), "ERROR"


def over_since(ended: datetime) -> str:
    """Return the warning that an event is over by the wiki's clock."""
    return _(
        "By its dates on the wiki, this event ended on {day} at {time}, and takes no registrations any more. "
        "Check-ins are kept all the same. To let people register, give it a later end."
    ).format(day=day(ended), time=clock(ended))
