"""How names are folded for search, ordered, and shown safely beside text of another direction."""

import unicodedata
from typing import Final

#: Stands twice before each word of a search text, so that one or two letters can be found as the
#: beginning of a word in an index of three-letter sequences. It sorts below every letter.
WORD_START: Final = "\x02\x02"
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
_ISOLATES: Final = {0x2066, 0x2067, 0x2068, 0x2069}
_EMBEDDINGS: Final = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x200E, 0x200F, 0x061C}


def fold(text: str) -> str:
    """Return text without case, accents, width and underscores, for comparing what people type."""
    if text.isascii():
        return text.lower().replace("_", " ")
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN_LETTERS).replace("_", " ")


def search_text(name: str | None) -> str:
    """Return the text by which a name is found and ordered: its folded words, each marked at its start."""
    if not name:
        return NAMELESS
    return "".join(_marked(word) for word in fold(name).split()) or NAMELESS


def search_terms(typed: str) -> tuple[str, ...]:
    """Return the pieces of a search text that must all be in it for a person to be found.

    Words of three letters and more are found anywhere in a name, shorter ones at the beginning of a word;
    order, case and accents do not matter. Every term has at least three characters.
    """
    terms = []
    for word in fold(typed.replace("\x02", "")).split():
        marked = _marked(word)
        bare = marked.removeprefix(WORD_START)
        terms.append(bare if len(bare) >= 3 else marked)
    return tuple(dict.fromkeys(terms))


def _marked(word: str) -> str:
    if word.isascii():
        return WORD_START + word
    pieces: list[str] = []
    starts = True
    for letter in word:
        unspaced = _is_unspaced(letter)
        if starts or unspaced:
            pieces.append(WORD_START)
        pieces.append(letter)
        starts = unspaced
    return "".join(pieces)


def _is_unspaced(letter: str) -> bool:
    code = ord(letter)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


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


def isolated(text: str) -> str:
    """Return text made safe and set apart, so that its direction leaves the sentence round it alone."""
    return f"\u2068{safe(text)}\u2069"
