"""A chapter around the session cookie `sessionJwt` (CONTRACT §6)."""

import requests

from tests.contract.chapters import Prepare, Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.contract_wiki import open_session


def with_cookies(cookies: dict[str, str], **values: str) -> Prepare:
    """Return what lets a scene be asked with these cookies and no others."""

    def put_on(scene: Scene) -> None:
        scene.session = open_session()
        scene.session.cookies.update(cookies)
        scene.values.update(values)

    return put_on


def set_by(answer: requests.Response) -> set[str]:
    """Return the names of the cookies that an answer sets; deleted ones have no value."""
    return {cookie.name for cookie in answer.cookies}


def deleted_by(answer: requests.Response) -> set[str]:
    """Return the names of the cookies that an answer deletes."""
    told = answer.raw.headers.getlist("Set-Cookie")
    return {one.partition("=")[0] for one in told if "Max-Age=0" in one}


@chapter()
def session_jwt(stage: Stage) -> None:
    wiki = stage.wiki
    other = dict(wiki.sign_in("Ingrid").cookies)
    session = open_session()
    token = wiki.api({"action": "query", "meta": "tokens", "type": "login"}, session)
    secrets = {"logintoken": token["query"]["tokens"]["logintoken"]}
    secrets["password"] = wiki.told["organizer"]["password"]
    signed_in = stage.play("1259", with_cookies(dict(session.cookies), **secrets))
    assert "sessionJwt" in set_by(signed_in)
    own = {**dict(session.cookies), **dict(signed_in.cookies)}
    stage.play("1260", with_cookies(own))
    bare = {name: value for name, value in own.items() if name != "sessionJwt"}
    assert "sessionJwt" in set_by(stage.play("1261", with_cookies(bare)))
    garbage = {**own, "sessionJwt": "garbage"}
    gone = {"practicewiki_session", "practicewikiUserID", "sessionJwt"}
    assert deleted_by(stage.play("1262", with_cookies(garbage))) == gone
    stage.play("1263", with_cookies(garbage, token="0123456789+\\"))
    foreign = {**own, "sessionJwt": other["sessionJwt"]}
    assert deleted_by(stage.play("1264", with_cookies(foreign))) == gone
    assert stage.play("1265", with_cookies(own)).json()["query"]["userinfo"]["id"] != 0
