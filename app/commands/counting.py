"""Sending what takes minutes: edits that are counted one a second, after everything else."""

import threading

from app.application import Application
from app.commands.exit_codes import CANCELLED, DATA, DONE, exit_code
from app.commands.output import print_error
from app.domain.changes.edit_count import counted_of
from app.domain.faults import KnownFault
from app.domain.wording.change_texts import counting_stopped
from app.i18n import ngettext
from app.store.changes.outbox import read_changes


def send_what_takes_minutes(application: Application, cancel: threading.Event) -> int:
    """Send what takes minutes, after everything else; return the exit code. What is stopped waits."""
    from app.sync.sending.push import Push

    waiting = [one for one in read_changes(application.reader) if one.open and not one.stuck]
    done, edits = counted_of(waiting)
    if edits == done:
        return DONE
    text = ngettext(
        "Counting {n} edit, one a second; Ctrl-C stops, and the next sync goes on.",
        "Counting {n} edits, one a second; Ctrl-C stops, and the next sync goes on.",
        edits - done,
    )
    print_error(text.format(n=edits - done))
    code = DONE
    for account in application.accounts():
        try:
            Push(application.wikis, account, cancel).what_takes_minutes()
        except KnownFault as fault:
            if exit_code(fault) == DATA:
                raise
            code = exit_code(fault)
            print_error(counting_stopped() if code == CANCELLED else fault.sentence)
            if code == CANCELLED:
                break
    return code
