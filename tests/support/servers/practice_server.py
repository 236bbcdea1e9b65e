"""Runs a practice wiki for the tests, and controls it through its admin API."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from app.domain.accounts.account import OAuthClient, Tokens
from app.wiki.sign_in import oauth

REST = "/rest.php/campaignevents/v0"


class PracticeServer:
    """A running practice wiki, with the information it printed at start."""

    def __init__(self, info: dict[str, Any]) -> None:
        self.description = info
        self.base = str(info["base_url"])
        self.big_event = int(info["big_event"] or 0)

    def token(self, role: str = "organizer", kind: str = "owner_token") -> str:
        return str(self.description[role][kind])

    def name(self, role: str = "organizer") -> str:
        return str(self.description[role]["name"])

    @property
    def client(self) -> OAuthClient:
        client = self.description["oauth_client"]
        return OAuthClient(client["client_id"], client["client_secret"], client["redirect_uri"])

    @property
    def second(self) -> str:
        """Return the address of the family's second wiki."""
        (address,) = [one["base_url"] for one in self.description["family"] if one["wiki_id"] == "practicefr"]
        return str(address)

    def control(self, path: str, *, at: str | None = None, **body: object) -> dict[str, Any]:
        """Call the admin API, of another wiki of the family if `at` is given."""
        answer = requests.post(f"{at or self.base}/practice/{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def fault(self, kind: str, rate: float = 1.0, seed: int = 0, *, changes_only: bool = False) -> None:
        self.control("fault", kind=kind, rate=rate, seed=seed, changes_only=changes_only)

    def changes(self, event: int) -> list[dict[str, Any]]:
        """Return the REST requests that changed an event, in the wiki's order."""
        made = requests.get(f"{self.base}/practice/changes", timeout=20).json()
        return [one for one in made if re.search(rf"/event_registration/{event}(/|$)", one["path"])]

    def mails(self) -> list[dict[str, Any]]:
        """Return the e-mails that were sent."""
        return list(requests.get(f"{self.base}/practice/mails", timeout=20).json())

    def calm(self) -> None:
        """Stop all fault injection."""
        self.control("fault")

    def person(self, event: int, name: str, do: str, to: str = "") -> dict[str, Any]:
        return self.control("person", event=event, user_name=name, do=do, to=to)

    def forget_requests(self) -> None:
        requests.delete(f"{self.base}/practice/requests", timeout=20)

    def traffic(self) -> dict[str, Any]:
        return dict(requests.get(f"{self.base}/practice/requests", timeout=20).json())

    def asked(self, part: str) -> int:
        """Return the number of requests to the routes whose names end in `part`."""
        return sum(count for route, count in self.traffic()["routes"].items() if route.endswith(part))

    def rest(self, method: str, path: str, body: object = None, role: str = "organizer") -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        return requests.request(method, self.base + REST + path, json=body, headers=headers, timeout=20)

    def people(self, event: int, role: str = "organizer", *, private: bool = True) -> list[dict[str, Any]]:
        """Return all people of an event, page by page, without any code of the program."""
        found: list[dict[str, Any]] = []
        while True:
            last = found[-1]["participant_id"] if found else 0
            path = f"/event_registration/{event}/participants?last_participant_id={last}"
            page = self.rest("GET", f"{path}&include_private={str(private).lower()}", role=role).json()
            found += page
            if len(page) < 20:
                return found

    def signed_in(self) -> Tokens:
        """Return the tokens of an OAuth sign-in; the wiki must run with --auto-approve."""
        under_way = oauth.authorization(self.base, self.client)
        sent = requests.get(under_way.address, allow_redirects=False, timeout=20)
        assert sent.status_code == 302, sent.text
        back = parse_qs(urlsplit(sent.headers["Location"]).query)
        assert back["state"] == [under_way.state]
        return under_way.tokens(back["code"][0])


@contextmanager
def practice_server(*options: str) -> Iterator[PracticeServer]:
    """Run a practice wiki with command-line options."""
    command = [sys.executable, "-m", "app.practice", "--until-stdin-closes", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield PracticeServer(json.loads(process.stdout.readline()))
        finally:
            process.communicate(timeout=20)
