"""An event's participants as CSV (RFC 4180)."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from app.domain import wording
from app.domain.event import Event
from app.domain.participant import Answer, AnswersState, Participant
from app.reports.atomic_file import written_whole

# How a cell begins that a spreadsheet would run as a formula; some take the wide letters for the narrow ones.
_FORMULA = tuple("=+-@＝＋－＠")
# What spreadsheets may drop or take for the beginning of a cell.
_BREAKS = ("\t", "\r", "\n")
_MOST_KNOWN = 20_000
#: The minutes and seconds of an hour.
_CLOCK = [f"{moment // 60:02}:{moment % 60:02}" for moment in range(3600)]


class CsvColumn(StrEnum):
    """The columns to choose from, in their usual order."""

    NAME = "name"
    USER_ID = "user-id"
    REGISTERED = "registered"
    PRIVATE = "private"
    CAN_EMAIL = "can-email"
    CONFIDENCE = "confidence"
    AFFILIATE = "affiliate"
    AFFILIATE_NAME = "affiliate-name"


@dataclass(frozen=True, slots=True)
class CsvChoices:
    """What the organizer chose. `guard` puts an apostrophe before cells that a spreadsheet would run."""

    columns: tuple[CsvColumn, ...] = tuple(CsvColumn)
    include_private: bool = False
    byte_order_mark: bool = False
    guard: bool = True
    provenance: bool = False


def write_participants(
    path: Path, event: Event, wiki: str, people: Iterable[Participant], choices: CsvChoices
) -> int:
    """Write people to path, and return how many. Private ones are left out unless chosen.

    Times are in the event's own zone, ISO 8601. The provenance line is the last one, as wide as the others.
    Raises KnownFault where the disk refuses; then nothing was written.
    """
    cells = _cells(choices.columns, event.registration.zone(), choices.guard)
    count = 0
    with written_whole(path, encoding="utf-8-sig" if choices.byte_order_mark else "utf-8") as file:
        rows = csv.writer(file, lineterminator="\r\n")
        rows.writerow([wording.column_label(column) for column in choices.columns])
        for person in people:
            if person.private and not choices.include_private:
                continue
            rows.writerow([cell(person) for cell in cells])
            count += 1
        if choices.provenance:
            line = wording.provenance(event.registration.name, wiki, _fetched(event))
            cell = _guarded(line) if choices.guard else line
            rows.writerow([cell, *[""] * (len(choices.columns) - 1)])
    return count


def _fetched(event: Event) -> str:
    moment = event.participants_complete_at
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}" if moment else wording.never()


def _cells(columns: Sequence[CsvColumn], zone: tzinfo, guard: bool) -> list[Callable[[Participant], object]]:
    protect = _guarded if guard else str
    yes, no, unknown = wording.yes(), wording.no(), ""

    def answer(question: int) -> Callable[[Participant], str]:
        def words(answers: tuple[Answer, ...]) -> str:
            for given in answers:
                if given.question == question:
                    label = wording.option_label(question, given.option)
                    return protect(label) if label == given.option else label
            return unknown

        return _of_answers(words, wording.aggregated())

    def affiliate_name(answers: tuple[Answer, ...]) -> str:
        return next((protect(given.text) for given in answers if given.question == 5 and given.text), "")

    return [
        {
            CsvColumn.NAME: lambda person: protect(wording.person_name(person)),
            CsvColumn.USER_ID: lambda person: person.user_id,
            CsvColumn.REGISTERED: _moments(zone),
            CsvColumn.PRIVATE: lambda person: yes if person.private else no,
            CsvColumn.CAN_EMAIL: lambda person: (
                unknown if person.can_email is None else (yes if person.can_email else no)
            ),
            CsvColumn.CONFIDENCE: answer(4),
            CsvColumn.AFFILIATE: answer(5),
            CsvColumn.AFFILIATE_NAME: _of_answers(affiliate_name, ""),
        }[column]
        for column in columns
    ]


def _of_answers(words: Callable[[tuple[Answer, ...]], str], aggregated: str) -> Callable[[Participant], str]:
    """Return the cell of something in a person's answers, worked out once for all who answered alike."""
    known: dict[tuple[Answer, ...], str] = {}

    def cell(person: Participant) -> str:
        answers = person.answers
        if not answers:
            return aggregated if person.answers_state is AnswersState.AGGREGATED else ""
        text = known.get(answers)
        if text is None:
            text = words(answers)
            if len(known) < _MOST_KNOWN:
                known[answers] = text
        return text

    return cell


def _moments(zone: tzinfo) -> Callable[[Participant], str]:
    """Return the cell of the moment of registering, ISO 8601 in a zone that is asked once a quarter of an hour.

    Zones have changed their offsets at quarters only, and to quarters, for as long as there are wikis.
    """
    known: dict[int, tuple[str, int, str]] = {}

    def cell(person: Participant) -> str:
        quarter, rest = divmod(person.registered_at, 900)
        parts = known.get(quarter)
        if parts is None:
            text = datetime.fromtimestamp(quarter * 900, zone).isoformat()
            parts = text[:14], int(text[14:16]) * 60 + int(text[17:19]), text[19:]
            if parts[1] % 900:
                return datetime.fromtimestamp(person.registered_at, zone).isoformat()
            if len(known) < _MOST_KNOWN:
                known[quarter] = parts
        return parts[0] + _CLOCK[parts[1] + rest] + parts[2]

    return cell


def _guarded(text: str) -> str:
    shown = text.lstrip(" \u00a0\u200b\u200e\u200f\ufeff")
    return "'" + text if shown.startswith((*_FORMULA, *_BREAKS)) else text
