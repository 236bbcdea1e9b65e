"""What the window asks about a wiki: how it stands, and how much was asked of it."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account
from app.domain.accounts.traffic import RequestRate, Traffic
from app.domain.accounts.wiki_check import Finding
from app.models.background import Ended, Failed
from app.models.workspace import Workspace


class WikiControl(QObject):
    """Checks wikis in the background, and counts."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()

    def check(
        self,
        asker: QObject,
        account: Account,
        done: Callable[[list[Finding]], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Check a wiki and the sign-ins on it."""
        self._cancel = cancel = threading.Event()

        def work() -> list[Finding]:
            from app.sync.wiki_check import check_wiki

            return list(check_wiki(self._workspace.wikis(), account, cancel))

        def on_done(found: list[Finding]) -> None:
            # The check may have found that a sign-in has ended.
            self._workspace.reload()
            done(found)

        self._workspace.jobs.run(asker, work, on_done, failed, ended)

    def cancel(self) -> None:
        """Stop the check."""
        self._cancel.set()

    def pressure(self, account: Account) -> RequestRate:
        """Return how much was asked of an account's family of wikis in the last minute."""
        return self._workspace.pressure(account)

    def traffic(self, account: Account) -> list[tuple[str, Traffic]]:
        """Return what was asked since the program began of an account's wiki and others of its family."""
        asked = self._workspace.traffic()
        others = sorted(set(account.family.values()) & asked.keys() - {account.wiki.base_url})
        return [(place, asked.get(place, Traffic())) for place in (account.wiki.base_url, *others)]
