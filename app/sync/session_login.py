"""Signing in with a session: the conversation with the wiki, and what is kept at its end (CONTRACT §5)."""

import threading
from collections.abc import Mapping

from app.domain.accounts.account import WikiFacts
from app.domain.accounts.sign_in_form import REMEMBER, USER_NAME, SignInStep
from app.sync.wikis import Wikis
from app.wiki.http.transport import Cancelled
from app.wiki.sign_in.session_sign_in import SessionSignIn


class SessionLogin:
    """One sign-in with a session on a wiki.

    A session is kept on the disk where she asked the wiki to keep her signed in, and only there.
    """

    def __init__(
        self,
        wikis: Wikis,
        facts: WikiFacts,
        cancel: threading.Event | None = None,
    ) -> None:
        self._wikis = wikis
        self._facts = facts
        self._cancel = cancel or threading.Event()
        self._talk = SessionSignIn(facts.base_url, self._cancel, wikis.throttle_of(facts.base_url))
        self._keep = False

    def begin(self) -> SignInStep:
        """Return what the wiki asks for first. Raises KnownFault."""
        return self._talk.begin()

    def answer(self, values: Mapping[str, str]) -> SignInStep | int:
        """Give the wiki what she filled in; return what it asks for next, or the account's key at the end.

        Raises KnownFault.
        """
        # The wiki asks for it with the name and password alone; a second factor comes without it.
        self._keep = bool(values.get(REMEMBER)) if USER_NAME in values else self._keep
        step = self._talk.answer(values)
        if step is not None:
            return step
        secrets = self._talk.secrets
        self._talk.close()
        if self._cancel.is_set():
            raise Cancelled
        return self._wikis.admit_session(self._facts, secrets, keep=self._keep)

    def close(self) -> None:
        """Give it up."""
        self._talk.close()
