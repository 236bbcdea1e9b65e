"""The way in: the window, or a headless command."""

import sys
from collections.abc import Sequence

from app.commands import WITH_VALUE


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _leave_no_traces()
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


def _leave_no_traces() -> None:
    """Let no crash write names and keys to the disk, nor a library's own traceback to the terminal."""
    import warnings

    # The warning of http.cookiejar about a cookie it cannot parse would contain the cookie.
    warnings.filterwarnings("ignore", message=r"http\.cookiejar bug")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stretch_early(arguments: Sequence[str]) -> None:
    """Begin on the key where a passphrase is at hand: it takes as long as all that is loaded meanwhile."""
    values = {name: arguments[place + 1] for place, name in enumerate(arguments[:-1])}
    if values.keys() >= set(WITH_VALUE):
        from pathlib import Path

        from app.store.database.stretching import begin

        begin(*(Path(values[name]) for name in WITH_VALUE))


def _unknown(arguments: Sequence[str]) -> bool:
    """Return whether the arguments are not the window's: a request for help, or a mistyped name."""
    rest = iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif argument != "window" and not argument.startswith(tuple(f"{option}=" for option in WITH_VALUE)):
            return True
    return False


def _command(arguments: Sequence[str]) -> str | None:
    """Return the command, found without the command line's parser and all that it imports."""
    rest = iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif not argument.startswith(tuple(option + "=" for option in WITH_VALUE)):
            return argument
    return None


if __name__ == "__main__":
    sys.exit(main())
