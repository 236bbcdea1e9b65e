"""Signs in with a session, with user name and password."""

from app.domain.accounts.sign_in_form import REMEMBER
from app.sync.session_login import SessionLogin
from app.sync.wikis import Wikis
from tests.support.servers.practice_server import PracticeServer


def sign_in_with_session(
    wikis: Wikis,
    server: PracticeServer,
    role: str = "organizer",
    *,
    at: str | None = None,
    keep: bool = False,
) -> int:
    """Sign in on the wiki, or on another wiki of its family; return the account's key."""
    login = SessionLogin(wikis, wikis.find(at or server.base))
    login.begin()
    given = {"username": server.name(role), "password": str(server.description[role]["password"])}
    key = login.answer({**given, REMEMBER: "1"} if keep else given)
    assert isinstance(key, int)
    return key
