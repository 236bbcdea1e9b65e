"""Article lists of events ("worklists"): pages with JSON that lists pages by wiki (CONTRACT §6).

The list of an event is the page `<event page>/Worklist` with the content model of lists.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.practice.events.content_models import LIST_MODEL, set_content_model
from app.practice.events.event_fields import known_wikis
from app.practice.events.event_pages import page_row, save_page
from app.practice.ground.sites import Site
from app.practice.ground.titles import normal_title
from app.practice.identity.visitors import Visitor
from app.practice.wiki import PracticeWiki, current_wiki

SUBPAGE = "/Worklist"
ArticleList = dict[str, list[str]]
# Some of MediaWiki's default interwiki prefixes.
_INTERWIKI = ("wikipedia", "wiktionary", "wikidata", "wikisource", "commons", "metawikimedia", "meatball")


@dataclass(frozen=True)
class ContentFault:
    """An error in a list: a message key and its text."""

    key: str
    sentence: str


class BadListError(Exception):
    """Raised for an invalid list, with all its errors."""

    def __init__(self, faults: list[ContentFault]) -> None:
        super().__init__(faults[0].key)
        self.faults = faults


def has_lists(wiki: PracticeWiki) -> bool:
    """Return whether the wiki has article lists: its version supports them, and they are enabled."""
    return wiki.version.has_article_lists and wiki.article_lists_on


def may_make_list(wiki: PracticeWiki, visitor: Visitor) -> bool:
    """Return whether the visitor may turn a page into a list."""
    if "editcontentmodel" in visitor.rights:
        return True
    granted = visitor.grants is None or "editpage" in visitor.grants
    return wiki.everybody_makes_lists and visitor.account is not None and granted


def written(content: Mapping[str, Any]) -> str:
    """Return a list serialized as in MediaWiki."""
    return json.dumps(content, ensure_ascii=False, indent="\t")


def read_text(wiki: PracticeWiki, text: str) -> ArticleList:
    """Parse the text of a list.

    Raises:
        BadListError: The text is no valid list.
    """
    try:
        content = json.loads(text)
    except ValueError:
        raise BadListError([ContentFault("json-error-syntax", "Syntax error")]) from None
    if not isinstance(content, dict):
        raise BadListError([_fault("not-object", "The worklist content must be an object")])
    check(wiki, content)
    return content


def check(wiki: PracticeWiki, content: Mapping[str, Any]) -> None:
    """Check the wikis and titles of a list.

    Raises:
        BadListError: Some are invalid.
    """
    known = known_wikis(family=wiki.settings.family)
    faults = [fault for wiki_id, titles in content.items() for fault in _faults(wiki, wiki_id, titles, known)]
    if faults:
        raise BadListError(faults)


def _faults(
    wiki: PracticeWiki,
    wiki_id: str,
    titles: Any,  # noqa: ANN401 - what the sender put there
    known: tuple[str, ...],
) -> Iterator[ContentFault]:
    if wiki_id not in known:
        sentence = f"Wiki ID {wiki_id} was not recognized. Please check that it is a valid wiki ID."
        yield _fault("nonexistent-wiki", sentence)
    elif not isinstance(titles, list):
        # Not observed; over REST this is refused earlier.
        yield _fault("not-object", "The worklist content must be an object")
    elif not titles:
        yield _fault("wiki-empty", f"List of pages cannot be empty (for wiki {wiki_id})")
    else:
        for place, title in enumerate(titles):
            if title in titles[:place]:
                yield _fault("duplicated-title", f"Duplicate title found for wiki {wiki_id}: {title}")
            elif (fault := _title_fault(wiki.site, wiki_id, title)) is not None:
                yield fault


def _title_fault(site: Site, wiki_id: str, title: object) -> ContentFault | None:
    """Return the error of a title, None if it is valid; the rules are those of the list's own wiki."""
    if not isinstance(title, str):
        shown = json.dumps(title)
        return _fault("title-not-string", f"Page titles must be strings. Found invalid value: {shown}")
    canonical = normal_title(title, site)
    if canonical is None:
        return _fault("invalid-title", f"Invalid title found for wiki {wiki_id}: {title}")
    if title.partition(":")[0].strip().lower() in _INTERWIKI and ":" in title:
        rule = "Page titles must not include an interwiki prefix. Group pages by wiki instead."
        return _fault("title-with-interwiki", f"{rule} Offending title: {title}")
    if "#" in title:
        rule = "Page titles must not link to specific sections."
        return _fault("title-with-fragment", f"{rule} Offending title: {title}")
    if canonical != title:
        difference = f'got "{title}", expected "{canonical}".'
        return _fault("title-non-canonical", f"Found a title that is not in canonical form: {difference}")
    return None


def _fault(key: str, sentence: str) -> ContentFault:
    return ContentFault(f"campaignevents-worklist-content-{key}", sentence)


def save_list(
    connection: sqlite3.Connection, site: Site, title: str, user_id: int, content: ArticleList, now: str
) -> tuple[int, int, int]:
    """Store a list as a new revision; returns what `save_page` returns."""
    saved = save_page(connection, site, title, user_id, written(content), now)
    set_content_model(connection, saved[0], LIST_MODEL)
    note_articles(connection, saved[0], content, now)
    return saved


def note_articles(connection: sqlite3.Connection, page_id: int, content: ArticleList, now: str) -> None:
    """Store the articles of a list as rows, each with the time when it was added.

    On a real wiki a job does this shortly after the edit.
    """
    wanted = {(wiki_id, title) for wiki_id, titles in content.items() for title in titles}
    rows = connection.execute("SELECT wiki, title FROM listed_articles WHERE page_id = ?", (page_id,))
    for wiki_id, title in {(row["wiki"], row["title"]) for row in rows} - wanted:
        connection.execute(
            "DELETE FROM listed_articles WHERE page_id = ? AND wiki = ? AND title = ?",
            (page_id, wiki_id, title),
        )
    for wiki_id, titles in content.items():
        connection.executemany(
            "INSERT OR IGNORE INTO listed_articles (page_id, wiki, title, listed_at) VALUES (?, ?, ?, ?)",
            [(page_id, wiki_id, title, now) for title in titles],
        )


def list_of_event(connection: sqlite3.Connection, event: sqlite3.Row) -> list[sqlite3.Row]:
    """Return the articles on an event's list: article_id, wiki, title, listed_at."""
    page = page_row(connection, event["page_wiki"], event["page_title"] + SUBPAGE)
    return connection.execute(
        "SELECT article_id, wiki, title, listed_at FROM listed_articles WHERE page_id = ?",
        (page["page_id"] if page else 0,),
    ).fetchall()


def events_listing_page(connection: sqlite3.Connection, title: str) -> set[int]:
    """Return the ids of the events on whose article lists a page of the present wiki is."""
    wiki = current_wiki()
    name = normal_title(title, wiki.site)
    if name is None or not has_lists(wiki):
        return set()
    rows = connection.execute(
        "SELECT e.event_id FROM listed_articles a JOIN pages p USING (page_id)"
        " JOIN events e ON e.page_wiki = p.wiki AND e.page_title || ? = p.title"
        " WHERE a.wiki = ? AND a.title = ? AND e.deleted = 0",
        (SUBPAGE, wiki.site.wiki_id, name),
    )
    return {row["event_id"] for row in rows}
