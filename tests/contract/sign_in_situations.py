"""Situations around sessions and OAuth in which recordings are replayed."""

from tests.contract.contract_scene import Scene, situation
from tests.contract.contract_wiki import PEOPLE_PASSWORD, PUBLIC_CLIENT, ROLES, VERIFIER, open_session


@situation
def login(scene: Scene) -> None:
    scene.session = open_session()
    if scene.exchange["request"]["method"] == "POST":
        query = {"action": "query", "meta": "tokens", "type": "login"}
        token = scene.wiki.api(query, scene.session)["query"]["tokens"]["logintoken"]
        bad = "badtoken" in scene.exchange["name"]
        scene.values["logintoken"] = "bad+\\" if bad else token
        user = str(scene.body.get("username", ""))
        user = user[:1].upper() + user[1:]
        right = scene.exchange["response"]["body"].get("clientlogin", {}).get("status") == "PASS"
        password = scene.wiki.told[ROLES[user]]["password"] if user in ROLES else "unknown"
        if user in ROLES:
            scene.wiki.sign_in(user)  # the right password ends the count of wrong ones
        scene.values["password"] = password if right else "wrong"
    if scene.number == 684:
        scene.session = open_session()


@situation
def login_after_wrong(scene: Scene) -> None:
    login(scene)
    data = {"action": "clientlogin", "username": scene.wiki.name("Organizer1"), "password": "wrong"}
    data |= {"logintoken": scene.values["logintoken"], "loginreturnurl": scene.wiki.base}
    assert scene.wiki.api(data, scene.session)["clientlogin"]["status"] == "FAIL"


@situation
def throttled_login(scene: Scene) -> None:
    login(scene)
    if scene.number == 718:
        return
    scene.values["password"] = "wrong"
    victim = scene.wiki.person(50 + scene.number - 700)
    scene.values["username"] = victim
    for _ in range(min(scene.number - 710, 5)):
        data = {"action": "clientlogin", "username": victim, "password": "wrong"}
        data |= {"logintoken": scene.values["logintoken"], "loginreturnurl": scene.wiki.base}
        scene.wiki.api(data, scene.session)
    if scene.number == 717:
        scene.values["password"] = PEOPLE_PASSWORD


