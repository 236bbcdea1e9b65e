"""Reads an event's article list with the state of its articles, from the wikis that have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.accounts.account import Account
from app.domain.desk.lists.list_text import list_text
from app.domain.desk.lists.name_tables import cell, name_table
from app.domain.events.article_list import SUBPAGE, ArticleState, ListedArticle, by_wiki, titles_in
from app.domain.events.event import Event
from app.domain.faults import OF_ONE_WIKI, Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording.figures import impact_texts
from app.i18n import _, listed
from app.sync.wikis import Wikis
from app.wiki.article_lists import CategoryArticles, read_article_list, read_article_states, read_category

#: What a column of titles is called in tables that wikis and their tools write.
# fmt: off
_HEADINGS = frozenset(
    (
        "title", "article", "page", "page title", "article title", "page_title", "titel",
        "artikel", "seite", "titre", "título", "artículo", "página", "pagina", "titolo",
        "articolo", "artigo", "tytuł", "artykuł", "strona", "страница", "статья", "название",
        "сторінка", "стаття", "назва", "başlık", "sayfa", "عنوان", "مقالة", "صفحة", "शीर्षक",
        "लेख", "标题", "標題", "条目", "條目", "页面", "頁面", "記事", "タイトル", "문서",
    )
)
# fmt: on
_OF_ONE_WIKI = (*OF_ONE_WIKI, Fault.WIKI_BROKEN, Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND)


@dataclass(frozen=True)
class ReadList:
    """The articles of a list with what is known of each; `problems`: sentences about what is missing.

    `page`: the title of the list's page; `exists`: whether it is there.
    """

    page: str
    exists: bool
    articles: Sequence[ListedArticle]
    states: Sequence[ArticleState]
    problems: Sequence[str]


def read_list(wikis: Wikis, account: Account, event: Event) -> ReadList:
    """Return an event's article list; empty if it has none. Raises KnownFault."""
    registration = event.registration
    home = wikis.connection(account, None, account.address_or_own(registration.page_wiki)).client
    page = registration.page + SUBPAGE
    found = read_article_list(home, page)
    articles = found or []
    states: list[ArticleState] = []
    problems: list[str] = []
    for wiki, titles in by_wiki(articles).items():
        place = account.address_of(wiki)
        if place is None:
            problems.append(impact_texts.unknown_wiki(isolated(wiki)))
            continue
        client = wikis.connection(account, None, place).client
        try:
            states += read_article_states(client, wiki, titles)
        except KnownFault as fault:
            if fault.fault not in _OF_ONE_WIKI:
                raise
            problems.append(impact_texts.of_wiki(isolated(client.name), fault.sentence))
    return ReadList(page, found is not None, articles, states, problems)


def read_category_of(wikis: Wikis, account: Account, wiki: str, category: str) -> CategoryArticles:
    """Return the articles in a category of a wiki. Raises KnownFault, also if the wiki is not known."""
    place = account.address_of(wiki)
    if place is None:
        raise KnownFault(Fault.USAGE, impact_texts.unknown_wiki(isolated(wiki)))
    client = wikis.connection(account, None, place).client
    return read_category(client, category)


def titles_in_file(path: Path, *, looked_over: bool) -> list[str]:
    """Return the titles in a file: of a table those of its column of titles, else a line each.

    That is the column that is headed so. If none is, it is the first one, but only if somebody looks the
    titles over. Raises KnownFault if the file cannot be read or is no such text.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        sentence = _("{path} cannot be read: {reason}. Nothing was changed.")
        reason = error.strerror or ""
        raise KnownFault(Fault.DISK, sentence.format(path=path, reason=reason)) from error
    text = list_text(source).text
    first = text.partition("\n")[0]
    if path.suffix.lower() == ".txt" and "\t" not in first:
        return titles_in(text)
    table = name_table(source)
    if len(table.columns) < 2:
        return titles_in(text.removeprefix(first) if _is_heading(first.strip('"')) else text)
    if table.rows and any(_is_heading(text) for text in table.rows[0].cells):
        table = table.with_headings()
    headed = [one.number for one in table.columns if _is_heading(one.heading)]
    if not headed and not looked_over:
        headings = listed(cell(table.headings or table.rows[0], one.number) for one in table.columns)
        text = _(
            "None of the table’s columns is headed “title”, “article” or the like: {headings}. Nothing was "
            "changed."
        )
        raise KnownFault(Fault.USAGE, text.format(headings=headings))
    column = headed[0] if headed else 0
    return titles_in("\n".join(cell(row, column) for row in table.rows))


def _is_heading(text: str) -> bool:
    return text.strip().casefold() in _HEADINGS
