"""Cookie sessions, remembered sign-ins and CSRF tokens (CONTRACT §5, clientlogin)."""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, field

NO_TOKEN = "+\\"
MOST_FAILED_LOGINS = 5
THROTTLE_SECONDS = 300


@dataclass
class Session:
    """A browser session, signed in or not."""

    session_id: str = field(default_factory=lambda: secrets.token_hex(16))
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    user_id: int = 0
    approved_clients: set[str] = field(default_factory=set)
    #: A pending sign-in of several steps, if any; only `login_steps` knows its type.
    login: object = None
    wants_captcha: bool = False


class SessionStore:
    """All sessions of the wiki; kept in memory only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._remembered: dict[str, int] = {}
        self._failed_logins: dict[str, list[float]] = {}

    def open(self, user_id: int = 0) -> Session:
        """Create a session."""
        session = Session(user_id=user_id)
        with self._lock:
            self._sessions[session.session_id] = session
        return session

    def find(self, session_id: str | None) -> Session | None:
        """Return the session with an id, None for an unknown one."""
        with self._lock:
            return self._sessions.get(session_id or "")

    def sign_in(self, session: Session, user_id: int) -> None:
        """Sign a user in to a session; it gets a new id and a new secret, as in MediaWiki."""
        with self._lock:
            self._sessions.pop(session.session_id, None)
            session.session_id = secrets.token_hex(16)
            session.secret = secrets.token_hex(16)
            session.user_id = user_id
            session.approved_clients.clear()
            session.login, session.wants_captcha = None, False
            self._sessions[session.session_id] = session

    def close(self, session: Session) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(session.session_id, None)

    def close_all_of(self, user_id: int, *, remembered: bool = True) -> None:
        """End all sessions of a user.

        Args:
            user_id: The central id of the user.
            remembered: Whether remembered sign-ins end too, so that no session comes back.
        """
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if one.user_id != user_id}
            if remembered:
                self._remembered = {key: who for key, who in self._remembered.items() if who != user_id}

    def remember(self, user_id: int) -> str:
        """Return a token that signs the user in again after the session has ended."""
        token = secrets.token_hex(16)
        with self._lock:
            self._remembered[token] = user_id
        return token

    def remembered(self, token: str | None) -> int:
        """Return the user id of a remember token, 0 for an unknown one."""
        with self._lock:
            return self._remembered.get(token or "", 0)

    def failed_logins(self, name: str, now: float) -> int:
        """Return the number of recent wrong passwords for a name."""
        with self._lock:
            recent = [at for at in self._failed_logins.get(name, []) if now - at < THROTTLE_SECONDS]
            self._failed_logins[name] = recent
            return len(recent)

    def is_throttled(self, name: str, now: float) -> bool:
        """Return whether there were too many recent wrong passwords for a name."""
        return self.failed_logins(name, now) >= MOST_FAILED_LOGINS

    def forget_failed_logins(self, name: str) -> None:
        """Reset the count of wrong passwords for a name."""
        with self._lock:
            self._failed_logins.pop(name, None)

    def note_failed_login(self, name: str, now: float) -> None:
        """Record a wrong password for a name."""
        with self._lock:
            self._failed_logins.setdefault(name, []).append(now)


def csrf_token(secret: str, purpose: str) -> str:
    """Return the token of a session for a purpose, one of MediaWiki's token types (csrf, login, watch...)."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:40] + NO_TOKEN


def is_csrf_token(secret: str | None, purpose: str, token: str) -> bool:
    """Return whether a token is that of the session for the purpose."""
    return secret is not None and hmac.compare_digest(
        csrf_token(secret, purpose).encode(), token.encode("utf-8", "surrogatepass")
    )
