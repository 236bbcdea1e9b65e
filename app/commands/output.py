"""What a command says: lines for people, or one JSON document."""

import errno
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

from app.domain.names import unmarked

# Text from a wiki must not steer the terminal: escape sequences, broken lines, turned directions.
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")
_TURNS = "\u202a\u202b\u202c\u202d\u202e"
#: What steers a terminal, or the direction of a line, and JSON leaves as it is.
_STEERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


class Output:
    """Standard output of one command. With `as_json` only `document` is printed, else only the lines."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def line(self, text: str = "") -> None:
        """Print a line for people."""
        if not self.as_json:
            _write(_shown(text, sys.stdout) + "\n")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows in columns, wide enough for East Asian letters too."""
        if self.as_json:
            return
        widths = [max(_width(row[n]) for row in (headings, *rows)) for n in range(len(headings))]
        for row in (headings, *rows):
            # On one line each: a name with a line break must not end its row.
            cells = [
                " ".join(cell.split("\n")) + " " * (width - _width(cell))
                for cell, width in zip(row, widths, strict=True)
            ]
            self.line("  ".join(cells).rstrip())

    def document(self, value: object) -> None:
        """Print the command's one JSON document."""
        if self.as_json:
            text = json.dumps(value, ensure_ascii=not _writes_everything(), indent=1)
            _write(_STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")

    def flush(self) -> None:
        """Let everything be written. Raises BrokenPipeError and OutputFault as writing does."""
        with _faults_reported():
            if sys.stdout is not None:
                sys.stdout.flush()


class OutputFault(Exception):  # noqa: N818 - reported, not repaired
    """Standard output is closed or its disk is full."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def _faults_reported() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise OutputFault(getattr(error, "strerror", None) or str(error)) from error


def _write(text: str) -> None:
    with _faults_reported():
        if sys.stdout is None:
            raise OutputFault(os.strerror(errno.EBADF))
        sys.stdout.write(text)


def silence_output() -> None:
    """Let nothing more be written to standard output, also at the end of the program."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(nowhere, sys.stdout.fileno())


def speak_any_script() -> None:
    """Write letters that the system's encoding lacks as their codes, and do not fail on a name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_error(text: str) -> None:
    """Say something on standard error, where there is one."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(_shown(text, sys.stderr) + "\n")
        sys.stderr.flush()


def _writes_everything() -> bool:
    """Return whether standard output takes every letter: what it lacks would not be JSON's own escape."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def _shown(text: str, stream: TextIO | None) -> str:
    """Return text for a terminal; for another program without the marks that set names apart."""
    text = _harmless(text)
    return text if stream is not None and stream.isatty() else unmarked(text)


def _harmless(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if letter == "\n" or (unicodedata.category(letter) not in _UNSHOWN and letter not in _TURNS)
    )


def _width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    text = _harmless(text).replace("\n", " ")
    if text.isascii():
        return len(text)
    # Imported here: it takes longer than all else that a command for a script needs.
    from wcwidth import wcswidth

    return wcswidth(text)
