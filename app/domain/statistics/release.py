"""What statistics of answers may be told, so that no small number can be worked out (CONTRACT §3).

The wiki's thresholds protect one table. They do not protect two: who has last week's table and today's can
subtract them and learn what the one person answered who registered since. Therefore what left the computer is
remembered, question by question, as a *release*. Later tables say

* what follows from the release and the number of people who came and went since, which tells nothing new, or
* new numbers, once ten more people have answered. A number is told anew if at least five people more have
  chosen the option. Enough people must be left of whom nothing is told, so that the other numbers stay open.

Totals over several events are sums of the ranges that are told of each event, so they tell nothing new.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

#: A question with fewer answers is not shown at all.
MIN_ANSWERS = 10
#: An option with fewer people is shown as "fewer than" this many.
MIN_PEOPLE = 5
#: The most people by which a number that is not told can differ from the one told last.
_HIDDEN = MIN_PEOPLE - 1


class Told(NamedTuple):
    """What was told of an option: between `least` and `most`.

    `base`: the number from which people are counted who chose it since it was told; 0 until then.
    """

    base: int
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """Whether the exact number was told."""
        return self.least == self.most


@dataclass(frozen=True)
class Release:
    """What was told of the answers to a question.

    `people` were asked then, of whom `answered` have; the last of them had registered at `latest`, in seconds
    since 1970.
    """

    people: int = 0
    answered: int = 0
    latest: int = 0
    options: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """How many people came and went since a release."""

    joined: int
    left: int


NOBODY_MOVED: Final = Moved(0, 0)


def moved_since(release: Release, people: int, registered_since: int) -> Moved:
    """Return how many came and went. `people` are asked now, `registered_since` of them after the release."""
    joined = max(registered_since, people - release.people)
    return Moved(joined, release.people + joined - people)


def released(
    before: Release | None, chosen: Mapping[str, int], people: int, latest: int, moved: Moved
) -> Release | None:
    """Return what may be told now: a new release, or the one before if too few have answered since.

    `chosen` counts people by option, with all options, of `people` who were asked. None: nothing may be told.
    """
    known = before or Release()
    answered = sum(chosen.values())
    if answered - known.answered < MIN_ANSWERS or moved.joined < MIN_ANSWERS:
        return before
    told = {option: known.options.get(option, Told(0, 0, 0)) for option in chosen}
    more = {option: count - told[option].base for option, count in chosen.items()}
    anew = {option: number for option, number in more.items() if number >= MIN_PEOPLE}
    open_before = any(not one.is_exact for one in told.values())
    held_back = dict.fromkeys(anew, 0)
    kept = {
        option: (max(0, told[option].least - moved.left), told[option].base + _HIDDEN)
        for option in chosen
        if option not in anew
    }
    if kept or open_before or moved.left:
        # All that is told anew could come from those who joined, with some to spare for any other option;
        # and enough are left of all.
        told_now = sum(chosen[option] for option in anew) + sum(least for least, _most in kept.values())
        missing = _HIDDEN - min(moved.joined - sum(anew.values()), people - told_now)
        for option in sorted(anew, key=lambda one: (anew[one], one)):
            held_back[option] = max(0, min(_HIDDEN, missing))
            missing -= held_back[option]
        if missing > 0:
            return before
    steps = _steps_outside(kept, chosen)
    options = {option: _told_anew(chosen[option], number) for option, number in held_back.items()} | {
        option: Told(told[option].base, max(0, least - steps), most + steps)
        for option, (least, most) in kept.items()
    }
    return Release(people, answered, latest, {option: options[option] for option in chosen})


def _told_anew(count: int, held_back: int) -> Told:
    if not held_back:
        return Told(count, count, count)
    return Told(count - held_back, count - held_back, count - held_back + _HIDDEN)


def _steps_outside(ranges: Mapping[str, tuple[int, int]], chosen: Mapping[str, int]) -> int:
    """Return by how much ranges must grow because people changed their answers.

    All grow alike, and in steps, so that they do not tell how many changed which.
    """
    outside = 0
    for option, (least, most) in ranges.items():
        count = chosen.get(option, 0)
        outside = max(outside, least - count, count - most)
    return -(-outside // _HIDDEN) * _HIDDEN


def ranges_now(
    release: Release, chosen: Mapping[str, int], people: int, moved: Moved
) -> dict[str, tuple[int, int]]:
    """Return what may be told of each option now: the range that follows from the release.

    `chosen` counts people by option now; it widens all ranges alike where answers were changed.
    """
    # Had more answered since, there would be a new release.
    joined = min(moved.joined, MIN_ANSWERS - 1)
    ranges = {
        option: (told.least - moved.left, told.most + joined) for option, told in release.options.items()
    }
    steps = _steps_outside(ranges, chosen)
    return {
        option: (max(0, least - steps), min(people, most + steps)) for option, (least, most) in ranges.items()
    }
