"""Commands about the people of an event: removing participants, e-mail, organizers."""

import argparse

from app.application import Application
from app.commands import words
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.people_choice import filtered, named, user_name
from app.commands.organizing.submission import event_as_changed, permit, submit_for
from app.commands.output import Output, print_error
from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeOrganizers, RemoveParticipants, SendEmail
from app.domain.events.permissions import Action
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.people.chosen_people import as_chosen
from app.domain.wikis.user_names import NameProblem, checked_name, read_user_name
from app.domain.wording import change_texts, local_data_texts, organizing_texts
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _, listed, ngettext
from app.store.events import events


def remove_people(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Remove the participants that are named."""
    if not options.names:
        raise KnownFault(Fault.USAGE, words.remove_whom())
    known = event_as_changed(application, options.names[0])
    if not options.names[1:]:
        raise KnownFault(Fault.USAGE, words.remove_whom())
    people = named(application, known, options.names[1:])
    permit(application, options, Action.REMOVE, known)
    chosen = tuple(as_chosen(person) for person in people)
    if len(chosen) >= known.participants:
        question = ngettext(
            "Remove everybody: the only participant ({n})?",
            "Remove everybody: all {n} participants?",
            len(chosen),
        )
    else:
        question = ngettext(
            "Remove {n} participant: {names}?", "Remove {n} participants: {names}?", len(chosen)
        )
    confirm(options, question.format(n=len(chosen), names=change_texts.people_listed(chosen, 20)))
    return submit_for(application, options, output, known, RemoveParticipants(chosen))


def email(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write to the participants that are named, or to all that a filter finds."""
    known = event_as_changed(application, options.event)
    permit(application, options, Action.EMAIL, known)
    if options.to:
        people = named(application, known, options.to)
    else:
        people = filtered(application, known, options.filter)
    if not people:
        raise KnownFault(Fault.NOT_FOUND, _("Nobody fits, so nothing was sent."))
    try:
        message = options.message_file.read_text("utf-8-sig")
        chosen = tuple(as_chosen(person) for person in people)
        operation = SendEmail(options.subject, message, chosen, options.cc_me)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(
            Fault.DISK, local_data_texts.disk_fault(str(options.message_file), reason)
        ) from error
    except ValueError as error:
        raise KnownFault(Fault.USAGE, organizing_texts.incomplete_email()) from error
    unreached = [person for person in operation.people if person.can_email is False]
    if unreached:
        warning = ngettext(
            "{n} person will not get it, for lack of a valid address: {names}.",
            "{n} people will not get it, for lack of a valid address: {names}.",
            len(unreached),
        )
        print_error(warning.format(n=len(unreached), names=change_texts.people_listed(unreached, 20)))
    reached = len(operation.people) - len(unreached)
    question = ngettext("Send the e-mail to {n} person?", "Send the e-mail to {n} people?", reached)
    confirm(options, question.format(n=reached))
    return submit_for(application, options, output, known, operation)


def organizers(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Add or remove organizers."""
    known = event_as_changed(application, options.event)
    account = permit(application, options, Action.ORGANIZERS, known)
    if options.do == "add":
        added = _accounts(account, options.names)
        bare = [text for text in options.names if not text.startswith("@")]
        taken_as_is = [checked_name(text, account.wiki.names) for text in bare]
        if any(isinstance(name, str) and name not in added for name in taken_as_is):
            # Both “1. FC Fan” and “FC Fan” may be somebody.
            confirm(options, _("Add to the organizers: {names}?").format(names=listed(map(isolated, added))))
        return submit_for(
            application,
            options,
            output,
            known,
            ChangeOrganizers(add=added),
        )
    present = {person.name: person for person in events.read_organizers(application.reader, known.key)}
    meant = {text: text if text in present else user_name(application, known, text) for text in options.names}
    unknown = [text for text, name in meant.items() if name not in present]
    if unknown:
        raise KnownFault(
            Fault.NOT_FOUND,
            _("Not among the organizers: {names}. Nothing was done.").format(
                names=listed(map(isolated, unknown))
            ),
        )
    leaving = {present[name].user_id: name for name in meant.values()}
    oneself = account.identity.central_id in leaving
    names = listed(map(isolated, leaving.values()))
    text = (
        _("Take yourself off the list of organizers? You will lose access to this event.")
        if oneself
        else _("Remove from the organizers: {names}?").format(names=names)
    )
    confirm(options, text)
    return submit_for(
        application, options, output, known, ChangeOrganizers(remove=leaving, including_self=oneself)
    )


def _accounts(account: Account, typed: list[str]) -> tuple[str, ...]:
    """Return the names of the accounts that texts mean. Raises KnownFault where one can be no account's."""
    names = []
    for text in typed:
        name = read_user_name(text, account.wiki.names)
        if isinstance(name, NameProblem):
            raise KnownFault(Fault.NOT_FOUND, name_problem(name, text))
        names.append(name)
    return tuple(dict.fromkeys(names))
