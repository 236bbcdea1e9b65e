"""The command for the desk: who came, who went, and who came without a registration."""

import argparse
from datetime import UTC, datetime

from app.application import Application
from app.commands import documents
from app.commands.organizing.people_choice import named, user_name
from app.commands.output import Output
from app.desk.check_in import Desk
from app.domain import names, times
from app.domain.desk.attendance import Attendance, PersonKey
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.user_names import NameProblem, checked_name
from app.domain.wording.people_texts import person_name
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _, listed, ngettext
from app.store.people.participants import read_by_user_ids

#: The verbs about participants, and what each makes of them.
_NOTED = {"check-in": Attendance.PRESENT, "check-out": Attendance.LEFT, "no-show": Attendance.NO_SHOW}


def desk(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Do one thing at the desk of an event."""
    event = application.find_event(options.event)
    at_desk = Desk(application.mirror, application.reader, event)
    if options.do in _NOTED:
        people = named(application, event, options.names)
        at_desk.note([PersonKey.of_user(one.user_id) for one in people], _NOTED[options.do])
        who = listed(names.set_apart(person_name(one)) for one in people)
        output.line(_noted(options.do, len(people)).format(n=len(people), names=who))
    elif options.do == "walk-in":
        _walk_in(application, event, options, output, at_desk)
    elif options.do == "undo":
        _undo(application, output, at_desk, event.key)
    counts = at_desk.counts()
    output.line(
        _(
            "{registered} registered, {arrived} arrived, {inside} inside, {walk_ins} walk-ins, "
            "{to_come} still to come"
        ).format(
            registered=counts.registered,
            arrived=counts.arrived,
            inside=counts.inside,
            walk_ins=counts.walk_ins,
            to_come=counts.to_come,
        )
    )
    if event.registration.ends_at() < datetime.fromtimestamp(times.now(), UTC):
        output.line(_("By its own dates, this event is over."))
    output.document(documents.desk(event, at_desk.day, counts))
    return 0


def _noted(verb: str, people: int) -> str:
    if verb == "check-in":
        return ngettext("{n} checked in: {names}", "{n} checked in: {names}", people)
    if verb == "check-out":
        return ngettext("{n} checked out: {names}", "{n} checked out: {names}", people)
    return ngettext("{n} marked as a no-show: {names}", "{n} marked as no-shows: {names}", people)


def _walk_in(
    application: Application, event: Event, options: argparse.Namespace, output: Output, at_desk: Desk
) -> None:
    name = options.name.strip()
    if options.user_name:
        meant = checked_name(user_name(application, event, name), application.account_of(event).wiki.names)
        if isinstance(meant, NameProblem):
            raise KnownFault(Fault.USAGE, name_problem(meant, name))
        name = meant
    if not name:
        raise KnownFault(Fault.USAGE, _("Say who came: the name is empty. Nothing was noted."))
    at_desk.add_walk_in(name, is_user_name=options.user_name, note=options.note)
    output.line(_("Checked in without a registration: {name}").format(name=names.set_apart(name)))


def _undo(application: Application, output: Output, at_desk: Desk, event_key: int) -> None:
    act = at_desk.undo()
    if act is None:
        output.line(_("Nothing of today is left to take back."))
        return
    if act.person.is_walk_in:
        name = at_desk.walk_ins[act.person].name
    else:
        found = read_by_user_ids(application.reader, event_key, [int(act.person.number)])
        name = person_name(found[0]) if found else _("somebody who has left the list")
    output.line(_("Taken back: {name}").format(name=names.set_apart(name)))
