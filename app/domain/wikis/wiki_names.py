"""The names of a wiki's namespaces and special pages: its own, or MediaWiki's translations."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from app.domain.wikis import user_namespaces as tables


class Namespace(IntEnum):
    """The numbers of the namespaces that the program handles specially."""

    MEDIA = -2
    SPECIAL = -1
    MAIN = 0
    USER = 2
    USER_TALK = 3
    EVENT = 1728
    EVENT_TALK = 1729


#: MediaWiki's English names of other namespaces, which are valid on every wiki.
_ENGLISH = {
    "Media": -2,
    "Talk": 1,
    "Project": 4,
    "Project talk": 5,
    "Wikipedia": 4,
    "Wikipedia talk": 5,
    "File": 6,
    "File talk": 7,
    "Image": 6,
    "Image talk": 7,
    "MediaWiki": 8,
    "MediaWiki talk": 9,
    "Template": 10,
    "Template talk": 11,
    "Help": 12,
    "Help talk": 13,
    "Category": 14,
    "Category talk": 15,
    "Module": 828,
    "Module talk": 829,
}
_TRANSLATED = {
    Namespace.USER: tables.USER,
    Namespace.USER_TALK: tables.USER_TALK,
    Namespace.SPECIAL: tables.SPECIAL,
    Namespace.EVENT: tables.EVENT,
    Namespace.EVENT_TALK: tables.EVENT_TALK,
}


def folded(name: str) -> str:
    """Return the comparison key of a namespace or special page: without case, with single blanks."""
    text = unicodedata.normalize("NFC", name.replace("_", " ").casefold())
    # The lower case of the Turkish İ is an i with a combining dot, which nobody types.
    return " ".join(text.replace("i\u0307", "i").split())


@dataclass(frozen=True)
class WikiNames:
    """A wiki's names of its namespaces and special pages, empty if not known yet.

    `namespaces` maps numbers to the local name, the English one and the aliases, `special_pages` canonical
    names to aliases; `language` is the code of the wiki's language.
    """

    namespaces: Mapping[int, tuple[str, ...]] = field(default_factory=dict, hash=False)
    special_pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    language: str = ""
    _numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _pages: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {folded(name): number for number, names in self.namespaces.items() for name in names}
        pages = {folded(alias): page for page, aliases in self.special_pages.items() for alias in aliases}
        object.__setattr__(self, "_numbers", numbers)
        object.__setattr__(self, "_pages", pages)

    def namespace(self, name: str) -> int | None:
        """Return the number of a namespace by any of its names, None if there is none."""
        return self._numbers.get(folded(name)) if self._numbers else translated_namespace(name)

    def special_page(self, name: str) -> str | None:
        """Return the canonical name of a special page by any of its aliases."""
        return self._pages.get(folded(name)) if self._pages else translated_special_page(name)

    def as_json(self) -> str:
        """Return the names as JSON for the store."""
        content = {
            "namespaces": {str(number): names for number, names in self.namespaces.items()},
            "special_pages": self.special_pages,
            "language": self.language,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "WikiNames":
        """Return the names from the output of `as_json`."""
        content = json.loads(text)
        return cls(
            {int(number): tuple(names) for number, names in content["namespaces"].items()},
            {page: tuple(aliases) for page, aliases in content["special_pages"].items()},
            content["language"],
        )

    @classmethod
    def from_siteinfo(cls, query: Mapping[str, object]) -> "WikiNames":
        """Return the names from the `query` of a response to meta=siteinfo with formatversion=2.

        Reads namespaces, namespacealiases, specialpagealiases and the language in general. Missing or
        malformed parts are ignored: the names only help to recognize links.
        """
        namespaces: dict[int, list[str]] = {}
        reported = query.get("namespaces")
        for entry in _entries(list(reported.values()) if isinstance(reported, Mapping) else None):
            _add(namespaces, entry.get("id"), entry.get("name"), entry.get("canonical"))
        for entry in _entries(query.get("namespacealiases")):
            _add(namespaces, entry.get("id"), entry.get("alias"))
        pages = {}
        for entry in _entries(query.get("specialpagealiases")):
            name, aliases = entry.get("realname"), entry.get("aliases")
            # Only the pages that links can lead to: a wiki has hundreds.
            if isinstance(name, str) and name in tables.SPECIAL_PAGES and isinstance(aliases, list):
                pages[name] = tuple(alias for alias in aliases if isinstance(alias, str))
        general = query.get("general")
        language = general.get("lang") if isinstance(general, Mapping) else None
        return cls(
            {number: tuple(dict.fromkeys(names)) for number, names in namespaces.items()},
            pages,
            language if isinstance(language, str) else "",
        )


def _entries(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _add(namespaces: dict[int, list[str]], number: object, *names: object) -> None:
    if isinstance(number, int):
        known = namespaces.setdefault(number, [])
        # The main namespace has an empty name, which is not a prefix.
        known += [name for name in names if isinstance(name, str) and name]


def translated_namespace(name: str) -> int | None:
    """Return the number of a namespace by its name in English or any other known language."""
    return _all_namespaces().get(folded(name))


def translated_special_page(name: str) -> str | None:
    """Return the canonical name of a special page by its English name or one of its known translations."""
    return _all_special_pages().get(folded(name))


def is_language_code(prefix: str) -> bool:
    """Return whether a prefix leads to a wiki in another language."""
    return folded(prefix) in _languages()


def leads_elsewhere(prefix: str) -> bool:
    """Return whether a prefix leads to another wiki on the wikis of Wikimedia."""
    name = folded(prefix)
    return name in _languages() or name in tables.PROJECT_PREFIXES or name in tables.WIKI_PREFIXES


@cache
def _all_namespaces() -> Mapping[str, int]:
    numbers = {folded(name): number for name, number in _ENGLISH.items()}
    for number, names in _TRANSLATED.items():
        for name in names.split("|"):
            numbers[folded(name)] = int(number)
    return numbers


@cache
def _all_special_pages() -> Mapping[str, str]:
    return {folded(n): page for page, names in tables.SPECIAL_PAGES.items() for n in names.split("|")}


@cache
def _languages() -> frozenset[str]:
    return frozenset(tables.LANGUAGE_CODES.split())
