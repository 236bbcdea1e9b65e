"""Folds names for search and sorting, and makes them safe beside text of another direction."""

import re
import unicodedata
from typing import Final

#: Marks the start of each word of a search text, so that one or two letters can be searched as the beginning
#: of a word. It sorts before every letter.
WORD_START: Final = "\x02"
#: The search text of people without a name: sorts last, matches no search.
NAMELESS: Final = "\U0010ffff"

# All apostrophes and quotation marks are folded to this one before they are removed.
_APOSTROPHE: Final = "'"
# Characters that depend on the keyboard and not on the name, with what they are folded to: variants of signs;
# letters that share a key, or are composed of others, on other keyboards; letters that Unicode does not
# decompose, and that are typed as plain letters on keyboards without them. Letters that distinguish names are
# kept, even if they look alike: і and и, ə and e, Pashto's and Uyghur's ې, Urdu's ے.
_ALIKE: Final = (
    # Among the apostrophes are letters such as the ʻokina, the saltillo and the Hebrew geresh.
    ('"`´‘’‚‛“”„‟‹›«»′‵❛❜❝❞〝〞〟ʹʺʻʼʽʾʿˀˁˈˊˋ˝ˮ˴ꞌ΄᾽᾿῾՚\u05f3\u05f4\u07f4\u07f5', _APOSTROPHE),
    ("‐‒–—―−⁃˗֊᐀᠆⸺⸻\u05be", "-"),
    ("·•‧∙⋅⸱・ꞏ。", "."),
    ("、\u060c", ","),
    ("\u061b", ";"),
    ("\u061f", "?"),
    ("⁄∕", "/"),
    ("〜〰∼", "~"),
    ("゠⹀", "="),
    ("_፡", " "),
    # Invisible: the tatweel, which only widens a word, fillers, and variation selectors.
    ("\u0640\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0", ""),
    ("".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))), ""),
    # Latin. The letters for clicks are typed as signs.
    *(("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ɓƀ", "b"), ("đðɗɖ", "d"), ("ǥ", "g"), ("ħ", "h"), ("ıɨ", "i")),
    *(("ȷ", "j"), ("ƙ", "k"), ("ł", "l"), ("ø", "o"), ("ŧ", "t"), ("ʉ", "u"), ("ƴ", "y"), ("ǝ", "ə")),
    *(("ǀ", "|"), ("ǁ", "||"), ("ǂ", "="), ("ǃ", "!")),
    # Cyrillic: letters that Russian keyboards lack. The palochka is typed as the figure.
    *(("ґғҕ", "г"), ("җ", "ж"), ("ҙ", "з"), ("қҝҡ", "к"), ("ңҥ", "н"), ("ө", "о"), ("ҫ", "с"), ("үұ", "у")),
    *(("ҳ", "х"), ("ҷҹ", "ч"), ("ӏ", "1")),
    # Yiddish: vov vov, vov yud, yud yud.
    *(("\u05f0", "\u05d5\u05d5"), ("\u05f1", "\u05d5\u05d9"), ("\u05f2", "\u05d9\u05d9")),
    # Arabic: alef; heh and teh marbuta; kaf; yeh and alef maksura; gaf.
    *(("\u0671", "\u0627"), ("\u0629\u06be\u06c1\u06c3\u06d5", "\u0647"), ("\u06a9\u06aa", "\u0643")),
    *(("\u0649\u06cc", "\u064a"), ("\u06ab", "\u06af"), ("\u0762", "\u06ac")),
    # Devanagari candra a, Bengali khanda ta, Assamese ra.
    *(("\u0972", "\u0905\u0945"), ("\u09ce", "\u09a4"), ("\u09f0", "\u09b0")),
    # Tamil: the second half of au looks like the letter lla, and shri is written with either s.
    *(("\u0b94", "\u0b92\u0bb3"), ("\u0bcc", "\u0bc6\u0bb3"), ("\u0bd7", "\u0bb3"), ("\u0bb6", "\u0bb8")),
    # Malayalam: the two forms of au; final consonants, elsewhere made with a virama and a joiner.
    *(("\u0d4c", "\u0d57"), ("\u0d7a", "\u0d23"), ("\u0d7b", "\u0d28"), ("\u0d7c", "\u0d30")),
    *(("\u0d7d", "\u0d32"), ("\u0d7e", "\u0d33"), ("\u0d7f", "\u0d15")),
    # Thai: lakkhangyao looks like sara aa.
    ("\u0e45", "\u0e32"),
)
_PLAIN: Final = str.maketrans({letter: plain for letters, plain in _ALIKE for letter in letters})
# Scripts without spaces between words: each letter counts as the beginning of a word.
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
# Sara ae of Thai and Lao is often typed as sara e twice, which looks the same.
_THAI_E_TWICE: Final = f"{WORD_START}\u0e40" * 2
_THAI_AE: Final = f"{WORD_START}\u0e41"
_LAO_E_TWICE: Final = f"{WORD_START}\u0ec0" * 2
_LAO_AE: Final = f"{WORD_START}\u0ec1"
_PART_START: Final = re.compile(r"(?<=[!-/:-@\[-`{-~])(?=\w)")
# Signs and blanks, after folding.
_SIGNS: Final = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]+")
# The first two letters after an apostrophe inside a word, unless marked as the beginning of a word.
_AFTER_APOSTROPHE: Final = re.compile(r"(?<=[^\s'])'+(?=([^\s'\x02](?:'*[^\s'\x02])?))")
_ISOLATES: Final = {0x2066, 0x2067, 0x2068, 0x2069}
_EMBEDDINGS: Final = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x200E, 0x200F, 0x061C}


