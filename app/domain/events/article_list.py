"""An event's article list, which Event Registration calls a worklist (CONTRACT §6, since 1.47)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_BULLET = re.compile(r"[*#]+\s+|[*#]+(?=\[\[)")
_BAD_IN_TITLE = re.compile(r"[#<>\[\]|{}\x00-\x1f\x7f\ufffd]|~{3}")
_LONGEST_BYTES = 255
_LINK = re.compile(r"\[\[([^\]|]+)")
#: The page of an event's list is below the event's own.
SUBPAGE = "/Worklist"


class ListedArticle(NamedTuple):
    """An article of a list, by the id of its wiki and its title."""

    wiki: str
    title: str


class ArticleState(NamedTuple):
    """An article on its wiki: its size in bytes, None if there is none of this title yet."""

    article: ListedArticle
    size: int | None


def by_wiki(articles: Iterable[ListedArticle]) -> dict[str, list[str]]:
    """Return titles by wiki, each once, as the wiki's calls take them."""
    found: dict[str, list[str]] = {}
    for wiki, title in dict.fromkeys(articles):
        found.setdefault(wiki, []).append(title)
    return found


def titles_in(text: str) -> list[str]:
    """Return the titles in a list, each once: the first cell of each line, without the brackets of a link.

    Quotation marks around a cell are those of a table, `*` and `#` before a blank those of a list.
    """
    found = []
    for line in text.splitlines():
        cell = _BULLET.sub("", line.split("\t")[0].strip())
        if link := _LINK.match(cell):
            cell = link[1]
        elif len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1]:
            cell = cell[1:-1]
        if title := canonical_title(cell):
            found.append(title)
    return list(dict.fromkeys(found))


def impossible_titles(titles: Iterable[str]) -> list[str]:
    """Return the titles that no page can have on any wiki."""
    return [
        title
        for title in titles
        if _BAD_IN_TITLE.search(title) or len(title.encode("utf-8", "surrogatepass")) > _LONGEST_BYTES
    ]


def canonical_title(typed: str) -> str:
    """Return a title as lists of articles need it: blanks for underscores, and a large first letter.

    The wiki refuses others, and tells the right form (CONTRACT §6).
    """
    title = " ".join(typed.replace("_", " ").split()).lstrip(":").strip()
    return title[:1].upper() + title[1:]
