"""Recordings that depend on each other, played in their order on a practice wiki of their own.

A chapter is a function that prepares the wiki and plays ranges of recordings; between two of them it may do
what the recorder did between two requests (hide an edit, end an event). `recorded.PLAYED` says which
recordings a chapter plays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.contract.contract_scene import Scene, make_scene
from tests.contract.contract_wiki import PracticeWiki
from tests.contract.recorded import listed, numbers

Prepare = Callable[[Scene], None]


@dataclass
class Stage:
    """The wiki of a chapter, what there stands for what was recorded, and the answers so far."""

    wiki: PracticeWiki
    #: Recorded ids of events, and the practice wiki's.
    events: dict[int, int] = field(default_factory=dict)
    #: Recorded titles and other words, and what stands for them here.
    words: dict[str, str] = field(default_factory=dict)
    #: Parts of a path, between two slashes: revisions, contributions.
    parts: dict[str, str] = field(default_factory=dict)
    #: What stands for names and ids of the recorded answers.
    told: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[Scene, requests.Response]] = field(default_factory=dict)

    def play(self, ranges: str, prepare: Prepare | None = None) -> requests.Response:
        """Send the recordings of "930-932 935" one after the other; return the last answer.

        `prepare` gives a scene what nobody can know before: a code, a cookie, a session.
        """
        names = listed()
        for number in sorted(numbers(ranges)):
            scene = make_scene(self.wiki, names[number], self._prepared(prepare))
            answer = scene.send()
            response = scene.exchange["response"]
            scene.exchange["response"] = {**response, "body": _told(response["body"], self.told)}
            self.answers[names[number]] = scene, answer
        return answer

    def _prepared(self, prepare: Prepare | None) -> Prepare:
        def together(scene: Scene) -> None:
            scene.titles.update(self.words)
            if (event := scene.event_id()) in self.events:
                scene.set_event(self.events[event])
            scene.path = "/".join(self.parts.get(part, part) for part in scene.path.split("/"))
            special, _, number = str(scene.query.get("title", "")).rpartition("/")
            if special and number.isdigit() and int(number) in self.events:
                scene.query["title"] = f"{special}/{self.events[int(number)]}"
            if prepare is not None:
                prepare(scene)

        return together


def _told(recorded: Any, names: dict[str, str]) -> Any:
    """Return a recorded JSON body with this world's names in the place of the recorded ones."""
    if isinstance(recorded, dict):
        return {key: _told(inner, names) for key, inner in recorded.items()}
    if isinstance(recorded, list):
        return [_told(inner, names) for inner in recorded]
    if isinstance(recorded, str):
        for there, here in names.items():
            recorded = recorded.replace(there, here)
    return recorded


@dataclass(frozen=True)
class Chapter:
    """How the practice wiki of a chapter is started, and what is done on it."""

    play: Callable[[Stage], None]
    options: tuple[str, ...]


CHAPTERS: dict[str, Chapter] = {}


def chapter(
    *options: str, version: str = "1.47"
) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
    """Make a function a chapter under its own name, on a wiki of a version, started with more options."""

    def enter(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
        CHAPTERS[play.__name__] = Chapter(play, ("--mediawiki", version, *options))
        return play

    return enter
