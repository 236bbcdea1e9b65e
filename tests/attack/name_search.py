"""Searching files for a name: in plain text, and in all pages of encrypted databases."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
#: What SQLCipher stores at the end of a page: the IV of 16 bytes, then the HMAC.
_RESERVED = 80
_BLOCK = 16
#: The sizes of the headers of SQLite's write-ahead log and of each frame in it.
_LOG_HEAD, _FRAME_HEAD = 32, 24


def forms(name: str) -> tuple[bytes, ...]:
    """Return a name in the encodings that a file may use."""
    return tuple(name.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def files_under(*folders: Path) -> Iterator[Path]:
    """Return all files in folders, recursively."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def plain_bytes(paths: Iterable[Path], name: str) -> dict[Path, int]:
    """Return how many bytes of a name are in plain text in files, by file."""
    found = {path: _count(path.read_bytes(), name) for path in paths}
    return {path: count for path, count in found.items() if count}


def stored_bytes(paths: Iterable[Path], name: str, key: str) -> dict[Path, int]:
    """Return how many bytes of a name are in files, in plain text or encrypted under a key, by file."""
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
            # The first page of a database begins with the salt.
            body = page[_BLOCK if start == 0 else 0 : _PAGE - _RESERVED]
            begun = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _BLOCK]
            opened.append(Cipher(algorithm, modes.CBC(begun)).decryptor().update(body))
    return b"".join(opened)
