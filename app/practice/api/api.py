"""The action API: `api.php` with format=json and formatversion=2."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, g, request

from app.practice.api.api_edit import edit
from app.practice.api.api_login import client_login, log_out
from app.practice.api.api_paraminfo import parameter_info
from app.practice.api.api_query import query, unknown_parameters
from app.practice.api.api_sitematrix import site_matrix
from app.practice.ground.faults import LAGGING
from app.practice.ground.user_names import canonical_user_name, normalized
from app.practice.http.api_errors import ApiError, lagging
from app.practice.http.api_parameters import limits, warn, warnings
from app.practice.identity.access_tokens import InvalidTokenError
from app.practice.wiki import PracticeWiki, current_visitor, current_wiki

api = Blueprint("api", __name__)

Parameters = Mapping[str, str]
_SECRET = ("token", "logintoken", "password", "retype")
_MAIN_PARAMETERS = (
    "action format formatversion maxlag assert assertuser errorformat uselang curtimestamp requestid origin"
    " errorlang errorsuselocal responselanginfo servedby smaxage maxage"
)
_OWN_PARAMETERS = {
    "edit": (
        "title pageid text summary token undo undoafter createonly nocreate basetimestamp starttimestamp"
        " baserevid minor bot watchlist section appendtext prependtext recreate tags contentmodel"
        " contentformat"
    ),
    "clientlogin": (
        "logintoken loginreturnurl logincontinue loginmessageformat loginmergerequestfields"
        " loginpreservestate loginrequests username password rememberMe"
    ),
    "logout": "token",
}
_KNOWN = {action: frozenset(f"{_MAIN_PARAMETERS} {own}".split()) for action, own in _OWN_PARAMETERS.items()}


@api.route("/api.php", methods=["GET", "POST"])
def answer_api() -> Response:
    """Answer a request to the action API; errors come with status 200."""
    parameters = {name: normalized(value) for name, value in request.values.items()}
    action = parameters.get("action", "help")
    try:
        body = _run(action, parameters)
    except InvalidTokenError as error:
        return _error_answer(ApiError(error.error_key, error.sentence), "main", parameters)
    except ApiError as error:
        return _error_answer(error, action, parameters)
    return _json(body)


def _run(action: str, parameters: Parameters) -> dict[str, Any]:
    wiki, visitor = current_wiki(), current_visitor()
    module = _actions(wiki).get(action)
    if module is None:
        raise ApiError("badvalue", f'Unrecognized value for parameter "action": {action}.')
    if "maxlag" in parameters and request.environ.get(LAGGING):
        raise lagging(parameters["maxlag"])
    if parameters.get("assert") == "user" and visitor.account is None:
        message = "You are no longer logged in, so the action could not be completed."
        raise ApiError("assertuserfailed", message, module="main")
    wanted = parameters.get("assertuser")
    if wanted is not None:
        _check_signed_in_as(wanted, wiki)
    if action in _KNOWN:
        _check_posted(parameters)
    body = module(wiki, parameters)
    unknown = _unknown(wiki, action, parameters)
    if unknown:
        text = f"Unrecognized parameter{'s' if len(unknown) > 1 else ''}: {', '.join(unknown)}."
        warn("main", text)
    for name, listed in (("warnings", warnings()), ("limits", limits())):
        if listed:
            body = _with(body, name, listed)
    return body


def _unknown(wiki: PracticeWiki, action: str, parameters: Parameters) -> list[str]:
    main = frozenset(_MAIN_PARAMETERS.split())
    if action == "query":
        return [one for one in unknown_parameters(wiki, parameters) if one not in main]
    # A sign-in accepts the fields of its current forms.
    known = _KNOWN.get(action, frozenset()) | g.get("login_fields", frozenset())
    return [name for name in parameters if action in _KNOWN and name not in known]


def _with(body: dict[str, Any], name: str, part: dict[str, Any]) -> dict[str, Any]:
    """Insert a part before the output of the modules, which comes last."""
    last = {key: value for key, value in body.items() if key not in ("batchcomplete", "continue", "warnings")}
    first = {key: value for key, value in body.items() if key not in last}
    return {**first, name: part, **last}


def _check_signed_in_as(wanted: str, wiki: PracticeWiki) -> None:
    name = canonical_user_name(wanted, wiki.site)
    if name is None:
        message = f'Invalid value "{wanted}" for user parameter "assertuser".'
        raise ApiError("baduser", message, module="main")
    if name != current_visitor().name:
        message = f'You are no longer logged in as "{name}", so the action could not be completed.'
        raise ApiError("assertnameduserfailed", message, module="main")


def _check_posted(parameters: Parameters) -> None:
    in_address = [name for name in _SECRET if name in request.args]
    if in_address:
        names = ", ".join(in_address)
        noun = "parameter was" if len(in_address) == 1 else "parameters were"
        message = f"The following {noun} found in the query string, but must be in the POST body: {names}."
        raise ApiError("mustpostparams", message)
    if request.method != "POST":
        raise ApiError("mustbeposted", f'The "{parameters["action"]}" module requires a POST request.')


def _help(_wiki: PracticeWiki, _parameters: Parameters) -> dict[str, Any]:
    return {"help": {"mime": "text/html", "help": "<h2>Practice Wiki API help</h2>"}}


def _parameter_info(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    return parameter_info(wiki, parameters, _actions(wiki))


_ACTIONS: dict[str, Callable[[PracticeWiki, Parameters], dict[str, Any]]] = {
    "query": query,
    "edit": edit,
    "clientlogin": client_login,
    "logout": log_out,
    "paraminfo": _parameter_info,
    "help": _help,
}


def _actions(wiki: PracticeWiki) -> dict[str, Callable[[PracticeWiki, Parameters], dict[str, Any]]]:
    return {**_ACTIONS, "sitematrix": site_matrix} if wiki.settings.family else _ACTIONS


def _json(body: dict[str, Any]) -> Response:
    answer = Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Cache-Control"] = "private, must-revalidate, max-age=0"
    return answer


def _error_answer(error: ApiError, action: str, parameters: Parameters) -> Response:
    body: dict[str, Any]
    docref = (
        f"See {current_wiki().base_url}/api.php for API usage. Subscribe to the mediawiki-api-announce"
        " mailing list at &lt;https://lists.wikimedia.org/postorius/lists/mediawiki-api-announce.lists.wikimedia.org/"
        "&gt; for notice of API deprecations and breaking changes."
    )
    if parameters.get("errorformat", "bc") == "bc":
        body = {"error": {"code": error.code, "info": error.info, **error.more, "docref": docref}}
    else:
        module = error.module or action
        body = {"errors": [{"code": error.code, "text": error.info, "module": module}], "docref": docref}
    answer = _json(body)
    answer.headers["MediaWiki-API-Error"] = error.code
    answer.headers.update(error.headers)
    return answer
