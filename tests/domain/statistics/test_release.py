"""No combination of what is told over time says what few people answered: an attacker with a solver tries."""

from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.statistics.release import Moved, Release, ranges_now, released
from tests.domain.statistics.flows import is_feasible

OPTIONS = ("a", "b", "c")
SILENT = "silent"
NOBODY = Moved(0, 0)


@dataclass
class Step:
    """What changed between two exports: who joined and left, by what they answered."""

    joined: dict[str, int]
    left: dict[str, int]


@dataclass
class Told:
    """What the attacker knows of an export: how many came and went, and the ranges; None: nothing shown."""

    joined: int
    left: int
    ranges: dict[str, tuple[int, int]] | None


@dataclass
class Event:
    """An event whose statistics are exported again and again."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*OPTIONS, SILENT), 0))
    release: Release | None = None
    since: Moved = NOBODY

    def export(self, step: Step) -> Told:
        for option in self.counts:
            self.counts[option] += step.joined[option] - step.left[option]
        joined, left = sum(step.joined.values()), sum(step.left.values())
        self.since = Moved(self.since.joined + joined, self.since.left + left)
        people = sum(self.counts.values())
        chosen = {option: self.counts[option] for option in OPTIONS}
        release = released(self.release, chosen, people, 0, self.since)
        if release is not self.release:
            self.release, self.since = release, Moved(0, 0)
        if release is None:
            return Told(joined, left, None)
        return Told(joined, left, ranges_now(release, chosen, people, self.since))


counts_of = st.fixed_dictionaries({option: st.integers(0, 12) for option in (*OPTIONS, SILENT)})


@st.composite
def histories(draw):
    steps = [Step(draw(counts_of), dict.fromkeys((*OPTIONS, SILENT), 0))]
    there = dict(steps[0].joined)
    for _ in range(draw(st.integers(0, 3))):
        joined = draw(counts_of)
        left = {option: draw(st.integers(0, min(3, there[option]))) for option in there}
        there = {option: there[option] + joined[option] - left[option] for option in there}
        steps.append(Step(joined, left))
    return steps


def edges_of(told: list[Told], fixed: dict[tuple[str, int, str], int]):
    """Yield the network of all that is known, with some numbers tried out.

    Those who join at a step flow to their options, there from step to step, and those who leave flow out.
    """
    for step, one in enumerate(told):
        yield "world", ("joined", step), one.joined, one.joined
        yield ("left", step), "world", one.left, one.left
        for option in (*OPTIONS, SILENT):
            for what, ends in (
                ("joined", (("joined", step), (step, option))),
                ("left", ((step, option), ("left", step))),
                ("there", ((step, option), (step + 1, option) if step + 1 < len(told) else "world")),
            ):
                tried = fixed.get((what, step, option))
                known = (0, 10_000)
                if what == "there" and option != SILENT and one.ranges is not None:
                    known = one.ranges[option]
                if tried is not None:
                    known = (max(known[0], tried), min(known[1], tried))
                yield *ends, *known


def is_possible(told: list[Told], fixed: dict[tuple[str, int, str], int]) -> bool:
    return is_feasible(edges_of(told, fixed))


def _step(
    joined: tuple[int, int, int],
    left: tuple[int, int, int] = (0, 0, 0),
    silent: int = 0,
    silent_left: int = 0,
) -> Step:
    return Step(
        dict(zip(OPTIONS, joined, strict=True)) | {SILENT: silent},
        dict(zip(OPTIONS, left, strict=True)) | {SILENT: silent_left},
    )


@given(histories())
# Everybody has answered, so that nobody is left of whom nothing is told.
@example([_step((12, 8, 0))])
@example([_step((7, 0, 3)), _step((7, 0, 4), (0, 0, 3)), _step((0, 0, 7), (3, 0, 2))])
# Everything was told, and one person left who had not answered.
@example([_step((5, 5, 5), silent=1), _step((5, 5, 5), left=(0, 0, 0), silent_left=1)])
# Of one person who joined, everybody knows by subtraction what they answered.
@example([_step((12, 9, 4)), _step((0, 0, 1))])
@settings(max_examples=150, deadline=None)
def test_nobody_learns_what_fewer_than_five_answered(steps: list[Step]) -> None:
    event = Event()
    told, there = [], []
    for step in steps:
        told.append(event.export(step))
        there.append(dict(event.counts))
    assert is_possible(told, {}), "the ranges hold the truth"
    for number, step in enumerate(steps):
        for what, truth in (("joined", step.joined), ("left", step.left), ("there", there[number])):
            everybody = sum(truth.values())
            for option in OPTIONS:
                if truth[option] >= 5 or not everybody:
                    continue
                others = [
                    other
                    for other in range(min(10, everybody + 1))
                    if other != truth[option] and is_possible(told, {(what, number, option): other})
                ]
                assert others, (what, number, option, truth, [one.ranges for one in told])


@given(histories())
@settings(max_examples=150, deadline=None)
def test_every_range_holds_the_true_number(steps: list[Step]) -> None:
    event = Event()
    for step in steps:
        told = event.export(step)
        if told.ranges is not None:
            assert all(least <= event.counts[one] <= most for one, (least, most) in told.ranges.items())
