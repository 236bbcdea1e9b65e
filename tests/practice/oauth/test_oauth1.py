"""OAuth 1.0a on the practice wiki."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from requests_oauthlib import OAuth1

from tests.support.servers.running_wiki import REST, RunningWiki

CALLBACK = "http://127.0.0.1:8127/callback"


class Program:
    """A registered consumer, with the browser of its user."""

    def __init__(self, wiki: RunningWiki, role: str = "oauth1_client") -> None:
        self.wiki = wiki
        self.consumer = wiki.description[role]
        self.browser = requests.Session()

    def signature(self, token: dict[str, str] | None = None, **more: str | None) -> OAuth1:
        keys = token or {"key": None, "secret": None}
        key, secret = self.consumer["consumer_key"], self.consumer["consumer_secret"]
        return OAuth1(key, secret, keys["key"], keys["secret"], **more)

    def step(self, name: str, token: dict[str, str] | None = None, **more: str) -> dict[str, str]:
        signed = self.signature(token, verifier=more.pop("verifier", None))
        query = {"title": f"Special:OAuth/{name}", "format": "json", **more}
        answer = requests.get(f"{self.wiki.base}/index.php", query, auth=signed, timeout=20)
        assert answer.status_code == 200
        return dict(answer.json())

    def begin(self, callback: str = "oob") -> dict[str, str]:
        return self.step("initiate", oauth_callback=callback)

    def open(self, token: dict[str, str]) -> requests.Response:
        query = {"title": "Special:OAuth/authorize", "oauth_token": token["key"]}
        return self.browser.get(f"{self.wiki.base}/index.php", params=query, timeout=20)

    def sign_in(self, page: requests.Response, role: str = "plain_user") -> requests.Response:
        found = re.search(r'action="([^"]+)"', page.text)
        assert found is not None, page.text
        somebody = self.wiki.description[role]
        form = {"wpName": somebody["name"], "wpPassword": somebody["password"], **fields(page)}
        return self.browser.post(self.wiki.base + html.unescape(found[1]), form, timeout=20)

    def press(self, page: requests.Response, button: str) -> requests.Response:
        address = f"{self.wiki.base}/wiki/Special:OAuth/authorize"
        return self.browser.post(address, {**fields(page), button: button}, allow_redirects=False, timeout=20)

    def signed_in(self, callback: str = "oob") -> tuple[str, dict[str, str]]:
        """Run the whole flow; return the callback URL and the access token."""
        token = self.begin(callback)
        page = self.open(token)
        if "wpPassword" in page.text:
            page = self.sign_in(page)
        back = urlsplit(self.press(page, "accept").headers["Location"])
        verifier = parse_qs(back.query)["oauth_verifier"][0]
        return back._replace(query="").geturl(), self.step("token", token, verifier=verifier)

    def who(self, signed: OAuth1) -> requests.Response:
        query = {"action": "query", "meta": "userinfo", "format": "json", "formatversion": "2"}
        return requests.get(f"{self.wiki.base}/api.php", query, auth=signed, timeout=20)


def fields(page: requests.Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: html.unescape(value) for name, value in found}


def test_the_start_up_line_has_the_consumers(wiki: RunningWiki) -> None:
    client = wiki.description["oauth1_client"]
    assert client.keys() == {"consumer_key", "consumer_secret", "callback"}
    assert client["callback"] == CALLBACK
    assert wiki.description["oauth1_prefix_client"]["callback"] == "http://127.0.0.1:8127/"


def test_somebody_signs_in_and_approves(wiki: RunningWiki) -> None:
    program = Program(wiki)
    callback, token = program.signed_in()
    assert callback == CALLBACK
    name = wiki.description["plain_user"]["name"]
    assert program.who(program.signature(token)).json()["query"]["userinfo"]["name"] == name
    # A second approval returns the same token.
    assert program.signed_in()[1] == token


def test_a_prefix_consumer_chooses_the_rest_of_its_callback(wiki: RunningWiki) -> None:
    program = Program(wiki, "oauth1_prefix_client")
    assert program.signed_in("http://127.0.0.1:8127/some/path")[0] == "http://127.0.0.1:8127/some/path"
    for other in ("http://127.0.0.1:81270/", "http://127.0.0.1:8127", "https://127.0.0.1:8127/", ""):
        assert program.begin(other)["error"] == "mwoauth-callback-not-oob-or-prefix"


def test_declining_does_not_redirect_to_the_client(wiki: RunningWiki) -> None:
    program = Program(wiki)
    token = program.begin()
    answer = program.press(program.sign_in(program.open(token)), "cancel")
    assert answer.status_code == 200
    assert "was not given access" in answer.text
    assert program.step("token", token, verifier="x")["error"] == "mwoauthdatastore-bad-token"


def test_a_form_without_its_csrf_token_is_refused(wiki: RunningWiki) -> None:
    program = Program(wiki)
    page = program.sign_in(program.open(program.begin()))
    form = {**fields(page), "wpEditToken": "+\\", "accept": "Allow"}
    answer = program.browser.post(f"{wiki.base}/wiki/Special:OAuth/authorize", form, timeout=20)
    assert answer.status_code == 403


def test_a_request_token_is_the_programs_own_and_ends(wiki: RunningWiki) -> None:
    program, other = Program(wiki), Program(wiki, "oauth1_prefix_client")
    token = program.begin()
    assert other.step("token", token, verifier="x")["error"] == "mwoauthdatastore-request-token-not-found"
    wiki.control("clock", {"advance": 601})
    assert program.step("token", token, verifier="x")["error"] == "mwoauthdatastore-request-token-not-found"
    page = program.open(token)
    assert "not found" in program.sign_in(page).text


def test_a_signature_is_valid_once_and_expires(wiki: RunningWiki) -> None:
    program = Program(wiki)
    token = program.signed_in()[1]
    signed = requests.Request(
        "GET", f"{wiki.base}{REST}/participant_questions", auth=program.signature(token)
    ).prepare()
    with requests.Session() as session:
        assert [session.send(signed, timeout=20).status_code for _ in range(2)] == [200, 403]
    old = program.who(program.signature(token, timestamp="1700000000")).json()["error"]
    assert old["code"] == "mwoauth-invalid-authorization"
    assert "Expired timestamp" in old["info"]


def test_a_signature_is_for_the_whole_request(wiki: RunningWiki) -> None:
    program = Program(wiki)
    token = program.signed_in()[1]
    address = f"{wiki.base}/api.php?action=query&format=json&meta="
    signed = requests.Request("GET", address + "userinfo", auth=program.signature(token)).prepare()
    signed.url = address + "siteinfo"
    with requests.Session() as session:
        answer = session.send(signed, timeout=20).json()
    assert "Invalid signature" in answer["error"]["info"]


def test_a_revoked_token_and_a_plain_one_are_refused(wiki: RunningWiki) -> None:
    program = Program(wiki)
    token = program.signed_in()[1]
    plain = program.signature(token, signature_method="PLAINTEXT")
    assert "not supported" in program.who(plain).json()["error"]["info"]
    wiki.control("revoke", {"user": wiki.description["plain_user"]["name"]})
    refused = program.who(program.signature(token)).json()["error"]
    assert refused["code"] == "mwoauth-invalid-authorization"
    assert "No approved grant" in refused["info"]


def test_consumers_and_tokens_outlive_the_program(run_wiki, tmp_path: Path) -> None:
    options = ("--data", str(tmp_path / "world.sqlite"))
    first = run_wiki(*options)
    program = Program(first)
    token = program.signed_in()[1]
    second = run_wiki(*options)
    assert second.description["oauth1_client"] == first.description["oauth1_client"]
    again = Program(second)
    assert "error" not in again.who(again.signature(token)).json()
