"""Situations of sessions and OAuth 2 in which recordings are replayed."""

from tests.contract.contract_wiki import PEOPLE_PASSWORD, PUBLIC_CLIENT, ROLES, VERIFIER, open_session
from tests.contract.replay.contract_replay import Replay, situation


@situation
def login(replay: Replay) -> None:
    replay.session = open_session()
    if replay.exchange["request"]["method"] == "POST":
        query = {"action": "query", "meta": "tokens", "type": "login"}
        token = replay.wiki.api(query, replay.session)["query"]["tokens"]["logintoken"]
        bad = "badtoken" in replay.exchange["name"]
        replay.values["logintoken"] = "bad+\\" if bad else token
        user = str(replay.body.get("username", ""))
        user = user[:1].upper() + user[1:]
        right = replay.exchange["response"]["body"].get("clientlogin", {}).get("status") == "PASS"
        password = replay.wiki.description[ROLES[user]]["password"] if user in ROLES else "unknown"
        if user in ROLES:
            replay.wiki.sign_in(user)  # a successful sign-in resets the count of failures
        replay.values["password"] = password if right else "wrong"
    if replay.number == 684:
        replay.session = open_session()


@situation
def login_after_wrong(replay: Replay) -> None:
    login(replay)
    data = {"action": "clientlogin", "username": replay.wiki.name("Organizer1"), "password": "wrong"}
    data |= {"logintoken": replay.values["logintoken"], "loginreturnurl": replay.wiki.base}
    assert replay.wiki.api(data, replay.session)["clientlogin"]["status"] == "FAIL"


@situation
def throttled_login(replay: Replay) -> None:
    login(replay)
    if replay.number == 718:
        return
    replay.values["password"] = "wrong"
    victim = replay.wiki.person(50 + replay.number - 700)
    replay.values["username"] = victim
    for _ in range(min(replay.number - 710, 5)):
        data = {"action": "clientlogin", "username": victim, "password": "wrong"}
        data |= {"logintoken": replay.values["logintoken"], "loginreturnurl": replay.wiki.base}
        replay.wiki.api(data, replay.session)
    if replay.number == 717:
        replay.values["password"] = PEOPLE_PASSWORD


