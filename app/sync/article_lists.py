"""Reads an event's article list with the state of its articles, from the wikis that have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.accounts.account import Account
from app.domain.events.article_list import SUBPAGE, ArticleState, ListedArticle, by_wiki
from app.domain.events.event import Event
from app.domain.faults import OF_ONE_WIKI, Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording.figures import impact_texts
from app.sync.wikis import Wikis
from app.wiki.article_lists import read_article_list, read_article_states

_OF_ONE_WIKI = (*OF_ONE_WIKI, Fault.WIKI_BROKEN, Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND)


@dataclass(frozen=True)
class ReadList:
    """The articles of a list with what is known of each; `problems`: sentences about what is missing."""

    articles: Sequence[ListedArticle]
    states: Sequence[ArticleState]
    problems: Sequence[str]


def read_list(wikis: Wikis, account: Account, event: Event) -> ReadList:
    """Return an event's article list; empty if it has none. Raises KnownFault."""
    registration = event.registration
    home = wikis.connection(account, None, account.address_or_own(registration.page_wiki)).client
    articles = read_article_list(home, registration.page + SUBPAGE) or []
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
    return ReadList(articles, states, problems)
