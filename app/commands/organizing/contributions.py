"""The command for an event's contributions."""

import argparse
from datetime import UTC, datetime

from app.application import Application
from app.commands import documents
from app.commands.exit_codes import DONE
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.submission import permit, submit
from app.commands.output import Output, print_error
from app.domain import times
from app.domain.changes.edit_count import waiting_edits
from app.domain.changes.operations import AssociateEdit, CountEdits, Operation, RemoveContribution
from app.domain.changes.projection import Projection
from app.domain.events.event import Event
from app.domain.events.permissions import Action, Obstacle
from app.domain.faults import Fault, KnownFault
from app.domain.impact.figures import span_of
from app.domain.names import isolated
from app.domain.wording import organizing_texts
from app.domain.wording.figures import impact_texts
from app.i18n import _, ngettext
from app.store.changes import outbox
from app.store.impact.counted_edits import UncountedEdit, read_uncounted
from app.store.impact.edits import read_reading


def contributions(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Count edits among an event's contributions, list those not counted yet, or take one out."""
    known = application.find_event(options.event)
    if options.do in ("uncounted", "count") and options.edit:
        raise KnownFault(Fault.USAGE, _("“{do}” takes no edit.").format(do=options.do))
    if options.do == "uncounted":
        return _list(known, _uncounted(application, known), output)
    if options.do == "count":
        return _count(application, options, output, known)
    if not options.edit:
        raise KnownFault(Fault.USAGE, _("Say which edit."))
    operation: Operation
    if options.do == "add":
        from app.sync.wikis import edit_behind

        account = permit(application, options, Action.ASSOCIATE_EDIT, known)
        edit = edit_behind(application.wikis, account, known, options.edit)
        operation = AssociateEdit(edit.wiki, edit.revision)
    else:
        # Its author may, and every organizer: the wiki decides.
        account = application.account_of(known)
        if not (options.edit.isascii() and options.edit.isdigit() and len(options.edit) < 16):
            raise KnownFault(
                Fault.USAGE,
                _("“{typed}” is no link to an edit on one of your wikis, and no number of one.").format(
                    typed=options.edit
                ),
            )
        operation = RemoveContribution(int(options.edit))
        confirm(options, _("Take contribution {n} out of the event?").format(n=operation.contribution_id))
    return submit(application, options, output, account, known.key, operation)


def _uncounted(application: Application, event: Event) -> list[UncountedEdit]:
    """Return public participants' edits that the wiki does not count.

    Raises KnownFault if none were read, or if the event counts none.
    """
    if not event.registration.tracks_contributions:
        raise KnownFault(Fault.USAGE, organizing_texts.obstacle_sentence(Obstacle.NOT_COUNTED))
    reading = read_reading(application.reader, event.key)
    if reading is None:
        raise KnownFault(Fault.USAGE, impact_texts.not_read_of(event.event_id))
    if reading.counted_read_at is None:
        print_error(impact_texts.counted_not_known())
    pending = waiting_edits(Projection(outbox.read_changes(application.reader)).of_event(event.key))
    return read_uncounted(application.reader, event.key, span_of(event), (), pending, times.now())


def _list(event: Event, edits: list[UncountedEdit], output: Output) -> int:
    zone = event.registration.zone()

    def moment(edit: UncountedEdit) -> str:
        return f"{datetime.fromtimestamp(edit.at, UTC).astimezone(zone):%Y-%m-%d %H:%M}"

    if edits:
        output.table(
            (_("Wiki"), _("Edit"), _("Page"), _("Person"), _("When"), _("Bytes"), ""),
            [
                (
                    one.wiki,
                    str(one.revision),
                    isolated(one.title),
                    isolated(one.name),
                    moment(one),
                    f"{one.size_diff:+}",
                    _("reverted") if one.reverted else "",
                )
                for one in edits
            ],
        )
    else:
        output.line(_all_counted())
    output.document(
        {
            "event_id": event.event_id,
            "edits": [
                {
                    "wiki": one.wiki,
                    "revision": one.revision,
                    "page": one.title,
                    "user_name": one.name,
                    "edited_at": documents.moment(one.at),
                    "bytes": one.size_diff,
                    "new_page": one.is_new,
                    "reverted": one.reverted,
                }
                for one in edits
            ],
        }
    )
    return DONE


def _all_counted() -> str:
    return _("Every edit made during the event is counted, as far as was read.")


def _count(application: Application, options: argparse.Namespace, output: Output, event: Event) -> int:
    account = permit(application, options, Action.COUNT_EDITS, event)
    edits = tuple(one.edit for one in _uncounted(application, event) if not one.reverted)
    if not edits:
        output.line(_all_counted())
        return DONE
    text = ngettext("Count {n} edit for the event?", "Count {n} edits for the event?", len(edits))
    confirm(options, text.format(n=len(edits)))
    if not options.offline:
        text = _("One edit a second; Ctrl-C stops, and the next sync goes on.")
        print_error(text)
    return submit(application, options, output, account, event.key, CountEdits(edits))
