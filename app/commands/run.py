"""Running one command: opening the data, and turning faults into a sentence and an exit code."""

import argparse
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from app.application import Application, default_folder, open_mirror, read_passphrase, start_log
from app.commands import (
    dashboard,
    documents,
    impact,
    privacy,
    reading,
    syncing,
    words,
)
from app.commands.accounts import check_wiki, sign_in
from app.commands.arguments import hoisted, parser
from app.commands.desk import checks, desk, shared
from app.commands.exit_codes import BUG, CANCELLED, DATA, exit_code
from app.commands.files import calendar, certificates, report
from app.commands.installation import self_test, versions
from app.commands.interrupts import stop_on_terminate
from app.commands.organizing import contributions, event, outbox, people, registration, worklist
from app.commands.output import Output, OutputFault, print_error, silence_output, speak_any_script
from app.commands.privacy import changes_privacy
from app.domain.faults import KnownFault, log_bug
from app.domain.wording import local_data_texts
from app.domain.wording.refusal_texts import wiki_said
from app.i18n import _
from app.store.database.connection import database_errors_as_faults

#: A keyring that answers within this time needs no notice.
_SECONDS_WITHOUT_NOTICE = 2.0
Command = Callable[[Application, argparse.Namespace, Output], int]

_READING: dict[str, Command] = {
    "accounts": sign_in.accounts,
    "events": reading.events,
    "participants": reading.participants,
    "statistics": reading.statistics,
    "export": reading.export,
    "calendar": calendar.calendar,
    "certificates": certificates.certificates,
    "report": report.report,
    "show-impact": impact.impact,
    "show-privacy": privacy.privacy,
    "list-changes": outbox.listed,
    "show-changes": outbox.shown,
    "desk-status": desk.desk,
    "desk-print": desk.desk,
    "desk-venue": checks.venue,
    "desk-readiness": checks.readiness,
    "desk-shared-status": shared.status,
}
_CHANGING: dict[str, Command] = {
    "sign-in": sign_in.sign_in,
    "sign-out": sign_in.sign_out,
    "check-wiki": check_wiki.check_wiki,
    "sync": syncing.sync,
    "changes": outbox.changes,
    "event": event.event,
    "remove-people": people.remove_people,
    "email": people.email,
    "organizers": people.organizers,
    "contributions": contributions.contributions,
    "desk": desk.desk,
    "desk-shared": shared.shared,
    "dashboard": dashboard.dashboard,
    "impact": impact.impact,
    "import-statistics": reading.import_statistics,
    "privacy": privacy.privacy,
    "erase": privacy.erase,
    "worklist": worklist.worklist,
    "register": registration.register,
    "unregister": registration.unregister,
}


def main(argv: Sequence[str]) -> int:
    """Run the command that argv names; return its exit code."""
    arguments = parser()
    options = arguments.parse_args(hoisted(argv))
    if options.command not in (*_READING, *_CHANGING, "self-test") and not options.version:
        # app/__main__.py starts the window, the tour and the practice wiki, by the first argument.
        arguments.error(
            _("give a command (--help lists them); --json stands after window, tour and practice-wiki")
        )
    if options.command == "participants":
        if options.event == "remove":
            options.command = "remove-people"
        elif options.names:
            arguments.error(words.remove_whom())
    if options.command == "changes" and options.do in (None, "show"):
        options.command = f"{options.do or 'list'}-changes"
    if options.command == "statistics" and options.events[0] == "import":
        options.command = "import-statistics"
    if options.command == "impact" and not options.refresh:
        options.command = "show-impact"
    if options.command == "privacy" and not changes_privacy(options):
        options.command = "show-privacy"
    if options.command == "desk" and options.do == "shared":
        options.command = "desk-shared-status" if options.way == "status" else "desk-shared"
    if options.command == "desk" and f"desk-{options.do}" in _READING:
        options.command = f"desk-{options.do}"
    speak_any_script()
    output = Output(as_json=options.json)
    if options.version:
        return outcome(lambda: versions.show(output, verbose=options.verbose), output)
    if options.command == "self-test":
        return self_test.run(output)
    return outcome(lambda: _run(options, output), output)


def outcome(work: Callable[[], int], output: Output) -> int:
    """Do a command's work; return its exit code, and report a fault in one sentence."""
    try:
        code = work()
        output.flush()
        return code
    except KnownFault as fault:
        return _report(fault, output)
    except KeyboardInterrupt:
        print_error(_("Stopped."))
        return CANCELLED
    except BrokenPipeError:
        # The reader of the pipe has closed it; nothing must be written there at exit either.
        silence_output()
        return 0
    except OutputFault as fault:
        silence_output()
        print_error(
            _(
                "What this command has to say could not be written ({reason}). What it did is done; your "
                "data is whole."
            ).format(reason=fault.reason)
        )
        return DATA
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        log_bug(error)
        print_error(local_data_texts.bug())
        output.document(documents.fault("bug", local_data_texts.bug()))
        return BUG


@contextmanager
def _notice_when_slow(passphrase: str | None) -> Iterator[None]:
    """Print what the command waits for, where the keyring does not answer soon."""
    timer = threading.Timer(
        _SECONDS_WITHOUT_NOTICE,
        print_error,
        (
            _(
                "Waiting for this computer’s keyring. It may be asking for its password in a window of its "
                "own; Ctrl-C stops."
            ),
        ),
    )
    if passphrase is None:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _report(fault: KnownFault, output: Output) -> int:
    print_error(fault.sentence)
    if fault.wiki_said:
        print_error(wiki_said(fault.wiki_said))
    output.document(documents.fault(fault.fault.value, fault.sentence, fault.wiki_said))
    return exit_code(fault)


def _run(options: argparse.Namespace, output: Output) -> int:
    folder = options.data_dir or default_folder()
    passphrase = read_passphrase(options.passphrase_file) if options.passphrase_file else None
    reading_only = options.command in _READING
    command = _READING.get(options.command) or _CHANGING[options.command]
    start_log(folder)
    with _notice_when_slow(passphrase):
        mirror = open_mirror(folder, passphrase, for_changes=not reading_only)
    with Application(mirror) as application:
        if application.mirror.read_only:
            print_error(application.mirror.read_only)
        stop_on_terminate()
        with database_errors_as_faults(application.mirror.path):
            return command(application, options, output)
