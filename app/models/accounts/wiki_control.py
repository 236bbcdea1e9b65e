"""Checking a wiki, and counting the requests to it."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account
from app.domain.accounts.traffic import RequestRate, Traffic
from app.domain.accounts.wiki_check import Finding
from app.models.background import Ended, Failed
from app.models.workspace import Workspace


def proxy_for(address: str) -> str | None:
    """Return the proxy that is found on this computer for a wiki's address, None if there is none."""
    from app.sync.wiki_check import proxy_found

    return proxy_found(address)


class WikiControl(QObject):
    """Checks wikis in the background, and reports the requests to them."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()

    def check(
        self,
        owner: QObject,
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

        self._workspace.jobs.run(owner, work, on_done, failed, ended)

    def cancel(self) -> None:
        """Stop the check."""
        self._cancel.set()

    def request_rate(self, account: Account) -> RequestRate:
        """Return the rate of requests to an account's wiki family in the last minute."""
        return self._workspace.request_rate(account)

    def traffic(self, account: Account) -> list[tuple[str, Traffic]]:
        """Return the requests since the program started, for an account's wiki and others of its family."""
        traffic = self._workspace.traffic()
        others = sorted(set(account.family.values()) & traffic.keys() - {account.wiki.base_url})
        return [(address, traffic.get(address, Traffic())) for address in (account.wiki.base_url, *others)]
