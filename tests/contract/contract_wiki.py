"""The running practice wiki that recordings are replayed on, with helpers."""

import base64
import hashlib
import html
import itertools
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

REST = "/rest.php/campaignevents/v0"
PEOPLE_PASSWORD = "practice-people"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ROLES = {
    "Organizer1": "organizer",
    "Organizer2": "co_organizer",
    "Organizer3": "other_organizer",
    "Admin": "sysop",
    "PlainUser": "plain_user",
    "BlockedUser": "blocked_user",
    "BlockedOrganizer": "blocked_organizer",
    "OrganizerNoEmail": "unmailed_organizer",
    "OrganizerUnconfirmed": "unconfirmed_organizer",
    # The users of the recordings from 900 on.
    "Organizer": "organizer",
    "Amara": "organizer",
    "Ingrid": "co_organizer",
    "Many": "other_organizer",
    "Jun": "plain_user",
    "Blocked1": "blocked_organizer",
}
PEOPLE = {"Lars": 100, "Rosa": 101}
PUBLIC_CLIENT, CONFIDENTIAL_CLIENT = "ab1bb60d73ffc8d63f3e56b9e45b7d9b", "f3f0bbaf3a8518d8489705ffda673884"
MEETUP = {
    "timezone": "UTC",
    "start_time": "20270305100000",
    "end_time": "20270306180000",
    "types": ["meetup"],
    "wikis": [],
    "online_meeting": True,
    "tracks_contributions": False,
}
COUNTER = itertools.count(1)


def open_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def new_title() -> str:
    return f"Event:Replay {next(COUNTER)}"


@dataclass
class PracticeWiki:
    """The running practice wiki, with helpers for situations and sequences."""

    description: dict[str, Any]
    signed_in: dict[str, tuple[requests.Session, str]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return str(self.description["base_url"])

    def name(self, user: str) -> str:
        """Return the practice wiki's name of a recorded user."""
        if user in ROLES:
            return str(self.description[ROLES[user]]["name"])
        if user.startswith("Participant"):
            return self.person(int(user[-4:]) + 24)
        if user in PEOPLE:
            return self.person(PEOPLE[user])
        return user

    def user_id(self, user: str) -> int:
        query = {"action": "query", "list": "users", "ususers": self.name(user)}
        return int(self.api(query)["query"]["users"][0]["userid"])

    def person(self, user_id: int) -> str:
        query = {"action": "query", "list": "users", "ususerids": str(user_id)}
        return str(self.api(query)["query"]["users"][0]["name"])

    def api(self, data: dict[str, Any], session: requests.Session | None = None) -> dict[str, Any]:
        data = {**data, "format": "json", "formatversion": "2"}
        answer = (session or open_session()).post(f"{self.base}/api.php", data=data, timeout=20)
        return dict(answer.json())

    def owner(self, user: str = "Organizer1", kind: str = "owner_token") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.description[ROLES[user]][kind]}"}

    def sign_in(self, user: str, *, remember: bool = False) -> requests.Session:
        """Return a new signed-in cookie session."""
        session = open_session()
        token = self.api({"action": "query", "meta": "tokens", "type": "login"}, session)
        password = self.description[ROLES[user]]["password"] if user in ROLES else PEOPLE_PASSWORD
        login = {
            "action": "clientlogin",
            "username": self.name(user),
            "password": password,
            "loginreturnurl": self.base,
            "logintoken": token["query"]["tokens"]["logintoken"],
        }
        if remember:
            login["rememberMe"] = "1"
        assert self.api(login, session)["clientlogin"]["status"] == "PASS"
        return session

    def csrf(self, session: requests.Session) -> str:
        tokens = self.api({"action": "query", "meta": "tokens"}, session)["query"]["tokens"]
        return str(tokens["csrftoken"])

    def signed(self, user: str) -> tuple[requests.Session, str]:
        """Return a cookie session shared by all tests, with its CSRF token."""
        if user not in self.signed_in:
            session = self.sign_in(user)
            self.signed_in[user] = session, self.csrf(session)
        return self.signed_in[user]

    def edit(self, title: str, text: str, user: str = "Organizer1", **more: str) -> dict[str, Any]:
        session, token = self.signed(user)
        data = {"action": "edit", "title": title, "text": text, "token": token, **more}
        return self.api(data, session)

    def make_page(self, title: str, user: str = "Organizer1", text: str = "") -> dict[str, Any]:
        return dict(self.edit(title, text or f"about {title}", user)["edit"])

    def rest(self, method: str, path: str, body: Any = None, user: str = "Organizer1") -> requests.Response:
        address = f"{self.base}{REST}{path}"
        return requests.request(method, address, json=body, headers=self.owner(user), timeout=20)

    def make_event(self, body: dict[str, Any] | None = None) -> tuple[int, str]:
        title = new_title()
        self.make_page(title)
        made = self.rest("POST", "/event_registration", {**(body or MEETUP), "event_page": title})
        assert made.status_code == 201, made.text
        return made.json()["id"], title

    def control(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(f"{self.base}/practice/{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def register(self, event: int, user_id: int, do: str = "register") -> None:
        self.control("person", {"event": event, "user_name": self.person(user_id), "do": do})

    def client(self, recorded_id: str = PUBLIC_CLIENT) -> dict[str, str]:
        return dict(
            self.description["oauth_client" if recorded_id == CONFIDENTIAL_CLIENT else "public_client"]
        )

    def authorization(self, client: dict[str, str], *, pkce: bool = True) -> dict[str, str]:
        query = {"response_type": "code", "client_id": client["client_id"], "state": "abc"}
        query["redirect_uri"] = client["redirect_uri"]
        if pkce:
            query |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
        return query

    def approval_form(self, session: requests.Session, query: dict[str, str]) -> dict[str, str]:
        return self.hidden_fields(session, f"{self.base}/rest.php/oauth2/authorize", query)

    def hidden_fields(self, session: requests.Session, address: str, query: dict[str, str]) -> dict[str, str]:
        page = session.get(address, params=query, timeout=20)
        assert page.status_code == 200, page.text
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
        return {name: html.unescape(value) for name, value in found}

    def code(
        self, client: dict[str, str], user: str = "Organizer1", *, pkce: bool = True, scope: str = ""
    ) -> str:
        session = self.sign_in(user)
        asked = self.authorization(client, pkce=pkce)
        form = self.approval_form(session, {**asked, "scope": scope} if scope else asked)
        address = f"{self.base}/wiki/Special:OAuth/approve"
        sent = session.post(address, data={**form, "accept": "Allow"}, allow_redirects=False, timeout=20)
        back = session.get(sent.headers["Location"], allow_redirects=False, timeout=20)
        return parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]

    def tokens(self, client: dict[str, str], user: str = "Organizer1", *, scope: str = "") -> dict[str, str]:
        return self.exchange(
            client,
            grant_type="authorization_code",
            code=self.code(client, user, scope=scope),
            redirect_uri=client["redirect_uri"],
            code_verifier=VERIFIER,
        )

    def exchange(self, client: dict[str, str], **form: str) -> dict[str, str]:
        form |= {"client_id": client["client_id"], "client_secret": client["client_secret"]}
        answer = requests.post(f"{self.base}/rest.php/oauth2/access_token", data=form, timeout=20)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
