"""Data that a wiki has only on its special pages (CONTRACT §3, Aggregated statistics; §5)."""

from dataclasses import dataclass

from app.domain.statistics.statistics import QuestionStatistics


@dataclass(frozen=True)
class WikiStatistics:
    """The aggregated answers of a past event, with the wiki's own thresholds.

    `waits_for_agreement`: gender, age and profession are shown after the organizer has agreed, on the page,
    to handle them with care.
    """

    people: int
    questions: tuple[QuestionStatistics, ...]
    waits_for_agreement: bool


@dataclass(frozen=True)
class GoalProgress:
    """The progress towards a goal of contributions: value reached, target, and percentage."""

    reached: int
    target: int
    percent: int


@dataclass(frozen=True)
class Editor:
    """What one participant contributed to an event; `name` is None if the wiki hides it.

    `size` is bytes added minus bytes removed.
    """

    name: str | None
    private: bool
    created: int
    edited: int
    edits: int
    size: int


@dataclass(frozen=True)
class Contributions:
    """An event's contributions: totals by the wiki's names, the goal if there is one, and the editors.

    A total in both directions, such as bytes, has two numbers: added and removed. Goals and editors exist
    since 1.46.
    """

    totals: tuple[tuple[str, tuple[int, ...]], ...]
    goal: GoalProgress | None = None
    editors: tuple[Editor, ...] = ()
