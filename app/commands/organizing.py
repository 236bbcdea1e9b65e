"""The commands that change something on a wiki: each becomes a change, and is sent unless it is to wait."""

import argparse
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.application import Application
from app.commands import words
from app.commands.confirmation import confirm
from app.commands.exit_codes import DONE, OFFLINE, REFUSED
from app.commands.outbox import described, outcome_line
from app.commands.output import Output, tell
from app.commands.people_choice import filtered, named, user_name
from app.domain import times, wording
from app.domain.accounts.account import Account
from app.domain.changes.change import (
    Act,
    CancelRegistration,
    Change,
    ChangeOrganizers,
    ChangeState,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.changes.merge import edit_between
from app.domain.changes.projection import Projection
from app.domain.events.event import Event
from app.domain.events.event_checks import problems
from app.domain.events.event_fields import CLOSED, OPEN, EventFields, EventPart, fields_of
from app.domain.events.event_settings import SettingError, bare_event, with_settings
from app.domain.events.page_text import default_template, page_text
from app.domain.events.permissions import (
    DAY_SECONDS,
    MAY_HAVE_CHANGED,
    Action,
    Circumstances,
    Obstacle,
    obstacle,
)
from app.domain.faults import AWAY, Fault, KnownFault
from app.domain.names import isolated
from app.domain.people.chosen_people import as_chosen
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.question import QUESTION_OPTIONS
from app.domain.wikis.user_names import NameProblem, checked_name, read_user_name
from app.domain.wording.user_names import name_problem
from app.i18n import _
from app.store.changes import outbox
from app.store.events import drafts, events
from app.store.people import own_registrations

_NAMESPACE = "Event:"


def event(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Close, reopen, delete, create or edit an event."""
    return _EVENT[options.do](application, options, output)


def remove_people(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Remove the participants that are named."""
    if not options.names:
        raise KnownFault(Fault.USAGE, words.remove_whom())
    known = _event(application, options.names[0])
    people = named(application, known, options.names[1:])
    permit(application, options, Action.REMOVE, known)
    chosen = tuple(as_chosen(person) for person in people)
    everybody = len(chosen) >= known.participants
    confirm(
        options,
        words.confirm_remove_everybody(len(chosen))
        if everybody
        else words.confirm_remove(len(chosen), wording.people_listed(chosen, 20)),
    )
    return _do(application, options, output, known, RemoveParticipants(chosen))


def email(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Write to the participants that are named, or to all that a filter finds."""
    known = _event(application, options.event)
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
        act = SendEmail(options.subject, message, chosen, options.cc_me)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(Fault.DISK, wording.disk_fault(str(options.message_file), reason)) from error
    except ValueError as error:
        raise KnownFault(Fault.USAGE, _("An e-mail needs a subject and a message.")) from error
    unreached = [person for person in act.people if person.can_email is False]
    if unreached:
        tell(words.not_reached(len(unreached), wording.people_listed(unreached, 20)))
    confirm(options, words.confirm_email(len(act.people) - len(unreached)))
    return _do(application, options, output, known, act)


def organizers(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Add or remove organizers."""
    known = _event(application, options.event)
    account = permit(application, options, Action.ORGANIZERS, known)
    if options.do == "add":
        added = _accounts(account, options.names)
        bare = [text for text in options.names if not text.startswith("@")]
        taken_as_is = [checked_name(text, account.wiki.names) for text in bare]
        if any(isinstance(name, str) and name not in added for name in taken_as_is):
            # Both “1. FC Fan” and “FC Fan” may be somebody.
            confirm(
                options, _("Add to the organizers: {names}?").format(names=", ".join(map(isolated, added)))
            )
        return _do(application, options, output, known, ChangeOrganizers(add=added))
    present = {person.name: person for person in events.read_organizers(application.reader, known.key)}
    meant = {text: text if text in present else user_name(application, known, text) for text in options.names}
    unknown = [text for text, name in meant.items() if name not in present]
    if unknown:
        raise KnownFault(
            Fault.NOT_FOUND,
            _("Not among the organizers: {names}. Nothing was done.").format(
                names=", ".join(map(isolated, unknown))
            ),
        )
    leaving = {present[name].user_id: name for name in meant.values()}
    herself = account.identity.central_id in leaving
    listed = ", ".join(map(isolated, leaving.values()))
    text = (
        _("Take yourself off the list of organizers? You will lose access to this event.")
        if herself
        else _("Remove from the organizers: {names}?").format(names=listed)
    )
    confirm(options, text)
    return _do(application, options, output, known, ChangeOrganizers(remove=leaving, herself=herself))


def _accounts(account: Account, typed: list[str]) -> tuple[str, ...]:
    """Return the names of the accounts that texts mean. Raises KnownFault where one can be no account's."""
    names = []
    for text in typed:
        name = read_user_name(text, account.wiki.names)
        if isinstance(name, NameProblem):
            raise KnownFault(Fault.NOT_FOUND, name_problem(name, text))
        names.append(name)
    return tuple(dict.fromkeys(names))


def register(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Register for an event, or change how one is registered."""
    known = _event(application, options.event)
    permit(application, options, Action.REGISTER, known)
    before = _own(application, known)
    answers = dict(before.answers) if before else {}
    for name, value in options.answer:
        answers.pop(name, None)
        if value.value:
            answers[name] = value
    act = Register(OwnRegistration(options.private, answers), before)
    return _do(application, options, output, known, act)


def unregister(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Cancel one's registration."""
    known = _event(application, options.event)
    permit(application, options, Action.CANCEL, known)
    confirm(options, _("Cancel your registration, with your answers?"))
    return _do(application, options, output, known, CancelRegistration(_own(application, known)))


def answer(text: str) -> tuple[str, OwnAnswer]:
    """Return the answer in NAME=NUMBER or NAME=NUMBER:OWN WORDS. Raises ValueError."""
    name, _unused, value = text.partition("=")
    number, _unused, other = value.partition(":")
    most = {question: count for (_number, question), count in QUESTION_OPTIONS.items()}
    if name not in most or not number.isdigit() or int(number) > most[name]:
        raise ValueError(text)
    return name, OwnAnswer(int(number), other or None)


def _close(application: Application, options: argparse.Namespace, output: Output) -> int:
    return _set_status(application, options, output, CLOSED)


def _reopen(application: Application, options: argparse.Namespace, output: Output) -> int:
    return _set_status(application, options, output, OPEN)


def _set_status(application: Application, options: argparse.Namespace, output: Output, status: str) -> int:
    known = _event(application, options.event)
    permit(application, options, Action.EDIT, known)
    before = fields_of(known.registration)
    return _edit(application, options, output, known, before.with_part(EventPart.STATUS, (status,)))


def _delete(application: Application, options: argparse.Namespace, output: Output) -> int:
    known = _event(application, options.event)
    permit(application, options, Action.DELETE, known)
    confirm(
        options,
        _(
            "Delete the registration of “{name}” ({people} participants) for ever? Its page can never have "
            "one "
            "again."
        ).format(name=known.registration.name, people=known.participants),
    )
    return _do(application, options, output, known, DeleteRegistration())


def _change(application: Application, options: argparse.Namespace, output: Output) -> int:
    known = _event(application, options.event)
    permit(application, options, Action.EDIT, known)
    settings = {}
    for text in options.set:
        key, equals, value = text.partition("=")
        if not equals:
            raise KnownFault(Fault.USAGE, words.no_setting(text))
        settings[key.strip()] = value
    return _edit(application, options, output, known, _settled(fields_of(known.registration), settings))


def _edit(
    application: Application, options: argparse.Namespace, output: Output, known: Event, after: EventFields
) -> int:
    edit = edit_between(fields_of(known.registration), after)
    if not edit:
        output.line(wording.nothing_to_change())
        output.document({"change": None})
        return DONE
    _check(after, application.account_of(known), new=False)
    return _do(application, options, output, known, EditEvent(edit))


def _create(application: Application, options: argparse.Namespace, output: Output) -> int:
    settings = _read_toml(options.source)
    account = _account(application, str(settings.pop("wiki", "")))
    found = obstacle(Action.CREATE, account, None, Circumstances(datetime.now(UTC)))
    if found:
        raise KnownFault(Fault.NOT_ALLOWED, wording.obstacle_sentence(found))
    title = " ".join(str(settings.pop("title", "")).split())
    page = title if title.startswith(_NAMESPACE) else _NAMESPACE + title
    own = str(settings.pop("page_text", ""))
    fields = _settled(bare_event(page), settings)
    _check(fields, account, new=True)
    template = own or drafts.read_page_template(application.reader) or default_template()
    text = page_text(template, fields, account.identity.name)
    return keep(application, options, output, account, 0, CreateEvent(fields, text))


_EVENT: dict[str, Callable[[Application, argparse.Namespace, Output], int]] = {
    "close": _close,
    "reopen": _reopen,
    "delete": _delete,
    "create": _create,
    "edit": _change,
}


def _event(application: Application, text: str) -> Event:
    """Return an event as it will be with the changes that wait."""
    known = application.find_event(text)
    return Projection(outbox.read_changes(application.reader)).event(known)


def _own(application: Application, known: Event) -> OwnRegistration | None:
    projection = Projection(outbox.read_changes(application.reader))
    return projection.own_registration(known.key, own_registrations.read_own(application.reader, known.key))


def _account(application: Application, wiki: str) -> Account:
    if wiki:
        return application.find_account(wiki)
    known = application.accounts()
    if not known:
        raise KnownFault(Fault.USAGE, wording.no_account())
    if len(known) > 1:
        raise KnownFault(Fault.USAGE, words.which_wiki(", ".join(application.labels().values())))
    return known[0]


def permit(application: Application, options: argparse.Namespace, action: Action, known: Event) -> Account:
    """Return the account of an event. Raises KnownFault where it may not do this.

    What only this computer knows is asked of the wiki first, unless nothing is to be sent.
    """
    account = application.account_of(known)
    found = _obstacle(application, account, action, known)
    if found in MAY_HAVE_CHANGED and known.event_id and not options.offline and _looked(application, known):
        account = application.account_of(known)
        found = _obstacle(application, account, action, application.find_event(str(known.event_id)))
    if found:
        sentence = wording.obstacle_sentence(found)
        if found in (Obstacle.GRANT, Obstacle.NO_SESSION_THERE):
            place = account.address_of(known.registration.page_wiki) or account.wiki.base_url
            sentence = f"{sentence} {words.sign_in_so(place)}"
        raise KnownFault(Fault.NOT_ALLOWED, sentence)
    return account


def _obstacle(application: Application, account: Account, action: Action, known: Event) -> Obstacle | None:
    circumstances = Circumstances(
        datetime.now(UTC),
        {person.user_id for person in events.read_organizers(application.reader, known.key)},
        outbox.read_emails_since(application.reader, account.key, times.now() - DAY_SECONDS),
        _own(application, known) is not None,
    )
    return obstacle(action, account, known, circumstances)


def _looked(application: Application, known: Event) -> bool:
    """Fetch an event anew, without its people; return whether the wiki could be asked."""
    from app.sync.fetching.pull import Pull

    try:
        Pull(application.wikis, application.account_of(known)).settings(known.event_id)
    except KnownFault as fault:
        if fault.fault in (Fault.DISK, Fault.DATA_DAMAGED, Fault.CANCELLED):
            raise
        return False
    return True


def _settled(fields: EventFields, settings: dict[str, object]) -> EventFields:
    try:
        return with_settings(fields, settings)
    except SettingError as error:
        raise KnownFault(Fault.USAGE, words.bad_setting(error.key, error.known)) from error


def _check(fields: EventFields, account: Account, *, new: bool) -> None:
    has_types = account.wiki.has_types
    found = problems(fields, new=new, now=datetime.now(UTC), has_types=has_types)
    if found:
        said = [
            f"{wording.field_label(field)}: {wording.problem_sentence(one)}" for field, one in found.items()
        ]
        raise KnownFault(Fault.USAGE, "\n".join(said))


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(Fault.DISK, wording.disk_fault(str(path), reason)) from error
    except tomllib.TOMLDecodeError as error:
        raise KnownFault(
            Fault.USAGE, _("{path} is not valid TOML: {reason}.").format(path=str(path), reason=str(error))
        ) from error


def _do(application: Application, options: argparse.Namespace, output: Output, known: Event, act: Act) -> int:
    return keep(application, options, output, application.account_of(known), known.key, act)


def keep(
    application: Application,
    options: argparse.Namespace,
    output: Output,
    account: Account,
    event_key: int,
    act: Act,
) -> int:
    """Keep a change, send it unless it is to wait, and say what became of it."""
    number = application.mirror.writer.keep(outbox.add_change, account.key, event_key, act, times.now())
    fault = None if options.offline else _sent(application, account, number)
    change = outbox.read_change(application.reader, number)
    assert change is not None  # noqa: S101 - kept above, and never removed before it is told
    output.line(outcome_line(application, change))
    if fault and not change.sentence:
        tell(fault.sentence)
    output.document({"change": described(application, change)})
    return _code(change, fault, wait=options.offline)


def _sent(application: Application, account: Account, number: int) -> KnownFault | None:
    from app.sync.fetching.pull import Pull
    from app.sync.sending.push import Push

    try:
        pushed = Push(application.wikis, account).one(number)
        if pushed.stale:
            Pull(application.wikis, account).some(pushed.stale, everybody=False)
    except KnownFault as fault:
        if fault.fault in (Fault.DISK, Fault.DATA_DAMAGED):
            raise
        return fault
    return None


def _code(change: Change, fault: KnownFault | None, *, wait: bool) -> int:
    if change.state is ChangeState.DONE or (wait and change.state is ChangeState.WAITING):
        return DONE
    return OFFLINE if fault and fault.fault in AWAY else REFUSED
