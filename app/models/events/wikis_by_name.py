"""Wikis by what people call them: “French Wikipedia”, “frwiki”, “fr.wikipedia.org”."""

from collections.abc import Mapping
from functools import lru_cache

from app.domain.choosing import Entry
from app.i18n import _

#: The projects whose hosts begin with a language, by the second part of the host.
_PROJECTS = {
    name.lower(): name
    for name in (
        "Wikipedia",
        "Wiktionary",
        "Wikibooks",
        "Wikinews",
        "Wikiquote",
        "Wikisource",
        "Wikiversity",
        "Wikivoyage",
    )
}


def wiki_entries(wikis: Mapping[str, str], language: str) -> list[Entry]:
    """Return the wikis to choose from, by id; `wikis` gives the ids by host, `language` is the user's."""
    names, english = _languages(language), _languages("en")
    entries = []
    for host, wiki in sorted(wikis.items(), key=lambda one: one[1]):
        if wiki:
            name = _name(host, names)
            text = _("{name} ({wiki})").format(name=name, wiki=wiki) if name else f"{wiki} – {host}"
            others = tuple(filter(None, (wiki, host, name, _name(host, english))))
            entries.append(Entry(text, wiki, others))
    return entries


def _name(host: str, languages: Mapping[str, str]) -> str:
    """Return the name of a wiki in a language, empty if its host does not tell it."""
    code, _dot, rest = host.partition(".")
    project = _PROJECTS.get(rest.partition(".")[0])
    spoken = languages.get(code.replace("-", "_"))
    if not project or not spoken:
        return ""
    return _("{language} {project}").format(language=spoken, project=project)


@lru_cache(4)
def _languages(language: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(language.replace("-", "_")).languages)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").languages)
