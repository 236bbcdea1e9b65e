"""Sign-in with automatic approval, the default grants, and lifetimes of tokens."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce"


def quick_tokens(wiki) -> dict[str, object]:
    client = wiki.description["public_client"]
    query = {
        "response_type": "code",
        "client_id": client["client_id"],
        "redirect_uri": client["redirect_uri"],
        "state": "s",
        "code_challenge": VERIFIER,
        "code_challenge_method": "plain",
    }
    address = f"{wiki.base}/rest.php/oauth2"
    sent = requests.get(f"{address}/authorize", query, allow_redirects=False, timeout=20)
    back = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert back["state"] == ["s"]
    form = {
        "grant_type": "authorization_code",
        "client_id": client["client_id"],
        "redirect_uri": client["redirect_uri"],
        "code": back["code"][0],
        "code_verifier": VERIFIER,
    }
    return dict(requests.post(f"{address}/access_token", form, timeout=20).json())


def ask(wiki, token: object) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{wiki.base}/rest.php/oauth2/resource/profile", headers=headers, timeout=20)


def test_auto_approval_needs_no_browser(run_wiki):
    wiki = run_wiki("--auto-approve")
    tokens = quick_tokens(wiki)
    assert tokens["expires_in"] == 3600
    assert ask(wiki, tokens["access_token"]).json()["username"] == wiki.description["organizer"]["name"]


def test_access_ends_with_the_lifetime(run_wiki):
    wiki = run_wiki("--auto-approve", "--token-lifetime", "30")
    token = quick_tokens(wiki)["access_token"]
    assert ask(wiki, token).status_code == 200
    wiki.control("clock", {"advance": 31})
    assert ask(wiki, token).status_code == 403


@pytest.mark.parametrize(("grants", "status"), [("shipped", 403), ("organizer", 200)])
def test_grants_decide_what_a_token_may_see(run_wiki, grants, status):
    wiki = run_wiki("--grants", grants)
    answer = wiki.rest("/event_registration/1/participants?include_private=true")
    assert answer.status_code == status


def test_a_bearer_has_no_place_on_pages(wiki):
    headers = {"Authorization": f"Bearer {wiki.description['organizer']['owner_token']}"}
    assert requests.get(f"{wiki.base}/index.php", headers=headers, timeout=20).status_code == 400
