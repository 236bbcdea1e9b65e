"""Signing in and out, and adding events: background work with an outcome that dialogs can show."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.account import Account, OAuthClient, WikiFacts
from app.domain.faults import KnownFault
from app.models.workspace import Workspace

Failed = Callable[[KnownFault], None]


class AccountControl(QObject):
    """What the dialogs for wikis and events ask for. Every outcome comes on the window's thread."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()

    def find_wiki(self, typed: str, done: Callable[[WikiFacts], None], failed: Failed) -> None:
        """Find out what the wiki at an address is."""

        def work() -> WikiFacts:
            from app.sync import wikis

            return wikis.find(typed)

        self._workspace.jobs.run(self, work, done, failed)

    def sign_in_with_token(
        self, facts: WikiFacts, token: str, done: Callable[[int], None], failed: Failed
    ) -> None:
        """Sign in with an owner-only access token."""
        self._run(lambda: self._workspace.wikis().sign_in_with_token(facts, token), done, failed)

    def sign_in_with_browser(
        self,
        facts: WikiFacts,
        client: OAuthClient,
        open_browser: Callable[[str], None],
        done: Callable[[int], None],
        failed: Failed,
    ) -> None:
        """Sign in through the browser. `open_browser` is called on another thread."""
        self._cancel = threading.Event()
        cancel = self._cancel
        self._run(
            lambda: self._workspace.wikis().sign_in_with_browser(facts, client, open_browser, cancel),
            done,
            failed,
        )

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        self._cancel.set()

    def add_event(self, account: Account, typed: str, done: Callable[[int], None], failed: Failed) -> None:
        """Fetch the event behind a number or link; `done` gets the mirror's key."""

        def work() -> int:
            from app.sync.pull import Pull

            return Pull(self._workspace.wikis(), account).add(typed)

        self._run(work, done, failed)

    def sign_out(self, account: Account, done: Callable[[], None], failed: Failed) -> None:
        """Forget an account with all that was fetched for it."""
        self._run(lambda: self._workspace.wikis().sign_out(account), lambda _: done(), failed)

    def _run(self, work: Callable[[], object], done: Callable[..., None], failed: Failed) -> None:
        def ended(value: object) -> None:
            self._workspace.reload()
            done(value)

        self._workspace.jobs.run(self, work, ended, failed)
