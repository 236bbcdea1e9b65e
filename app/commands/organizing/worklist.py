"""The command for an event's article list."""

import argparse

from app.application import Application
from app.commands.exit_codes import DONE, REFUSED
from app.commands.organizing.submission import submit
from app.commands.output import Output, print_error
from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle, canonical_title
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.i18n import _


def worklist(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Show an event's article list, or add articles to it or take some out."""
    known = application.find_event(options.event)
    account = application.account_of(known)
    if options.do is None:
        return _show(application, account, known, output)
    wiki = options.wiki or known.registration.page_wiki or account.wiki.wiki_id
    titles = [canonical_title(title) for title in options.titles]
    articles = tuple(ListedArticle(wiki, title) for title in dict.fromkeys(titles) if title)
    if not articles:
        raise KnownFault(Fault.USAGE, _("Say which articles."))
    adds = options.do == "add"
    operation = ChangeArticleList(articles if adds else (), () if adds else articles)
    return submit(application, options, output, account, known.key, operation)


def _show(application: Application, account: Account, event: Event, output: Output) -> int:
    from app.sync.article_lists import read_list

    found = read_list(application.wikis, account, event)
    sizes = {state.article: state.size for state in found.states}
    if not found.articles:
        output.line(_("The event has no article list, or it is empty."))
    else:
        output.table(
            (_("Wiki"), _("Article"), _("Bytes")),
            [
                (
                    one.wiki,
                    isolated(one.title),
                    _("unknown") if one not in sizes else _size(sizes[one]),
                )
                for one in found.articles
            ],
        )
    for problem in found.problems:
        print_error(problem)
    output.document(
        {
            "event_id": event.event_id,
            "articles": [
                {
                    "wiki": one.wiki,
                    "title": one.title,
                    "exists": None if one not in sizes else sizes[one] is not None,
                    "bytes": sizes.get(one),
                }
                for one in found.articles
            ],
            "problems": list(found.problems),
        }
    )
    return REFUSED if found.problems else DONE


def _size(size: int | None) -> str:
    return _("not there yet") if size is None else str(size)
