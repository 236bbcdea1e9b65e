"""Paths of the repository and of the recordings of real wikis."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDINGS = REPOSITORY / "tests" / "contract" / "recordings"
