"""Rows of the table, and functions for their numbers."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Limit(StrEnum):
    """Which figure of a row must stay below its limit."""

    RATIO = "ratio"
    DIFFERENCE = "difference"
    VALUE = "value"


@dataclass(frozen=True)
class Row:
    """One line of the table: our figure, the baseline's, and the limit."""

    name: str
    what: str
    unit: str
    ours: float
    baseline: float | None
    limit: Limit
    at_most: float
    against: str = ""
    repetitions: int = 1
    note: str = ""

    @property
    def reached(self) -> float:
        """The figure to compare with the limit."""
        if self.limit is Limit.VALUE or self.baseline is None:
            return self.ours
        return self.ours / self.baseline if self.limit is Limit.RATIO else self.ours - self.baseline

    @property
    def met(self) -> bool:
        """Whether the figure is within the limit."""
        return self.reached <= self.at_most


@dataclass(frozen=True)
class Sizes:
    """People of the small and large event and of the sync, and the number of repetitions."""

    small: int
    large: int
    synced: int
    repetitions: int
    latency_ms: int = 60


FULL = Sizes(small=2_000, large=200_000, synced=20_000, repetitions=9)
QUICK = Sizes(small=2_000, large=20_000, synced=2_000, repetitions=3)


def median(figures: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(figures)


def p95(figures: Sequence[float]) -> float:
    """Return the figure that 95 of 100 do not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]


def alternately(times: int, *measures: Callable[[], float]) -> list[list[float]]:
    """Run the measures in turn, for a number of rounds, after one warm-up round."""
    for measure in measures:
        measure()
    rounds = [[measure() for measure in measures] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def environment() -> dict[str, str]:
    """Return the environment of the measured programs: no screen, and bytecode is cached."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "QT_QPA_PLATFORM": "offscreen"}


def command(module: str, *arguments: object) -> list[str]:
    """Return the command that runs a module of this repository."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def answer(module: str, *arguments: object, before: Sequence[str] = ()) -> str:
    """Run a module of this repository; return the last line of its output."""
    done = subprocess.run(
        [*before, *command(module, *arguments)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=1800,
    )
    return done.stdout.strip().rpartition("\n")[2]
