"""What a disk, another program or a person can do to a data folder, by dice."""

import contextlib
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.store.database.folder import DATABASE

LOG_FILES = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
#: Files that the program may look at, whether they are there or not.
_NAMES = (
    DATABASE,
    *LOG_FILES,
    "key-source",
    "key-salt",
    "lock",
    "event-center.log",
    "backups",
    "key-source.new",
)
_FOREIGN = (
    "README.txt",
    "event-center.db.bak",
    "lock",
    "key-source",
    "key-salt",
    ".DS_Store",
    "backups/notes.db",
)
_TEXTS = (
    b"",
    b"passphrase",
    b"passphrase:\n",
    b"keyring:0123456789abcdef\n",
    b"keyring:\n",
    b"PASSPHRASE:x",
    b"\xff\xfe\x00p",
    b"passphrase:" + b"x" * 100_000,
    b"\x00" * 5_000,
    b"SQLite format 3\x00" + b"\x00" * 4_080,
    b"<!doctype html><p>restored from somewhere else</p>\n" * 300,
)


@dataclass(frozen=True, slots=True)
class Others:
    """Other data folders, from which files can come: one with another key, one of before, one of later."""

    foreign: Path
    hot: Path
    changed: Path


@dataclass(frozen=True, slots=True)
class Tampering:
    """What was done; `touched` names the files.

    `whole`: the main file was replaced or emptied as a whole. `later`: it was replaced by that of later.
    """

    told: str
    touched: frozenset[str]
    whole: bool
    later: bool


Act = Callable[[Path, random.Random, Others], tuple[str, ...]]


def tamper(folder: Path, dice: random.Random, others: Others) -> Tampering:
    """Do one thing to a data folder, or two."""
    acts = dice.choices(ACTS, k=1 if dice.randrange(4) else 2)
    if stale_log in acts:
        acts = [stale_log]
    told, touched = [], set[str]()
    for act in acts:
        names: tuple[str, ...] = ()
        # What was done before may stand in the way, as a file where a folder would have to be.
        with contextlib.suppress(OSError):
            names = act(folder, dice, others)
        told.append(f"{act.__name__} {' '.join(names)}")
        touched |= set(names)
    main = folder / DATABASE
    whole = DATABASE in touched and not set(acts) <= {flip, cut, append, noise}
    whole |= not main.exists() or (main.is_file() and main.stat().st_size == 0)
    return Tampering(", ".join(told), frozenset(touched), whole, acts == [stale_log])


def _target(folder: Path, dice: random.Random) -> Path:
    """Return a file of a folder, the main one more often than others."""
    if not dice.randrange(3):
        return folder / DATABASE
    there = sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))
    return folder / dice.choice([*_NAMES, *there])


def _file(folder: Path, dice: random.Random) -> Path | None:
    found = _target(folder, dice)
    return found if found.is_file() else None


def _named(folder: Path, *paths: Path) -> tuple[str, ...]:
    return tuple(str(path.relative_to(folder)) for path in paths)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)


