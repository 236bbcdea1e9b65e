"""What a report says, independent of how it is written: facts, paragraphs, tables and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.statistics.statistics import Share


class UserName(NamedTuple):
    """The name of a user: links to their user page, and is text whatever it begins with."""

    name: str


class Link(NamedTuple):
    """A text that leads to a web address."""

    text: str
    address: str


class PageTitle(NamedTuple):
    """The title of a wiki page, with its address if that is known."""

    title: str
    address: str


#: Numbers and dates are typed in spreadsheets; a `Share` is a number or a range.
Cell = str | int | float | date | datetime | Share | UserName | PageTitle | Link | None


class Align(StrEnum):
    """Where the cells of a column stand."""

    START = "start"
    END = "end"


@dataclass(frozen=True)
class Column:
    """A column of a table. `key` is stable, for JSON."""

    key: str
    label: str
    align: Align = Align.START


@dataclass(frozen=True)
class Table:
    """A table with a heading row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Facts:
    """Labels with their values: what JSON calls them, the label, and the value."""

    rows: Sequence[tuple[str, str, Cell]]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Distribution:
    """How many people chose what: a chart of bars with its table.

    `question`: what JSON calls it; `shares` with the labels of their options. None: too few have answered.
    """

    question: str
    caption: str
    shares: Sequence[tuple[str, Share]] | None


@dataclass(frozen=True)
class Days:
    """What was counted by day, from the first day to the last: a chart over time with its table.

    Of a single day it is counted by hour: `days` then holds the beginnings of its hours, as `datetime`.
    `key`: what JSON calls the numbers, `label` their column.
    """

    caption: str
    key: str
    label: str
    days: Sequence[tuple[date, int]]

    @property
    def by_hour(self) -> bool:
        """Whether hours are counted."""
        return any(isinstance(day, datetime) for day, _count in self.days)


Block = Table | Facts | Paragraph | Distribution | Days


@dataclass(frozen=True)
class Section:
    """A part of a report. `key` is stable, for JSON."""

    key: str
    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Report:
    """A report. `language` as in "pt-BR"; `zone` is the name of the time zone of its times.

    `personal_data`: the sentence that says whose data is in it, empty if nobody's. `provenance`: where its
    figures come from, and when they were fetched.
    """

    title: str
    subtitle: str
    language: str
    zone: str
    sections: Sequence[Section]
    provenance: str
    personal_data: str
    made_at: datetime