@situation
def log_out(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    scene.values["token"] = "bad+\\" if scene.number == 690 else scene.wiki.csrf(scene.session)


@situation
def logged_out(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    token = scene.wiki.csrf(scene.session)
    scene.wiki.api({"action": "logout", "token": token}, scene.session)
    scene.values["token"] = token


@situation
def login_in_live_session(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    query = {"action": "query", "meta": "tokens", "type": "login"}
    scene.values["logintoken"] = scene.wiki.api(query, scene.session)["query"]["tokens"]["logintoken"]
    told = scene.wiki.told["plain_user"]
    scene.body["username"], scene.values["password"] = told["name"], told["password"]


@situation
def login_lost(scene: Scene) -> None:
    scene.session = open_session()
    query = {"action": "query", "meta": "tokens", "type": "login"}
    scene.values["logintoken"] = scene.wiki.api(query, scene.session)["query"]["tokens"]["logintoken"]
    scene.values["OATHToken"] = "no code"


@situation
def session_ended(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    scene.values["token"] = scene.wiki.csrf(scene.session)
    end_sessions(scene)


def end_sessions(scene: Scene) -> None:
    """Let the sessions die on the server; the browser keeps its cookies."""
    scene.wiki.control("end-sessions", {"user": scene.wiki.name("Organizer1"), "remembered": False})
    scene.wiki.signed_in.pop("Organizer1", None)


@situation
def session_gone(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    scene.values["token"] = scene.wiki.csrf(scene.session)
    scene.session.cookies.pop("practicewiki_session")


@situation
def wrong_token(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1")
    scene.values["token"] = "0123456789+\\"


@situation
def remembered(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1", remember=True)
    scene.session.cookies.pop("practicewiki_session")


@situation
def remembered_session_ended(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in("Organizer1", remember=True)
    old = scene.wiki.csrf(scene.session)
    end_sessions(scene)
    scene.values["token"] = scene.wiki.csrf(scene.session) if scene.number == 857 else old


# OAuth.


def recorded_client(scene: Scene) -> dict[str, str]:
    values = {**scene.query, **(scene.body if isinstance(scene.body, dict) else {})}
    return scene.wiki.client(values.get("client_id", PUBLIC_CLIENT))


@situation
def authorize(scene: Scene) -> None:
    if scene.who != "anonymous":
        scene.session = scene.wiki.sign_in(scene.user)
    elif "returntoquery" in scene.query:
        scene.session = open_session()


@situation
def approval_page(scene: Scene) -> None:
    scene.session = scene.wiki.sign_in(scene.user)


@situation
def approval(scene: Scene) -> None:
    client = recorded_client(scene)
    scene.session = scene.wiki.sign_in(scene.user)
    form = scene.wiki.approval_form(scene.session, scene.wiki.authorization(client))
    scene.values["wpEditToken"] = form["wpEditToken"]


@situation
def approved(scene: Scene) -> None:
    client = recorded_client(scene)
    scene.session = scene.wiki.sign_in(scene.user)
    form = scene.wiki.approval_form(scene.session, scene.wiki.authorization(client))
    address = f"{scene.wiki.base}/wiki/Special:OAuth/approve"
    scene.session.post(address, data={**form, "accept": "Allow"}, allow_redirects=False, timeout=20)


@situation
def code(scene: Scene) -> None:
    client = recorded_client(scene)
    pkce = client == scene.wiki.client()
    scene.values["code"] = scene.wiki.code(client, pkce=pkce)
    scene.values["code_verifier"] = "w" * 50 if scene.number == 417 else VERIFIER
    scene.values["client_secret"] = "wrong" if scene.number == 502 else client["client_secret"]


@situation
def used_code(scene: Scene) -> None:
    code(scene)
    client = recorded_client(scene)
    form = {"code": scene.values["code"], "code_verifier": VERIFIER, "redirect_uri": client["redirect_uri"]}
    scene.wiki.exchange(client, grant_type="authorization_code", **form)


@situation
def garbage_code(scene: Scene) -> None:
    scene.values |= {"code": "deadbeef", "code_verifier": VERIFIER}


@situation
def token_endpoint(scene: Scene) -> None:
    scene.values["token"] = "anything"


@situation
def refresh(scene: Scene) -> None:
    client = scene.wiki.client()
    scene.values["refresh_token"] = scene.wiki.tokens(client)["refresh_token"]
    secret = recorded_client(scene)["client_secret"]
    scene.values["client_secret"] = "wrong" if scene.number == 436 else secret


@situation
def used_refresh(scene: Scene) -> None:
    refresh(scene)
    token = scene.values["refresh_token"]
    scene.wiki.exchange(scene.wiki.client(), grant_type="refresh_token", refresh_token=token)


@situation
def garbage_refresh(scene: Scene) -> None:
    scene.values |= {
        "refresh_token": "garbage",
        "client_secret": recorded_client(scene)["client_secret"],
    }


@situation
def expired_refresh(scene: Scene) -> None:
    refresh(scene)
    month = 31 * 24 * 3600
    scene.wiki.control("clock", {"advance": month})
    scene.after.append(lambda: scene.wiki.control("clock", {"advance": -month}))


@situation
def revoked_refresh(scene: Scene) -> None:
    client = scene.wiki.client()
    scene.values["refresh_token"] = scene.wiki.tokens(client, "Organizer3")["refresh_token"]
    scene.values["client_secret"] = client["client_secret"]
    scene.wiki.control("revoke", {"user": scene.wiki.name("Organizer3")})


def bear(scene: Scene, token: str) -> None:
    scene.headers["Authorization"] = f"Bearer {token}"


@situation
def signed_in_by_code(scene: Scene) -> None:
    bear(scene, scene.wiki.tokens(scene.wiki.client())["access_token"])


@situation
def rotated(scene: Scene) -> None:
    pair = scene.wiki.tokens(scene.wiki.client())
    scene.wiki.exchange(scene.wiki.client(), grant_type="refresh_token", refresh_token=pair["refresh_token"])
    bear(scene, pair["access_token"])


@situation
def expired(scene: Scene) -> None:
    bear(scene, scene.wiki.tokens(scene.wiki.client(), "Organizer3")["access_token"])
    scene.wiki.control("expire", {"user": scene.wiki.name("Organizer3")})


@situation
def revoked(scene: Scene) -> None:
    bear(scene, scene.wiki.tokens(scene.wiki.client(), "Organizer3")["access_token"])
    scene.wiki.control("revoke", {"user": scene.wiki.name("Organizer3")})


@situation
def garbage(scene: Scene) -> None:
    token = scene.wiki.told["organizer"]["owner_token"]
    tampered = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    bear(scene, {"tampered": tampered, "empty": ""}.get(scene.user, "garbage"))


@situation
def limited(scene: Scene) -> None:
    scene.headers |= scene.wiki.owner("Organizer1", "limited_token")
