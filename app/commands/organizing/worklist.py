"""The command for an event's article list."""

import argparse
from collections.abc import Sequence

from app.application import Application
from app.commands.exit_codes import DONE, REFUSED
from app.commands.organizing.outbox import outcome_line
from app.commands.organizing.submission import submit
from app.commands.output import Output, print_error
from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.changes.projection import Projection
from app.domain.events.article_list import ListedArticle, canonical_title, impossible_titles
from app.domain.events.event import Event
from app.domain.faults import AWAY, Fault, KnownFault
from app.domain.impact.figures import span_of
from app.domain.names import isolated
from app.domain.wording import organizing_texts
from app.i18n import _, ngettext
from app.store.changes import outbox
from app.store.impact.edits import read_title_edits

#: Articles are named in a sentence up to so many.
_MOST_NAMED = 10


def worklist(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Show an event's article list, or add articles to it or take some out."""
    known = application.find_event(options.event)
    account = application.account_of(known)
    if options.do is None:
        return _show(application, account, known, output)
    from app.sync.article_lists import read_category_of, titles_in_file

    wiki = options.wiki or known.registration.page_wiki or account.wiki.wiki_id
    titles = [canonical_title(title) for title in options.titles]
    if options.source:
        titles += titles_in_file(options.source, looked_over=False)
    found = [ListedArticle(wiki, title) for title in titles if title]
    if options.category:
        of_category = read_category_of(application.wikis, account, wiki, options.category)
        found += [ListedArticle(wiki, title) for title in of_category.titles]
        if not of_category.complete:
            print_error(organizing_texts.category_too_large(str(len(of_category.titles))))
    articles = tuple(dict.fromkeys(found))
    if not articles and options.category:
        text = _("There are no articles in the category “{category}” of {wiki}. Nothing was changed.")
        raise KnownFault(Fault.USAGE, text.format(category=isolated(options.category), wiki=wiki))
    if impossible := impossible_titles(one.title for one in articles):
        raise KnownFault(Fault.USAGE, organizing_texts.impossible_titles(impossible))
    if not articles:
        raise KnownFault(Fault.USAGE, _("Say which articles."))
    adds = options.do == "add"
    if not options.offline:
        listed = _will_be_listed(application, account, known)
        if listed is not None and adds:
            articles = _missing(articles, listed)
        elif listed is not None:
            articles = _listed(articles, listed, options)
    operation = ChangeArticleList(articles if adds else (), () if adds else articles)
    return submit(application, options, output, account, known.key, operation)


def _will_be_listed(application: Application, account: Account, event: Event) -> set[ListedArticle] | None:
    """Return what is on the list once the changes that wait are made, None if the wiki cannot be reached."""
    from app.sync.article_lists import read_list

    try:
        listed = set(read_list(application.wikis, account, event).articles)
    except KnownFault as fault:
        if fault.fault not in AWAY:
            raise
        return None
    for change in Projection(outbox.read_changes(application.reader)).of_event(event.key):
        if isinstance(change.operation, ChangeArticleList):
            listed.update(change.operation.add)
            listed.difference_update(change.operation.remove)
    return listed


def _missing(articles: tuple[ListedArticle, ...], listed: set[ListedArticle]) -> tuple[ListedArticle, ...]:
    """Return which articles are not on the list yet. Raises KnownFault if all are."""
    there = [one for one in articles if one in listed]
    if len(there) == len(articles):
        text = _("On the list already: {titles}. Nothing was changed.")
        raise KnownFault(Fault.USAGE, text.format(titles=_titles(there)))
    if there:
        text = ngettext(
            "{n} article is on the list already.", "{n} articles are on the list already.", len(there)
        )
        print_error(text.format(n=len(there)))
    return tuple(one for one in articles if one not in listed)


def _listed(
    articles: tuple[ListedArticle, ...], listed: set[ListedArticle], options: argparse.Namespace
) -> tuple[ListedArticle, ...]:
    """Return which articles are on the list. Raises KnownFault if none is, or one was named that is not."""
    strange = [one for one in articles if one not in listed]
    from_elsewhere = options.source or options.category
    if len(strange) == len(articles) or (strange and not from_elsewhere):
        text = _("Not on the list: {titles}. Nothing was changed.")
        raise KnownFault(Fault.USAGE, text.format(titles=_titles(strange)))
    if strange:
        text = ngettext("{n} article is not on the list.", "{n} articles are not on the list.", len(strange))
        print_error(text.format(n=len(strange)))
    return tuple(one for one in articles if one in listed)


def _titles(articles: Sequence[ListedArticle]) -> str:
    return "; ".join(f"{isolated(one.title)} ({one.wiki})" for one in articles[:_MOST_NAMED])


def _show(application: Application, account: Account, event: Event, output: Output) -> int:
    from app.sync.article_lists import read_list

    found = read_list(application.wikis, account, event)
    edited = read_title_edits(application.reader, event.key, span_of(event), ())
    sizes = {state.article: state.size for state in found.states}
    if not found.articles:
        output.line(_("The event has no article list, or it is empty."))
    else:
        output.table(
            (_("Wiki"), _("Article"), _("Bytes"), _("Edits by participants")),
            [
                (
                    one.wiki,
                    isolated(one.title),
                    _("unknown") if one not in sizes else _size(sizes[one]),
                    str(edited[one][0]) if one in edited else "",
                )
                for one in found.articles
            ],
        )
    for change in Projection(outbox.read_changes(application.reader)).of_event(event.key):
        if isinstance(change.operation, ChangeArticleList):
            output.line(outcome_line(application, change))
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
                    "edits": edited.get(one, (0, 0))[0],
                    "editors": edited.get(one, (0, 0))[1],
                }
                for one in found.articles
            ],
            "problems": list(found.problems),
        }
    )
    return REFUSED if found.problems else DONE


def _size(size: int | None) -> str:
    return _("not there yet") if size is None else str(size)
