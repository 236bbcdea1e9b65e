"""Signs in with a session, and reads special pages."""

from typing import Any

import requests

from tests.support.servers.running_wiki import RunningWiki


def signed_in(wiki: RunningWiki, role: str) -> requests.Session:
    session = requests.Session()
    asked = {"action": "query", "meta": "tokens", "type": "login", "format": "json", "formatversion": "2"}
    token = session.get(f"{wiki.base}/api.php", params=asked, timeout=20).json()["query"]["tokens"]
    login = {
        "action": "clientlogin",
        "username": wiki.description[role]["name"],
        "password": wiki.description[role]["password"],
        "loginreturnurl": wiki.base,
        "logintoken": token["logintoken"],
        "format": "json",
        "formatversion": "2",
    }
    answer = session.post(f"{wiki.base}/api.php", data=login, timeout=20)
    assert answer.json()["clientlogin"]["status"] == "PASS"
    return session


def shown(wiki: RunningWiki, session: requests.Session, title: str, **query: Any) -> str:
    asked = {"title": f"Special:{title}", "uselang": "qqx", **query}
    answer = session.get(f"{wiki.base}/index.php", params=asked, timeout=20)
    assert answer.status_code == 200
    return answer.text
