"""What a command says: lines for people, or one JSON document."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any


class Output:
    """Standard output of one command. With `as_json` only `document` is printed, else only the lines."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def line(self, text: str = "") -> None:
        """Print a line for people."""
        if not self.as_json:
            sys.stdout.write(text + "\n")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows in columns, wide enough for East Asian letters too."""
        if self.as_json:
            return
        widths = [max(_width(row[n]) for row in (headings, *rows)) for n in range(len(headings))]
        for row in (headings, *rows):
            cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
            self.line("  ".join(cells).rstrip())

    def document(self, value: Any) -> None:
        """Print the command's one JSON document."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def tell(text: str) -> None:
    """Say something on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _width(text: str) -> int:
    return sum(
        0
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )
