"""The wiki that the contract suite runs against, as described by a JSON file or a practice wiki."""

import itertools
import secrets
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

from app.domain.accounts.account import OAuthClient, Tokens
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.http.transport import USER_AGENT
from app.wiki.sign_in.credentials import BearerCredentials

PREFIX = "Event:Event Center contract test"
NUMBERS = itertools.count(1)
RUN = f"{datetime.now(UTC):%Y-%m-%d %H%M%S} {secrets.token_hex(3)}"
PROMPT = "show_contribution_association_prompt"
_SECONDS = 30
_PAUSES = (20, 20, 25, 0)


class DescribedWiki:
    """A wiki with the accounts of a description; tests that need a missing part are skipped."""

    def __init__(self, described: dict[str, Any]) -> None:
        self._described = described
        self.base = str(described["base_url"]).rstrip("/")

    def part(self, name: str, field: str) -> str:
        value = self._described.get(name, {}).get(field)
        if not value:
            pytest.skip(f"the description has no {name}.{field}")
        return str(value)

    def oauth_client(self) -> OAuthClient:
        secret = self._described.get("oauth_client", {}).get("client_secret") or None
        return OAuthClient(
            self.part("oauth_client", "client_id"), secret, self.part("oauth_client", "redirect_uri")
        )

    def credentials(self, role: str) -> BearerCredentials:
        tokens = Tokens(self.part(role, "owner_token"))
        return BearerCredentials(self.base, tokens, None, save=lambda _: None, ended=lambda: None)

    @contextmanager
    def connected(self, credentials: BearerCredentials | None = None) -> Iterator[EventRegistration]:
        with closing(WikiClient(self.base, credentials)) as client:
            yield EventRegistration(client)

    @contextmanager
    def connected_as(self, role: str) -> Iterator[EventRegistration]:
        with self.connected(self.credentials(role)) as connection:
            yield connection

    def rest(self, method: str, path: str, body: Any = None, role: str = "organizer") -> requests.Response:
        """Send a request without the program's code, for setting up and cleaning up."""
        headers = {"Authorization": f"Bearer {self.part(role, 'owner_token')}", "User-Agent": USER_AGENT}
        address = f"{self.base}/rest.php/campaignevents/v0{path}"
        return requests.request(method, address, json=body, headers=headers, timeout=_SECONDS)

    def api(self, session: requests.Session, **form: str) -> dict[str, Any]:
        form |= {"format": "json", "formatversion": "2"}
        headers = {"User-Agent": USER_AGENT}
        answer = session.post(f"{self.base}/api.php", data=form, headers=headers, timeout=_SECONDS)
        return dict(answer.json())

    @cached_property
    def known(self) -> frozenset[str]:
        """The fields of events on this wiki, which show its features better than its version does."""
        with self.event() as (event_id, _):
            return frozenset(self.rest("GET", f"/event_registration/{event_id}").json())

    def make_page(self, title: str, role: str = "organizer") -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.part(role, 'owner_token')}"
            token = self.api(session, action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
            words = {"text": "A page of the contract tests; it may be deleted.", "summary": "contract test"}
            for pause in _PAUSES:
                made = self.api(session, action="edit", title=title, token=token, createonly="1", **words)
                if made.get("error", {}).get("code") != "ratelimited":
                    break
                # The suite creates more pages in a minute than a wiki's rate limit allows.
                time.sleep(pause)
            assert made.get("edit", {}).get("result") == "Success", made

    def enable(self, title: str) -> int:
        """Enable registration on a page; return the event's id."""
        begin = datetime.now(UTC).replace(microsecond=0) + timedelta(days=40)
        body: dict[str, Any] = {
            "event_page": title,
            "timezone": "Asia/Kolkata",
            "start_time": f"{begin:%Y%m%d%H}0000",
            "end_time": f"{begin + timedelta(days=1):%Y%m%d%H}0000",
            "types": ["meetup"],
            "wikis": [],
            "online_meeting": True,
            "inperson_meeting": False,
            "meeting_url": "https://meet.example.org/contract",
            "is_test_event": True,
            "tracks_contributions": False,
        }
        made = self.rest("POST", "/event_registration", body)
        if made.status_code == 400 and made.json().get("errorKey") == "rest-extraneous-body-fields":
            # Older wikis, and those without tracking of contributions, do not know all fields.
            for name in made.json()["failureData"]:
                del body[name]
            made = self.rest("POST", "/event_registration", body)
        if made.status_code == 403:
            pytest.skip(f"organizer.owner_token may not enable registration: {made.json().get('errorKey')}")
        assert made.status_code == 201, made.text
        return int(made.json()["id"])

    @contextmanager
    def event(self) -> Iterator[tuple[int, str]]:
        """Create an event and delete its registration at the end; its page stays and can be found by name."""
        title = f"{PREFIX} {RUN} {next(NUMBERS)}"
        self.make_page(title)
        event_id = self.enable(title)
        try:
            yield event_id, title
        finally:
            self.rest("DELETE", f"/event_registration/{event_id}", {})

    def join(self, event_id: int, role: str, *, private: bool, answers: dict[str, Any]) -> None:
        path = f"/event_registration/{event_id}/participants/self"
        body = {"is_private": private, "answers": answers}
        joined = self.rest("PUT", path, body, role)
        if joined.status_code == 400 and joined.json().get("name") == PROMPT:
            # Since 1.46 the prompt about edits is a required field.
            joined = self.rest("PUT", path, {**body, PROMPT: True}, role)
        assert joined.status_code == 200, joined.text

    @contextmanager
    def browser(self, role: str) -> Iterator[requests.Session]:
        """Return a browser session that is signed in with name and password."""
        name, password = self.part(role, "name"), self.part(role, "password")
        with requests.Session() as session:
            session.headers["User-Agent"] = USER_AGENT
            tokens = self.api(session, action="query", meta="tokens", type="login")["query"]["tokens"]
            answer = self.api(
                session,
                action="clientlogin",
                username=name,
                password=password,
                loginreturnurl=self.base,
                logintoken=tokens["logintoken"],
            )
            login = answer.get("clientlogin", {})
            if login.get("status") != "PASS":
                pytest.skip(f"clientlogin of the {role} did not pass: {login.get('messagecode') or answer}")
            yield session


@dataclass(frozen=True)
class ContractEvent:
    """An event of the suite: the co-organizer takes part publicly, the plain user privately."""

    event_id: int
    title: str
    organizer: str
    co_organizer: str
    plain_user: str


def press(session: requests.Session, address: str, button: str, redirect_uri: str) -> str:
    """Submit the approval page with a button; return the redirect to the client."""
    answer = session.get(address, allow_redirects=False, timeout=_SECONDS)
    for _ in range(12):
        if answer.status_code in (301, 302, 303, 307, 308):
            target = urljoin(answer.url, answer.headers["Location"])
            if target.startswith(redirect_uri):
                return target
            answer = session.get(target, allow_redirects=False, timeout=_SECONDS)
            continue
        reader = _Forms()
        reader.feed(answer.text)
        form = next((form for form in reader.forms if button in form.buttons), None)
        if form is None:
            pytest.skip(
                f"no form with the button {button!r}: HTTP {answer.status_code}, {reader.title.strip()}"
            )
        sent = {**form.fields, button: form.buttons[button]}
        target = urljoin(answer.url, form.action)
        answer = session.post(target, data=sent, allow_redirects=False, timeout=_SECONDS)
    pytest.skip("the approval did not come to its end")


class _Form:
    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, str] = {}


class _Forms(HTMLParser):
    """The forms of a page, with the fields that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "form":
            self.forms.append(_Form(given.get("action", "")))
        if tag not in ("input", "button") or not self.forms or "name" not in given:
            return
        form, kind = self.forms[-1], given.get("type", "submit" if tag == "button" else "text")
        if kind == "submit":
            form.buttons[given["name"]] = given.get("value", "")
        elif kind not in ("checkbox", "radio") or "checked" in given:
            form.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
