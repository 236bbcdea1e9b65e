"""The command `event`: close, reopen, delete, create or edit an event."""

import argparse
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.application import Application
from app.commands import words
from app.commands.exit_codes import DONE
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.submission import event_as_changed, permit, submit, submit_for
from app.commands.output import Output
from app.domain.accounts.account import Account
from app.domain.changes.merge import edit_between
from app.domain.changes.operations import CreateEvent, DeleteRegistration, EditEvent
from app.domain.events.event import Event
from app.domain.events.event_checks import problems
from app.domain.events.event_fields import CLOSED, OPEN, EventFields, EventPart, fields_of
from app.domain.events.event_settings import SettingError, bare_event, with_settings
from app.domain.events.page_text import default_template, page_text
from app.domain.events.permissions import Action, Circumstances, obstacle
from app.domain.faults import Fault, KnownFault
from app.domain.wording import change_texts, local_data_texts, organizing_texts, sign_in_texts
from app.i18n import _, listed
from app.store.events import drafts

_NAMESPACE = "Event:"


def event(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Close, reopen, delete, create or edit an event."""
    return _EVENT[options.do](application, options, output)


def _close(application: Application, options: argparse.Namespace, output: Output) -> int:
    return _set_status(application, options, output, CLOSED)


def _reopen(application: Application, options: argparse.Namespace, output: Output) -> int:
    return _set_status(application, options, output, OPEN)


def _set_status(application: Application, options: argparse.Namespace, output: Output, status: str) -> int:
    known = event_as_changed(application, options.event)
    permit(application, options, Action.EDIT, known)
    before = fields_of(known.registration)
    return _edit(application, options, output, known, before.with_part(EventPart.STATUS, (status,)))


def _delete(application: Application, options: argparse.Namespace, output: Output) -> int:
    known = event_as_changed(application, options.event)
    permit(application, options, Action.DELETE, known)
    confirm(
        options,
        _(
            "Delete the registration of “{name}” ({people} participants) for ever? Its page can never have "
            "one again."
        ).format(name=known.registration.name, people=known.participants),
    )
    return submit_for(application, options, output, known, DeleteRegistration())


def _change(application: Application, options: argparse.Namespace, output: Output) -> int:
    known = event_as_changed(application, options.event)
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
        output.line(change_texts.nothing_to_change())
        output.document({"change": None})
        return DONE
    _check(after, application.account_of(known), new=False)
    return submit_for(application, options, output, known, EditEvent(edit))


def _create(application: Application, options: argparse.Namespace, output: Output) -> int:
    settings = _read_toml(options.source)
    account = _account(application, str(settings.pop("wiki", "")))
    found = obstacle(Action.CREATE, account, None, Circumstances(datetime.now(UTC)))
    if found:
        raise KnownFault(Fault.NOT_ALLOWED, organizing_texts.obstacle_sentence(found))
    title = " ".join(str(settings.pop("title", "")).split())
    page = title if title.startswith(_NAMESPACE) else _NAMESPACE + title
    own = str(settings.pop("page_text", ""))
    fields = _settled(bare_event(page), settings)
    _check(fields, account, new=True)
    template = own or drafts.read_page_template(application.reader) or default_template()
    text = page_text(template, fields, account.identity.name)
    return submit(application, options, output, account, 0, CreateEvent(fields, text))


_EVENT: dict[str, Callable[[Application, argparse.Namespace, Output], int]] = {
    "close": _close,
    "reopen": _reopen,
    "delete": _delete,
    "create": _create,
    "edit": _change,
}


def _account(application: Application, wiki: str) -> Account:
    if wiki:
        return application.find_account(wiki)
    known = application.accounts()
    if not known:
        raise KnownFault(Fault.USAGE, sign_in_texts.no_account())
    if len(known) > 1:
        raise KnownFault(Fault.USAGE, words.which_wiki(listed(application.labels().values())))
    return known[0]


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
            f"{organizing_texts.field_label(field)}: {organizing_texts.problem_sentence(one)}"
            for field, one in found.items()
        ]
        raise KnownFault(Fault.USAGE, "\n".join(said))


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(Fault.DISK, local_data_texts.disk_fault(str(path), reason)) from error
    except tomllib.TOMLDecodeError as error:
        raise KnownFault(
            Fault.USAGE, _("{path} is not valid TOML: {reason}.").format(path=str(path), reason=str(error))
        ) from error
