"""The recorded exchanges with a real wiki, each with the name of its reader."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.support.repository import RECORDINGS

#: Readers by method and path; those of api.php and index.php are distinguished by their parameters.
_ROUTES = (
    ("GET", r"/rest.php/campaignevents/v0/event_registration/\d+", "registration"),
    ("GET", r".*/event_registration/\w+/organizers", "organizers"),
    ("GET", r".*/event_registration/\w+/participants", "participants"),
    ("GET", r".*/participants/self", "own registration"),
    ("GET", r".*/organizer/\w+/event_registrations", "organized by"),
    ("GET", r".*/participant/\w+/event_registrations", "attended by"),
    ("GET", r".*/participant_questions", "question labels"),
    ("POST", r".*/event_registration", "enable"),
    ("PUT", r".*/event_registration/\d+", "replace"),
    ("DELETE", r".*/event_registration/\d+", "delete"),
    ("PUT", r".*/organizers", "set organizers"),
    ("DELETE", r".*/participants", "remove people"),
    ("POST", r".*/email", "e-mail"),
    ("PUT", r".*/participants/self", "register"),
    ("DELETE", r".*/participants/self", "unregister"),
    ("PUT", r".*/edits/\w+/\w+", "associate edit"),
    ("DELETE", r".*/event_contributions/\d+", "remove contribution"),
    ("POST", r".*/oauth2/access_token", "tokens"),
)
#: Readers that share an answer with others.
_ALIKE = {
    "set grant id": "delete",
    "find wiki": "facts",
    "find event": "event page",
    "event on page": "event page",
    "short address": "event page",
    "refreshed tokens": "tokens",
    "initiated": "signed for",
}
_BLACKENED = re.compile(r"<redacted[^<>]{0,20}>")
_JSON = "application/json; charset=utf-8"
#: Answers of routes without a recording, as the contract describes them.
_INVENTED: dict[str, Any] = {
    "find edit": {"query": {"pages": [{"pageid": 7, "revisions": [{"revid": 12, "parentid": 11}]}]}},
    "grant id": {"grant_id": "2611-00123"},
    "family": {
        "sitematrix": {
            "count": 3,
            "0": {
                "code": "fr",
                "name": "français",
                "site": [
                    {"url": "https://fr.example.org", "dbname": "frwiki", "code": "wiki", "lang": "fr"},
                    {"url": "https://old.example.org", "dbname": "oldwiki", "code": "wiki", "closed": True},
                ],
                "localname": "French",
            },
            "specials": [
                {"url": "https://meta.example.org", "dbname": "metawiki", "code": "meta", "lang": "en"},
                {"url": "https://in.example.org", "dbname": "inwiki", "code": "in", "private": True},
            ],
        }
    },
}
_META = {"userinfo": "identity", "siteinfo": "facts", "tokens": "csrf token"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded answer. `value` is parsed JSON, or text."""

    name: str
    reader: str
    asked: dict[str, Any]
    status: int
    headers: dict[str, str]
    value: Any

    @property
    def is_html(self) -> bool:
        """Whether it is a page."""
        return isinstance(self.value, str) and self.value.lstrip()[:1] == "<"

    def payload(self) -> bytes:
        """Return its body in bytes."""
        return self.value.encode() if isinstance(self.value, str) else json.dumps(self.value).encode()


@cache
def recorded_answers() -> tuple[Recorded, ...]:
    """Return all recordings, in the order of their numbers."""
    return tuple(_read())


@cache
def meant_for(reader: str) -> tuple[Recorded, ...]:
    """Return the answers for a reader, or an invented one if none was recorded."""
    if reader in _INVENTED:
        return (Recorded("invented", reader, {}, 200, {"content-type": _JSON}, _INVENTED[reader]),)
    wanted = _ALIKE.get(reader, reader)
    return tuple(one for one in recorded_answers() if one.reader == wanted)


def valid_recording(reader: str, name: str = "") -> Recorded:
    """Return a recording with HTTP 200 for a reader, whose name contains a text."""
    return next(one for one in meant_for(reader) if one.status == 200 and name in one.name)


def _read() -> Iterator[Recorded]:
    for file in sorted(RECORDINGS.glob("*.json")):
        # Redacted values contain spaces, which tokens must not.
        exchange = json.loads(_BLACKENED.sub("blackened", file.read_text("utf-8")))
        asked, response = exchange["request"], exchange["response"]
        body = "" if response["body"] is None else response["body"]
        headers = dict(response["headers"] or {})
        yield Recorded(file.name, _reader_of(asked, body), asked, response["status"], headers, body)


def _reader_of(asked: dict[str, Any], body: Any) -> str:
    method, path, query = asked["method"], asked["path"], asked.get("query") or {}
    if path == "/api.php":
        return _api_reader(asked, query, body)
    for its_method, pattern, reader in _ROUTES:
        if method == its_method and re.fullmatch(pattern, path):
            return reader
    title = str(query.get("title", ""))
    if title.startswith("Special:MyEvents"):
        return "my events"
    if title.startswith("Special:EventDetails"):
        return "contributions" if query.get("tab") == "ContributionsPanel" else "statistics"
    if "OAuth/initiate" in title or "OAuth/token" in title:
        return "signed for"
    return "event page" if "Event:" in path or "Event%3A" in path else "none"


def _api_reader(asked: dict[str, Any], query: dict[str, Any], body: Any) -> str:
    if isinstance(body, dict):
        if "clientlogin" in body:
            return "sign-in answer"
        if "edit" in body:
            return "make page"
        if "authmanagerinfo" in (body.get("query") or {}):
            return "sign-in form"
    if query.get("list") == "users":
        return "named"
    return _META.get(
        str(query.get("meta", "")).partition("|")[0], "make page" if asked["method"] == "POST" else "none"
    )
