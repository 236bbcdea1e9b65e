"""The Flask application of the practice wiki."""

from collections.abc import Iterable

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.practice.api.api import api
from app.practice.ground.faults import READ_ONLY
from app.practice.ground.sites import Site
from app.practice.http.rest_answers import (
    CHANGING,
    USE_DC,
    RestError,
    empty_answer,
    no_match,
    read_only_error,
    refusal,
    wrong_method,
)
from app.practice.identity.access_tokens import InvalidTokenError
from app.practice.identity.jwt_cookies import JWT_COOKIE, JWT_LIFETIME, make_jwt
from app.practice.identity.visitors import Account, account_by_id
from app.practice.oauth.oauth_authorize import authorizing
from app.practice.oauth.oauth_tokens import tokens
from app.practice.rest.rest_article_lists import article_lists
from app.practice.rest.rest_contributions import contributions
from app.practice.rest.rest_email import emailing
from app.practice.rest.rest_events import event_writing
from app.practice.rest.rest_grants import grants
from app.practice.rest.rest_organizers import organizer_writing
from app.practice.rest.rest_reading import reading
from app.practice.rest.rest_registration import registration
from app.practice.server.control import control
from app.practice.server.control_of_edits import control_of_edits
from app.practice.server.dashboard import dashboard
from app.practice.server.pages import pages
from app.practice.wiki import (
    EXTENSION,
    SESSION_COOKIE,
    TOKEN_COOKIE,
    USER_ID_COOKIE,
    USER_NAME_COOKIE,
    PracticeWiki,
    current_visitor,
    current_wiki,
)

REST = "/rest.php/campaignevents/v0"
GRANTS_REST = "/rest.php/wikimediacampaignevents/v0"
_METHOD_ORDER = ("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE")
_MONTH, _HALF_YEAR = 30 * 24 * 3600, 180 * 24 * 3600


def make_application(wiki: PracticeWiki) -> Flask:
    """Return the application of a wiki."""
    app = Flask("practice-wiki", static_folder=None)
    app.extensions[EXTENSION] = wiki
    app.url_map.strict_slashes = False
    for routes in (reading, event_writing, organizer_writing, registration, emailing):
        app.register_blueprint(routes, url_prefix=REST)
    if wiki.version.counts_contributions:
        app.register_blueprint(contributions, url_prefix=REST)
    if wiki.version.has_article_lists:
        app.register_blueprint(article_lists, url_prefix=REST)
    if wiki.settings.wikimedia:
        app.register_blueprint(grants, url_prefix=GRANTS_REST)
    app.register_blueprint(api)
    app.register_blueprint(tokens)
    app.register_blueprint(authorizing)
    app.register_blueprint(pages)
    app.register_blueprint(dashboard)
    app.register_blueprint(control)
    app.register_blueprint(control_of_edits)
    app.before_request(_answer_before_routes)
    app.after_request(_set_cookies)
    app.after_request(_note_change)
    app.register_error_handler(RestError, _rest_error)
    app.register_error_handler(InvalidTokenError, _invalid_token)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _answer_before_routes() -> Response | None:
    if not request.path.startswith("/rest.php"):
        return None
    if request.method == "OPTIONS" and request.routing_exception is None:
        return empty_answer()
    writes = request.method in CHANGING
    if writes and request.environ.get(READ_ONLY) and request.path.startswith(REST):
        return read_only_error().answer()
    return None


def _note_change(answer: Response) -> Response:
    changes = request.method in CHANGING and request.path.startswith(REST)
    if changes and answer.status_code < 300:
        current_wiki().traffic.note_change(
            {
                "method": request.method,
                "path": request.path.removeprefix(REST),
                "user": current_visitor().name,
                "body": request.get_json(silent=True),
            }
        )
    return answer


def _rest_error(error: RestError) -> Response:
    return error.answer()


def _invalid_token(error: InvalidTokenError) -> Response:
    return refusal(403, error.error_key, error.sentence).answer()


def _http_error(error: HTTPException) -> Response:
    if not request.path.startswith("/rest.php"):
        body = f"<html><head><title>{error.code} {error.name}</title></head></html>"
        return Response(body, error.code, content_type="text/html")
    if isinstance(error, MethodNotAllowed):
        methods = set(error.valid_methods or ()) - {"OPTIONS"}
        return wrong_method(request.method, [one for one in _METHOD_ORDER if one in methods]).answer()
    path = request.path
    if current_wiki().version.has_article_lists:
        # Since then the extension's routes are a module, and the error has the path inside it.
        path = path.removeprefix(REST)
    return no_match(path).answer()


def _set_cookies(answer: Response) -> Response:
    account: Account | None = g.get("signed_in")
    site = current_wiki().site
    session = g.get("session") if account is not None else g.get("fresh_session")
    remember = g.get("remember_token")
    if account is None and session is not None and "revived_by" in g:
        account, remember = account_by_id(current_wiki().store.read(), session.user_id), g.revived_by
    if session is not None:
        _add_cookie(answer, site.cookie(SESSION_COOKIE), session.session_id)
    elif "session" in g and g.session is None:
        # The cookies of an ended session are deleted.
        names = (site.cookie(SESSION_COOKIE), site.cookie(USER_ID_COOKIE))
        gone = [name for name in names if name in request.cookies]
        if gone and JWT_COOKIE in request.cookies and current_wiki().version.has_session_jwt:
            gone.append(JWT_COOKIE)
        _delete_cookies(answer, gone)
    if account is not None:
        _name_account(answer, site, account, remember)
    if g.get("signed_out"):
        own = [site.cookie(name) for name in (SESSION_COOKIE, USER_ID_COOKIE, TOKEN_COOKIE)]
        _delete_cookies(answer, [*own, JWT_COOKIE] if JWT_COOKIE in request.cookies else own)
    else:
        _set_jwt(answer)
    if g.get("wrote") or "signed_in" in g:
        answer.headers.add("Set-Cookie", USE_DC)
    return answer


def _set_jwt(answer: Response) -> None:
    wiki, account = current_wiki(), g.get("signed_in")
    user_id = account.user_id if account is not None and wiki.version.has_session_jwt else g.get("new_jwt")
    if user_id:
        cookie = make_jwt(wiki.store, user_id, wiki.clock.seconds())
        _add_cookie(answer, JWT_COOKIE, cookie, JWT_LIFETIME)


def _name_account(answer: Response, site: Site, account: Account, remember: str | None) -> None:
    age = _HALF_YEAR if remember else _MONTH
    _add_cookie(answer, site.cookie(USER_ID_COOKIE), str(site.local_id(account.user_id)), age)
    _add_cookie(answer, site.cookie(USER_NAME_COOKIE), account.name, age)
    if remember:
        _add_cookie(answer, site.cookie(TOKEN_COOKIE), remember, age)
    elif site.cookie(TOKEN_COOKIE) in request.cookies:
        _delete_cookies(answer, (site.cookie(TOKEN_COOKIE),))


def _delete_cookies(answer: Response, names: Iterable[str]) -> None:
    for name in names:
        answer.delete_cookie(name, httponly=True)


def _add_cookie(answer: Response, name: str, value: str, age: int | None = None) -> None:
    answer.set_cookie(name, value, max_age=age, httponly=True)
