"""The way in: the window, or a headless command."""

import sys
from collections.abc import Sequence

_WITH_VALUE = ("--data-dir", "--passphrase-file")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _wants_window(arguments):
        from app.window import main as window

        return window(arguments)
    if "tour" in arguments:
        from app.tour import main as tour

        return tour(arguments)
    from app.commands.run import main as command

    return command(arguments)


def _wants_window(arguments: Sequence[str]) -> bool:
    """Tell, without the command line's parser and all it imports, whether the window is asked for."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _WITH_VALUE:
            next(rest, None)
        elif not argument.startswith(tuple(option + "=" for option in _WITH_VALUE)):
            return argument == "window"
    return True


if __name__ == "__main__":
    sys.exit(main())
