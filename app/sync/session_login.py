"""Signs in with a session: the steps of the wiki's login, and what is stored at the end (CONTRACT §5)."""

import threading
from collections.abc import Mapping

from app.domain.accounts.account import WikiFacts
from app.domain.accounts.sign_in_form import REMEMBER, USER_NAME, SignInStep
from app.sync.wikis import Wikis
from app.wiki.http.transport import Cancelled
from app.wiki.sign_in.session_sign_in import SessionSignIn


class SessionLogin:
    """One sign-in with a session on a wiki.

    A session is stored on the disk only if the user asked the wiki to stay signed in.
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
        self._conversation = SessionSignIn(facts.base_url, self._cancel, wikis.throttle_of(facts.base_url))
        self._keep = False

    def begin(self) -> SignInStep:
        """Return what the wiki asks for first. Raises KnownFault."""
        return self._conversation.begin()

    def answer(self, values: Mapping[str, str]) -> SignInStep | int:
        """Send the user's input to the wiki; return the next step, or the account's key at the end.

        Raises KnownFault.
        """
        # The wiki asks for it only together with name and password, not with a second factor.
        self._keep = bool(values.get(REMEMBER)) if USER_NAME in values else self._keep
        step = self._conversation.answer(values)
        if step is not None:
            return step
        secrets = self._conversation.secrets
        self._conversation.close()
        if self._cancel.is_set():
            raise Cancelled
        return self._wikis.add_session(self._facts, secrets, keep=self._keep)

    def close(self) -> None:
        """Abort the sign-in."""
        self._conversation.close()
