"""Cookie sessions, remembered sign-ins and the tokens that guard writes (CONTRACT §5, clientlogin)."""

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
    """A browser's session: perhaps not signed in yet."""

    session_id: str = field(default_factory=lambda: secrets.token_hex(16))
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    user_id: int = 0
    approved_clients: set[str] = field(default_factory=set)
    #: A sign-in in several steps, where one is under way; only the steps know what it holds.
    login: object = None
    wants_captcha: bool = False


class SessionStore:
    """All sessions of the wiki; they live as long as the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._remembered: dict[str, int] = {}
        self._failed_logins: dict[str, list[float]] = {}

    def open(self, user_id: int = 0) -> Session:
        """Begin a session."""
        session = Session(user_id=user_id)
        with self._lock:
            self._sessions[session.session_id] = session
        return session

    def find(self, session_id: str | None) -> Session | None:
        """Return the session of a cookie."""
        with self._lock:
            return self._sessions.get(session_id or "")

    def sign_in(self, session: Session, user_id: int) -> None:
        """Make a session somebody's: a new id and a new secret, as MediaWiki does."""
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
        """End every session of one person; with `remembered` nothing brings them back either."""
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if one.user_id != user_id}
            if remembered:
                self._remembered = {key: who for key, who in self._remembered.items() if who != user_id}

    def remember(self, user_id: int) -> str:
        """Return a token that signs the person in again when the session is gone."""
        token = secrets.token_hex(16)
        with self._lock:
            self._remembered[token] = user_id
        return token

    def remembered(self, token: str | None) -> int:
        """Return the user id that a token stands for, 0 for none."""
        with self._lock:
            return self._remembered.get(token or "", 0)

    def failed_logins(self, name: str, now: float) -> int:
        """Return how many wrong passwords there were for a name lately."""
        with self._lock:
            recent = [at for at in self._failed_logins.get(name, []) if now - at < THROTTLE_SECONDS]
            self._failed_logins[name] = recent
            return len(recent)

    def is_throttled(self, name: str, now: float) -> bool:
        """Tell whether there were too many wrong passwords for a name lately."""
        return self.failed_logins(name, now) >= MOST_FAILED_LOGINS

    def forget_failed_logins(self, name: str) -> None:
        """Begin counting anew: the right password was given."""
        with self._lock:
            self._failed_logins.pop(name, None)

    def note_failed_login(self, name: str, now: float) -> None:
        """Count a wrong password."""
        with self._lock:
            self._failed_logins.setdefault(name, []).append(now)


def csrf_token(secret: str, purpose: str) -> str:
    """Return the token of a session for one purpose (csrf, login, watch...)."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:40] + NO_TOKEN


def is_csrf_token(secret: str | None, purpose: str, token: str) -> bool:
    """Tell whether a token belongs to the session and the purpose."""
    return secret is not None and hmac.compare_digest(
        csrf_token(secret, purpose).encode(), token.encode("utf-8", "surrogatepass")
    )
