"""Recordings that depend on each other, replayed in order on a separate practice wiki.

A sequence is a function that prepares the wiki and replays ranges of recordings; between two ranges it may
repeat what was done between the recorded requests (hide an edit, end an event). `recorded.BY_SEQUENCE` lists
the recordings of each sequence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.contract.contract_wiki import PracticeWiki
from tests.contract.replay.contract_replay import Replay, make_replay
from tests.contract.replay.recorded import listed, numbers

Prepare = Callable[[Replay], None]


@dataclass
class SequenceRun:
    """The wiki of a sequence, the replacements for recorded values, and the answers so far."""

    wiki: PracticeWiki
    #: The practice wiki's ids of events by recorded id.
    events: dict[int, int] = field(default_factory=dict)
    #: The replacements for recorded titles and other words.
    words: dict[str, str] = field(default_factory=dict)
    #: The replacements for path segments: revisions, contributions.
    parts: dict[str, str] = field(default_factory=dict)
    #: The replacements for names and ids in recorded answers.
    expected: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[Replay, requests.Response]] = field(default_factory=dict)

    def play(self, ranges: str, prepare: Prepare | None = None) -> requests.Response:
        """Replay the recordings of ranges like "930-932 935" in order; return the last answer.

        Args:
            ranges: The numbers of the recordings.
            prepare: Gives a replay values that are only known at run time: a code, a cookie, a session.
        """
        names = listed()
        for number in sorted(numbers(ranges)):
            replay = make_replay(self.wiki, names[number], self._prepared(prepare))
            answer = replay.send()
            response = replay.exchange["response"]
            replay.exchange["response"] = {**response, "body": _translated(response["body"], self.expected)}
            self.answers[names[number]] = replay, answer
        return answer

    def _prepared(self, prepare: Prepare | None) -> Prepare:
        def prepare_all(replay: Replay) -> None:
            replay.titles.update(self.words)
            if (event := replay.event_id()) in self.events:
                replay.set_event(self.events[event])
            replay.path = "/".join(self.parts.get(part, part) for part in replay.path.split("/"))
            special, _, number = str(replay.query.get("title", "")).rpartition("/")
            if special and number.isdigit() and int(number) in self.events:
                replay.query["title"] = f"{special}/{self.events[int(number)]}"
            if prepare is not None:
                prepare(replay)

        return prepare_all


def _translated(recorded: Any, names: dict[str, str]) -> Any:
    """Return a recorded JSON body with recorded names replaced by the practice wiki's."""
    if isinstance(recorded, dict):
        return {key: _translated(inner, names) for key, inner in recorded.items()}
    if isinstance(recorded, list):
        return [_translated(inner, names) for inner in recorded]
    if isinstance(recorded, str):
        for there, here in names.items():
            recorded = recorded.replace(there, here)
    return recorded


@dataclass(frozen=True)
class Sequence:
    """The function of a sequence and the options of its practice wiki."""

    play: Callable[[SequenceRun], None]
    options: tuple[str, ...]


SEQUENCES: dict[str, Sequence] = {}


def sequence(
    *options: str, version: str = "1.47"
) -> Callable[[Callable[[SequenceRun], None]], Callable[[SequenceRun], None]]:
    """Register a function as a sequence under its own name, with the options of its wiki."""

    def enter(play: Callable[[SequenceRun], None]) -> Callable[[SequenceRun], None]:
        SEQUENCES[play.__name__] = Sequence(play, ("--mediawiki", version, *options))
        return play

    return enter
