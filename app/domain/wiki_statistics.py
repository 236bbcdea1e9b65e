"""What a wiki tells of an event only on its special pages (CONTRACT §3, Aggregated statistics; §5)."""

from dataclasses import dataclass

from app.domain.statistics import QuestionStatistics


@dataclass(frozen=True, slots=True)
class WikiStatistics:
    """The answers of an event that is over, as the wiki has summed them up, under its own thresholds.

    `waits_for_agreement`: gender, age and profession are shown once the organizer has agreed, on the page
    itself, to handle them with care.
    """

    people: int
    questions: tuple[QuestionStatistics, ...]
    waits_for_agreement: bool


@dataclass(frozen=True, slots=True)
class Contributions:
    """What came of an event: totals by the wiki's names of them.

    A total that goes both ways, as bytes do, has two numbers: added and removed.
    """

    totals: tuple[tuple[str, tuple[int, ...]], ...]
