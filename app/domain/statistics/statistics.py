"""Statistics of answers and registrations, with the thresholds that protect people (CONTRACT §3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from app.domain.people.participant import NO_RESPONSE, Answer
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.statistics.release import NOBODY_MOVED, Moved, Release, ranges_now, released


@dataclass(frozen=True)
class Share:
    """How many people chose an option: between `least` and `most`, which are equal if it may be shown."""

    option: str
    least: int
    most: int
    people: int

    @property
    def exact(self) -> bool:
        """Whether it is an exact number."""
        return self.least == self.most

    @property
    def percent(self) -> tuple[float, float]:
        """Lower and upper bound as a percentage of all participants."""
        if not self.people:
            return 0.0, 0.0
        return 100 * self.least / self.people, 100 * self.most / self.people


@dataclass(frozen=True)
class QuestionStatistics:
    """The answers to one question. `shares` is None if too few people answered."""

    question: int
    people: int
    shares: tuple[Share, ...] | None


@dataclass(frozen=True)
class EventStatistics:
    """What may be shown about an event's participants.

    `days` holds every day from the first to the last registration with the number of registrations, in the
    requested time zone. `aggregated` counts people whose answers the wiki has already summed up and deleted.
    `releases`: what these numbers tell anew, by question, to be kept before they leave the computer.
    """

    people: int
    public: int
    private: int
    aggregated: int
    not_shown: int
    questions: tuple[QuestionStatistics, ...]
    days: tuple[tuple[date, int], ...]
    releases: Mapping[int, Release] = field(default_factory=dict)


def question_statistics(
    question: int,
    chosen: Mapping[str, int],
    people: int,
    release: Release | None = None,
    moved: Moved = NOBODY_MOVED,
) -> QuestionStatistics:
    """Return what may be told of the answers to a question.

    `chosen` counts people by option, without those who gave no answer; `release` is what is or was told
    (`released`), since when `moved` came and went. Options that nobody chose count as "fewer than 5" too, and
    the number of people without an answer becomes a range, so that no small number can be found by
    subtraction. Without a release, it is that of a table that stands alone.
    """
    counts = all_options(question, chosen)
    if release is None:
        release = released(None, counts, people, 0, Moved(people, 0))
    if release is None:
        return QuestionStatistics(question, people, None)
    ranges = ranges_now(release, counts, people, moved)
    shares = [Share(option, *ranges[option], people) for option in counts]
    least = max(0, people - sum(share.most for share in shares))
    shares.append(Share(NO_RESPONSE, least, people - sum(share.least for share in shares), people))
    return QuestionStatistics(question, people, tuple(shares))


def all_options(question: int, chosen: Mapping[str, int]) -> dict[str, int]:
    """Return how many chose each option, also of those that nobody chose, in the wiki's order."""
    known = SHOWN_QUESTIONS[question].options if question in SHOWN_QUESTIONS else ()
    options = [*known, *sorted(option for option in chosen if option not in known)]
    return {option: chosen.get(option, 0) for option in options}


def count_answers(groups: Iterable[tuple[tuple[Answer, ...], int]]) -> tuple[dict[int, Counter[str]], int]:
    """Return the number of people by question and option, from groups of people with equal answers.

    The second value is the number of people in all groups.
    """
    counts: dict[int, Counter[str]] = {}
    seen = 0
    for answers, people in groups:
        seen += people
        for answer in answers:
            of_question = counts.setdefault(answer.question, Counter())
            if answer.option != NO_RESPONSE:
                of_question[answer.option] += people
    return counts, seen


def days(registered_hours: Iterable[tuple[int, int]], zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """Return every day from the first to the last registration with its number of registrations.

    `registered_hours` holds moments (seconds since 1970) with the people registered then.
    """
    per_day: Counter[date] = Counter()
    for moment, people in registered_hours:
        per_day[datetime.fromtimestamp(moment, UTC).astimezone(zone).date()] += people
    if not per_day:
        return ()
    first, last = min(per_day), max(per_day)
    return tuple(
        (day, per_day[day]) for day in (first + timedelta(n) for n in range((last - first).days + 1))
    )
