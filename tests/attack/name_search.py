"""Where a name can be read: in files as they are, and in the pages of encrypted ones, free pages too."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
#: What SQLCipher keeps at the end of a page: 16 bytes that begin its cipher, then its seal.
_RESERVED = 80
_BLOCK = 16
#: Of SQLite's write-ahead log: its head, and the head of each page in it.
_LOG_HEAD, _FRAME_HEAD = 32, 24


def forms(name: str) -> tuple[bytes, ...]:
    """Return a name in the letters that a file may hold it in."""
    return tuple(name.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def files_under(*places: Path) -> Iterator[Path]:
    """Return all files in some folders, however deep."""
    for place in places:
        yield from (path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink())


def plain_bytes(paths: Iterable[Path], name: str) -> dict[Path, int]:
    """Return how many bytes of a name stand in files for everybody to read, by file."""
    found = {path: _count(path.read_bytes(), name) for path in paths}
    return {path: count for path, count in found.items() if count}


def kept_bytes(paths: Iterable[Path], name: str, key: str) -> dict[Path, int]:
    """Return how many bytes of a name stand in files, in plain text or under a key, by file."""
    found = {}
    for path in paths:
        data = path.read_bytes()
        found[path] = _count(data, name) + _count(_opened(data, key), name)
    return {path: count for path, count in found.items() if count}


def _count(data: bytes, name: str) -> int:
    return sum(data.count(form) * len(form) for form in forms(name))


def _opened(data: bytes, key: str) -> bytes:
    """Return the pages in a database or in its write-ahead log, decrypted one after another."""
    algorithm = algorithms.AES(bytes.fromhex(key[:64]))
    opened = []
    for head, frame in ((0, 0), (_LOG_HEAD, _FRAME_HEAD)):
        for start in range(head + frame, len(data) - _PAGE + 1, frame + _PAGE):
            page = data[start : start + _PAGE]
            # The first page of a database begins with its salt.
            body = page[_BLOCK if start == 0 else 0 : _PAGE - _RESERVED]
            begun = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _BLOCK]
            opened.append(Cipher(algorithm, modes.CBC(begun)).decryptor().update(body))
    return b"".join(opened)
