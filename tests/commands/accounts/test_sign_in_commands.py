"""Signing in and out on the command line, with a token and through the browser."""

import re
import socket
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.support.running_commands import run_apart, start

TOKEN = "--owner-token-stdin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def callback_port() -> int:
    return free_port()


@pytest.fixture
def browser_wiki(start_practice_wiki, callback_port):
    """Return a practice wiki whose clients come back to a free port, and which asks for approval."""
    return start_practice_wiki("--redirect-port", str(callback_port))


def sign_in_by_browser(folder, wiki, client: str = "oauth_client", *more: str):
    told = wiki.description[client]
    options = [
        "--client-id",
        told["client_id"],
        "--redirect-uri",
        told["redirect_uri"],
        "--no-browser",
        *more,
    ]
    return start(folder, "sign-in", wiki.base, *options)


def address_in(process) -> str:
    assert process.stderr
    for line in process.stderr:
        if line.startswith("http"):
            return line.strip()
    raise AssertionError("no address was told")


def approve(wiki, address: str, answer: str = "accept") -> requests.Response:
    """Do in a browser what a user does: sign in on the wiki, and allow or cancel."""
    with requests.Session() as browser:
        browser.trust_env = False
        api = f"{wiki.base}/api.php"
        asked = {"action": "query", "meta": "tokens", "type": "login", "format": "json", "formatversion": "2"}
        token = browser.post(api, data=asked, timeout=20).json()["query"]["tokens"]["logintoken"]
        login = {"action": "clientlogin", "username": wiki.name(), "loginreturnurl": wiki.base}
        login |= {
            "password": wiki.description["organizer"]["password"],
            "logintoken": token,
            "format": "json",
        }
        assert browser.post(api, data=login, timeout=20).json()["clientlogin"]["status"] == "PASS"
        page = browser.get(address, timeout=20)
        form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        form = {name: value.replace("&amp;", "&") for name, value in form.items()}
        target = f"{wiki.base}/wiki/Special:OAuth/approve"
        return browser.post(target, data={**form, answer: "1"}, timeout=20)


def test_a_token_on_standard_input_signs_in(run, folder, practice_wiki):
    ran = run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=practice_wiki.token() + "\n")
    assert ran.code == 0
    assert "as Amara Okafor" in ran.out
    assert practice_wiki.token() not in ran.out + ran.err
    (account,) = run(folder, "accounts", "--json").document
    assert account["user_name"] == "Amara Okafor"
    assert [one["kind"] for one in account["sign_ins"]] == ["owner-token"]
    assert account["lacks"] is None


def test_what_a_sign_in_lacks_is_reported_at_once_and_later(run, folder, practice_wiki):
    limited = practice_wiki.token(kind="limited_token")
    ran = run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=limited)
    assert ran.code == 0
    assert "does not carry the organizer rights" in ran.out
    assert "does not carry the organizer rights" in run(folder, "accounts").out
    assert run(folder, "accounts", "--json").document[0]["lacks"] == "grant"


@pytest.mark.parametrize(("token", "code"), [("", 2), ("not\x00printable", 2), ("tökén", 2), ("garbage", 3)])
def test_a_token_that_is_none_is_reported(run, folder, practice_wiki, token, code):
    ran = run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=token + "\n")
    assert ran.code == code
    assert "does not accept this access token" in ran.err
    assert run(folder, "accounts", "--json").document == []


def test_a_wiki_that_does_not_answer_is_reported(run, folder):
    ran = run(folder, "sign-in", f"http://127.0.0.1:{free_port()}", TOKEN, stdin="x")
    assert ran.code == 4
    assert "Nobody answers at 127.0.0.1" in ran.err


def test_another_person_of_the_same_wiki_is_refused(run, folder, practice_wiki):
    run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=practice_wiki.token())
    ran = run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=practice_wiki.token("co_organizer"))
    assert ran.code == 3
    assert "already holds the data of Amara Okafor" in ran.err


