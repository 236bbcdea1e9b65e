"""Wikis by what people call them: “French Wikipedia”, “frwiki”, “fr.wikipedia.org”."""

from collections.abc import Mapping
from functools import lru_cache

from app.domain.choosing import Entry
from app.i18n import _
from app.locale_data import locale_of

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
#: Wikis without a language of their own.
_NAMES = {
    "commons.wikimedia.org": "Wikimedia Commons",
    "incubator.wikimedia.org": "Wikimedia Incubator",
    "meta.wikimedia.org": "Meta-Wiki",
    "species.wikimedia.org": "Wikispecies",
    "www.mediawiki.org": "MediaWiki",
    "www.wikidata.org": "Wikidata",
    "www.wikifunctions.org": "Wikifunctions",
}


def wiki_entries(wikis: Mapping[str, str], language: str) -> list[Entry]:
    """Return the wikis to choose from, by id; `wikis` gives the ids by host, `language` is the user's."""
    local, english = wiki_names(wikis, language), wiki_names(wikis, "en")
    entries = []
    for host, wiki in sorted(wikis.items(), key=lambda one: one[1]):
        if wiki:
            name = local.get(wiki)
            text = _("{name} ({wiki})").format(name=name, wiki=wiki) if name else f"{wiki} – {host}"
            others = tuple(filter(None, (wiki, host, name, english.get(wiki))))
            entries.append(Entry(text, wiki, others))
    return entries


def wiki_names(wikis: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the names of wikis by id, in a language; those whose host does not tell it are left out."""
    spoken = _languages(language)
    named = {wiki: _name(host, spoken) for host, wiki in wikis.items() if wiki}
    return {wiki: name for wiki, name in named.items() if name}


def _name(host: str, languages: Mapping[str, str]) -> str:
    """Return the name of a wiki in a language, empty if its host does not tell it."""
    if host in _NAMES:
        return _NAMES[host]
    code, _dot, rest = host.partition(".")
    project = _PROJECTS.get(rest.partition(".")[0])
    spoken = languages.get(code.replace("-", "_"))
    if not project or not spoken:
        return ""
    return _("{language} {project}").format(language=spoken, project=project)


@lru_cache(4)
def _languages(language: str) -> Mapping[str, str]:
    return dict(locale_of(language).languages)
