"""An event's participants as CSV (RFC 4180)."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from app.domain import wording
from app.domain.event import Event
from app.domain.participant import AnswersState, Participant
from app.domain.question import SHOWN_QUESTIONS
from app.reports.atomic_file import written_whole

# How a cell begins that a spreadsheet would run as a formula; some take the wide letters for the narrow ones.
_FORMULA = tuple("=+-@＝＋－＠")
# What spreadsheets may drop or take for the beginning of a cell.
_BREAKS = ("\t", "\r", "\n")


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

    def answer(question: int) -> Callable[[Participant], object]:
        labels = {
            option: wording.option_label(question, option)
            for option in (*SHOWN_QUESTIONS[question].options, "no-response", "?")
        }

        def cell(person: Participant) -> str:
            if person.answers_state is AnswersState.AGGREGATED:
                return wording.aggregated()
            for given in person.answers:
                if given.question == question:
                    return labels.get(given.option) or protect(given.option)
            return unknown

        return cell

    def affiliate_name(person: Participant) -> str:
        return next(
            (protect(given.text) for given in person.answers if given.question == 5 and given.text), ""
        )

    return [
        {
            CsvColumn.NAME: lambda person: protect(wording.person_name(person)),
            CsvColumn.USER_ID: lambda person: person.user_id,
            CsvColumn.REGISTERED: lambda person: datetime.fromtimestamp(
                person.registered_at, zone
            ).isoformat(),
            CsvColumn.PRIVATE: lambda person: yes if person.private else no,
            CsvColumn.CAN_EMAIL: lambda person: (
                unknown if person.can_email is None else (yes if person.can_email else no)
            ),
            CsvColumn.CONFIDENCE: answer(4),
            CsvColumn.AFFILIATE: answer(5),
            CsvColumn.AFFILIATE_NAME: affiliate_name,
        }[column]
        for column in columns
    ]


def _guarded(text: str) -> str:
    shown = text.lstrip(" \u00a0\u200b\u200e\u200f\ufeff")
    return "'" + text if shown.startswith((*_FORMULA, *_BREAKS)) else text
