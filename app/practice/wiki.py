"""The practice wiki as one object: its store, clock, sessions and settings; and who asks it."""

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
    """Everything that a request needs."""

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
    #: Whether an edit try of a blocked account blocks its address for everybody, as on a real wiki.
    autoblocks: bool = False
    site: Site = HOME
    #: Whether the clients of OAuth are known here, or on the family's other wiki alone.
    knows_clients: bool = True
    #: Whether an administrator lets the clients of OAuth be used; owner-only tokens are not asked about.
    approves_clients: bool = True
    #: Whether events have article lists, where the version knows them.
    article_lists_on: bool = True
    #: Whether everybody may make the page of a list, or only who may change the content model of pages.
    everybody_makes_lists: bool = False
    #: Codes of the countries where an event in person may not count contributions.
    not_counted: frozenset[str] = frozenset()
    #: The wikis that share people and events, this one among them.
    family: tuple["PracticeWiki", ...] = ()

    @property
    def version(self) -> Version:
        """Return the version of MediaWiki that is played."""
        return self.settings.version


def current_wiki() -> PracticeWiki:
    """Return the wiki that the present request is for."""
    wiki = current_app.extensions[EXTENSION]
    if not isinstance(wiki, PracticeWiki):
        raise TypeError("the application was built without its wiki")
    return wiki


def bearer_of(asked: Request) -> str | None:
    """Return the bearer token of a request, which may be empty, or None when there is no such header."""
    header = asked.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def current_session() -> Session | None:
    """Return the browser session of the present request, brought back to life when it is remembered."""
    if "session" not in g:
        book, site = current_wiki().sessions, current_wiki().site
        session = book.find(request.cookies.get(site.cookie(SESSION_COOKIE)))
        token, user_id = None, session.user_id if session is not None else 0
        if session is None:
            token = request.cookies.get(site.cookie(TOKEN_COOKIE))
            user_id = book.remembered(token)
            if str(site.local_id(user_id)) != request.cookies.get(site.cookie(USER_ID_COOKIE)):
                user_id = 0
        if user_id and current_wiki().version.has_session_jwt and not _has_fitting_jwt(user_id):
            # The session lives on, for whoever asks without that cookie.
            session = None
        elif session is None and user_id:
            session = book.open(user_id)
            g.fresh_session, g.revived_by = session, token
        g.session = session
    found: Session | None = g.session
    return found


def _has_fitting_jwt(user_id: int) -> bool:
    """Tell whether the JWT cookie is not another account's; where there is none, the answer sets one."""
    cookie = request.cookies.get(JWT_COOKIE)
    if cookie is None:
        g.new_jwt = user_id
    return cookie is None or is_jwt_of(current_wiki().store, cookie, user_id)


def begin_session() -> Session:
    """Return the browser session of the present request; the answer sets a cookie for a new one."""
    session = current_session()
    if session is None:
        session = current_wiki().sessions.open()
        g.session = g.fresh_session = session
    return session


def current_visitor() -> Visitor:
    """Return who sends the present request; raises `InvalidTokenError` for a bad bearer or signature."""
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
        if has_jwt and not _has_fitting_jwt(access.user_id):
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