def test_signing_out_removes_the_data(run, synced):
    wiki = run(synced, "accounts", "--json").document[0]["wiki"]
    ran = run(synced, "sign-out", wiki)
    assert ran.code == 0
    assert "its data was removed" in ran.out
    assert run(synced, "accounts", "--json").document == []
    assert run(synced, "events", "--json").document == []


@pytest.mark.parametrize("kind", ["public_client", "oauth_client"])
def test_the_browser_brings_the_sign_in_back(folder, browser_wiki, kind):
    secret = [] if kind == "public_client" else ["--client-secret-stdin"]
    process = sign_in_by_browser(folder, browser_wiki, kind, *secret)
    assert process.stdin
    if secret:
        process.stdin.write(browser_wiki.description[kind]["client_secret"] + "\n")
        process.stdin.flush()
    address = address_in(process)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    page = approve(browser_wiki, address)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "as Amara Okafor" in out
    assert "close this page" in page.text
    assert run_apart(folder, "sync", "--event", "1").code == 0


def test_a_sign_in_cancelled_in_the_browser_changes_nothing(folder, browser_wiki, run):
    process = sign_in_by_browser(folder, browser_wiki, "public_client")
    page = approve(browser_wiki, address_in(process), "cancel")
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "The sign-in was cancelled" in err
    assert "did not come about" in page.text
    assert run(folder, "accounts", "--json").document == []


def test_an_answer_of_another_sign_in_is_not_taken(folder, browser_wiki, callback_port, run):
    process = sign_in_by_browser(folder, browser_wiki, "public_client")
    address = address_in(process)
    stray = f"http://127.0.0.1:{callback_port}/callback?code=evil&state=guessed"
    assert "does not belong to this sign-in" in requests.get(stray, timeout=10).text
    approve(browser_wiki, address)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_port_in_use_is_reported(folder, browser_wiki, callback_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", callback_port))
        other.listen()
        process = sign_in_by_browser(folder, browser_wiki, "public_client")
        _, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert f"uses port {callback_port}" in err


def test_a_wiki_without_a_client_says_what_to_give(run, folder, practice_wiki):
    ran = run(folder, "sign-in", practice_wiki.base)
    assert ran.code == 2
    assert "--client-id" in ran.err


def test_a_session_is_signed_in_from_standard_input(run, folder, practice_wiki):
    password = practice_wiki.description["organizer"]["password"]
    typed = f"{practice_wiki.name()}\n{password}\n"
    ran = run(folder, "sign-in", practice_wiki.base, "--session", stdin=typed)
    assert ran.code == 0
    assert "as Amara Okafor" in ran.out
    assert password not in ran.out + ran.err
    (account,) = run(folder, "accounts", "--json").document
    (sign_in,) = account["sign_ins"]
    assert (sign_in["kind"], sign_in["ended"]) == ("session", False)
    assert "organize-events" in sign_in["rights"]
    assert run(folder, "sync").code == 0


def test_a_wrong_password_is_reported_once(run, folder, practice_wiki):
    ran = run(folder, "sign-in", practice_wiki.base, "--session", stdin=f"{practice_wiki.name()}\nwrong\n")
    assert ran.code != 0
    assert "Incorrect username or password" in ran.err
    assert run(folder, "accounts", "--json").document == []


def test_an_empty_line_skips_what_may_be_skipped(run, folder, practice_wiki):
    told = practice_wiki.description["weak_password"]
    typed = f"{told['name']}\n{told['password']}\n\n"
    ran = run(folder, "sign-in", practice_wiki.base, "--session", stdin=typed)
    assert "An empty line stands for “Skip”." in ran.err
    assert (ran.code, f"as {told['name']}" in ran.out) == (0, True)


def test_a_missing_name_is_reported_before_the_wiki_is_asked(run, folder, practice_wiki):
    ran = run(folder, "sign-in", practice_wiki.base, "--session", stdin="")
    assert ran.code == 2
    assert "“Username” must not be empty." in ran.err


def test_a_session_on_another_wiki_of_the_family_is_listed_and_checked(run, folder, start_practice_wiki):
    wiki = start_practice_wiki("--family")
    there = wiki.second
    typed = f"{wiki.name()}\n{wiki.description['organizer']['password']}\n"
    for place in (wiki.base, there):
        assert run(folder, "sign-in", place, "--session", stdin=typed).code == 0
    (account,) = run(folder, "accounts", "--json").document
    assert [one["address"] for one in account["sign_ins"]] == [wiki.base, there]
    named = f"user name and password on {there.partition('://')[2]}"
    assert named in run(folder, "accounts").out
    assert f"{named}: the wiki takes it" in run(folder, "check-wiki").out
    wiki.control("end-sessions", at=there, user=wiki.name(), remembered=True)
    checked = run(folder, "check-wiki")
    assert checked.code != 0
    assert f"{named}: it has ended; sign in again" in checked.out


def test_a_sign_in_on_another_wiki_of_the_family_names_that_wiki(run, folder, start_practice_wiki):
    wiki = start_practice_wiki("--family", "--grants", "shipped")
    there = wiki.second
    ran = run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token(kind="limited_token"))
    assert "Signed in on Practice Wiki" in ran.out
    assert "does not carry the organizer rights" in ran.out
    typed = f"{wiki.name()}\n{wiki.description['organizer']['password']}\n"
    ran = run(folder, "sign-in", there, "--session", stdin=typed)
    assert "Signed in on Wiki d’exercice" in ran.out
    assert "organizer rights" not in ran.out


