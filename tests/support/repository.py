"""Where the repository and what was recorded of real wikis lie."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDINGS = REPOSITORY / "tests" / "contract" / "recordings"
