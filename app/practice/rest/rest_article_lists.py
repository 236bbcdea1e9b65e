"""The REST route that changes an event's article list (CONTRACT §6), since 1.47."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from app.practice.events.article_lists import (
    ArticleList,
    BadListError,
    check,
    has_lists,
    may_make_list,
    read_text,
    save_list,
    written,
)
from app.practice.events.content_models import LIST_MODEL, content_model
from app.practice.events.event_pages import page_row
from app.practice.ground.titles import normal_title
from app.practice.ground.user_names import is_temporary
from app.practice.http.rest_answers import campaign_refusal, empty_answer, finish, refusal, server_error
from app.practice.http.rest_parameters import ParameterError, check_token, mapping, read_body, title_field
from app.practice.rest.edit_refusals import check_may_edit
from app.practice.wiki import current_visitor, current_wiki

article_lists = Blueprint("article_lists", __name__)


@article_lists.route("/worklist/<path:title>/pages", methods=["PATCH"])
def change_list(title: str) -> Response:
    """Add articles to a list and remove others, in one edit."""
    if not _is_one_part():
        raise NotFound
    try:
        name = title_field("title", title)
    except ParameterError as failure:
        raise failure.as_parameter() from None
    wiki, visitor = current_wiki(), current_visitor()
    body = read_body({"add": (_articles, False), "remove": (_articles, False)})
    check_token(visitor, body["token"])
    if not has_lists(wiki):
        # A real wiki uses the key of an unknown event here too.
        raise campaign_refusal(404, "rest-event-not-found", "There is no event with this ID.")
    if is_temporary(visitor.name):
        message = "Only logged-in (named) users may edit worklist pages."
        raise campaign_refusal(403, "worklist-edit-permission-denied", message)
    check_may_edit(wiki, visitor)
    name = normal_title(name, wiki.site) or name
    with wiki.store.write() as connection:
        page = page_row(connection, wiki.site.wiki_id, name)
        if page is not None and content_model(connection, page["page_id"]) != LIST_MODEL:
            message = "The target page already exists and is not a worklist page."
            raise campaign_refusal(400, "worklist-page-not-worklist", message)
        try:
            content = read_text(wiki, page["text"]) if page is not None else {}
            changed = _changed(content, body.get("add", {}), body.get("remove", {}))
            check(wiki, changed)
        except BadListError as error:
            raise refusal(400, error.faults[0].key, error.faults[0].sentence) from None
        if written(changed) != written(content):
            if page is None and not may_make_list(wiki, visitor):
                message = "You don't have permission to change the content model of a page."
                raise refusal(400, "apierror-cantchangecontentmodel", message)
            save_list(connection, wiki.site, name, visitor.user_id, changed, wiki.clock.stamp())
    return finish(empty_answer(), visitor)


def _is_one_part() -> bool:
    """Return whether the title was sent as one path segment, its slashes as %2F."""
    sent = urlsplit(request.environ.get("REQUEST_URI", "")).path
    return sent.rpartition("/worklist/")[2].count("/") == 1


def _articles(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - what the sender put there
    """Accept an object of lists; an array instead of the object is an uncaught exception in MediaWiki."""
    if isinstance(value, list) and value:
        raise server_error("TypeError")
    articles = mapping(name, value)
    if not all(isinstance(titles, list) for titles in articles.values()):
        raise server_error("TypeError")
    return articles


def _changed(content: ArticleList, add: ArticleList, remove: ArticleList) -> ArticleList:
    """Return a list with articles added and removed; removal wins for those in both."""
    changed = {wiki_id: list(titles) for wiki_id, titles in content.items()}
    for wiki_id, titles in add.items():
        there = changed.setdefault(wiki_id, [])
        there += [title for place, title in enumerate(titles) if title not in (*there, *titles[:place])]
    for wiki_id, titles in remove.items():
        if wiki_id in changed:
            changed[wiki_id] = [title for title in changed[wiki_id] if title not in titles]
            if not changed[wiki_id]:
                del changed[wiki_id]
    return changed
