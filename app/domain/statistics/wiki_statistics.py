"""What a wiki tells of an event only on its special pages (CONTRACT §3, Aggregated statistics; §5)."""

from dataclasses import dataclass

from app.domain.statistics.statistics import QuestionStatistics


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
class GoalProgress:
    """How far an event's contributions have come: what is reached, the goal, and the share in per cent."""

    reached: int
    target: int
    percent: int


@dataclass(frozen=True, slots=True)
class Editor:
    """What one participant contributed to an event; `name` is None where the wiki hides it.

    `size` is the bytes added less those taken away.
    """

    name: str | None
    private: bool
    created: int
    edited: int
    edits: int
    size: int


@dataclass(frozen=True, slots=True)
class Contributions:
    """What came of an event: totals by the wiki's names of them, its goal where it has one, and who edited.

    A total that goes both ways, as bytes do, has two numbers: added and removed. Goals and editors are told
    from 1.46 on.
    """

    totals: tuple[tuple[str, tuple[int, ...]], ...]
    goal: GoalProgress | None = None
    editors: tuple[Editor, ...] = ()
