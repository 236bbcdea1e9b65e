"""Tokens are sent only to their own wiki, over TLS or within this computer, and appear in no text."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.accounts.account import Cookie, OAuthClient, SessionSecrets, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.http.addresses import check_address
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth
from app.wiki.sign_in.credentials import BearerCredentials, SessionCredentials
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, scripted_wiki

SECRETS = ("access-9f3b", "refresh-77aa", "client-secret-55")
CLIENT = OAuthClient("the-client", SECRETS[2], "http://127.0.0.1:8127/callback")
TOKENS = Tokens(SECRETS[0], SECRETS[1])


def credentials_for(base: str) -> BearerCredentials:
    return BearerCredentials(base, TOKENS, CLIENT, save=lambda _: None, ended=lambda: None)


@pytest.fixture
def elsewhere() -> Iterator[ScriptedWiki]:
    with scripted_wiki() as other:
        yield other


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_carries_a_token_to_another_host(
    wiki_script: ScriptedWiki, elsewhere: ScriptedWiki, wiki_connect, status: int
) -> None:
    wiki_script.always(b"", status, Location=f"{elsewhere.base}/rest.php/campaignevents/v0")
    connection = wiki_connect(wiki_script.base, credentials=credentials_for(wiki_script.base))
    with pytest.raises(KnownFault) as caught:
        connection.registration(1)
    assert caught.value.fault is Fault.NETWORK
    assert "another address" in caught.value.sentence
    for fetch in (
        lambda: oauth.refreshed(wiki_script.base, CLIENT, TOKENS.refresh or ""),
        lambda: oauth.authorization(wiki_script.base, CLIENT).tokens("code"),
    ):
        with pytest.raises(KnownFault) as caught:
            fetch()
        assert caught.value.fault is Fault.NETWORK
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "target", ["http://evil.example/", "//evil.example/x", ".evil.example/", "http://[x"]
)
def test_a_page_is_not_read_from_another_host(wiki_script: ScriptedWiki, wiki_connect, target: str) -> None:
    wiki_script.always(b"nothing", 302, Location=target)
    client = wiki_connect(wiki_script.base).client
    if target.startswith("."):
        # An odd path, but on the wiki's own host.
        assert client.page("Event:X") == "nothing"
        assert all(asked.headers["host"] == wiki_script.host for asked in wiki_script.asked)
        return
    with pytest.raises(KnownFault) as caught:
        client.page("Event:X")
    assert caught.value.fault in (Fault.NETWORK, Fault.WIKI_BROKEN)


def test_a_page_is_read_without_the_token(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always(b"<html></html>")
    wiki_connect(wiki_script.base, credentials=credentials_for(wiki_script.base)).client.page("Event:X")
    assert "authorization" not in wiki_script.asked[0].headers


def test_secrets_are_in_no_log_and_no_text(
    wiki_script: ScriptedWiki, wiki_connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = "-".join(("code", "3"))

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return Reply({"error": "invalid_request", "message": f"{SECRETS} {asked.body}"}, 401)
        sent = asked.headers.get("authorization", "")
        return Reply({"errorKey": "mwoauth-invalid-authorization", "messageTranslations": {"en": sent}}, 403)

    wiki_script.answer = answer
    credentials = credentials_for(wiki_script.base)
    connection = wiki_connect(wiki_script.base, credentials=credentials)
    texts = [repr(TOKENS), str(TOKENS), repr(CLIENT), repr(credentials), repr(connection.client)]
    under_way = oauth.authorization(wiki_script.base, CLIENT)
    texts.append(repr(under_way))
    for fetch in (connection.identity, lambda: connection.registration(1), lambda: under_way.tokens(code)):
        with pytest.raises(KnownFault) as caught:
            fetch()
        texts += traceback.format_exception(caught.value)
        texts.append(caught.value.sentence)
    everything = "\n".join([*texts, caplog.text])
    for secret in (*SECRETS, under_way.state, code):
        assert secret not in everything


def test_a_token_that_is_not_a_valid_header_is_in_no_text(wiki_script: ScriptedWiki, wiki_connect) -> None:
    bad = BearerCredentials(wiki_script.base, Tokens("sécrèt\n→9f3b"), None, lambda _: None, lambda: None)
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base, credentials=bad).identity()
    assert "9f3b" not in "".join(traceback.format_exception(caught.value))
    assert wiki_script.asked == []


def test_neither_netrc_nor_proxy_affects_a_sign_in(
    wiki_script: ScriptedWiki, wiki_connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin somebody\npassword theirs\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    wiki_script.always([])
    wiki_connect(wiki_script.base, credentials=credentials_for(wiki_script.base)).organized_by(3)
    wiki_connect(wiki_script.base).organized_by(3)
    assert [asked.headers.get("authorization") for asked in wiki_script.asked] == [
        f"Bearer {SECRETS[0]}",
        None,
    ]
    wiki_script.always({"access_token": "a", "refresh_token": "b"})
    assert oauth.refreshed(wiki_script.base, CLIENT, "r").access == "a"
    assert "authorization" not in wiki_script.asked[-1].headers


@pytest.mark.parametrize(
    "address",
    [
        "http://meta.wikimedia.org",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "http://127.0.0.2:80",
        "http://0.0.0.0",
        "ftp://127.0.0.1",
        "https://",
        "https://user:secret@meta.wikimedia.org",
        "https://[::1",
        "https://host:notaport",
        "meta.wikimedia.org",
        "",
    ],
)
def test_an_invalid_or_unsafe_address(address: str) -> None:
    with pytest.raises(KnownFault) as caught:
        check_address(address)
    assert caught.value.fault is Fault.USAGE
    for make in (lambda: WikiClient(address), lambda: oauth.authorization(address, CLIENT)):
        with pytest.raises(KnownFault):
            make()
    with pytest.raises(KnownFault):
        oauth.refreshed(address, CLIENT, "refresh")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://localhost/w/", "http://localhost/w"),
        ("http://[::1]:80", "http://[::1]:80"),
        ("HTTPS://Meta.Wikimedia.ORG/w", "https://meta.wikimedia.org/w"),
    ],
)
def test_a_safe_address(typed: str, address: str) -> None:
    assert check_address(typed) == address


def test_a_special_page_is_followed_to_its_name_in_the_wikis_language(wiki_script: ScriptedWiki) -> None:
    head = '<html><head><script>RLCONF={"wgUserName":"Amara"}</script></head>'

    def answer(asked: Asked) -> Reply:
        if asked.query.get("title") == "Special:MyEvents":
            return Reply(b"", 302, {"Location": f"{wiki_script.base}/wiki/Sp%C3%A9cial:Mes?uselang=qqx"})
        return Reply(f"{head}<body>own page</body></html>".encode())

    wiki_script.answer = answer
    cookie = Cookie("session", "s3cret", "127.0.0.1", "/", secure=False, expires=None)
    ended: list[bool] = []
    session = SessionCredentials(
        wiki_script.base, SessionSecrets((cookie,)), lambda _: None, lambda: ended.append(True)
    )
    with closing(WikiClient(wiki_script.base, session)) as client:
        assert "own page" in client.own_page("Special:MyEvents")
        assert [asked.headers.get("cookie") for asked in wiki_script.asked] == ["session=s3cret"] * 2
        assert not ended
        head = head.replace('"Amara"', "null")
        with pytest.raises(KnownFault) as caught:
            client.own_page("Special:MyEvents")
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert ended == [True]
