"""A browser that signs in on the practice wiki with clientlogin, step by step."""

from datetime import datetime
from typing import Any

import requests

from app.practice.identity.second_factor import STEP_SECONDS, code_at


class Browser:
    """A cookie session on a practice wiki."""

    def __init__(self, wiki: Any) -> None:
        self.wiki = wiki
        self.session = requests.Session()
        self.session.trust_env = False

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def api(self, **data: str) -> dict[str, Any]:
        data |= {"format": "json", "formatversion": "2"}
        return dict(self.session.post(f"{self.wiki.base}/api.php", data=data, timeout=20).json())

    def token(self, kind: str = "csrf") -> str:
        return str(self.api(action="query", meta="tokens", type=kind)["query"]["tokens"][f"{kind}token"])

    def begin(self, name: str, password: str, **more: str) -> dict[str, Any]:
        more |= {"username": name, "password": password, "loginreturnurl": self.wiki.base}
        return dict(self.api(action="clientlogin", logintoken=self.token("login"), **more)["clientlogin"])

    def begin_as(self, role: str, **more: str) -> dict[str, Any]:
        account = self.wiki.description[role]
        return self.begin(account["name"], account["password"], **more)

    def go_on(self, **answer: str) -> dict[str, Any]:
        answer |= {"logincontinue": "1", "logintoken": self.token("login")}
        return dict(self.api(action="clientlogin", **answer)["clientlogin"])

    def cookies(self) -> set[str]:
        return set(self.session.cookies.keys())

    def form(self, wanted: str = "login") -> dict[str, Any]:
        """Return the fields of the wiki's form."""
        query = {"meta": "authmanagerinfo", "amirequestsfor": wanted, "amimergerequestfields": "1"}
        return dict(self.api(action="query", **query)["query"]["authmanagerinfo"]["fields"])

    def who(self) -> str:
        return str(self.api(action="query", meta="userinfo")["query"]["userinfo"]["name"])

    def new_code(self, role: str) -> str:
        """Return an unused code of the account's authenticator."""
        now = self.wiki.control("clock", {"advance": STEP_SECONDS})["clock"]
        secret = self.wiki.description[role]["totp_secret"]
        return code_at(secret, datetime.fromisoformat(now).timestamp())
