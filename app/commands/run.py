"""Running one command: opening the data, and turning faults into a sentence and an exit code."""

import argparse
import sys
from collections.abc import Callable, Sequence

from app.application import (
    Application,
    default_folder,
    open_mirror,
    read_passphrase,
    start_log,
    tell_bug,
)
from app.commands import reading, self_test, signing, syncing, words
from app.commands.arguments import parser
from app.commands.output import Output, tell
from app.domain.faults import Fault, KnownFault

Command = Callable[[Application, argparse.Namespace, Output], int]

_READING: dict[str, Command] = {
    "accounts": signing.accounts,
    "events": reading.events,
    "participants": reading.participants,
    "statistics": reading.statistics,
    "export": reading.export,
}
_CHANGING: dict[str, Command] = {
    "sign-in": signing.sign_in,
    "sign-out": signing.sign_out,
    "sync": syncing.sync,
}
_EXIT_CODES = {
    Fault.USAGE: 2,
    Fault.OFFLINE: 4,
    Fault.CANCELLED: 130,
    Fault.KEY_WRONG: 5,
    Fault.KEY_MISSING: 5,
    Fault.NO_KEYRING: 5,
    Fault.DATA_DAMAGED: 5,
    Fault.DATA_NEWER: 5,
    Fault.DATA_IN_USE: 5,
    Fault.DISK: 5,
}
_REFUSED = 3
_BUG = 1


def main(argv: Sequence[str]) -> int:
    """Run the command that argv names; return its exit code."""
    options = parser().parse_args(argv)
    if options.command == "practice-wiki":
        from app.practice.command import main as practice

        return practice(options.practice)
    output = Output(as_json=options.json)
    if options.command == "self-test":
        return self_test.run(output)
    folder = options.data_dir or default_folder()
    try:
        passphrase = read_passphrase(options.passphrase_file) if options.passphrase_file else None
        reading_only = options.command in _READING
        command = _READING.get(options.command) or _CHANGING[options.command]
        with Application(open_mirror(folder, passphrase, for_changes=not reading_only)) as application:
            start_log(folder)
            syncing.stop_on_terminate()
            return command(application, options, output)
    except KnownFault as fault:
        tell(fault.sentence)
        output.document({"fault": fault.fault.value, "sentence": fault.sentence})
        return _EXIT_CODES.get(fault.fault, _REFUSED)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return _BUG
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        tell_bug(error)
        tell(words.bug())
        return _BUG
