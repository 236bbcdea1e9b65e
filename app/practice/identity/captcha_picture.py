"""The image of a captcha: digits as PNG."""

import struct
import zlib

_FONT = {
    "0": "01110 10001 10011 10101 11001 10001 01110",
    "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "3": "11110 00001 00001 01110 00001 00001 11110",
    "4": "00010 00110 01010 10010 11111 00010 00010",
    "5": "11111 10000 11110 00001 00001 10001 01110",
    "6": "00110 01000 10000 11110 10001 10001 01110",
    "7": "11111 00001 00010 00100 01000 01000 01000",
    "8": "01110 10001 10001 01110 10001 10001 01110",
    "9": "01110 10001 10001 01111 00001 00010 01100",
}
_ROWS = 7
_SCALE = 6
_MARGIN = 2
_PAPER, _INK = b"\xff", b"\x20"


def picture_of(digits: str) -> bytes:
    """Return digits as a grayscale PNG, dark on white."""
    lines = [""] * _ROWS
    for digit in digits:
        for row, part in enumerate(_FONT[digit].split()):
            lines[row] += f"{part}0"
    side = "0" * _MARGIN
    wide = [f"{side}{line}{side}" for line in lines]
    empty = ["0" * len(wide[0])] * _MARGIN
    dots = [*empty, *wide, *empty]
    width, height = len(dots[0]) * _SCALE, len(dots) * _SCALE
    pixels = b"".join(
        # Each row of a PNG begins with the number of its filter, 0 for none.
        (b"\x00" + b"".join((_INK if dot == "1" else _PAPER) * _SCALE for dot in line)) * _SCALE
        for line in dots
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
