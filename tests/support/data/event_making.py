"""Creates events on a practice wiki, without any code of the program."""

import itertools
from typing import Any

import requests

from tests.support.servers.practice_server import PracticeServer

_NUMBERS = itertools.count(1)
MEETUP: dict[str, Any] = {
    "timezone": "Europe/Berlin",
    "start_time": "20370305100000",
    "end_time": "20370306180000",
    "types": ["meetup"],
    "wikis": ["enwiki"],
    "topics": ["women"],
    "online_meeting": True,
    "meeting_url": "https://meet.example.org/meetup",
    "tracks_contributions": False,
}


def new_title() -> str:
    return f"Event:Made for a test {next(_NUMBERS)}"


def api(server: PracticeServer, role: str = "organizer", **form: str) -> dict[str, Any]:
    """Send a request to api.php, with a token."""
    headers = {"Authorization": f"Bearer {server.token(role)}"}
    asked = {"action": "query", "meta": "tokens", "format": "json", "formatversion": "2"}
    tokens = requests.get(f"{server.base}/api.php", asked, headers=headers, timeout=20).json()
    form |= {"token": tokens["query"]["tokens"]["csrftoken"], "format": "json", "formatversion": "2"}
    answer = requests.post(f"{server.base}/api.php", data=form, headers=headers, timeout=20)
    return dict(answer.json())


def make_page(server: PracticeServer, title: str, role: str = "organizer") -> None:
    made = api(server, role, action="edit", title=title, text="About the event", createonly="1")
    assert made["edit"]["result"] == "Success", made


def make_event(server: PracticeServer, role: str = "organizer", **more: Any) -> int:
    """Create an event page with a registration; return the event's number."""
    title = new_title()
    make_page(server, title, role)
    body = {**MEETUP, "event_page": title, **more}
    made = server.rest("POST", "/event_registration", body, role)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def join(server: PracticeServer, event: int, role: str, **body: Any) -> None:
    """Register somebody."""
    path = f"/event_registration/{event}/participants/self"
    answer = server.rest("PUT", path, {"is_private": False, **body}, role)
    assert answer.status_code == 200, answer.text


def person_name(server: PracticeServer, user_id: int) -> str:
    asked = {"action": "query", "list": "users", "ususerids": str(user_id), "format": "json"}
    answer = requests.get(f"{server.base}/api.php", {**asked, "formatversion": "2"}, timeout=20).json()
    return str(answer["query"]["users"][0]["name"])


def add_people(server: PracticeServer, event: int, count: int, first: int = 40) -> list[int]:
    """Register `count` people of the practice wiki; return their user ids."""
    ids = list(range(first, first + count))
    for user_id in ids:
        server.person(event, person_name(server, user_id), "register")
    return ids


def event_of(server: PracticeServer, event: int, role: str = "organizer") -> dict[str, Any]:
    return dict(server.rest("GET", f"/event_registration/{event}", role=role).json())


def organizers_of(server: PracticeServer, event: int) -> list[str]:
    return [one["user_name"] for one in server.rest("GET", f"/event_registration/{event}/organizers").json()]


def names_present(wiki: PracticeServer, event: str) -> set[str]:
    """Return the names of an event's participants on the wiki."""
    return {one["user_name"] for one in wiki.people(int(event))}


def make_list(wiki: PracticeServer, event: int, content: str) -> None:
    """Make the page of a list, as an administrator does."""
    headers = {"Authorization": f"Bearer {wiki.token('sysop')}"}
    page = f"{event_of(wiki, event)['event_page']}/Worklist".replace(" ", "_").replace("/", "%2F")
    path = f"{wiki.base}/rest.php/campaignevents/v0/worklist/{page}/pages"
    answer = requests.patch(path, json={"add": {"practicewiki": [content]}}, headers=headers, timeout=20)
    assert answer.status_code == 204, answer.text
