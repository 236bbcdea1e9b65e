"""Cells of text files that no spreadsheet runs as a formula."""

import re

#: First characters of a formula; some spreadsheets accept these variants of the plain signs.
_FORMULA = "=＝﹦⁼₌+＋﹢⁺₊➕@＠﹫\\-－﹣−⁻₋➖"
#: What a spreadsheet may ignore before it: blanks of any kind, invisible characters, quotes.
_DROPPED = (
    "\\s\\x00-\\x20\\x7f-\\xa0\\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    '"“”'
)
#: What a text file may have between its cells or rows.
SEPARATOR = re.compile("[;,\t|\r\n]")
#: The start of a formula in a cell, or in a part that a spreadsheet with other separators would split off.
_FORMULA_START = re.compile(f"(^|{SEPARATOR.pattern})(?=[{_DROPPED}]*[{_FORMULA}])")
_BREAKS = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula, whatever its separator."""
    safe = _FORMULA_START.sub(r"\1'", text)
    return "'" + safe if safe.startswith(_BREAKS) else safe
