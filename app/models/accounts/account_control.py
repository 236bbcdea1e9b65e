"""Signing in and out, and adding events: background jobs for the dialogs."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.domain.accounts.account import Account, OAuthClient, SignIn, SignInKind, WikiFacts
from app.domain.accounts.sign_in_form import SignInStep
from app.domain.faults import Fault, KnownFault
from app.i18n import _
from app.models.accounts.practice_wiki import PRACTICE_ADDRESS, PRACTICE_PORT, PracticeWiki
from app.models.background import Ended, Failed
from app.models.workspace import Workspace

if TYPE_CHECKING:
    from app.sync.session_login import SessionLogin

T = TypeVar("T")


class AccountControl(QObject):
    """Runs the jobs of the dialogs for wikis and events.

    Every callback runs on the window's thread; none is called once the owner is deleted.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()
        self._login: SessionLogin | None = None
        self._practice = PracticeWiki(workspace.mirror.folder, self)

    def find_wiki(
        self, owner: QObject, typed: str, done: Callable[[WikiFacts], None], failed: Failed, ended: Ended
    ) -> None:
        """Look up the wiki at an address."""

        def work() -> WikiFacts:
            return self._workspace.wikis().find(typed)

        self._workspace.jobs.run(owner, work, done, failed, ended)

    def sign_in_with_token(
        self,
        owner: QObject,
        facts: WikiFacts,
        token: str,
        done: Callable[[int], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Sign in with an owner-only access token."""
        self._run(
            owner, lambda: self._workspace.wikis().sign_in_with_token(facts, token), done, failed, ended
        )

    def sign_in_with_browser(
        self,
        owner: QObject,
        facts: WikiFacts,
        client: OAuthClient,
        open_browser: Callable[[str], None],
        done: Callable[[int], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Sign in through the browser. `open_browser` is called on another thread."""
        cancel = self._begin()
        self._run(
            owner,
            lambda: self._workspace.wikis().sign_in_with_browser(facts, client, open_browser, cancel),
            done,
            failed,
            ended,
        )

    def begin_session(
        self,
        owner: QObject,
        facts: WikiFacts,
        done: Callable[[SignInStep], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Begin to sign in with a session: fetch the fields that the wiki asks for."""
        cancel = self._begin()

        def work() -> "tuple[SessionLogin, SignInStep]":
            from app.sync.session_login import SessionLogin

            login = SessionLogin(self._workspace.wikis(), facts, cancel)
            return login, login.begin()

        def on_done(begun: "tuple[SessionLogin, SignInStep]") -> None:
            if not cancel.is_set():
                self._login, step = begun
                done(step)

        self._workspace.jobs.run(owner, work, on_done, failed, ended)

    def answer_session(
        self,
        owner: QObject,
        values: dict[str, str],
        next_step: Callable[[SignInStep], None],
        done: Callable[[int], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Send the filled-in fields to the wiki, which asks for more or completes the sign-in."""
        login = self._login
        if login is None:
            return

        def on_done(result: "SignInStep | int") -> None:
            if isinstance(result, int):
                self._login = None
                done(result)
            else:
                next_step(result)

        self._run(owner, lambda: login.answer(values), on_done, failed, ended)

    def practise(self, owner: QObject, done: Callable[[int], None], failed: Failed, ended: Ended) -> None:
        """Start the practice wiki beside the window, and sign in on it as its organizer."""

        def on_started(address: str, token: str) -> None:
            def work() -> int:
                wikis = self._workspace.wikis()
                return wikis.sign_in_with_token(wikis.find(address), token)

            self._run(owner, work, done, failed, ended)

        def on_failed() -> None:
            if isValid(owner):
                ended()
                failed(
                    KnownFault(
                        Fault.REFUSED,
                        _(
                            "The practice wiki could not be started. Perhaps another program uses port "
                            "{port}; close it and try again."
                        ).format(port=PRACTICE_PORT),
                    )
                )

        self._practice.start(on_started, on_failed)

    def resume_practice(self) -> None:
        """Start the practice wiki again if the user is signed in on it."""
        if any(account.wiki.base_url == PRACTICE_ADDRESS for account in self._workspace.accounts):
            self._practice.start(lambda _address, _token: None, lambda: None)

    def close(self) -> None:
        """Cancel what runs, and stop the practice wiki."""
        self.cancel()
        self._practice.stop()

    def cancel(self) -> None:
        """Stop waiting for the browser, a session or an event."""
        self._cancel.set()
        if self._login:
            self._login.close()
            self._login = None

    def client_of(self, account: Account) -> OAuthClient | None:
        """Return the OAuth client of an account's last sign-in, None for an owner-only token."""
        sign_in = account.sign_in(SignInKind.OAUTH2) or account.sign_in(SignInKind.OAUTH1)
        if sign_in is None:
            return None
        from app.store.accounts.sign_ins import read_secrets

        workspace = self._workspace
        return workspace.read(lambda: read_secrets(workspace.reader, account.key, sign_in)[1], None)

    def add_event(
        self,
        owner: QObject,
        account: Account,
        typed: str,
        done: Callable[[int], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Fetch the event that a number or link means; `done` gets its key in the mirror."""
        cancel = self._begin()

        def work() -> int:
            from app.sync.fetching.pull import Pull

            return Pull(self._workspace.wikis(), account, cancel=cancel).add(typed)

        self._run(owner, work, done, failed, ended)

    def sign_out(self, account: Account, failed: Failed) -> None:
        """Remove an account with everything that was fetched for it."""
        work = self._workspace.wikis
        self._workspace.jobs.run(
            self, lambda: work().sign_out(account), lambda _: self._workspace.reload(), failed
        )

    def end_sign_in(self, account: Account, sign_in: SignIn, failed: Failed) -> None:
        """Remove one of an account's sign-ins; everything that was fetched stays."""
        work = self._workspace.wikis
        self._workspace.jobs.run(
            self, lambda: work().end_sign_in(account, sign_in), lambda _: self._workspace.reload(), failed
        )

    def _begin(self) -> threading.Event:
        self._cancel = threading.Event()
        return self._cancel

    def _run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Run work that may change the mirror, which is read again even if the owner is deleted."""

        def on_done(result: T) -> None:
            self._workspace.reload()
            if isValid(owner):
                done(result)

        def on_failed(fault: KnownFault) -> None:
            # A refusal can change the mirror too: the sign-in has ended, or the event is deleted.
            self._workspace.reload()
            if isValid(owner):
                failed(fault)

        self._workspace.jobs.run(self, work, on_done, on_failed, lambda: ended() if isValid(owner) else None)
