"""Situations around OAuth 1.0a in which recordings are replayed."""

from urllib.parse import parse_qs, urlsplit

import requests
from requests_oauthlib import OAuth1

from tests.contract.contract_scene import Scene, situation
from tests.contract.contract_wiki import open_session

CLIENT, PREFIX_CLIENT = "oauth1_client", "oauth1_prefix_client"


def sign(scene: Scene, client: str = CLIENT, token: dict[str, str] | None = None, **more: str) -> None:
    scene.signature = signature(scene, client, token, **more)


def signature(
    scene: Scene, client: str = CLIENT, token: dict[str, str] | None = None, **more: str
) -> requests.auth.AuthBase:
    told = scene.wiki.told[client]
    held = token or {"key": None, "secret": None}
    return OAuth1(told["consumer_key"], told["consumer_secret"], held["key"], held["secret"], **more)


def step(scene: Scene, name: str, auth: requests.auth.AuthBase, **query: str) -> dict[str, str]:
    query |= {"title": f"Special:OAuth/{name}", "format": "json"}
    answer = open_session().get(f"{scene.wiki.base}/index.php", params=query, auth=auth, timeout=20)
    return dict(answer.json())


def request_token(scene: Scene) -> dict[str, str]:
    return step(scene, "initiate", signature(scene), oauth_callback="oob")


def open_form(scene: Scene, token: dict[str, str]) -> dict[str, str]:
    """Sign the organizer in; return the hidden fields of the form for approval."""
    scene.session = scene.wiki.sign_in("Organizer1")
    query = {"title": "Special:OAuth/authorize", "oauth_token": token["key"]}
    return scene.wiki.hidden_fields(scene.session, f"{scene.wiki.base}/index.php", query)


def approve(scene: Scene) -> tuple[dict[str, str], str]:
    """Let the consumer in; return its request token and the verifier."""
    token = request_token(scene)
    form = open_form(scene, token)
    address = f"{scene.wiki.base}/wiki/Special:OAuth/authorize"
    sent = scene.session.post(address, {**form, "accept": "Allow"}, allow_redirects=False, timeout=20)
    scene.session = None
    return token, parse_qs(urlsplit(sent.headers["Location"]).query)["oauth_verifier"][0]


def access_token(scene: Scene) -> dict[str, str]:
    token, verifier = approve(scene)
    return step(scene, "token", signature(scene, token=token, verifier=verifier))


@situation
def initiating(scene: Scene) -> None:
    sign(scene)


@situation
def initiating_by_prefix(scene: Scene) -> None:
    sign(scene, PREFIX_CLIENT)


@situation
def authorizing(scene: Scene) -> None:
    scene.query["oauth_token"] = request_token(scene)["key"]
    scene.query["oauth_consumer_key"] = scene.wiki.told[CLIENT]["consumer_key"]
    scene.session = scene.wiki.sign_in("Organizer1")


@situation
def authorizing_by_form(scene: Scene) -> None:
    token = request_token(scene)
    form = open_form(scene, token)
    scene.body |= {"consumerKey": scene.wiki.told[CLIENT]["consumer_key"], "requestToken": token["key"]}
    scene.values["wpEditToken"] = form["wpEditToken"]


@situation
def verified(scene: Scene) -> None:
    token, verifier = approve(scene)
    sign(scene, token=token, verifier=verifier)


@situation
def signed_for(scene: Scene) -> None:
    sign(scene, token=access_token(scene))
    if scene.exchange["request"]["method"] == "PUT":
        scene.set_event(scene.wiki.make_event()[0])


@situation
def badly_signed_for(scene: Scene) -> None:
    sign(scene, token={**access_token(scene), "secret": "wrong"})