class _Folding(dict[int, str]):
    """A cache of folded letters: without case, accents, width and keyboard-dependent variants.

    Letters of scripts without spaces are marked as the start of a word.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if category == "Cf":
            # Joiners and direction marks are invisible, so nobody types them.
            folded = ""
        elif category in ("Cc", "Zl", "Zp"):
            folded = " "
        elif category == "Nd":
            folded = str(unicodedata.decimal(letter))
        else:
            # Translate signs first: Unicode decomposes a spacing accent into a space and an accent.
            parts = unicodedata.normalize("NFKD", letter.translate(_PLAIN).casefold())
            bare = "".join(part for part in parts if not unicodedata.combining(part))
            folded = unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN)
            folded = "".join(WORD_START + part if _is_unspaced(part) else part for part in folded)
        self[code] = folded
        return folded


def _is_unspaced(letter: str) -> bool:
    return any(low <= ord(letter) <= high for low, high in _UNSPACED)


_folding: Final = _Folding()


def search_text(name: str | None) -> str:
    """Return the text by which a name is searched and sorted: its folded words, each marked at its start.

    Apostrophes are removed, so that `obrien`, `o'brien` and `O’Brien` are equal. The first letters after an
    apostrophe are appended as a word of their own, at the end, where they do not change the order.

    If this changes for any name, a migration must compute the stored search texts again, as 0004 does.
    """
    if not name:
        return NAMELESS
    folded = _folded(name)
    if _APOSTROPHE not in folded:
        words = folded.split()
        if "".join(words).isalnum():
            # Fast path for most names, with the same result.
            return WORD_START + WORD_START.join(words)
        return "".join(_words(folded)) or NAMELESS
    words = _words(folded.replace(_APOSTROPHE, ""))
    words += [WORD_START + part.replace(_APOSTROPHE, "") for part in _AFTER_APOSTROPHE.findall(folded)]
    return "".join(words) or NAMELESS


def search_terms(typed: str) -> tuple[str, ...]:
    """Return the terms of a search. A name matches if its search text contains all of them.

    Words of three letters and more are found anywhere in a name, shorter ones at the beginning of a word;
    order, case, accents, underscores and the keyboard do not matter.
    """
    terms = []
    for word in _words(_folded(typed).replace(_APOSTROPHE, "")):
        bare = word.removeprefix(WORD_START)
        terms.append(bare if len(bare) >= 3 else word)
    return tuple(dict.fromkeys(terms))


def folded_words(name: str) -> list[str]:
    """Return the folded words of a name without signs, by which it is compared with names like it.

    Words are what blanks and signs separate, in any script: 山田花子 is one. A name of signs is one word.
    """
    folded = _folded(name)
    if folded.isalnum():
        # Fast path for many names, with the same result.
        return [folded]
    folded = folded.replace(WORD_START, "").replace(_APOSTROPHE, "")
    return [word for word in _SIGNS.split(folded) if word] or folded.split()


def _folded(text: str) -> str:
    """Return text folded letter by letter, with every apostrophe as the plain one."""
    if text.isascii() and text.isprintable():
        # Fast path for most names, with the same result.
        text = text.lower().replace("_", " ")
        if '"' in text or "`" in text:
            text = text.replace('"', _APOSTROPHE).replace("`", _APOSTROPHE)
        return text
    if not text.isascii():
        # Some keyboards and file systems produce decomposed letters, especially Korean ones.
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_folding)
    if _THAI_E_TWICE in text or _LAO_E_TWICE in text:
        text = text.replace(_THAI_E_TWICE, _THAI_AE).replace(_LAO_E_TWICE, _LAO_AE)
    return text


def _words(folded: str) -> list[str]:
    return [WORD_START + word if word.isalnum() else _marked(word) for word in folded.split()]


def _marked(word: str) -> str:
    """Return a folded word marked at its start, and at each part after punctuation."""
    word = _PART_START.sub(WORD_START, word)
    return word if word[0] == WORD_START else WORD_START + word


def safe(text: str) -> str:
    """Return text without control characters and direction overrides."""
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
    """Apply `safe` to each line of a text."""
    return "\n".join(safe(line) for line in text.splitlines())


def isolated(text: str) -> str:
    """Return safe text, wrapped in direction isolates if it contains right-to-left characters."""
    text = safe(text)
    if text.isascii() or not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return text
    return enclosed(text)


def runs_from_right(text: str, *, usual: bool) -> bool:
    """Return whether a text runs from right to left, by its first letter; `usual` if it has no letter."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL", "L"):
            return kind != "L"
    return usual


def enclosed(text: str) -> str:
    """Return text whose direction is apart from that of what it stands in."""
    return f"\u2068{text}\u2069"


def set_apart(text: str) -> str:
    """Return safe text, wrapped in direction isolates if it could be reordered in any window.

    In a right-to-left window this affects text that begins with a digit, such as “24 Nov”, or begins or ends
    with a sign, such as “Ann (XY)”.
    """
    apart = isolated(text)
    if apart and apart[0] != "\u2068" and not (apart[0].isalpha() and apart[-1].isalnum()):
        return enclosed(apart)
    return apart


def unmarked(text: str) -> str:
    """Return text without direction isolates, for another program."""
    return text.replace("\u2068", "").replace("\u2069", "")
