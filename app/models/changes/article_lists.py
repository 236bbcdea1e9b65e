"""An event's article list: as it is on the wiki, and as it will be with the pending changes."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.accounts.account import RIGHT_MAKE_LISTS, Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle
from app.domain.events.event import Event
from app.domain.impact.figures import span_of
from app.models.background import Failed
from app.models.workspace import Workspace
from app.store.impact.edits import read_reading, read_title_edits


@dataclass(frozen=True)
class ArticleRow:
    """An article: `size` in bytes, None if it is not there; `known`: whether that was read.

    `edits`: how many edits participants made in it during the event, and `people`: by how many of them, as
    far as was read. `waits`: it is to be added, or taken out if it is `listed`, by a change.
    """

    article: ListedArticle
    size: int | None
    known: bool
    edits: int = 0
    people: int = 0
    waits: bool = False
    listed: bool = True


@dataclass(frozen=True)
class ArticleListFacts:
    """The rows of a list, and sentences about what is missing.

    `missing_page`: the title of the list's page if it is not there and an administrator may have to make it.
    `edits_read`: whether it is known what the participants edited.
    """

    rows: Sequence[ArticleRow]
    problems: Sequence[str]
    missing_page: str | None
    edits_read: bool


class ArticleLists(QObject):
    """Reads lists in the background."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def read(
        self, account: Account, event: Event, done: Callable[[ArticleListFacts], None], failed: Failed
    ) -> None:
        """Read the list of an event and the state of its articles."""

        def work() -> ArticleListFacts:
            from app.sync.article_lists import read_list  # imports the HTTP libraries

            found = read_list(self._workspace.wikis(), account, event)
            sizes = {state.article: state.size for state in found.states}
            with closing(self._workspace.mirror.reader()) as reader:
                reading = read_reading(reader, event.key)
                agreed = reading.agreed if reading else ()
                edited = read_title_edits(reader, event.key, span_of(event), agreed)
            rows = [
                ArticleRow(one, sizes.get(one), one in sizes, *edited.get(one, (0, 0)))
                for one in found.articles
            ]
            rights = account.rights_at(account.address_or_own(event.registration.page_wiki))
            needs_page = not found.exists and RIGHT_MAKE_LISTS not in rights
            page = found.page if needs_page else None
            return ArticleListFacts(rows, found.problems, page, reading is not None)

        self._workspace.jobs.run(self, work, done, failed)

    def read_category(
        self,
        account: Account,
        wiki: str,
        category: str,
        done: Callable[[Sequence[str], bool], None],
        failed: Failed,
    ) -> None:
        """Read the articles in a category of a wiki; `done` gets their titles, and whether these are all."""

        def work() -> tuple[Sequence[str], bool]:
            from app.sync.article_lists import read_category_of  # imports the HTTP libraries

            return read_category_of(self._workspace.wikis(), account, wiki, category)

        self._workspace.jobs.run(self, work, lambda found: done(*found), failed)

    def read_file(self, path: Path, done: Callable[[list[str]], None], failed: Failed) -> None:
        """Read the titles in a file."""

        def work() -> list[str]:
            from app.sync.article_lists import titles_in_file  # imports the HTTP libraries

            return titles_in_file(path, looked_over=True)

        self._workspace.jobs.run(self, work, done, failed)

    def pending(self, event: Event) -> list[ChangeArticleList]:
        """Return the changes of a list that wait, in their order."""
        return [
            change.operation
            for change in self._workspace.changes
            if change.event_key == event.key
            and change.open
            and isinstance(change.operation, ChangeArticleList)
        ]

    def with_pending(self, event: Event, rows: Sequence[ArticleRow]) -> list[ArticleRow]:
        """Return the rows with what waits to be added or taken out."""
        found = {row.article: row for row in rows}
        for operation in self.pending(event):
            for article in operation.add:
                found.setdefault(article, ArticleRow(article, None, known=False, waits=True, listed=False))
            for article in operation.remove:
                if article in found:
                    found[article] = replace(found[article], waits=True)
        return list(found.values())
