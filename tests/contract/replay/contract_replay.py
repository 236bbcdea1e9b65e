"""A recorded exchange prepared for the practice wiki: names, ids and secrets are replaced."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import requests

from tests.contract.contract_wiki import CONFIDENTIAL_CLIENT, PUBLIC_CLIENT, ROLES, PracticeWiki, open_session
from tests.contract.replay.recorded import load

REDACTED = "<redacted>"
# Parameters of api.php with several user names.
NAMES = ("ususers", "ucuser", "bkusers")
EVENTS = {14: 18, 72: 19, 73: 20, 12: 17}
TITLES = {
    "Women in Science Edit-a-thon 2026": "Women in Science Edit-a-thon",
    "Library Workshop Buenos Aires": "Taller de bibliotecas Buenos Aires",
    "Blocked organizer event": "Village Pump Picnic",
    "Rec_edit_101834": "Idea_without_registration",
}


@dataclass
class Replay:
    """A recorded exchange, prepared to be sent to the practice wiki."""

    wiki: PracticeWiki
    exchange: dict[str, Any]
    path: str = ""
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    session: requests.Session | None = None
    signature: requests.auth.AuthBase | None = None
    values: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def who(self) -> str:
        return str(self.exchange["as"])

    @property
    def user(self) -> str:
        return re.split(r"[ /]", self.who)[0]

    @property
    def number(self) -> int:
        return int(self.exchange["name"].partition("-")[0])

    def event_id(self) -> int:
        found = re.search(r"event_registration/(\d+)", self.path)
        return int(found[1]) if found else 0

    def set_event(self, event: int) -> None:
        self.path = re.sub(r"event_registration/\d+", f"event_registration/{event}", self.path)

    def send(self) -> requests.Response:
        sender = self.session or open_session()
        arguments: dict[str, Any] = {"params": self.query, "headers": self.headers, "auth": self.signature}
        if isinstance(self.body, str):
            arguments["data"] = self.body.encode()
        elif self.body is not None and self.headers.get("Content-Type") == "application/json":
            arguments["data"] = json.dumps(self.body).encode()
        elif self.body is not None:
            arguments["data"] = self.body
        method = self.exchange["request"]["method"]
        address = self.wiki.base + self.path
        return sender.request(method, address, allow_redirects=False, timeout=20, **arguments)


SITUATIONS: dict[str, Callable[[Replay], None]] = {}


def situation(prepare: Callable[[Replay], None]) -> Callable[[Replay], None]:
    SITUATIONS[prepare.__name__] = prepare
    return prepare


def make_replay(wiki: PracticeWiki, name: str, prepare: Callable[[Replay], None]) -> Replay:
    exchange = {**load(name), "name": name}
    asked = exchange["request"]
    body = asked["body"]
    replay = Replay(wiki, exchange, asked["path"], dict(asked["query"] or {}), body)
    content_type = asked["headers"].get("Content-Type")
    if content_type:
        replay.headers["Content-Type"] = content_type
    event = replay.event_id()
    if event in EVENTS:
        replay.set_event(EVENTS[event])
    prepare(replay)
    authenticate(replay)
    translate(replay)
    return replay


def authenticate(replay: Replay) -> None:
    """Authenticate as the recorded user, unless the situation has done so."""
    who = replay.who
    if replay.session is not None or replay.signature is not None or "Authorization" in replay.headers:
        return
    if "ships" in who:
        replay.headers |= replay.wiki.owner(replay.user, "limited_token")
    elif "bearer" in who.lower() or "owner-only" in who:
        replay.headers |= replay.wiki.owner(replay.user)
    elif "/ cookie session" in who or replay.user in ("Organizer3", "LoginTester"):
        replay.session, token = replay.wiki.signed(replay.user)
        replay.values.setdefault("token", token)
    if "bearer" in who.lower() and isinstance(replay.body, dict) and replay.body.get("action") == "edit":
        query = {"action": "query", "meta": "tokens", "format": "json", "formatversion": "2"}
        answer = requests.get(f"{replay.wiki.base}/api.php", query, headers=replay.headers, timeout=20).json()
        replay.values.setdefault("token", answer["query"]["tokens"]["csrftoken"])


def translate(replay: Replay) -> None:
    """Replace the recorded names, titles, clients and secrets by the practice wiki's."""
    wiki = replay.wiki
    replay.titles = {**TITLES, **replay.titles}

    def words(text: str) -> str:
        for recorded, ours in replay.titles.items():
            text = text.replace(recorded, ours).replace(recorded.replace(" ", "_"), ours.replace(" ", "_"))
        for recorded_id in (PUBLIC_CLIENT, CONFIDENTIAL_CLIENT):
            text = text.replace(recorded_id, wiki.client(recorded_id)["client_id"])
        if all(
            part in ROLES or re.fullmatch(r"Participant\d{4}|No such.*", part) for part in text.split("|")
        ):
            text = "|".join(wiki.name(part) for part in text.split("|"))
        if text == "organizer1":
            text = wiki.name("Organizer1").replace("Amara ", "amara_")
        return text.replace("realwiki", "practicewiki").replace("mw147", "practicewiki")

    def value(name: str, given: Any) -> Any:
        if given == REDACTED and name in replay.values:
            return replay.values[name]
        if name in ("username_filter", "username") and replay.values.get(name):
            return replay.values[name]
        if name in NAMES and isinstance(given, str):
            return "|".join(wiki.name(part) for part in given.split("|"))
        if isinstance(given, str):
            return words(given)
        if isinstance(given, list):
            return [value("", one) for one in given]
        if isinstance(given, dict):
            return {words(key): value(key, one) for key, one in given.items()}
        return given

    replay.query = {name: value(name, given) for name, given in replay.query.items()}
    # A slash inside a path segment stays encoded.
    replay.path = words("%2F".join(unquote(part) for part in replay.path.split("%2F")))
    if isinstance(replay.body, dict):
        replay.body = {name: value(name, given) for name, given in replay.body.items()}
