"""Merging two hand-over files of many marks."""

import shutil
import time
from contextlib import closing
from pathlib import Path

from app.desk.event_desk import EventDesk, Person
from app.desk.hand_over import merge_hand_overs, read_hand_overs, write_hand_over
from app.domain.desk.acts import ActKind, PersonKey
from app.store.events.events import read_events
from app.store.mirror import Mirror
from benchmarks.data import mirrors
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, median

_MARKS = 20_000
_WIKI, _PASSPHRASE = "https://wiki.example.org/w", "for measuring"


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure reading and merging both files."""
    scratch = fixtures.folder / "merging"
    files = [_file(scratch, number) for number in range(2)]
    figures = [
        _merge(scratch / f"merged-{number}", files) for number in range(max(2, sizes.repetitions // 2))
    ]
    return [
        Row(
            "merge",
            f"two hand-over files of {_MARKS:,} marks read and merged",
            "s",
            median(figures),
            None,
            Limit.VALUE,
            1.0,
            repetitions=len(figures),
        )
    ]


def _opened(folder: Path) -> tuple[Mirror, EventDesk]:
    folder.mkdir(parents=True)
    mirror = mirrors.open_mirror(folder)
    mirrors.add_event(mirror, mirrors.sign_in(mirror))
    with closing(mirror.reader()) as reader:
        return mirror, EventDesk(mirror, reader, read_events(reader)[0])


def _file(scratch: Path, number: int) -> Path:
    folder = scratch / f"desk-{number}"
    mirror, desk = _opened(folder)
    # Half of the people are noted at both desks.
    first = number * _MARKS // 2
    people = [Person(PersonKey.of_user(one), f"Person {one}") for one in range(first, first + _MARKS)]
    desk.note(people, ActKind.CHECK_IN)
    path = scratch / f"desk-{number}.eventdesk"
    write_hand_over(path, mirror, desk, _WIKI, _PASSPHRASE)
    mirror.close()
    return path


def _merge(folder: Path, files: list[Path]) -> float:
    mirror, desk = _opened(folder)
    begun = time.perf_counter()
    merge_hand_overs(desk, read_hand_overs(files, _PASSPHRASE), _WIKI)
    taken = time.perf_counter() - begun
    assert desk.counts().arrived == _MARKS * 3 // 2
    mirror.close()
    shutil.rmtree(folder)
    return taken
