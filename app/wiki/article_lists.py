"""Reads an event's article list and the state of its articles (CONTRACT §6, since 1.47)."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from app.domain import names
from app.domain.events.article_list import ArticleState, ListedArticle
from app.domain.faults import KnownFault
from app.wiki.http.client import WikiClient
from app.wiki.shapes import LONGEST_NAME, Shape

TITLES = 50
_MODEL = "worklist"
_LONGEST_LIST = 1_000_000
_MAX_ARTICLES = 20_000
#: Pages that are read of a category.
_MAX_PAGES = 100

_Title = Annotated[str, Meta(max_length=LONGEST_NAME)]
_List = dict[_Title, Annotated[list[_Title], Meta(max_length=_MAX_ARTICLES)]]


class _Main(msgspec.Struct):
    contentmodel: str = ""
    content: Annotated[str, Meta(max_length=_LONGEST_LIST)] = ""


class _Slots(msgspec.Struct):
    main: _Main


class _Revision(msgspec.Struct):
    slots: _Slots


class _Page(msgspec.Struct):
    title: _Title = ""
    missing: bool = False
    invalid: bool = False
    length: Annotated[int, Meta(ge=0)] | None = None
    revisions: Annotated[list[_Revision], Meta(max_length=1)] = []


class _Member(msgspec.Struct):
    title: _Title


#: What msgspec reads as a list of bounded length.
_Members: Any = Annotated[list[_Member], Meta(max_length=5_000)]


class _Normalized(msgspec.Struct, rename={"given": "from"}):
    given: _Title
    to: _Title


class _Query(msgspec.Struct):
    pages: Annotated[list[_Page], Meta(max_length=500)] = []
    normalized: Annotated[list[_Normalized], Meta(max_length=500)] = []


def read_article_list(client: WikiClient, page: str) -> list[ListedArticle] | None:
    """Return the articles of a list by the title of its page, None if there is no such page.

    Raises KnownFault, also if the page is none of a list.
    """
    shape = Shape(client.name)
    value = client.api(
        action="query", prop="revisions", rvprop="content|contentmodel", rvslots="main", titles=page
    )
    query = shape.convert(value.get("query"), _Query, "the article list")
    found = query.pages[0] if query.pages else _Page(missing=True)
    if found.missing or not found.revisions:
        return None
    main = found.revisions[0].slots.main
    if main.contentmodel != _MODEL:
        raise shape.wrong("the page of the article list holds something else")
    try:
        content: Any = json.loads(main.content)
    except (ValueError, RecursionError) as error:
        raise shape.wrong("the article list is no JSON") from error
    # PHP's JSON has a list in place of an empty object.
    listed: _List = shape.convert(content or {}, _List, "the article list")
    return [
        ListedArticle(names.safe(wiki), names.safe(title))
        for wiki, titles in listed.items()
        for title in titles
    ]


class CategoryArticles(NamedTuple):
    """The titles of the articles in a category; whether these are all."""

    titles: list[str]
    complete: bool


def read_category(client: WikiClient, category: str) -> CategoryArticles:
    """Return the articles in a category, but not in those below it.

    The name may be typed with or without its namespace, in the wiki's language or in English. The form is
    read in MediaWiki's source; there is no recording. Raises KnownFault.
    """
    try:
        return _members(client, category if ":" in category else f"Category:{category}")
    except KnownFault as fault:
        if fault.error_key != "invalidcategory" or ":" not in category:
            raise
        return _members(client, f"Category:{category}")


def _members(client: WikiClient, title: str) -> CategoryArticles:
    shape = Shape(client.name)
    query: dict[str, str | int] = {
        "action": "query",
        "list": "categorymembers",
        "cmtitle": title,
        "cmnamespace": 0,
        "cmprop": "title",
        "cmlimit": "max",
    }
    found: list[str] = []
    following: dict[str, Any] = {}
    for _page in range(_MAX_PAGES):
        value = client.api(**query, **following)
        rows = shape.fields(value.get("query"), "the category").get("categorymembers")
        members: list[_Member] = shape.convert(rows, _Members, "the category")
        found += [names.safe(one.title) for one in members]
        if "continue" not in value:
            return CategoryArticles(found, complete=True)
        # A page without articles may be followed by others: large wikis choose the namespace afterwards.
        following = shape.next_page(value["continue"])
    return CategoryArticles(found, complete=False)


def read_article_states(client: WikiClient, wiki: str, titles: Sequence[str]) -> list[ArticleState]:
    """Return whether articles of a wiki are there, and how large, in the order of their titles."""
    shape = Shape(client.name)
    sizes: dict[str, int | None] = {}
    for start in range(0, len(titles), TITLES):
        some = titles[start : start + TITLES]
        value = client.api(action="query", prop="info", titles="|".join(some))
        query = shape.convert(value.get("query"), _Query, "the articles")
        found = {page.title: None if page.missing or page.invalid else page.length for page in query.pages}
        renamed = {one.given: one.to for one in query.normalized}
        sizes |= {title: found.get(renamed.get(title, title)) for title in some}
    return [ArticleState(ListedArticle(wiki, title), sizes[title]) for title in titles]
