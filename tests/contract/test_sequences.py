"""Replay of recordings that depend on each other, a chapter on a practice wiki of its own."""

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.contract import (
    api_chapters,
    article_list_chapters,
    event_chapters,
    oauth_chapters,
    session_cookie_chapters,
    temporary_chapters,
)
from tests.contract.answers_compared import check_as_recorded
from tests.contract.chapters import CHAPTERS, Stage
from tests.contract.contract_wiki import PracticeWiki
from tests.contract.recorded import PLAYED, listed, numbers

pytestmark = pytest.mark.keeps_connections

# Importing them makes their chapters known.
CHAPTER_MODULES = (
    api_chapters,
    article_list_chapters,
    event_chapters,
    oauth_chapters,
    session_cookie_chapters,
    temporary_chapters,
)
CLOCK = "2026-11-29T03:19:00+00:00"


@cache
def played(name: str) -> Stage:
    """Play a chapter, once for all its tests."""
    chapter = CHAPTERS[name]
    command = [sys.executable, "-m", "app.practice", "--clock", CLOCK, "--redirect-port", "8765"]
    with subprocess.Popen([*command, *chapter.options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        stage = Stage(PracticeWiki(json.loads(process.stdout.readline())))
        try:
            chapter.play(stage)
        finally:
            process.terminate()
    return stage


def recordings() -> list[tuple[str, str]]:
    """Return the chapters with the names of their recordings."""
    names = listed()
    return [(chapter, names[one]) for chapter, ranges in PLAYED.items() for one in sorted(numbers(ranges))]


@pytest.mark.parametrize(
    ("chapter", "name"), recordings(), ids=lambda value: str(value).removesuffix(".json")
)
def test_the_practice_wiki_answers_as_recorded(chapter: str, name: str) -> None:
    scene, answer = played(chapter).answers[name]
    check_as_recorded(scene.exchange, answer)
