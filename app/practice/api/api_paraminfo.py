"""`action=paraminfo` of the action API: partial descriptions of some modules."""

from collections.abc import Callable, Iterable
from typing import Any

from app.practice.api.api_contributions import DEFAULT_PROPERTIES, DIRECTIONS, PROPERTIES, SHOWN
from app.practice.api.api_users import USER_PROPERTIES
from app.practice.http.api_parameters import MANY, MOST, Parameters
from app.practice.wiki import PracticeWiki

_SEVERAL = {"multi": True, "lowlimit": MANY, "highlimit": MOST, "limit": MANY}


def parameter_info(wiki: PracticeWiki, parameters: Parameters, actions: Iterable[str]) -> dict[str, Any]:
    """Answer `action=paraminfo` for the requested modules, as far as they are described here."""
    described: dict[str, Callable[[], dict[str, Any]]] = {
        "main": lambda: _main(wiki, sorted(actions)),
        "query+usercontribs": lambda: _list_module(wiki, "usercontribs", "uc", _CONTRIBUTIONS),
        "query+users": lambda: _list_module(wiki, "users", "us", _USERS),
    }
    asked = parameters.get("modules", "").split("|")
    modules = [describe() for name, describe in described.items() if name in asked]
    return {"paraminfo": {"helpformat": "none", "modules": modules}}


def _parameter(name: str, kind: object, **more: object) -> dict[str, Any]:
    return {"name": name, "type": kind, "required": False, "multi": False, **more}


_CONTRIBUTIONS = (
    _parameter("limit", "limit", default=10, min=1, max=500, highmax=5000),
    _parameter("start", "timestamp"),
    _parameter("end", "timestamp"),
    _parameter("continue", "string"),
    _parameter("user", "user", **_SEVERAL, subtypes=["name", "ip", "temp", "interwiki"]),
    _parameter("userids", "integer", **_SEVERAL),
    _parameter("dir", list(DIRECTIONS), default="older"),
    _parameter("namespace", "namespace", **_SEVERAL, allspecifier="*"),
    _parameter("prop", PROPERTIES, default=DEFAULT_PROPERTIES, **_SEVERAL),
    _parameter("show", SHOWN, **_SEVERAL),
    _parameter("tag", "string"),
)
_USERS = (
    _parameter("prop", USER_PROPERTIES, **_SEVERAL),
    _parameter("users", "string", **_SEVERAL),
    _parameter("userids", "integer", **_SEVERAL),
)


def _list_module(
    wiki: PracticeWiki, name: str, prefix: str, parameters: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    return {
        **_source(wiki, name, f"ApiQuery{name.capitalize()}"),
        "path": f"query+{name}",
        "group": "list",
        "prefix": prefix,
        "readrights": True,
        "parameters": [{"index": place, **one} for place, one in enumerate(parameters, 1)],
        "templatedparameters": [],
    }


def _main(wiki: PracticeWiki, actions: list[str]) -> dict[str, Any]:
    action = {
        "index": 1,
        **_parameter("action", actions, default="help"),
        "submodules": {name: name for name in actions},
    }
    return {**_source(wiki, "main", "ApiMain"), "path": "main", "prefix": "", "parameters": [action]}


def _source(wiki: PracticeWiki, name: str, class_name: str) -> dict[str, Any]:
    return {
        "name": name,
        "classname": f"MediaWiki\\Api\\{class_name}",
        "source": "MediaWiki",
        "sourcename": "MediaWiki",
        "licensetag": "GPL-2.0-or-later",
        "licenselink": f"{wiki.base_url}/wiki/Special:Version/License/MediaWiki",
        "helpurls": [],
    }
