"""The text of a list of names: decodes what spreadsheets and editors write, and refuses what is no text."""

import codecs
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from app.domain.faults import Fault, KnownFault
from app.i18n import _

#: The largest list that is read, in megabytes and in bytes or characters.
LARGEST_MB = 5
LARGEST = LARGEST_MB * 1_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
#: Older encodings, by the language of the computer that wrote them, with their names for the user.
_OLDER: Final = {
    **{f"cp{number}": f"Windows-{number}" for number in (*range(1252, 1259), 1250, 1251, 874)},
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp949": "Windows-949",
    "mac_roman": "Mac OS Roman",
    "mac_cyrillic": "Mac OS Cyrillic",
}
_USUAL: Final = "cp1252"
_BETWEEN_CELLS = re.compile('[\t\n\r,;|"]+')
_SAMPLED_CELLS = 200
# Spreadsheets and documents of today and of earlier days, PDF, RTF.
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Characters that no text holds, or that stand for what could not be decoded.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
#: At most one of so many characters is damaged in what counts as text.
_LEAST_TEXT = 20
_SAMPLE = 100_000
#: In UTF-16 without a byte order mark, the zeros of plain letters are at every second place.
_CLEARLY_MORE = 4


class ListText(NamedTuple):
    """Text whose lines end with a line feed; `encoding` is its name for the user, empty for pasted text."""

    text: str
    encoding: str


def nobody_known(_name: str) -> bool:
    """Say of every name that it is not known."""
    return False


def list_text(source: bytes | str, is_known: Callable[[str], bool] = nobody_known) -> ListText:
    """Return the text of a file's bytes, or of what was pasted.

    Where the bytes do not tell their encoding, it is the one in which most names are known, if any is.
    Damaged characters become U+FFFD, which is in no name. Raises KnownFault where there is too much, or where
    this is no text.
    """
    if len(source) > LARGEST:
        raise KnownFault(
            Fault.USAGE,
            _(
                "The list is larger than {megabytes} MB, so nothing of it was read. Keep only the names of "
                "those who came."
            ).format(megabytes=LARGEST_MB),
        )
    if isinstance(source, str):
        text, encoding = _without_surrogates(source), ""
    else:
        text, encoding = _decoded(source, is_known)
    if not _is_text(text):
        raise KnownFault(
            Fault.USAGE,
            _(
                "The list cannot be read as text, so nothing of it was taken. Save it as CSV in UTF-8, or "
                "copy the names and paste them."
            ),
        )
    return ListText(_LINE_END.sub("\n", text.removeprefix("\ufeff")), encoding)


def _decoded(source: bytes, is_known: Callable[[str], bool]) -> tuple[str, str]:
    if source.startswith(_OTHER_FILES):
        raise KnownFault(
            Fault.USAGE,
            _(
                "This is a spreadsheet or a document, not a list in plain text, so nothing of it was taken. "
                "Save it as CSV in UTF-8, or copy the names and paste them."
            ),
        )
    for mark, codec, encoding in _BOMS:
        if source.startswith(mark):
            return source[len(mark) :].decode(codec, errors="replace"), encoding
    try:
        text = source.decode()
    except UnicodeDecodeError:
        text = ""
    if text and _is_text(text):
        return text, "UTF-8"
    if other := _unmarked_utf16(source):
        return other, "UTF-16"
    known = {codec: _known_names(source[:_SAMPLE], codec, is_known) for codec in _OLDER}
    codec = max(known, key=known.__getitem__)
    if known[codec]:
        return source.decode(codec, errors="replace"), _OLDER[codec]
    text = source.decode(errors="replace")
    damaged = text.count("\ufffd")
    if 0 < damaged <= len(text) - damaged - len(text.encode("ascii", errors="ignore")):
        # UTF-8 with a few damaged letters, as of a file that is cut off.
        return text, "UTF-8"
    return source.decode(_USUAL, errors="replace"), _OLDER[_USUAL]


def _known_names(sample: bytes, codec: str, is_known: Callable[[str], bool]) -> int:
    """Return how many names in other letters than those of ASCII are known, if bytes are in an encoding."""
    text = sample.decode(codec, errors="replace")
    cells = dict.fromkeys(one.strip() for one in _BETWEEN_CELLS.split(text))
    return sum(is_known(cell) for cell in [one for one in cells if not one.isascii()][:_SAMPLED_CELLS])


def _is_text(text: str) -> bool:
    sample = _LINE_END.sub("\n", text[:_SAMPLE])
    return len(sample) - len(_NO_TEXT.sub("", sample)) <= max(1, len(sample) / _LEAST_TEXT)


def _unmarked_utf16(source: bytes) -> str:
    """Return the text of UTF-16 without a byte order mark, empty if it is none."""
    even, odd = source[::2].count(0), source[1::2].count(0)
    if odd > _CLEARLY_MORE * even:
        codec = "utf-16-le"
    elif even > _CLEARLY_MORE * odd:
        codec = "utf-16-be"
    else:
        return ""
    try:
        return source.decode(codec)
    except UnicodeDecodeError:
        return ""


def _without_surrogates(text: str) -> str:
    """Return pasted text with halves of surrogate pairs joined or, where one is missing, damaged."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
