"""The counts of one part of the attack run: what it tried, and what must never happen."""

import traceback
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_LONGEST_EXAMPLE = 600


@dataclass
class Counts:
    """The counts of a part. Those in `wrong` must be 0; each kind is reported once, with an example."""

    part: str
    wrong: dict[str, int]
    tried: dict[str, float] = field(default_factory=dict)
    examples: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def add(self, what: str, number: float = 1) -> None:
        """Count an attempt, or an outcome that is no fault."""
        self.tried[what] = self.tried.get(what, 0) + number

    def fault(self, what: str, location: str, example: str, number: int = 1) -> None:
        """Count something that must not happen: its location, and an example that reproduces it."""
        self.wrong[what] += number
        before, first = self.examples.get((what, location), (0, example[:_LONGEST_EXAMPLE]))
        self.examples[what, location] = before + 1, first

    def merge(self, other: "Counts") -> None:
        """Add the counts of another process for the same part."""
        for what, number in other.tried.items():
            self.add(what, number)
        for what, count in other.wrong.items():
            self.wrong[what] = self.wrong.get(what, 0) + count
        for key, (count, example) in other.examples.items():
            before, first = self.examples.get(key, (0, example))
            self.examples[key] = before + count, first

    @property
    def failed(self) -> bool:
        """Whether anything happened that must never happen."""
        return any(self.wrong.values())

    def line(self) -> str:
        """Return all counts in one line."""
        tried = ", ".join(f"{what} {number:,.0f}" for what, number in self.tried.items())
        wrong = ", ".join(f"{what} {number:,}" for what, number in self.wrong.items())
        return f"{self.part}: {tried} | {wrong}"

    def details(self) -> list[str]:
        """Return each kind of fault in a line, the most frequent first."""
        ordered = sorted(self.examples.items(), key=lambda one: (one[0][0], -one[1][0]))
        return [
            f"  {what}, {number}x at {location}: {first}" for (what, location), (number, first) in ordered
        ]


def counts(part: str, *wrong: str) -> Counts:
    """Return the initial counts of a part."""
    return Counts(part, dict.fromkeys(wrong, 0))


def location_of(error: BaseException) -> str:
    """Return the innermost line of the program in an exception's traceback, and the exception's type."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if "/app/" in frame.filename and "/site-packages/" not in frame.filename
    ]
    where = "outside the program"
    if ours:
        path = Path(ours[-1].filename)
        shown = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path
        where = f"{shown}:{ours[-1].lineno}"
    return f"{where} {type(error).__name__}"
