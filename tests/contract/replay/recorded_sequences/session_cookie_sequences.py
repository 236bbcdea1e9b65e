"""The sequence of the session cookie `sessionJwt` (CONTRACT §6)."""

import requests

from tests.contract.contract_wiki import open_session
from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.sequences import Prepare, SequenceRun, sequence


def with_cookies(cookies: dict[str, str], **values: str) -> Prepare:
    """Return a function that gives a replay exactly these cookies."""

    def prepare(replay: Replay) -> None:
        replay.session = open_session()
        replay.session.cookies.update(cookies)
        replay.values.update(values)

    return prepare


def set_by(answer: requests.Response) -> set[str]:
    """Return the names of the cookies that an answer sets; deleted ones have no value."""
    return {cookie.name for cookie in answer.cookies}


def deleted_by(answer: requests.Response) -> set[str]:
    """Return the names of the cookies that an answer deletes."""
    headers = answer.raw.headers.getlist("Set-Cookie")
    return {one.partition("=")[0] for one in headers if "Max-Age=0" in one}


@sequence()
def session_jwt(run: SequenceRun) -> None:
    wiki = run.wiki
    other = dict(wiki.sign_in("Ingrid").cookies)
    session = open_session()
    token = wiki.api({"action": "query", "meta": "tokens", "type": "login"}, session)
    secrets = {"logintoken": token["query"]["tokens"]["logintoken"]}
    secrets["password"] = wiki.description["organizer"]["password"]
    signed_in = run.play("1259", with_cookies(dict(session.cookies), **secrets))
    assert "sessionJwt" in set_by(signed_in)
    own = {**dict(session.cookies), **dict(signed_in.cookies)}
    run.play("1260", with_cookies(own))
    bare = {name: value for name, value in own.items() if name != "sessionJwt"}
    assert "sessionJwt" in set_by(run.play("1261", with_cookies(bare)))
    garbage = {**own, "sessionJwt": "garbage"}
    gone = {"practicewiki_session", "practicewikiUserID", "sessionJwt"}
    assert deleted_by(run.play("1262", with_cookies(garbage))) == gone
    run.play("1263", with_cookies(garbage, token="0123456789+\\"))
    foreign = {**own, "sessionJwt": other["sessionJwt"]}
    assert deleted_by(run.play("1264", with_cookies(foreign))) == gone
    assert run.play("1265", with_cookies(own)).json()["query"]["userinfo"]["id"] != 0
