"""Titles as MediaWiki parses and writes them: localized namespaces and invalid titles.

After MediaWiki's `MediaWikiTitleCodec`; there are no interwiki prefixes here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.practice.ground.sites import HOME, Site

SPECIAL, MAIN, TALK, USER, USER_TALK, PROJECT = -1, 0, 1, 2, 3, 4
EVENT_NAMESPACE = 1728
LONGEST, LONGEST_SPECIAL = 255, 512

#: The names that every wiki accepts in addition to those in its language.
CANONICAL_NAMES: dict[int, str] = {
    -2: "Media",
    SPECIAL: "Special",
    TALK: "Talk",
    USER: "User",
    USER_TALK: "User talk",
    PROJECT: "Project",
    5: "Project talk",
    6: "File",
    7: "File talk",
    8: "MediaWiki",
    9: "MediaWiki talk",
    10: "Template",
    11: "Template talk",
    12: "Help",
    13: "Help talk",
    14: "Category",
    15: "Category talk",
    EVENT_NAMESPACE: "Event",
    EVENT_NAMESPACE + 1: "Event talk",
}
# `{}` is the wiki's name. CampaignEvents has no French names for its namespaces: they stay English.
_LOCAL_NAMES: dict[str, dict[int, str]] = {
    "en": {PROJECT: "{}", 5: "{} talk"},
    "fr": {
        -2: "Média",
        SPECIAL: "Spécial",
        TALK: "Discussion",
        USER: "Utilisateur",
        USER_TALK: "Discussion utilisateur",
        PROJECT: "{}",
        5: "Discussion {}",
        6: "Fichier",
        7: "Discussion fichier",
        9: "Discussion MediaWiki",
        10: "Modèle",
        11: "Discussion modèle",
        12: "Aide",
        13: "Discussion aide",
        14: "Catégorie",
        15: "Discussion catégorie",
    },
}
_ALIASES: dict[str, dict[str, int]] = {
    "en": {"Image": 6, "Image talk": 7},
    "fr": {
        "Discuter": TALK,
        "Discussion Utilisateur": USER_TALK,
        "Discussion Fichier": 7,
        "Discussion Image": 7,
        "Discussion Modèle": 11,
        "Discussion Aide": 13,
        "Discussion Catégorie": 15,
    },
}
#: The feminine names of the user namespaces, in the languages that have them.
_FEMININE: dict[str, dict[int, str]] = {"fr": {USER: "Utilisatrice", USER_TALK: "Discussion utilisatrice"}}

# MediaWiki strips these bidi marks; it keeps the isolates (U+2066 to U+2069).
_STRIPPED = re.compile("[\u200e\u200f\u202a-\u202e]+")
_BLANKS = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ILLEGAL = re.compile(
    r"[<>\[\]{}|\x00-\x1f\x7f\ufffd]|%[0-9A-Fa-f]{2}|&(?:[A-Za-z0-9\x80-\U0010ffff]+|#[0-9]+|#x[0-9A-Fa-f]+);"
    r"|~~~|^\.{1,2}$|^\.{1,2}/|/\.{1,2}/|/\.{1,2}$"
)
# `$wgOverrideUcfirstCharacters` of Wikimedia: letters that stay unchanged, and letters that become upper
# case instead of title case. A wiki without this setting writes an initial "ß" as "Ss".
_KEPT = re.compile("[\u0345\u2170-\u217f\u24d0-\u24e9\ua7b9\U00016e60-\U00016e7fǄǇǊǱ]")
_UPPER = {"ǆ": "Ǆ", "ǉ": "Ǉ", "ǌ": "Ǌ", "ǳ": "Ǳ"}


@dataclass(frozen=True)
class Title:
    """A parsed title: the number of its namespace, and the text without the namespace's name."""

    namespace: int
    text: str

    def prefixed(self, site: Site) -> str:
        """Return the full title, with the namespace's name in the language of the wiki."""
        name = namespace_name(self.namespace, site)
        return f"{name}:{self.text}" if name else self.text


@cache
def namespaces(site: Site) -> Mapping[int, str]:
    """Return the localized names of a wiki's namespaces, by number."""
    names = {MAIN: "", **CANONICAL_NAMES, **_LOCAL_NAMES[site.language]}
    return {number: names[number].format(site.name) for number in sorted(names)}


def namespace_name(number: int, site: Site, gender: str = "unknown") -> str:
    """Return the localized name of a namespace; user namespaces may have a feminine form."""
    feminine = _FEMININE.get(site.language, {}) if gender == "female" else {}
    return feminine.get(number) or namespaces(site)[number]


def has_feminine_names(site: Site) -> bool:
    """Return whether the wiki's language has feminine names of the user namespaces."""
    return site.language in _FEMININE


def namespace_aliases(site: Site) -> list[tuple[int, str]]:
    """Return the aliases of the namespaces with their numbers; every wiki accepts the English names."""
    feminine = {name: number for number, name in _FEMININE.get(site.language, {}).items()}
    aliases = {**_ALIASES["en"], **_ALIASES[site.language], **feminine}
    return sorted((number, name) for name, number in aliases.items())


@cache
def _numbers(site: Site) -> dict[str, int]:
    named = [*namespace_aliases(site), *namespaces(site).items(), *CANONICAL_NAMES.items()]
    return {name.lower(): number for number, name in named if name}


def capitalized(text: str) -> str:
    """Return text with its first letter in title case, if that is a single letter, as on Wikimedia's wikis.

    Georgian letters stay unchanged, since their title case is the letter itself; so do "ß" and ligatures.
    """
    first = text[:1]
    raised = _UPPER.get(first) or first.title()
    return text if len(raised) != 1 or _KEPT.match(first) else raised + text[1:]


def parse_title(text: str, site: Site = HOME, default: int = MAIN) -> Title | None:
    """Parse a title; return None for one that MediaWiki does not allow.

    Args:
        text: The title, perhaps with a namespace.
        site: The wiki, whose language decides the names of namespaces.
        default: The namespace of a title that names none.
    """
    clean = _BLANKS.sub(" ", _STRIPPED.sub("", text)).strip(" ")
    namespace = default
    if clean.startswith(":"):
        namespace, clean = MAIN, clean[1:].strip(" ")
    named, rest = _split_namespace(clean, site)
    if named is not None:
        namespace, clean = named, rest
        if named == TALK and _split_namespace(rest, site)[0] is not None:
            return None
    clean = clean.partition("#")[0].rstrip(" ")
    longest = LONGEST_SPECIAL if namespace == SPECIAL else LONGEST
    if not clean or clean.startswith(":") or _ILLEGAL.search(clean) or len(_bytes(clean)) > longest:
        return None
    return Title(namespace, capitalized(clean))


def _split_namespace(text: str, site: Site) -> tuple[int | None, str]:
    prefix, colon, rest = text.partition(":")
    number = _numbers(site).get(prefix.rstrip(" ").lower()) if colon else None
    return number, rest.lstrip(" ")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def normal_title(text: str, site: Site = HOME) -> str | None:
    """Return a title as MediaWiki writes it, None for one that it does not allow."""
    title = parse_title(text, site)
    return title.prefixed(site) if title else None


def namespace_of(text: str, site: Site = HOME) -> int:
    """Return the number of the namespace that a title is in."""
    title = parse_title(text, site)
    return title.namespace if title else MAIN
