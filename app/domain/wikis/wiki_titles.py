"""Titles of pages, and addresses that contain them, by the rules of MediaWiki."""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

#: No title or address is longer; longer texts are refused without parsing.
LONGEST_TEXT = 4000

# Direction marks, which MediaWiki removes from titles, and other invisible characters from copied text.
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[\s_\u180e]+")
#: Encoded characters of addresses and HTML, which are not allowed in a title.
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z0-9]{2,32});")
_HOST = re.compile(r"(?:(?:[a-z0-9-]+\.)+[a-z0-9-]+\.?|localhost)(?::[0-9]{1,5})?(?=[/?#])", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

_EXTERNAL_LINK = re.compile(r"\[((?:https?:)?//[^\s\[\]]+)(?:\s[^\[\]]*)?\]", re.IGNORECASE)
_PAIRS = ("<>", '""', "''", "“”", "„“", "„”", "«»", "‹›", "‘’", "()")

# Letters that got an upper case in Unicode 16 or later: Python may know it, MediaWiki's PHP does not.
_LATER_PAIRS = frozenset("\u019b\u0264\u1c8a\ua7cd\ua7cf\ua7d3\ua7d5\ua7db") | frozenset(
    map(chr, (*range(0x10D70, 0x10D86), *range(0x16EBB, 0x16ED4)))
)
_TURKISH = {"i": "İ", "ı": "I"}
_OWN_CAPITALS: Mapping[str, Mapping[str, str]] = {"tr": _TURKISH, "az": {"i": "İ"}, "kaa": {"ı": "Í"}}


def without_marks(text: str) -> str:
    """Return text normalized to NFC, without invisible marks, and stripped."""
    return unicodedata.normalize("NFC", _MARKS.sub("", text)).strip()


def tidy(text: str) -> str:
    """Return a title with blanks and underscores normalized as in MediaWiki: single, none at the ends."""
    return _BLANKS.sub(" ", without_marks(text)).strip()


def capitalized(text: str, language: str = "") -> str:
    """Return a title with its first letter in upper case, by MediaWiki's rules for the wiki's language.

    MediaWiki uses title case: Georgian letters stay, and ß stays on the wikis of Wikimedia.
    """
    first = text[:1]
    if first == "ß" or first in _LATER_PAIRS:
        return text
    own = _OWN_CAPITALS.get(language, {})
    return unicodedata.normalize("NFC", (own.get(first) or first.title()) + text[1:])


def decoded(title: str) -> str:
    """Return a title without percent encoding (even if encoded twice) and HTML entities.

    Invalid UTF-8 becomes U+FFFD, which is not allowed in a title.
    """
    for _ in range(2):
        if not _ENCODED.search(title):
            break
        title = unquote(title, errors="replace")
    return _ENTITY.sub(lambda found: html.unescape(found[0]), title)


def has_control_characters(text: str) -> bool:
    """Return whether a text contains line breaks, tabs, or other characters not allowed in titles."""
    return any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def unwrapped(text: str) -> str:
    """Return a text without surrounding brackets or quotes and trailing punctuation, as used in e-mails."""
    if found := _EXTERNAL_LINK.fullmatch(text):
        return found[1]
    text = text.rstrip(",;")
    for pair in _PAIRS:
        if len(text) > 1 and text[0] == pair[0] and text[-1] == pair[1]:
            text = text[1:-1].strip()
    return text.rstrip(',;">”»')


@dataclass(frozen=True)
class Address:
    """A web address. `host` is the result of `plain_host`, empty if the address begins with its path."""

    host: str
    path: str
    query: Mapping[str, str]


def address_of(text: str) -> Address | None:
    """Parse a text as a web address, with or without its scheme; return None if it is not one."""
    if _SCHEME.match(text):
        scheme = text.partition(":")[0].lower()
        address = text if scheme in ("http", "https") else ""
    elif text.startswith("//"):
        address = f"https:{text}"
    elif text.startswith("/") or _HOST.match(text):
        address = f"https://{text}" if text[0] != "/" else text
    else:
        return None
    try:
        parts = urlsplit(address)
        host = plain_host(parts.netloc) if parts.netloc else ""
    except ValueError:
        return None
    if host is None or not (host or parts.path.startswith("/")):
        return None
    # PHP uses the last of several values.
    query = dict(parse_qsl(parts.query, keep_blank_values=True, errors="replace"))
    return Address(host, parts.path, query)


def plain_host(netloc: str) -> str | None:
    """Return a host without www and mobile parts, with the port unless it is a default one.

    None if there is a user before the host, or no host. Raises ValueError for a bad port.
    """
    parts = urlsplit(f"//{netloc}")
    if "@" in netloc or not parts.hostname:
        return None
    labels = parts.hostname.rstrip(".").split(".")
    if len(labels) > 2 and labels[0] == "www":
        del labels[0]
    if "m" in labels[:-2]:
        labels.remove("m")
    host = ".".join(labels)
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def prefixes(title: str) -> Iterator[tuple[str, str]]:
    """Yield the prefix before each colon of a title, from the left, with the rest after it.

    A leading colon, as in links to categories or other languages, is ignored.
    """
    rest = title.removeprefix(":")
    while ":" in rest:
        before, _, rest = rest.partition(":")
        yield before.strip(), rest.strip()
