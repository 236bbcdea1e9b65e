"""The practice wiki as one object: its store, clock, sessions and settings; and the current visitor."""

from dataclasses import dataclass, field

from flask import Request, current_app, g, request

from app.practice.ground.clock import WorldClock
from app.practice.ground.edit_locks import EditLocks
from app.practice.ground.faults import FaultSwitches
from app.practice.ground.settings import Settings
from app.practice.ground.sites import HOME, Site
from app.practice.ground.store import Store
from app.practice.ground.traffic import Traffic
from app.practice.ground.versions import Version
from app.practice.identity.access_tokens import DisabledClientError, InvalidTokenError, find_access
from app.practice.identity.captchas import CaptchaStore
from app.practice.identity.jwt_cookies import JWT_COOKIE, BadJwtError, is_jwt_of
from app.practice.identity.oauth1 import Nonces, find_signed_access
from app.practice.identity.rate_limits import RateLimits
from app.practice.identity.second_factor import SecondFactors
from app.practice.identity.sessions import Session, SessionStore
from app.practice.identity.visitors import Visitor, account_by_id, anonymous, visitor_for

SESSION_COOKIE = "_session"
TOKEN_COOKIE = "Token"
USER_ID_COOKIE = "UserID"
USER_NAME_COOKIE = "UserName"
EXTENSION = "practice-wiki"


@dataclass
class PracticeWiki:
    """The state of a wiki, shared by all requests."""

    settings: Settings
    store: Store
    clock: WorldClock
    base_url: str = ""
    sessions: SessionStore = field(default_factory=SessionStore)
    captchas: CaptchaStore = field(default_factory=CaptchaStore)
    second_factors: SecondFactors = field(default_factory=SecondFactors)
    traffic: Traffic = field(default_factory=Traffic)
    faults: FaultSwitches = field(default_factory=FaultSwitches)
    nonces: Nonces = field(default_factory=Nonces)
    edit_locks: EditLocks = field(default_factory=EditLocks)
    rate_limits: RateLimits = field(default_factory=RateLimits)
    #: Whether an edit attempt of a blocked account blocks its IP address too, as on a real wiki.
    autoblocks: bool = False
    site: Site = HOME
    #: Whether the OAuth clients are registered here, or only on the family's other wiki.
    knows_clients: bool = True
    #: Whether the OAuth clients are approved by an administrator; owner-only tokens are not affected.
    approves_clients: bool = True
    #: Whether events have article lists, if the version supports them.
    article_lists_on: bool = True
    #: Whether all users may create the page of a list, or only those who may change content models.
    everybody_makes_lists: bool = False
    #: Codes of the countries where in-person events may not count contributions.
    not_counted: frozenset[str] = frozenset()
    #: The wikis that share users and events, including this one.
    family: tuple["PracticeWiki", ...] = ()

    @property
    def version(self) -> Version:
        """Return the version of MediaWiki that is simulated."""
        return self.settings.version


def current_wiki() -> PracticeWiki:
    """Return the wiki that receives the current request."""
    wiki = current_app.extensions[EXTENSION]
    if not isinstance(wiki, PracticeWiki):
        raise TypeError("the application was built without its wiki")
    return wiki


def bearer_of(asked: Request) -> str | None:
    """Return the bearer token of a request, which may be empty; None without such a header."""
    header = asked.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def current_session() -> Session | None:
    """Return the session of the current request; a remembered sign-in opens a new one."""
    if "session" not in g:
        sessions, site = current_wiki().sessions, current_wiki().site
        session = sessions.find(request.cookies.get(site.cookie(SESSION_COOKIE)))
        token, user_id = None, session.user_id if session is not None else 0
        if session is None:
            token = request.cookies.get(site.cookie(TOKEN_COOKIE))
            user_id = sessions.remembered(token)
            if str(site.local_id(user_id)) != request.cookies.get(site.cookie(USER_ID_COOKIE)):
                user_id = 0
        if user_id and current_wiki().version.has_session_jwt and not _has_valid_jwt(user_id):
            # The session itself stays valid for requests without that cookie.
            session = None
        elif session is None and user_id:
            session = sessions.open(user_id)
            g.fresh_session, g.revived_by = session, token
        g.session = session
    found: Session | None = g.session
    return found


def _has_valid_jwt(user_id: int) -> bool:
    """Return whether the JWT cookie is absent or the account's; if absent, the answer sets one."""
    cookie = request.cookies.get(JWT_COOKIE)
    if cookie is None:
        g.new_jwt = user_id
    return cookie is None or is_jwt_of(current_wiki().store, cookie, user_id)


def begin_session() -> Session:
    """Return the session of the current request or a new one, for which the answer sets a cookie."""
    session = current_session()
    if session is None:
        session = current_wiki().sessions.open()
        g.session = g.fresh_session = session
    return session


def current_visitor() -> Visitor:
    """Return the visitor who sends the current request.

    Raises:
        InvalidTokenError: The bearer token or the signature is invalid.
    """
    if "visitor" not in g:
        g.visitor = _identify()
    visitor: Visitor = g.visitor
    return visitor


def _identify() -> Visitor:
    wiki = current_wiki()
    connection = wiki.store.read()
    token = bearer_of(request)
    access = find_signed_access(connection, request, wiki.nonces)
    if token is not None:
        access = find_access(connection, token, wiki.clock.seconds())
    if access is not None and not wiki.knows_clients:
        raise InvalidTokenError
    if access is not None and access.client_name is not None and not wiki.approves_clients:
        raise DisabledClientError(access.client_name)
    if access is not None:
        has_jwt = access.wants_jwt and wiki.settings.wikimedia and wiki.version.has_oauth_jwt
        if has_jwt and not _has_valid_jwt(access.user_id):
            raise BadJwtError
        account = account_by_id(connection, access.user_id)
        if account is None:
            raise InvalidTokenError
        return visitor_for(account, wiki.version, by_token=True, grants=access.grants, secret=access.secret)
    session = current_session()
    if session is None:
        return anonymous(wiki.version)
    account = account_by_id(connection, session.user_id) if session.user_id else None
    if account is None:
        return anonymous(wiki.version, session.secret)
    return visitor_for(account, wiki.version, by_token=False, grants=None, secret=session.secret)
