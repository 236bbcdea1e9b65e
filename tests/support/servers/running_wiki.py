"""Runs a practice wiki in a separate process, and sends requests to it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import requests

REST = "/rest.php/campaignevents/v0"


@dataclass
class RunningWiki:
    """A running practice wiki, with the information it printed at start."""

    description: dict[str, Any]
    process: "subprocess.Popen[str]"

    @property
    def base(self) -> str:
        return str(self.description["base_url"])

    def rest(
        self, path: str, *, user: str | None = "organizer", method: str = "GET", json: object = None
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.description[user]['owner_token']}"} if user else {}
        address = f"{self.base}{REST}{path}"
        return requests.request(method, address, headers=headers, json=json, timeout=20)

    def people(self, event: int, **more: object) -> list[dict[str, Any]]:
        """Return all people of an event, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            last = found[-1]["participant_id"] if found else 0
            query = "".join(f"&{name}={value}" for name, value in more.items())
            path = f"/event_registration/{event}/participants?include_private=true&last_participant_id={last}"
            page = self.rest(path + query).json()
            found.extend(page)
            if len(page) < 20:
                return found

    def control(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(f"{self.base}/practice/{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def start(*options: str) -> RunningWiki:
    command = [sys.executable, "-m", "app.practice", "--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return RunningWiki(json.loads(process.stdout.readline()), process)


def stop(wiki: RunningWiki) -> int:
    wiki.process.terminate()
    wiki.process.communicate(timeout=20)
    return wiki.process.returncode
