"""The one command for developers and first users: sets everything up in `.venv`, then runs a command.

Even a Python that is too old can parse this file, and says so. What is longer than a line lies in
tools/development/.
"""

from __future__ import annotations

import argparse
import sys

TYPE_CHECKING = False  # importing typing for this would slow every start
if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY = "Sets everything up in .venv, then opens, tests, checks or measures Event Center Desktop."
OLDEST_PYTHON = (3, 11)


def run(arguments: list[str], practice: bool = False) -> int:
    """Open the program."""
    from tools.development import opening

    return opening.run(arguments, practice)


def test(arguments: list[str]) -> int:
    """Run the tests."""
    from tools.development import checks

    return checks.test(arguments)


def lint(_: list[str]) -> int:
    """Run the checks."""
    from tools.development import checks

    return checks.lint()


def build(arguments: list[str]) -> int:
    """Make the packages."""
    from tools.development import checks

    return checks.build(arguments)


def module(name: str, *, fonts: bool = False) -> Callable[[list[str]], int]:
    """Return the command that starts a module of the repository with a developer's libraries."""

    def start(arguments: list[str]) -> int:
        from tools.development import checks

        return checks.start_module(name, arguments, fonts=fonts)

    return start


#: Each command, the sentence about it, and what does it; what follows the command is handed on.
COMMANDS: dict[str, tuple[str, Callable[..., int]]] = {
    "run": ("Open the program, --practice on a wiki to try things on; what follows -- is handed to it.", run),
    "test": ("Run the tests; what follows is handed to pytest.", test),
    "lint": ("Check style, format, types, dead code, and which part of the program imports which.", lint),
    "bench": ("Measure the program's speed and memory.", module("benchmarks")),
    "mutate": (
        "Change single lines of the program and see whether a test fails (--sample N, --seed N).",
        module("tools.mutants"),
    ),
    "crash": (
        "Kill the program at random moments between click and answer (--rounds N).",
        module("tests.crash.crash_run"),
    ),
    "crash-desk": (
        "Kill the program at random moments while people are checked in (ROUNDS, --seed N).",
        module("tests.crash.desk_run"),
    ),
    "attack": (
        "Attack the program: malformed answers, slow servers, tampered data, kills (--short, --seed N).",
        module("tests.attack.attack_run"),
    ),
    "build": (
        "Make the packages in dist/ (--short), try them without Python (--prove), compare two (--twice).",
        build,
    ),
    "screenshots": ("Make pictures of the program in a folder.", module("tools.screenshots", fonts=True)),
    "shortcuts": (
        "Write the guide's page of shortcuts from the program's list.",
        module("tools.shortcuts_page"),
    ),
    "translations": (
        "Extract the texts, compile the translations; --pseudo makes a language to test with.",
        module("tools.catalogue"),
    ),
}


def dispatch(argv: list[str]) -> int:
    """Run the command that the command line names; without one, list them."""
    parser = argparse.ArgumentParser(prog="dev.py", description=SUMMARY, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (sentence, _command) in COMMANDS.items():
        commands.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
    practice = "use a practice wiki on this machine, signed in, where nothing can go wrong"
    commands.choices["run"].add_argument("--practice", action="store_true", help=practice)
    divider = argv.index("--") if "--" in argv else len(argv)
    options, loose = parser.parse_known_args(argv[:divider])
    arguments = [*loose, *argv[divider + 1 :]]
    if options.command is None:
        parser.print_help()
        return 0
    if (loose and options.command == "run") or (arguments and options.command == "lint"):
        parser.error(f"{options.command} does not know {' '.join(arguments)}")
    if options.command == "run":
        return run(arguments, options.practice)
    return COMMANDS[options.command][1](arguments)


def main(argv: list[str]) -> int:
    """Run one command; what the developer can fix ends in a sentence."""
    if sys.version_info < OLDEST_PYTHON:
        oldest, this = OLDEST_PYTHON, sys.version_info
        needs = f"This needs Python {oldest[0]}.{oldest[1]} or newer"
        print(f"{needs}, and was started with {this[0]}.{this[1]}.", file=sys.stderr)
        return 1
    from tools.development.processes import FixableError

    try:
        return dispatch(argv)
    except FixableError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
