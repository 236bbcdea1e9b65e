"""An event's participants as CSV (RFC 4180)."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events.event import Event
from app.domain.people.participant import Answer, AnswersState, Participant
from app.domain.people.people_columns import PEOPLE_COLUMNS, ColumnKind, PeopleColumn
from app.domain.wording import people_texts
from app.i18n import _
from app.reports.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: First characters of a formula; some spreadsheets accept these variants of the plain signs.
_FORMULA = "=＝﹦⁼₌+＋﹢⁺₊➕@＠﹫\\-－﹣−⁻₋➖"
#: What a spreadsheet may ignore before it: blanks of any kind, invisible characters, quotes.
_DROPPED = (
    "\\s\\x00-\\x20\\x7f-\\xa0\\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    '"“”'
)
_SEPARATOR = re.compile("[;,\t|\r\n]")
#: The start of a formula in a cell, or in a part that a spreadsheet with other separators would split off.
_FORMULA_START = re.compile(f"(^|{_SEPARATOR.pattern})(?=[{_DROPPED}]*[{_FORMULA}])")
_BREAKS = ("\t", "\r", "\n")
_MOST_KNOWN = 20_000
#: "MM:SS" by second of the hour.
_CLOCK = [f"{moment // 60:02}:{moment % 60:02}" for moment in range(3600)]

_BATCH = 500
_People = list[Participant]
_Column = Callable[[_People], Sequence[object]]


@dataclass(frozen=True)
class CsvChoices:
    """The organizer's options. `guard` adds an apostrophe to cells that would run as a formula."""

    columns: tuple[PeopleColumn, ...] = PEOPLE_COLUMNS
    include_private: bool = False
    byte_order_mark: bool = False
    guard: bool = True
    provenance: bool = False


def write_participants(
    path: Path, mirror: "Mirror", event: Event, wiki: str, people: Iterable[Participant], choices: CsvChoices
) -> int:
    """Write people to `path`; return how many. Private participants are left out unless chosen.

    Times are in the event's own time zone, ISO 8601. The provenance line comes last and has as many cells as
    the others. Raises KnownFault if the file cannot be written; then `path` is unchanged.
    """
    cells = _cells(choices.columns, event.registration.zone(), choices.guard)
    count = 0
    with atomic_write(path, mirror, encoding="utf-8-sig" if choices.byte_order_mark else "utf-8") as file:
        rows = csv.writer(file, lineterminator="\r\n")
        rows.writerow([_(column.label) for column in choices.columns])
        wanted = people if choices.include_private else (person for person in people if not person.private)
        remaining = iter(wanted)
        # Column by column, in batches: twice as fast as a call for each cell.
        for batch in iter(lambda: list(islice(remaining, _BATCH)), []):
            rows.writerows(zip(*[column(batch) for column in cells], strict=True))
            count += len(batch)
        if choices.provenance:
            line = _("Participants of “{event}” on {wiki}, as fetched {fetched} (UTC).").format(
                event=event.registration.name, wiki=wiki, fetched=_fetched(event)
            )
            cell = _guarded(line) if choices.guard else line
            rows.writerow([cell, *[""] * (len(choices.columns) - 1)])
    return count


def _fetched(event: Event) -> str:
    check = event.participants_complete_at
    if check is None:
        return _("never")
    look = event.looked_since_check
    return (
        _moment(check)
        if look is None
        else _("{looked}, everybody last {checked}").format(looked=_moment(look), checked=_moment(check))
    )


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def _cells(columns: Sequence[PeopleColumn], zone: tzinfo, guard: bool) -> list[_Column]:
    protect = _guarded if guard else str
    flags = {True: _("yes"), False: _("no"), None: ""}

    def name(person: Participant) -> str:
        return protect(people_texts.person_name(person))

    def names(people: _People) -> list[str]:
        # Fast path: nearly all names begin with a letter or digit and need no protection.
        return [
            p.name if p.name and p.name[0].isalnum() and not _SEPARATOR.search(p.name) else name(p)
            for p in people
        ]

    def answer(column: PeopleColumn) -> _Column:
        def words(answers: tuple[Answer, ...]) -> str:
            for given in answers:
                if given.question == column.question:
                    label = people_texts.option_label(column.question, given.option)
                    return protect(label) if label == given.option else label
            return ""

        return _of_answers(words, people_texts.aggregated())

    def answer_text(column: PeopleColumn) -> _Column:
        def text(answers: tuple[Answer, ...]) -> str:
            texts = (given.text for given in answers if given.question == column.question)
            return next((protect(one) for one in texts if one), "")

        return _of_answers(text, "")

    def flag(column: PeopleColumn) -> _Column:
        return lambda people: [flags[value] for value in map(column.value, people)]

    makers: dict[ColumnKind, Callable[[PeopleColumn], _Column]] = {
        ColumnKind.NAME: lambda _: names,
        ColumnKind.NUMBER: lambda column: lambda people: list(map(column.value, people)),
        ColumnKind.MOMENT: lambda column: _moments(column.value, zone),
        ColumnKind.FLAG: flag,
        ColumnKind.ANSWER: answer,
        ColumnKind.ANSWER_TEXT: answer_text,
    }
    return [makers[column.kind](column) for column in columns]


def _of_answers(words: Callable[[tuple[Answer, ...]], str], aggregated: str) -> _Column:
    """Return a column computed from answers, cached for people with the same answers."""
    known = lru_cache(_MOST_KNOWN)(words)
    without = {state: aggregated if state is AnswersState.AGGREGATED else "" for state in AnswersState}

    def column(people: _People) -> list[str]:
        return [known(p.answers) if p.answers else without[p.answers_state] for p in people]

    return column


def _moments(value: Callable[[Participant], int], zone: tzinfo) -> _Column:
    """Return a column of times, ISO 8601, with the UTC offset cached by quarter of an hour.

    Since wikis exist, offsets have only changed at quarters of an hour, and by multiples of them.
    """
    known: dict[int, tuple[str, int, str]] = {}

    def cell(moment: int) -> str:
        quarter, rest = divmod(moment, 900)
        parts = known.get(quarter)
        if parts is None:
            text = datetime.fromtimestamp(quarter * 900, zone).isoformat()
            parts = text[:14], int(text[14:16]) * 60 + int(text[17:19]), text[19:]
            if parts[1] % 900:
                return datetime.fromtimestamp(moment, zone).isoformat()
            if len(known) < _MOST_KNOWN:
                known[quarter] = parts
        return parts[0] + _CLOCK[parts[1] + rest] + parts[2]

    return lambda people: list(map(cell, map(value, people)))


def _guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula, whatever its separator."""
    guarded = _FORMULA_START.sub(r"\1'", text)
    return "'" + guarded if guarded.startswith(_BREAKS) else guarded
