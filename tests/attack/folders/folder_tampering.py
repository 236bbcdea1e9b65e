"""Random damage to a data folder, as by a disk, another program or a person."""

import contextlib
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.store.database.folder import DATABASE

LOG_FILES = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
#: Files that the program may open, whether they exist or not.
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
    """Other data folders as sources of files: one with another key, an earlier one, a later one."""

    foreign: Path
    hot: Path
    changed: Path


@dataclass(frozen=True, slots=True)
class Tampering:
    """What was done; `touched` has the names of the files.

    `whole`: the main file was replaced or emptied as a whole. `later`: it was replaced by a later version.
    """

    description: str
    touched: frozenset[str]
    whole: bool
    later: bool


Operation = Callable[[Path, random.Random, Others], tuple[str, ...]]


def tamper(folder: Path, rng: random.Random, others: Others) -> Tampering:
    """Apply one or two operations to a data folder."""
    operations = rng.choices(OPERATIONS, k=1 if rng.randrange(4) else 2)
    if stale_log in operations:
        operations = [stale_log]
    descriptions, touched = [], set[str]()
    for operation in operations:
        names: tuple[str, ...] = ()
        # The first operation may prevent the second, such as by a file instead of a folder.
        with contextlib.suppress(OSError):
            names = operation(folder, rng, others)
        descriptions.append(f"{operation.__name__} {' '.join(names)}")
        touched |= set(names)
    main = folder / DATABASE
    whole = DATABASE in touched and not set(operations) <= {flip, cut, append, noise}
    whole |= not main.exists() or (main.is_file() and main.stat().st_size == 0)
    return Tampering(", ".join(descriptions), frozenset(touched), whole, operations == [stale_log])


def _target(folder: Path, rng: random.Random) -> Path:
    """Return a file of a folder, the main one more often than others."""
    if not rng.randrange(3):
        return folder / DATABASE
    there = sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))
    return folder / rng.choice([*_NAMES, *there])


def _file(folder: Path, rng: random.Random) -> Path | None:
    found = _target(folder, rng)
    return found if found.is_file() else None


def _named(folder: Path, *paths: Path) -> tuple[str, ...]:
    return tuple(str(path.relative_to(folder)) for path in paths)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)


def flip(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Flip some bits of a file."""
    target = _file(folder, rng)
    if target is None or not target.stat().st_size:
        return ()
    changed = bytearray(target.read_bytes())
    for _bit in range(rng.choice((1, 1, 3, 64))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    target.write_bytes(changed)
    return _named(folder, target)


def cut(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Truncate a file, at a page of the database or anywhere."""
    target = _file(folder, rng)
    if target is None:
        return ()
    size = rng.randint(0, target.stat().st_size)
    with target.open("r+b") as file:
        file.truncate(size // 4096 * 4096 if rng.randrange(2) else size)
    return _named(folder, target)


def append(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Append to a file."""
    target = _file(folder, rng)
    if target is None:
        return ()
    with target.open("ab") as file:
        file.write(rng.randbytes(rng.choice((1, 100, 4096, 8192))))
    return _named(folder, target)


def noise(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Overwrite a range of a file."""
    target = _file(folder, rng)
    if target is None:
        return ()
    size = target.stat().st_size
    with target.open("r+b") as file:
        file.seek(rng.choice((0, rng.randint(0, size), size // 4096 // 2 * 4096)))
        file.write(rng.randbytes(rng.choice((16, 4096, 20_000))))
    return _named(folder, target)


def empty(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Empty a file."""
    target = _target(folder, rng)
    _clear(target)
    target.touch()
    return _named(folder, target)


def remove(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Remove a file, or a folder with its content."""
    target = _target(folder, rng)
    _clear(target)
    return _named(folder, target)


def overwrite(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Replace the content of a file."""
    target = _target(folder, rng)
    _clear(target)
    target.write_bytes(rng.choice(_TEXTS))
    return _named(folder, target)


def add(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Put another program's file into the folder."""
    target = folder / rng.choice(_FOREIGN)
    _clear(target)
    target.write_bytes(rng.choice(_TEXTS))
    return _named(folder, target)


def swap(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Swap two files."""
    one, other = _file(folder, rng), _file(folder, rng)
    if one is None or other is None or one == other:
        return ()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return _named(folder, one, other)


def folder_instead(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Replace a file by a folder, empty or not."""
    target = _target(folder, rng)
    _clear(target)
    target.mkdir()
    if rng.randrange(2):
        (target / "file").write_text("text")
    return _named(folder, target)


def link_instead(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Replace a file by a link: to nothing, itself, a folder, another file, or its new path."""
    target = _target(folder, rng)
    other = _file(folder, rng)
    kind = rng.randrange(5)
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


def pipe_instead(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Replace a file by a pipe: opening it for reading may block for ever."""
    target = _target(folder, rng)
    _clear(target)
    os.mkfifo(target)
    return _named(folder, target)


def foreign_log(folder: Path, rng: random.Random, others: Others) -> tuple[str, ...]:
    """Add SQLite's log files of a database under another key."""
    return _logs_from(others.foreign, folder, rng)


def stale_log(folder: Path, rng: random.Random, others: Others) -> tuple[str, ...]:
    """Replace the file by a later version, and leave SQLite's earlier log files beside it."""
    shutil.copy(others.changed / DATABASE, folder / DATABASE)
    return _logs_from(others.hot, folder, rng)


def foreign_file(folder: Path, rng: random.Random, others: Others) -> tuple[str, ...]:
    """Replace the file or the backup by a database under another key."""
    target = folder / DATABASE if rng.randrange(2) else folder / "backups" / "event-center-9.db"
    _clear(target)
    shutil.copy(others.foreign / DATABASE, target)
    return _named(folder, target)


def forbid(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Remove the permission to read or write; it does not stop root."""
    if os.geteuid() == 0:
        return ()
    target = _target(folder, rng)
    if not target.exists():
        return ()
    target.chmod(rng.choice((0o000, 0o200, 0o400, 0o500)))
    return _named(folder, target)


def folder_itself(folder: Path, rng: random.Random, _: Others) -> tuple[str, ...]:
    """Replace the whole folder by something else, or by a link to its new path."""
    moved = folder.with_name(f"{folder.name}-moved")
    folder.replace(moved)
    kind = rng.randrange(4)
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


def _logs_from(source: Path, folder: Path, rng: random.Random) -> tuple[str, ...]:
    names = [name for name in LOG_FILES if (source / name).is_file()]
    chosen = names if rng.randrange(2) else [rng.choice(names)]
    for name in chosen:
        _clear(folder / name)
        shutil.copy(source / name, folder / name)
    return tuple(chosen)


OPERATIONS: tuple[Operation, ...] = (
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
