"""No secret is sent to an address other than the wiki's: not by a redirect, a cookie, or plain http."""

from contextlib import closing

import pytest

from app.domain.accounts.account import OAuthClient, SessionSecrets
from app.domain.faults import Fault, KnownFault
from app.wiki.discovery import find_wiki
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth
from app.wiki.sign_in.credentials import SessionCredentials
from tests.support.servers.safe_servers import ELSEWHERE, WIKI, SafeServers
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki
from tests.support.sign_in.secret_operations import (
    CHANGES,
    CLIENT,
    SESSION,
    TOKEN,
    Operation,
    by_session,
    by_token,
    every_operation,
    read_page,
    refusal,
    session_credentials,
)

PLACES = {
    "another host": lambda servers: servers.start(ELSEWHERE),
    "another port": lambda servers: servers.start(WIKI),
    "http": lambda servers: servers.start_plain(WIKI),
    "this computer": lambda servers: servers.start_plain("127.0.0.1"),
}
every_place = pytest.mark.parametrize("place", PLACES)


@every_operation
@every_place
def test_a_redirect_is_not_followed_to_another_address(
    safe_servers: SafeServers, operation: Operation, place: str
) -> None:
    wiki, other = safe_servers.start(), PLACES[place](safe_servers)
    token = Reply({"query": {"tokens": {"csrftoken": "abc+\\"}}})
    for status in (301, 302, 303, 307, 308):
        away = Reply(b"", status, {"Location": f"{other.base}/rest.php/x", "Set-Cookie": "chocolate=1"})
        if operation in CHANGES:
            wiki.answer = lambda asked, away=away: away if asked.method == "PUT" else token
            # The change may have been made before the redirect was sent.
            with pytest.raises(NoAnswer):
                operation(wiki.base)
        else:
            wiki.answer = lambda _, away=away: away
            assert "another address" in refusal(operation, wiki.base).sentence
    assert sum(asked.path != "/api.php" for asked in wiki.asked) == 5
    assert (other.connections, other.asked) == (0, [])


@every_place
def test_a_change_of_a_session_does_not_follow_redirects(safe_servers: SafeServers, place: str) -> None:
    wiki, other = safe_servers.start(), PLACES[place](safe_servers)

    def answer(asked: Asked) -> Reply:
        if asked.method == "GET":
            return Reply({"query": {"tokens": {"csrftoken": "abc+\\"}}})
        return Reply(b"", 307, {"Location": other.base})

    wiki.answer = answer
    with closing(by_session(wiki.base)) as client:
        for operation in (
            lambda: client.change("PUT", "/x", {"a": 1}),
            lambda: client.page_change(action="edit", title="Event:X", text="words"),
        ):
            with pytest.raises(NoAnswer):
                operation()
    assert (other.connections, other.asked) == (0, [])


@every_place
def test_a_page_is_followed_on_its_own_host_and_no_further(safe_servers: SafeServers, place: str) -> None:
    wiki, other = safe_servers.start(), PLACES[place](safe_servers)

    def answer(asked: Asked) -> Reply:
        if asked.path == "/index.php":
            return Reply(b"", 301, {"Location": f"{wiki.base}/wiki/Event:X"})
        return Reply(b"", 302, {"Location": other.base})

    wiki.answer = answer
    refusal(read_page, wiki.base)
    assert [asked.path for asked in wiki.asked] == ["/index.php", "/wiki/Event:X"]
    assert (other.connections, other.asked) == (0, [])


@pytest.mark.parametrize("address", [f"http://{WIKI}", f"http://{WIKI}:8080/w", "http://10.0.0.1"])
def test_http_is_allowed_for_this_computer_only(address: str) -> None:
    for make in (
        lambda: WikiClient(address),
        lambda: find_wiki(address),
        lambda: oauth.authorization(address, CLIENT),
        lambda: oauth.refreshed(address, CLIENT, "refresh-77aa"),
    ):
        with pytest.raises(KnownFault) as caught:
            make()
        assert caught.value.fault is Fault.USAGE
        assert "https" in caught.value.sentence


def test_a_wiki_is_looked_for_over_tls_unless_it_is_on_this_computer(safe_servers: SafeServers) -> None:
    plain, safe = safe_servers.start_plain(), safe_servers.start()
    safe.always(b"", 404)
    for typed in (plain.host, f" {plain.host}/wiki/Main_Page"):
        with pytest.raises(KnownFault):
            find_wiki(typed)
    assert plain.asked == []
    with pytest.raises(KnownFault):
        find_wiki(safe.host)
    assert safe.asked


@every_place
def test_discovery_does_not_follow_redirects_to_another_address(
    safe_servers: SafeServers, place: str
) -> None:
    wiki, other = safe_servers.start(), PLACES[place](safe_servers)
    wiki.always(b"", 301, Location=f"{other.base}/api.php")
    assert "another address" in refusal(find_wiki, wiki.base).sentence
    assert (other.connections, other.asked) == (0, [])


@pytest.mark.parametrize("domain", [ELSEWHERE, f".{ELSEWHERE}", "example", ".example"])
def test_a_cookie_for_another_domain_is_never_sent(safe_servers: SafeServers, domain: str) -> None:
    wiki, other = safe_servers.start(), safe_servers.start(ELSEWHERE)
    for server in (wiki, other):
        server.always({"id": 7}, Set_Cookie=f"planted=1; Domain={domain}; Path=/")
    saved: list[SessionSecrets] = []
    with closing(by_token(wiki.base)) as client, closing(by_session(wiki.base)) as session:
        for _ in range(2):
            client.rest("/x")
            session.rest("/x")
        own = session.with_credentials(
            SessionCredentials(wiki.base, SessionSecrets(()), saved.append, lambda: None)
        )
        own.rest("/x")
    with closing(by_token(other.base)) as client:
        client.rest("/x")
    assert saved == []
    assert cookies(wiki) == ["", f"wiki_session={SESSION}"] * 2 + [""]
    assert cookies(other) == [""]


def test_a_cookie_of_the_wiki_is_sent_only_to_that_wiki(safe_servers: SafeServers) -> None:
    wiki, other = safe_servers.start(), safe_servers.start(ELSEWHERE)
    wiki.always({"id": 7}, Set_Cookie="UseDC=master; Path=/; HttpOnly")
    other.always({"id": 7})
    credentials = session_credentials(wiki.base)
    for server in (wiki, other):
        with closing(WikiClient(server.base, credentials)) as client:
            client.rest("/x")
            client.rest("/x")
    assert cookies(wiki) == [f"wiki_session={SESSION}", f"wiki_session={SESSION}; UseDC=master"]
    assert cookies(other) == ["", ""]


def test_a_password_in_netrc_is_not_sent(safe_servers: SafeServers, tmp_path, monkeypatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {WIKI}\nlogin somebody\npassword theirs\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    wiki = safe_servers.start()
    wiki.always({"access_token": "a"})
    with closing(by_token(wiki.base)) as client, closing(WikiClient(wiki.base)) as nobody:
        client.rest("/x")
        client.page("Event:X")
        nobody.rest("/x")
        nobody.change("PUT", "/x", {})
    for client in (CLIENT, OAuthClient("public", None, CLIENT.redirect_uri)):
        oauth.refreshed(wiki.base, client, "refresh-77aa")
        oauth.authorization(wiki.base, client).tokens("code-1")
    sent = [asked.headers.get("authorization") for asked in wiki.asked]
    assert sent == [f"Bearer {TOKEN}"] + [None] * 7


def cookies(server: ScriptedWiki) -> list[str]:
    return [asked.headers.get("cookie", "") for asked in server.asked]
