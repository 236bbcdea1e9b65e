"""The command for the desk: who came, who went, and who came without a registration."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from app.application import Application
from app.commands.desk import documents, files
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.people_choice import named, user_name
from app.commands.output import Output
from app.desk.event_desk import EventDesk, Person
from app.domain import names, times
from app.domain.desk.acts import Act, ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.faults import Fault, KnownFault
from app.domain.people.attendance import Attendance
from app.domain.wikis.user_names import NameProblem, checked_name
from app.domain.wording import people_texts
from app.domain.wording.desk.hand_over_texts import still_in
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _, listed, ngettext
from app.store.desk.desks import save_open_desk
from app.store.desk.hand_over_files import read_hand_over_files
from app.store.people.participants import read_by_user_ids


def desk(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Do one thing at the desk of an event."""
    event = application.find_event(options.event)
    at_desk = EventDesk(application.mirror, application.reader, event, options.day or "")
    _VERBS[options.do](application, at_desk, options, output)
    counts = at_desk.counts()
    output.line(
        _(
            "{registered} registered, {arrived} arrived, {inside} inside, {walk_ins}, {to_come} still to come"
        ).format(
            registered=counts.registered,
            arrived=counts.arrived,
            inside=counts.inside,
            walk_ins=people_texts.walk_ins(counts.walk_ins),
            to_come=counts.to_come,
        )
    )
    if event.registration.ends_at() < datetime.fromtimestamp(times.now(), UTC):
        output.line(_("By its own dates, this event is over."))
    output.document(documents.desk(event, at_desk.day, counts))
    return 0


def _mark(application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output) -> None:
    kind, people = ActKind(options.do), _people(application, at_desk, options.names)
    idle = [one for one in people if _changes_nothing(at_desk, one, kind)]
    if people := [one for one in people if one not in idle]:
        at_desk.note(people, kind)
        output.line(_noted(kind, len(people)).format(n=len(people), names=_listed(people)))
    if idle:
        text = _("Already in: {names}") if kind is ActKind.CHECK_IN else _("Not in: {names}")
        output.line(text.format(names=_listed(idle)))


def _changes_nothing(at_desk: EventDesk, person: Person, kind: ActKind) -> bool:
    """Return whether somebody comes who is in, or leaves who is not."""
    if kind is ActKind.CHECK_OUT:
        return at_desk.day_inside(person.key) is None
    return kind is ActKind.CHECK_IN and at_desk.of(person.key).attendance is Attendance.PRESENT


def _listed(people: list[Person]) -> str:
    return listed(names.set_apart(one.name) for one in people)


def _people(application: Application, at_desk: EventDesk, typed: list[str]) -> list[Person]:
    """Return the walk-ins and participants with these names. Raises KnownFault where one is neither."""
    walk_ins = {one.name: key for key, one in at_desk.log.walk_ins().items()}
    came = [Person(walk_ins[name], name) for name in typed if name in walk_ins]
    others = named(application, at_desk.event, [name for name in typed if name not in walk_ins])
    return came + [Person(PersonKey.of_user(one.user_id), people_texts.person_name(one)) for one in others]


def _noted(kind: ActKind, people: int) -> str:
    if kind is ActKind.CHECK_IN:
        return ngettext("{n} checked in: {names}", "{n} checked in: {names}", people)
    if kind is ActKind.CHECK_OUT:
        return ngettext("{n} checked out: {names}", "{n} checked out: {names}", people)
    return ngettext("{n} marked as a no-show: {names}", "{n} marked as no-shows: {names}", people)


def _walk_in(
    application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    event, name = at_desk.event, options.name.strip()
    if options.user_name:
        meant = checked_name(user_name(application, event, name), application.account_of(event).wiki.names)
        if isinstance(meant, NameProblem):
            raise KnownFault(Fault.USAGE, name_problem(meant, name))
        name = meant
    if not name:
        raise KnownFault(Fault.USAGE, _("Say who came: the name is empty. Nothing was noted."))
    at_desk.add_walk_in(WalkIn(name, options.user_name), options.note)
    output.line(_("Checked in without a registration: {name}").format(name=names.set_apart(name)))


def _undo(application: Application, at_desk: EventDesk, _options: argparse.Namespace, output: Output) -> None:
    text = _("Taken back: {name}")
    output.line(
        _stepped(application, at_desk, at_desk.undo(), text) or _("Nothing of this day is left to take back.")
    )


def _redo(application: Application, at_desk: EventDesk, _options: argparse.Namespace, output: Output) -> None:
    text = _("Noted again: {name}")
    output.line(
        _stepped(application, at_desk, at_desk.redo(), text)
        or _("Nothing was taken back that could be noted again.")
    )


def _stepped(application: Application, at_desk: EventDesk, act: Act | None, text: str) -> str:
    """Return `text` with the name of whom an act is about, as it is now or as it was then; empty for none."""
    if act is None:
        return ""
    walk_in = at_desk.log.walk_in(act.person)
    if walk_in is not None:
        name = walk_in.name
    else:
        found = read_by_user_ids(application.reader, at_desk.event.key, [act.person.user_id or 0])
        name = (
            people_texts.person_name(found[0]) if found else act.text or _("somebody who has left the list")
        )
    return text.format(name=names.set_apart(name))


def _note(application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output) -> None:
    [person] = _people(application, at_desk, [options.name])
    at_desk.set_note(person.key, options.text.strip())
    output.line(_("The note is kept at the desk; no wiki gets it."))


def _erase(application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output) -> None:
    [person] = _people(application, at_desk, [options.name])
    name = names.set_apart(person.name)
    confirm(options, _("Erase all that is noted about {name}, for good?").format(name=name))
    at_desk.erase(person.key)
    output.line(_("Erased. A mark without a name stays, so that it does not come back by a merge."))
    handed = read_hand_over_files(application.reader, at_desk.event.key)
    output.line(still_in(handed) or _("Nobody else got it by a hand-over file from here."))


def _clock(
    _application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    record = at_desk.find_desk(options.desk)
    if record is None:
        known = listed(one.name for one in at_desk.log.desks.values() if one.name)
        sentence = _("No desk of this event is called “{name}”. Known: {known}. Nothing was changed.")
        raise KnownFault(Fault.USAGE, sentence.format(name=options.desk, known=known or _("none")))
    at_desk.set_clock(record, round(options.minutes * 60_000))
    output.line(_("The times of that desk are put right wherever they are shown."))


def _unlock(application: Application, _desk: EventDesk, _options: argparse.Namespace, output: Output) -> None:
    application.mirror.writer.do_durably(save_open_desk, None)
    output.line(_("The desk can be left: start the window again."))


def _status(
    application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    """Print the figures only."""


_VERBS: dict[str, Callable[[Application, EventDesk, argparse.Namespace, Output], None]] = {
    "check-in": _mark,
    "check-out": _mark,
    "no-show": _mark,
    "walk-in": _walk_in,
    "undo": _undo,
    "redo": _redo,
    "note": _note,
    "erase": _erase,
    "clock": _clock,
    "unlock": _unlock,
    "reconcile": files.reconcile,
    "hand-over": files.hand_over,
    "print": files.print_pages,
    "status": _status,
}
