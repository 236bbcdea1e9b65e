"""An event's article list: as it is on the wiki, and as it will be with the pending changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle
from app.domain.events.event import Event
from app.models.background import Failed
from app.models.workspace import Workspace


@dataclass(frozen=True)
class ArticleRow:
    """An article: `size` in bytes, None if it is not there; `known`: whether that was read.

    `waits`: it is to be added, or taken out, by a change that waits.
    """

    article: ListedArticle
    size: int | None
    known: bool
    waits: bool = False


@dataclass(frozen=True)
class ArticleListFacts:
    """The rows of a list, and sentences about what is missing."""

    rows: Sequence[ArticleRow]
    problems: Sequence[str]


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
            rows = [ArticleRow(one, sizes.get(one), one in sizes) for one in found.articles]
            return ArticleListFacts(rows, found.problems)

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
                found.setdefault(article, ArticleRow(article, None, known=False, waits=True))
            for article in operation.remove:
                if article in found:
                    row = found[article]
                    found[article] = ArticleRow(article, row.size, row.known, waits=True)
        return list(found.values())
