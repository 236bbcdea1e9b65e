"""Chapters around OAuth 2 of the later library: addresses, tokens, disabled programs (CONTRACT §6)."""

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag
from requests import Response

from tests.contract.chapters import Prepare, Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.contract_wiki import CHALLENGE, VERIFIER
from tests.contract.sign_in_situations import bear

PORT, OTHER_PORT = "http://127.0.0.1:8127/callback", "http://127.0.0.1:9999/callback"
#: The recorded clients.
PUBLIC, OTHER_PUBLIC = "545418d840fb79bd00b951413a192e1e", "814d18bbeb758e83aeeef4d73610e3da"
CONFIDENTIAL, OTHER_CONFIDENTIAL = "d30f292343d566341a472aedf349ab2f", "12f74db9e39ff59e37544a2594c31d0a"
OF_IPV6, OF_LOCALHOST = "630da05564734f7553b034002cc90a1a", "d6611a76b892410c201133bda66b3ca4"
CONFIDENTIAL_NAME = "Recordings confidential"


def register(stage: Stage, recorded: str, redirect_uri: str = PORT, **more: object) -> dict[str, str]:
    """Register a client that stands for a recorded one."""
    made = stage.wiki.control("new-client", {"redirect_uri": redirect_uri, **more})
    stage.words[recorded] = stage.told[recorded] = made["client_id"]
    return made


def challenged(scene: Scene) -> None:
    """Ask with a challenge whose verifier is known here."""
    if "code_challenge" in scene.query:
        scene.query["code_challenge"] = CHALLENGE


def given(**values: str) -> Prepare:
    """Return what gives a scene its secrets."""

    def give(scene: Scene) -> None:
        scene.values.update(values)

    return give


def bearing(token: str) -> Prepare:
    """Return what signs a scene's request with a token."""
    return lambda scene: bear(scene, token)


def approve(stage: Stage, page: Response, answer: str, last: str) -> str:
    """Allow what the approval page asks for, and go back to the program; return the code."""
    field = BeautifulSoup(page.text, "html.parser").find("input", {"name": "wpEditToken"})
    assert isinstance(field, Tag)
    stage.play(answer, given(wpEditToken=str(field["value"])))
    back = stage.play(last, challenged).headers["Location"]
    return parse_qs(urlsplit(back).query)["code"][0]


@chapter()
def oauth(stage: Stage) -> None:
    public = register(stage, PUBLIC)
    register(stage, OTHER_PUBLIC)
    register(stage, OTHER_CONFIDENTIAL, confidential=True)
    confidential = register(stage, CONFIDENTIAL, confidential=True, name=CONFIDENTIAL_NAME)
    register(stage, OF_IPV6, "http://[::1]:8127/callback")
    localhost = register(stage, OF_LOCALHOST, "http://localhost:8127/callback")
    first_refresh_token = _tokens(stage)
    _addresses(stage, public)
    _codes(stage, public, localhost)
    _confidential(stage, confidential)
    basic = stage.wiki.tokens(public, scope="basic")
    stage.play("1187", bearing(basic["access_token"]))
    stage.play("1189")
    stage.play("1190-1192", given(code=stage.wiki.code(public), code_verifier=VERIFIER))
    stage.play("1193-1194", bearing("garbage"))
    stage.wiki.control("clock", {"advance": 601})
    stage.play("1294", given(refresh_token=first_refresh_token))


def _tokens(stage: Stage) -> str:
    """Play a sign-in and what becomes of its tokens; return the first refresh token."""

    def refresh(number: str, pair: dict[str, str]) -> dict[str, str]:
        secrets = given(refresh_token=pair["refresh_token"], client_secret="not looked at")
        return dict(stage.play(number, secrets).json())

    code = approve(stage, stage.play("1129-1130", challenged), "1131", "1132")
    first = stage.play("1133", given(code=code, code_verifier=VERIFIER)).json()
    stage.play("1134", bearing(first["access_token"]))
    second = refresh("1135", first)
    stage.play("1136", bearing(first["access_token"]))
    third = refresh("1137", first)
    stage.play("1138", bearing(second["access_token"]))
    stage.play("1139", bearing(third["access_token"]))
    refresh("1140", second)
    refresh("1141-1145", third)
    return str(first["refresh_token"])


def _addresses(stage: Stage, public: dict[str, str]) -> None:
    stage.play("1146-1157", challenged)
    code = approve(stage, stage.play("1158-1159", challenged), "1160", "1161")
    stage.play("1162", given(code=code, code_verifier=VERIFIER))
    code = stage.wiki.code({**public, "redirect_uri": OTHER_PORT})
    stage.play("1163", given(code=code, code_verifier=VERIFIER))
    stage.play("1164-1165", given(code=stage.wiki.code(public), code_verifier=VERIFIER))
    stage.play("1166-1171", challenged)


def _codes(stage: Stage, public: dict[str, str], localhost: dict[str, str]) -> None:
    session, _ = stage.wiki.signed("Amara")
    form = stage.wiki.approval_form(session, stage.wiki.authorization(localhost))
    stage.play("1172", given(wpEditToken=form["wpEditToken"]))
    stage.play("1173", challenged)
    # The tokens are another account's: taking the grant back would end all sessions of the first.
    used = given(code=stage.wiki.code(localhost, "Many"), code_verifier=VERIFIER)
    pair = stage.play("1174", used).json()
    stage.play("1175", used)
    stage.play("1176", bearing(pair["access_token"]))
    stage.play("1177-1179", given(code=stage.wiki.code(public), code_verifier=VERIFIER))
    stage.wiki.control("revoke", {"user": stage.wiki.name("Many")})
    stage.play("1180", bearing(pair["access_token"]))
    stage.play("1181", given(refresh_token=pair["refresh_token"]))


def _confidential(stage: Stage, client: dict[str, str]) -> None:
    secrets = {"code": stage.wiki.code(client), "code_verifier": VERIFIER}
    secrets["client_secret"] = client["client_secret"]
    pair = stage.play("1182-1184", given(**secrets)).json()
    secrets["refresh_token"] = pair["refresh_token"]
    pair = stage.play("1185-1186", given(**secrets)).json()
    secrets["refresh_token"] = pair["refresh_token"]
    stage.told["user with ID 3"] = f"user with ID {stage.wiki.user_id('Amara')}"
    stage.wiki.control("clients", {"approved": False})
    stage.play("1266-1267", bearing(pair["access_token"]))
    stage.play("1268", given(**secrets))
    stage.play("1269", challenged)
    stage.wiki.control("clients", {})