def flip(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Turn some bits of a file round."""
    target = _file(folder, dice)
    if target is None or not target.stat().st_size:
        return ()
    changed = bytearray(target.read_bytes())
    for _bit in range(dice.choice((1, 1, 3, 64))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    target.write_bytes(changed)
    return _named(folder, target)


def cut(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Cut a file off, at a page of the database or anywhere."""
    target = _file(folder, dice)
    if target is None:
        return ()
    size = dice.randint(0, target.stat().st_size)
    with target.open("r+b") as file:
        file.truncate(size // 4096 * 4096 if dice.randrange(2) else size)
    return _named(folder, target)


def append(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Write more at the end of a file."""
    target = _file(folder, dice)
    if target is None:
        return ()
    with target.open("ab") as file:
        file.write(dice.randbytes(dice.choice((1, 100, 4096, 8192))))
    return _named(folder, target)


def noise(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Write over a stretch of a file."""
    target = _file(folder, dice)
    if target is None:
        return ()
    size = target.stat().st_size
    with target.open("r+b") as file:
        file.seek(dice.choice((0, dice.randint(0, size), size // 4096 // 2 * 4096)))
        file.write(dice.randbytes(dice.choice((16, 4096, 20_000))))
    return _named(folder, target)


def empty(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Leave a file with nothing in it."""
    target = _target(folder, dice)
    _clear(target)
    target.touch()
    return _named(folder, target)


def remove(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Remove a file, or a folder with all that is in it."""
    target = _target(folder, dice)
    _clear(target)
    return _named(folder, target)


def overwrite(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Write something else into a file."""
    target = _target(folder, dice)
    _clear(target)
    target.write_bytes(dice.choice(_TEXTS))
    return _named(folder, target)


def add(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Put another program's file into the folder."""
    target = folder / dice.choice(_FOREIGN)
    _clear(target)
    target.write_bytes(dice.choice(_TEXTS))
    return _named(folder, target)


def swap(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Let two files change places."""
    one, other = _file(folder, dice), _file(folder, dice)
    if one is None or other is None or one == other:
        return ()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return _named(folder, one, other)


def folder_instead(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Put a folder in the place of a file, empty or not."""
    target = _target(folder, dice)
    _clear(target)
    target.mkdir()
    if dice.randrange(2):
        (target / "file").write_text("text")
    return _named(folder, target)


def link_instead(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Put a link in the place of a file: to nothing, itself, a folder, another file, or where it went."""
    target = _target(folder, dice)
    other = _file(folder, dice)
    kind = dice.randrange(5)
    if kind == 4 and target.is_file():
        moved = folder.with_name(f"{folder.name}-moved-{target.name}")
        target.replace(moved)
        target.symlink_to(moved)
        return _named(folder, target)
    _clear(target)
    if kind == 3 and other is not None and other != target:
        target.symlink_to(other)
        return _named(folder, target, other)
    target.symlink_to({0: folder / "nowhere", 1: target, 2: folder.parent}.get(kind, Path("/dev/null")))
    return _named(folder, target)


def pipe_instead(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Put a pipe in the place of a file: whoever opens it to read may wait for ever."""
    target = _target(folder, dice)
    _clear(target)
    os.mkfifo(target)
    return _named(folder, target)


def foreign_log(folder: Path, dice: random.Random, others: Others) -> tuple[str, ...]:
    """Put files that SQLite keeps beside a database there, from a database under another key."""
    return _logs_from(others.foreign, folder, dice)


def stale_log(folder: Path, dice: random.Random, others: Others) -> tuple[str, ...]:
    """Put data of later in the place of the file, and leave SQLite's files of before beside it."""
    shutil.copy(others.changed / DATABASE, folder / DATABASE)
    return _logs_from(others.hot, folder, dice)


def foreign_file(folder: Path, dice: random.Random, others: Others) -> tuple[str, ...]:
    """Put a database under another key in the place of the file, or of the backup."""
    target = folder / DATABASE if dice.randrange(2) else folder / "backups" / "event-center-9.db"
    _clear(target)
    shutil.copy(others.foreign / DATABASE, target)
    return _named(folder, target)


def forbid(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Take the permission to read or write away; nothing stops root."""
    if os.geteuid() == 0:
        return ()
    target = _target(folder, dice)
    if not target.exists():
        return ()
    target.chmod(dice.choice((0o000, 0o200, 0o400, 0o500)))
    return _named(folder, target)


def folder_itself(folder: Path, dice: random.Random, _: Others) -> tuple[str, ...]:
    """Put something else in the place of the whole folder, or a link to where it went."""
    moved = folder.with_name(f"{folder.name}-moved")
    folder.replace(moved)
    kind = dice.randrange(4)
    if kind == 0:
        folder.symlink_to(moved)
        return ()
    if kind == 1:
        folder.write_text("text")
    elif kind == 2:
        folder.symlink_to(folder.with_name("nowhere"))
    else:
        os.mkfifo(folder)
    return (DATABASE,)


def _logs_from(source: Path, folder: Path, dice: random.Random) -> tuple[str, ...]:
    names = [name for name in LOG_FILES if (source / name).is_file()]
    chosen = names if dice.randrange(2) else [dice.choice(names)]
    for name in chosen:
        _clear(folder / name)
        shutil.copy(source / name, folder / name)
    return tuple(chosen)


ACTS: tuple[Act, ...] = (
    flip,
    flip,
    cut,
    append,
    noise,
    empty,
    remove,
    overwrite,
    overwrite,
    add,
    swap,
    folder_instead,
    link_instead,
    link_instead,
    pipe_instead,
    foreign_log,
    stale_log,
    foreign_file,
    forbid,
    folder_itself,
)
