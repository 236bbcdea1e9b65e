"""The pages of an encrypted database as they are, free ones too: what somebody with the key could read."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _VECTOR, _RESERVED = 4_096, 16, 80


def decrypted_pages(path: Path, key: str) -> bytes:
    """Return the content of all pages of a file with SQLCipher's usual settings."""
    return b"".join(_page(data, key) for data in _pages(path.read_bytes()))


def decrypted_log(path: Path, key: str) -> bytes:
    """Return the content of all pages in a write-ahead log, also of those that count no longer."""
    data = path.read_bytes() if path.exists() else b""
    frames = [data[start + 24 : start + 24 + _PAGE] for start in range(32, len(data), 24 + _PAGE)]
    return b"".join(_page(frame, key) for frame in frames if len(frame) == _PAGE)


def _pages(data: bytes) -> list[bytes]:
    return [data[start : start + _PAGE] for start in range(0, len(data), _PAGE)]


def _page(page: bytes, key: str) -> bytes:
    """Return the content of a page. The first one begins with the salt: its first block is nothing."""
    vector = page[-_RESERVED : -_RESERVED + _VECTOR]
    decryptor = Cipher(algorithms.AES256(bytes.fromhex(key[:64])), modes.CBC(vector)).decryptor()
    return bytes(decryptor.update(page[:-_RESERVED]) + decryptor.finalize())