def test_a_block_is_reported(run, folder, practice_wiki):
    told = practice_wiki.description["blocked_organizer"]
    typed = f"{told['name']}\n{told['password']}\n"
    ran = run(folder, "sign-in", practice_wiki.base, "--session", stdin=typed)
    assert ran.code == 0
    assert "Your account is blocked on Practice Wiki." in ran.out


def test_what_oauth_lacks_is_reported_with_the_way_out(run, folder, practice_wiki):
    token = practice_wiki.token(kind="limited_token")
    told = run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=token + "\n").out
    assert f"(event-center sign-in {practice_wiki.base} --session)" in told
    run(folder, "sync", "--event", "1")
    refused = run(folder, "event", "close", "1")
    assert refused.code == 3
    assert f"(event-center sign-in {practice_wiki.base} --session)" in refused.err


def test_a_session_takes_away_what_oauth_lacks(run, folder, practice_wiki):
    run(folder, "sign-in", practice_wiki.base, TOKEN, stdin=practice_wiki.token(kind="limited_token") + "\n")
    ran = run(folder, "check-wiki")
    assert ran.code != 0
    assert "no sign-in of yours carries the rights" in ran.out
    typed = f"{practice_wiki.name()}\n{practice_wiki.description['organizer']['password']}\n"
    run(folder, "sign-in", practice_wiki.base, "--session", stdin=typed)
    checked = run(folder, "check-wiki")
    assert checked.code == 0
    assert "user name and password: the wiki takes it" in checked.out
    assert practice_wiki.name() not in checked.out
    (account,) = run(folder, "accounts", "--json").document
    assert account["lacks"] is None


def test_a_wiki_that_is_away_is_reported_by_the_check(run, folder, start_practice_wiki):
    wiki = start_practice_wiki()
    run(folder, "sign-in", wiki.base, TOKEN, stdin=wiki.token() + "\n")
    wiki.fault("500")
    ran = run(folder, "check-wiki", "--json")
    wiki.calm()
    assert ran.code != 0
    assert [one["outcome"] for one in ran.document] == ["good", "bad"]
    assert ran.document[1]["checked"] == "connection"
