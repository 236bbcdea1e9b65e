"""Resolve links that only the wiki can resolve: the event of a page, a short URL, a single edit."""

import re
import threading
from collections.abc import Collection
from contextlib import closing
from urllib.parse import urlsplit

from app.domain.faults import Fault, KnownFault
from app.domain.wikis.links import (
    Edit,
    EventNumber,
    KnownWiki,
    LinkFault,
    LinkProblem,
    ShortLink,
    read_edit_link,
    read_event_link,
    read_link,
)
from app.domain.wording.link_texts import link_problem
from app.i18n import _
from app.wiki.http.answers import broken
from app.wiki.http.client import WikiClient
from app.wiki.http.throttle import Throttle
from app.wiki.http.transport import REDIRECTS, Request, Transport

_EVENT_ID = re.compile(r'"wgCampaignEventsEventID":\s*([1-9][0-9]{0,8})\b')


def find_event(client: WikiClient, home: KnownWiki, family: Collection[KnownWiki], typed: str) -> int:
    """Return the id of the event behind a number, a link or a title. Raises KnownFault.

    `client` is connected to one of the wikis. A page is read without a sign-in (CONTRACT §5, Event pages).
    """
    link = read_event_link(_expanded(client, typed, home, family), home, family)
    if isinstance(link, ShortLink | LinkProblem):
        raise _refused(link)
    if isinstance(link, EventNumber):
        return link.number
    base_url = next(wiki.base_url for wiki in (home, *family) if wiki.wiki_id == link.wiki)
    if base_url == client.base_url:
        found = event_on_page(client, link.title)
    else:
        with closing(WikiClient(base_url, throttle=Throttle(client.throttle.rate_limiter))) as elsewhere:
            found = event_on_page(elsewhere, link.title)
    if found is None:
        raise KnownFault(
            Fault.NOT_FOUND, _("The page “{page}” has no event registration.").format(page=link.title)
        )
    return found


def find_edit(client: WikiClient, home: KnownWiki, family: Collection[KnownWiki], typed: str) -> Edit:
    """Return the edit behind a number or a link; a number alone is a revision of the wiki `home`.

    Raises:
        KnownFault: among others, a link to two revisions covers more than one edit.
    """
    edit = read_edit_link(_expanded(client, typed, home, family), home, family)
    if isinstance(edit, ShortLink | LinkProblem):
        raise _refused(edit)
    if edit.compared_with is not None:
        base_url = next(wiki.base_url for wiki in (home, *family) if wiki.wiki_id == edit.wiki)
        if base_url == client.base_url:
            parent = _parent(client, edit.revision)
        else:
            with closing(WikiClient(base_url, throttle=Throttle(client.throttle.rate_limiter))) as elsewhere:
                parent = _parent(elsewhere, edit.revision)
        if parent != edit.compared_with:
            raise _refused(LinkProblem(LinkFault.SEVERAL_EDITS))
    return edit


def event_on_page(client: WikiClient, title: str) -> int | None:
    """Return the id of the event on a page, or None. Raises KnownFault."""
    # Only the head can be trusted: anybody can write the page's content.
    found = _EVENT_ID.search(client.page(title).partition("</head>")[0])
    return int(found[1]) if found else None


def _expanded(client: WikiClient, typed: str, home: KnownWiki, family: Collection[KnownWiki]) -> str:
    """Return the typed link, or the target if it is a short URL. Raises KnownFault."""
    link = read_link(typed, home, family)
    return _target(client, link) if isinstance(link, ShortLink) else typed


def _refused(link: ShortLink | LinkProblem) -> KnownFault:
    problem = link if isinstance(link, LinkProblem) else LinkProblem(LinkFault.NOT_A_LINK)
    return KnownFault(Fault.USAGE, link_problem(problem))


def _target(client: WikiClient, link: ShortLink) -> str:
    """Return the target of a short URL, with one request without a sign-in. Raises KnownFault."""
    parts = urlsplit(link.address)
    transport = Transport(f"{parts.scheme}://{parts.netloc}", Throttle(client.throttle.rate_limiter))
    try:
        answer, _unused = transport.send(Request("GET", link.address), None, threading.Event())
    finally:
        transport.close()
    target = answer.headers.get("location", "")
    if answer.status not in REDIRECTS or not target:
        raise KnownFault(Fault.NOT_FOUND, link_problem(LinkProblem(LinkFault.NOT_A_LINK)))
    return target


def _parent(client: WikiClient, revision: int) -> int | None:
    """Return the parent of a revision, 0 for a page's first revision. Raises KnownFault."""
    value = client.api(action="query", prop="revisions", revids=revision, rvprop="ids")
    query = value.get("query")
    pages = query.get("pages") if isinstance(query, dict) else None
    for page in pages if isinstance(pages, list) else []:
        revisions = page.get("revisions") if isinstance(page, dict) else None
        for one in revisions if isinstance(revisions, list) else []:
            if isinstance(one, dict) and one.get("revid") == revision:
                parent = one.get("parentid")
                return parent if type(parent) is int else None
    raise broken(client.name, "no revision")