@situation
def log_out(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    replay.values["token"] = "bad+\\" if replay.number == 690 else replay.wiki.csrf(replay.session)


@situation
def logged_out(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    token = replay.wiki.csrf(replay.session)
    replay.wiki.api({"action": "logout", "token": token}, replay.session)
    replay.values["token"] = token


@situation
def login_in_live_session(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    query = {"action": "query", "meta": "tokens", "type": "login"}
    replay.values["logintoken"] = replay.wiki.api(query, replay.session)["query"]["tokens"]["logintoken"]
    account = replay.wiki.description["plain_user"]
    replay.body["username"], replay.values["password"] = account["name"], account["password"]


@situation
def login_lost(replay: Replay) -> None:
    replay.session = open_session()
    query = {"action": "query", "meta": "tokens", "type": "login"}
    replay.values["logintoken"] = replay.wiki.api(query, replay.session)["query"]["tokens"]["logintoken"]
    replay.values["OATHToken"] = "no code"


@situation
def session_ended(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    replay.values["token"] = replay.wiki.csrf(replay.session)
    end_sessions(replay)


def end_sessions(replay: Replay) -> None:
    """End the sessions on the server; the browser keeps its cookies."""
    replay.wiki.control("end-sessions", {"user": replay.wiki.name("Organizer1"), "remembered": False})
    replay.wiki.signed_in.pop("Organizer1", None)


@situation
def session_gone(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    replay.values["token"] = replay.wiki.csrf(replay.session)
    replay.session.cookies.pop("practicewiki_session")


@situation
def wrong_token(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1")
    replay.values["token"] = "0123456789+\\"


@situation
def remembered(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1", remember=True)
    replay.session.cookies.pop("practicewiki_session")


@situation
def remembered_session_ended(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in("Organizer1", remember=True)
    old = replay.wiki.csrf(replay.session)
    end_sessions(replay)
    replay.values["token"] = replay.wiki.csrf(replay.session) if replay.number == 857 else old


def recorded_client(replay: Replay) -> dict[str, str]:
    values = {**replay.query, **(replay.body if isinstance(replay.body, dict) else {})}
    return replay.wiki.client(values.get("client_id", PUBLIC_CLIENT))


@situation
def authorize(replay: Replay) -> None:
    if replay.who != "anonymous":
        replay.session = replay.wiki.sign_in(replay.user)
    elif "returntoquery" in replay.query:
        replay.session = open_session()


@situation
def approval_page(replay: Replay) -> None:
    replay.session = replay.wiki.sign_in(replay.user)


@situation
def approval(replay: Replay) -> None:
    client = recorded_client(replay)
    replay.session = replay.wiki.sign_in(replay.user)
    form = replay.wiki.approval_form(replay.session, replay.wiki.authorization(client))
    replay.values["wpEditToken"] = form["wpEditToken"]


@situation
def approved(replay: Replay) -> None:
    client = recorded_client(replay)
    replay.session = replay.wiki.sign_in(replay.user)
    form = replay.wiki.approval_form(replay.session, replay.wiki.authorization(client))
    address = f"{replay.wiki.base}/wiki/Special:OAuth/approve"
    replay.session.post(address, data={**form, "accept": "Allow"}, allow_redirects=False, timeout=20)


@situation
def code(replay: Replay) -> None:
    client = recorded_client(replay)
    pkce = client == replay.wiki.client()
    replay.values["code"] = replay.wiki.code(client, pkce=pkce)
    replay.values["code_verifier"] = "w" * 50 if replay.number == 417 else VERIFIER
    replay.values["client_secret"] = "wrong" if replay.number == 502 else client["client_secret"]


@situation
def used_code(replay: Replay) -> None:
    code(replay)
    client = recorded_client(replay)
    form = {"code": replay.values["code"], "code_verifier": VERIFIER, "redirect_uri": client["redirect_uri"]}
    replay.wiki.exchange(client, grant_type="authorization_code", **form)


@situation
def garbage_code(replay: Replay) -> None:
    replay.values |= {"code": "deadbeef", "code_verifier": VERIFIER}


@situation
def token_endpoint(replay: Replay) -> None:
    replay.values["token"] = "anything"


@situation
def refresh(replay: Replay) -> None:
    client = replay.wiki.client()
    replay.values["refresh_token"] = replay.wiki.tokens(client)["refresh_token"]
    secret = recorded_client(replay)["client_secret"]
    replay.values["client_secret"] = "wrong" if replay.number == 436 else secret


@situation
def used_refresh(replay: Replay) -> None:
    refresh(replay)
    token = replay.values["refresh_token"]
    replay.wiki.exchange(replay.wiki.client(), grant_type="refresh_token", refresh_token=token)


@situation
def garbage_refresh(replay: Replay) -> None:
    replay.values |= {
        "refresh_token": "garbage",
        "client_secret": recorded_client(replay)["client_secret"],
    }


@situation
def expired_refresh(replay: Replay) -> None:
    refresh(replay)
    month = 31 * 24 * 3600
    replay.wiki.control("clock", {"advance": month})
    replay.after.append(lambda: replay.wiki.control("clock", {"advance": -month}))


@situation
def revoked_refresh(replay: Replay) -> None:
    client = replay.wiki.client()
    replay.values["refresh_token"] = replay.wiki.tokens(client, "Organizer3")["refresh_token"]
    replay.values["client_secret"] = client["client_secret"]
    replay.wiki.control("revoke", {"user": replay.wiki.name("Organizer3")})


def use_bearer(replay: Replay, token: str) -> None:
    replay.headers["Authorization"] = f"Bearer {token}"


@situation
def signed_in_by_code(replay: Replay) -> None:
    use_bearer(replay, replay.wiki.tokens(replay.wiki.client())["access_token"])


@situation
def rotated(replay: Replay) -> None:
    pair = replay.wiki.tokens(replay.wiki.client())
    replay.wiki.exchange(
        replay.wiki.client(), grant_type="refresh_token", refresh_token=pair["refresh_token"]
    )
    use_bearer(replay, pair["access_token"])


@situation
def expired(replay: Replay) -> None:
    use_bearer(replay, replay.wiki.tokens(replay.wiki.client(), "Organizer3")["access_token"])
    replay.wiki.control("expire", {"user": replay.wiki.name("Organizer3")})


@situation
def revoked(replay: Replay) -> None:
    use_bearer(replay, replay.wiki.tokens(replay.wiki.client(), "Organizer3")["access_token"])
    replay.wiki.control("revoke", {"user": replay.wiki.name("Organizer3")})


@situation
def garbage(replay: Replay) -> None:
    token = replay.wiki.description["organizer"]["owner_token"]
    tampered = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    use_bearer(replay, {"tampered": tampered, "empty": ""}.get(replay.user, "garbage"))


@situation
def limited(replay: Replay) -> None:
    replay.headers |= replay.wiki.owner("Organizer1", "limited_token")
