"""Deciding a conflict on the command line: which value each part gets that two people have changed."""

import argparse

from app.application import Application
from app.commands import words
from app.commands.exit_codes import DONE
from app.commands.output import Output
from app.domain.changes.change import Change, Question
from app.domain.changes.merge import Edit, resolved
from app.domain.changes.operations import EditEvent
from app.domain.events.event_fields import PARTS, EventFields, EventPart, PartValues, fields_of
from app.domain.events.event_settings import SettingError, with_settings
from app.domain.faults import Fault, KnownFault
from app.domain.wording import change_texts
from app.i18n import _, listed
from app.store.changes import outbox
from app.store.events import events

_MINE, _THEIRS = "mine", "theirs"


def decide(application: Application, options: argparse.Namespace, output: Output, change: Change) -> int:
    """Settle a conflict; the change is then pending again, or discarded where only their values remain."""
    event = events.read_event(application.reader, change.event_key) if change.event_key > 0 else None
    if (
        change.question is not Question.CONFLICT
        or not isinstance(change.operation, EditEvent)
        or event is None
    ):
        raise KnownFault(
            Fault.USAGE,
            _("Change {number} met no other change, so there is nothing to decide.").format(
                number=change.number
            ),
        )
    edit, theirs = change.operation.edit, fields_of(event.registration)
    for part, values in change.theirs.items():
        theirs = theirs.with_part(part, values)
    met = [part for part, one in edit.items() if theirs.part(part) not in (one.base, one.mine)]
    left = resolved(edit, theirs, _choices(options, edit, theirs, met))
    update = application.mirror.writer.do_durably
    done = (
        update(outbox.replace_operation, change.number, EditEvent(left))
        if left
        else update(outbox.discard, change.number)
    )
    if not done:
        raise KnownFault(Fault.REFUSED, change_texts.being_sent())
    output.line(
        _("Change {number} is decided and waits to be sent.").format(number=change.number)
        if left
        else _("Change {number} is gone: what is on the wiki holds.").format(number=change.number)
    )
    output.document({"number": change.number, "parts_to_send": [part.value for part in left]})
    return DONE


def _choices(
    options: argparse.Namespace, edit: Edit, theirs: EventFields, met: list[EventPart]
) -> dict[EventPart, PartValues]:
    """Return the values chosen for each part in conflict. Raises KnownFault where one is left open."""
    sides = {
        _MINE: {part: edit[part].mine for part in met},
        _THEIRS: {part: theirs.part(part) for part in met},
    }
    if options.side:
        return dict(sides[options.side])
    chosen: dict[EventPart, PartValues] = {}
    values: dict[str, object] = {}
    for text in options.choices:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals:
            raise KnownFault(Fault.USAGE, words.no_setting(text))
        if value in sides and key in [part.value for part in met]:
            chosen[EventPart(key)] = sides[value][EventPart(key)]
        else:
            values[key] = value
    try:
        own = with_settings(theirs, values)
    except SettingError as error:
        raise KnownFault(Fault.USAGE, words.bad_setting(error.key, error.known)) from error
    for part in EventPart:
        if own.part(part) == theirs.part(part):
            continue
        if part not in met:
            raise KnownFault(
                Fault.USAGE,
                _("Nobody else has changed this: {fields}. Nothing was done.").format(
                    fields=listed(PARTS[part])
                ),
            )
        chosen[part] = own.part(part)
    if open_parts := [part.value for part in met if part not in chosen]:
        raise KnownFault(
            Fault.USAGE,
            _(
                "Still to be decided: {parts}. Give each as PART=mine, PART=theirs, or a value with "
                "KEY=VALUE. Nothing was done."
            ).format(parts=listed(open_parts)),
        )
    return chosen
