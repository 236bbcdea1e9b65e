"""The documentation names files and modules that exist."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [
    *(page for page in (REPOSITORY / "docs").rglob("*.md") if page.name != "CONTRACT.md"),
    *(REPOSITORY / "app" / "resources" / "guide").glob("*.md"),
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md")),
]
#: A dotted name in backquotes that begins with a room of the program.
_DOTTED = re.compile(
    r"`((?:domain|store|wiki|sync|models|views|commands|reports|practice)\.[a-z_.]+?)(?:\.[A-Z]\w*.*?)?`"
)
_PATH = re.compile(r"`((?:app|tests|tools|docs|resources|benchmarks)/[\w./-]*)`")


def is_there(dotted: str) -> bool:
    """Return whether a module, or something defined in one, exists."""
    parts = dotted.rstrip(".").split(".")
    for end in (len(parts), len(parts) - 1):
        place = REPOSITORY.joinpath("app", *parts[:end])
        if place.is_dir() or place.with_suffix(".py").is_file():
            return (
                end == len(parts)
                or place.is_dir()
                or parts[-1] in place.with_suffix(".py").read_text("utf-8")
            )
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_modules_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    paths = [path for path in _PATH.findall(text) if not (REPOSITORY / path).exists()]
    modules = [name for name in _DOTTED.findall(text) if not is_there(name)]
    assert (paths, modules) == ([], [])
