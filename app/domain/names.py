"""How names are folded for search, ordered, and shown safely beside text of another direction."""

import re
import unicodedata
from typing import Final

#: Stands before each word of a search text, so that one or two letters can be found as the beginning of a
#: word. It sorts below every letter.
WORD_START: Final = "\x02"
#: The search text of people without a name: sorts after everybody, matches nothing typed.
NAMELESS: Final = "\U0010ffff"

# Letters that Unicode does not take apart, though people type them without their stroke.
_PLAIN_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
# Scripts written without spaces between words: each letter there counts as the beginning of a word.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x3FFFF),  # Han, extensions
)
_PART_START: Final = re.compile(r"(?<=[!-/:-@\[-`{-~’“”«»–—·])(?=\w)")
_ISOLATES: Final = {0x2066, 0x2067, 0x2068, 0x2069}
_EMBEDDINGS: Final = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x200E, 0x200F, 0x061C}


class _Folding(dict[int, str]):
    """Each letter folded once: without case, accents and width, and marked where its script has no spaces."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        parts = unicodedata.normalize("NFKD", letter.casefold())
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        folded = unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN_LETTERS)
        if unicodedata.category(letter) == "Cf":
            # Joiners and direction marks are not seen, so nobody types them.
            folded = ""
        elif folded and any(low <= code <= high for low, high in _UNSPACED):
            folded = WORD_START + folded
        elif letter == "_" or unicodedata.category(letter) in ("Cc", "Zl", "Zp"):
            folded = " "
        self[code] = folded
        return folded


_folding: Final = _Folding()


def search_text(name: str | None) -> str:
    """Return the text by which a name is found and ordered: its folded words, each marked at its start."""
    return "".join(_words(name)) or NAMELESS if name else NAMELESS


def search_terms(typed: str) -> tuple[str, ...]:
    """Return the pieces of a search text that must all be in it for a person to be found.

    Words of three letters and more are found anywhere in a name, shorter ones at the beginning of a word;
    order, case, accents and underscores do not matter.
    """
    terms = []
    for word in _words(typed):
        bare = word.removeprefix(WORD_START)
        terms.append(bare if len(bare) >= 3 else word)
    return tuple(dict.fromkeys(terms))


def _words(text: str) -> list[str]:
    if text.isascii() and text.isprintable():
        # Most names: what follows would come to the same, more slowly.
        folded = text.lower().replace("_", " ")
    else:
        if not text.isascii():
            # Some keyboards and file systems give letters in parts, Korean ones above all.
            text = unicodedata.normalize("NFC", text)
        folded = text.translate(_folding)
    return [_marked(word) for word in folded.split()]


def _marked(word: str) -> str:
    """Return a folded word marked at its start, and at each part that punctuation sets apart."""
    if not word.isalnum():
        word = _PART_START.sub(WORD_START, word)
    return word if word[0] == WORD_START else WORD_START + word


def safe(text: str) -> str:
    """Return text without control characters and direction overrides, so that it cannot disturb its line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter
        for letter in text
        if ord(letter) not in _ISOLATES
        and ord(letter) not in _EMBEDDINGS
        and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
    )


def safe_lines(text: str) -> str:
    """Return text of several lines made safe, line by line."""
    return "\n".join(safe(line) for line in text.splitlines())


def isolated(text: str) -> str:
    """Return text made safe and, where it runs from right to left, set apart from the sentence round it."""
    text = safe(text)
    if text.isascii() or not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return text
    return f"\u2068{text}\u2069"


def set_apart(text: str) -> str:
    """Return text made safe, and set apart wherever a window of either direction would pull it to pieces.

    In a right-to-left window that is so for what begins with a figure, such as “24 Nov”, or begins or ends
    with a sign, such as “Ann (XY)”.
    """
    apart = isolated(text)
    if apart and apart[0] != "\u2068" and not (apart[0].isalpha() and apart[-1].isalnum()):
        return f"\u2068{apart}\u2069"
    return apart


def unmarked(text: str) -> str:
    """Return text without the marks that set names apart, for another program."""
    return text.replace("\u2068", "").replace("\u2069", "")
