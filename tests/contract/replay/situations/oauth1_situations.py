"""Situations of OAuth 1.0a in which recordings are replayed."""

from urllib.parse import parse_qs, urlsplit

import requests
from requests_oauthlib import OAuth1

from tests.contract.contract_wiki import open_session
from tests.contract.replay.contract_replay import Replay, situation

CLIENT, PREFIX_CLIENT = "oauth1_client", "oauth1_prefix_client"


def sign(replay: Replay, client: str = CLIENT, token: dict[str, str] | None = None, **more: str) -> None:
    replay.signature = signature(replay, client, token, **more)


def signature(
    replay: Replay, client: str = CLIENT, token: dict[str, str] | None = None, **more: str
) -> requests.auth.AuthBase:
    consumer = replay.wiki.description[client]
    keys = token or {"key": None, "secret": None}
    return OAuth1(consumer["consumer_key"], consumer["consumer_secret"], keys["key"], keys["secret"], **more)


def step(replay: Replay, name: str, auth: requests.auth.AuthBase, **query: str) -> dict[str, str]:
    query |= {"title": f"Special:OAuth/{name}", "format": "json"}
    answer = open_session().get(f"{replay.wiki.base}/index.php", params=query, auth=auth, timeout=20)
    return dict(answer.json())


def request_token(replay: Replay) -> dict[str, str]:
    return step(replay, "initiate", signature(replay), oauth_callback="oob")


def open_form(replay: Replay, token: dict[str, str]) -> dict[str, str]:
    """Sign the organizer in; return the hidden fields of the approval form."""
    replay.session = replay.wiki.sign_in("Organizer1")
    query = {"title": "Special:OAuth/authorize", "oauth_token": token["key"]}
    return replay.wiki.hidden_fields(replay.session, f"{replay.wiki.base}/index.php", query)


def approve(replay: Replay) -> tuple[dict[str, str], str]:
    """Approve the consumer; return its request token and the verifier."""
    token = request_token(replay)
    form = open_form(replay, token)
    address = f"{replay.wiki.base}/wiki/Special:OAuth/authorize"
    sent = replay.session.post(address, {**form, "accept": "Allow"}, allow_redirects=False, timeout=20)
    replay.session = None
    return token, parse_qs(urlsplit(sent.headers["Location"]).query)["oauth_verifier"][0]


def access_token(replay: Replay) -> dict[str, str]:
    token, verifier = approve(replay)
    return step(replay, "token", signature(replay, token=token, verifier=verifier))


@situation
def initiating(replay: Replay) -> None:
    sign(replay)


@situation
def initiating_by_prefix(replay: Replay) -> None:
    sign(replay, PREFIX_CLIENT)


@situation
def authorizing(replay: Replay) -> None:
    replay.query["oauth_token"] = request_token(replay)["key"]
    replay.query["oauth_consumer_key"] = replay.wiki.description[CLIENT]["consumer_key"]
    replay.session = replay.wiki.sign_in("Organizer1")


@situation
def authorizing_by_form(replay: Replay) -> None:
    token = request_token(replay)
    form = open_form(replay, token)
    replay.body |= {
        "consumerKey": replay.wiki.description[CLIENT]["consumer_key"],
        "requestToken": token["key"],
    }
    replay.values["wpEditToken"] = form["wpEditToken"]


@situation
def verified(replay: Replay) -> None:
    token, verifier = approve(replay)
    sign(replay, token=token, verifier=verifier)


@situation
def signed_for(replay: Replay) -> None:
    sign(replay, token=access_token(replay))
    if replay.exchange["request"]["method"] == "PUT":
        replay.set_event(replay.wiki.make_event()[0])


@situation
def badly_signed_for(replay: Replay) -> None:
    sign(replay, token={**access_token(replay), "secret": "wrong"})
