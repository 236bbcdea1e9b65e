"""The command for an event's contributions."""

import argparse

from app.application import Application
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.submission import permit, submit
from app.commands.output import Output
from app.domain.changes.operations import AssociateEdit, Operation, RemoveContribution
from app.domain.events.permissions import Action
from app.domain.faults import Fault, KnownFault
from app.i18n import _


def contributions(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Count an edit among an event's contributions, or take one out."""
    known = application.find_event(options.event)
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
