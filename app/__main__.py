"""The entry point: opens the window or runs a command."""

import sys
from collections.abc import Sequence

from app.commands import WITH_VALUE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _prevent_leaks()
    command = _command(arguments)
    if command in (None, "window") and not _unknown(arguments):
        stretch_early(arguments)
        from app.window import main as window

        return window(arguments)
    if command == "practice-wiki":
        from app.practice.server.command import main as practice

        return practice(arguments[arguments.index(command) + 1 :])
    if command == "tour":
        from app.tour import main as tour

        return tour(arguments)
    from app.commands.run import main as other
    from app.i18n import use_language

    use_language()
    return other(arguments)


def _prevent_leaks() -> None:
    """Disable core dumps, which contain names and keys, and warnings that contain cookies."""
    import warnings

    # The warning of http.cookiejar about an unreadable cookie contains the cookie.
    warnings.filterwarnings("ignore", message=r"http\.cookiejar bug")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stretch_early(arguments: Sequence[str]) -> None:
    """Start key stretching in parallel to loading Qt if a passphrase is given; both take equally long."""
    values = {name: arguments[place + 1] for place, name in enumerate(arguments[:-1])}
    if values.keys() >= set(WITH_VALUE):
        from pathlib import Path

        from app.store.database.stretching import begin

        begin(*(Path(values[name]) for name in WITH_VALUE))


def _unknown(arguments: Sequence[str]) -> bool:
    """Return whether there are arguments that the window does not accept, such as --help or a typo."""
    rest = iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif argument != "window" and not argument.startswith(tuple(f"{option}=" for option in WITH_VALUE)):
            return True
    return False


def _command(arguments: Sequence[str]) -> str | None:
    """Return the command, found without importing the full parser."""
    rest = iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif not argument.startswith(tuple(option + "=" for option in WITH_VALUE)):
            return argument
    return None


if __name__ == "__main__":
    sys.exit(main())
