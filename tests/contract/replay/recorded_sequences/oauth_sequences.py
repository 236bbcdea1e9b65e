"""The sequence of OAuth 2 with the later library: redirect URIs, tokens, disabled clients (CONTRACT §6)."""

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag
from requests import Response

from tests.contract.contract_wiki import CHALLENGE, VERIFIER
from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.sequences import Prepare, SequenceRun, sequence
from tests.contract.replay.situations.sign_in_situations import use_bearer

PORT, OTHER_PORT = "http://127.0.0.1:8127/callback", "http://127.0.0.1:9999/callback"
#: The recorded clients.
PUBLIC, OTHER_PUBLIC = "545418d840fb79bd00b951413a192e1e", "814d18bbeb758e83aeeef4d73610e3da"
CONFIDENTIAL, OTHER_CONFIDENTIAL = "d30f292343d566341a472aedf349ab2f", "12f74db9e39ff59e37544a2594c31d0a"
OF_IPV6, OF_LOCALHOST = "630da05564734f7553b034002cc90a1a", "d6611a76b892410c201133bda66b3ca4"
CONFIDENTIAL_NAME = "Recordings confidential"


def register(run: SequenceRun, recorded: str, redirect_uri: str = PORT, **more: object) -> dict[str, str]:
    """Register a client in place of a recorded one."""
    made = run.wiki.control("new-client", {"redirect_uri": redirect_uri, **more})
    run.words[recorded] = run.expected[recorded] = made["client_id"]
    return made


def challenged(replay: Replay) -> None:
    """Replace the challenge with one whose verifier is known."""
    if "code_challenge" in replay.query:
        replay.query["code_challenge"] = CHALLENGE


def with_values(**values: str) -> Prepare:
    """Return a function that gives a replay its secrets."""

    def prepare(replay: Replay) -> None:
        replay.values.update(values)

    return prepare


def with_bearer(token: str) -> Prepare:
    """Return a function that gives a replay a bearer token."""
    return lambda replay: use_bearer(replay, token)


def approve(run: SequenceRun, page: Response, answer: str, last: str) -> str:
    """Approve the client, follow the redirect, and return the code."""
    field = BeautifulSoup(page.text, "html.parser").find("input", {"name": "wpEditToken"})
    assert isinstance(field, Tag)
    run.play(answer, with_values(wpEditToken=str(field["value"])))
    back = run.play(last, challenged).headers["Location"]
    return parse_qs(urlsplit(back).query)["code"][0]


@sequence()
def oauth(run: SequenceRun) -> None:
    public = register(run, PUBLIC)
    register(run, OTHER_PUBLIC)
    register(run, OTHER_CONFIDENTIAL, confidential=True)
    confidential = register(run, CONFIDENTIAL, confidential=True, name=CONFIDENTIAL_NAME)
    register(run, OF_IPV6, "http://[::1]:8127/callback")
    localhost = register(run, OF_LOCALHOST, "http://localhost:8127/callback")
    first_refresh_token = _tokens(run)
    _addresses(run, public)
    _codes(run, public, localhost)
    _confidential(run, confidential)
    basic = run.wiki.tokens(public, scope="basic")
    run.play("1187", with_bearer(basic["access_token"]))
    run.play("1189")
    run.play("1190-1192", with_values(code=run.wiki.code(public), code_verifier=VERIFIER))
    run.play("1193-1194", with_bearer("garbage"))
    run.wiki.control("clock", {"advance": 601})
    run.play("1294", with_values(refresh_token=first_refresh_token))


def _tokens(run: SequenceRun) -> str:
    """Replay a sign-in and refreshes of its tokens; return the first refresh token."""

    def refresh(number: str, pair: dict[str, str]) -> dict[str, str]:
        secrets = with_values(refresh_token=pair["refresh_token"], client_secret="not looked at")
        return dict(run.play(number, secrets).json())

    code = approve(run, run.play("1129-1130", challenged), "1131", "1132")
    first = run.play("1133", with_values(code=code, code_verifier=VERIFIER)).json()
    run.play("1134", with_bearer(first["access_token"]))
    second = refresh("1135", first)
    run.play("1136", with_bearer(first["access_token"]))
    third = refresh("1137", first)
    run.play("1138", with_bearer(second["access_token"]))
    run.play("1139", with_bearer(third["access_token"]))
    refresh("1140", second)
    refresh("1141-1145", third)
    return str(first["refresh_token"])


def _addresses(run: SequenceRun, public: dict[str, str]) -> None:
    run.play("1146-1157", challenged)
    code = approve(run, run.play("1158-1159", challenged), "1160", "1161")
    run.play("1162", with_values(code=code, code_verifier=VERIFIER))
    code = run.wiki.code({**public, "redirect_uri": OTHER_PORT})
    run.play("1163", with_values(code=code, code_verifier=VERIFIER))
    run.play("1164-1165", with_values(code=run.wiki.code(public), code_verifier=VERIFIER))
    run.play("1166-1171", challenged)


def _codes(run: SequenceRun, public: dict[str, str], localhost: dict[str, str]) -> None:
    session, _ = run.wiki.signed("Amara")
    form = run.wiki.approval_form(session, run.wiki.authorization(localhost))
    run.play("1172", with_values(wpEditToken=form["wpEditToken"]))
    run.play("1173", challenged)
    # Another account is used, since revoking ends all sessions of an account.
    used = with_values(code=run.wiki.code(localhost, "Many"), code_verifier=VERIFIER)
    pair = run.play("1174", used).json()
    run.play("1175", used)
    run.play("1176", with_bearer(pair["access_token"]))
    run.play("1177-1179", with_values(code=run.wiki.code(public), code_verifier=VERIFIER))
    run.wiki.control("revoke", {"user": run.wiki.name("Many")})
    run.play("1180", with_bearer(pair["access_token"]))
    run.play("1181", with_values(refresh_token=pair["refresh_token"]))


def _confidential(run: SequenceRun, client: dict[str, str]) -> None:
    secrets = {"code": run.wiki.code(client), "code_verifier": VERIFIER}
    secrets["client_secret"] = client["client_secret"]
    pair = run.play("1182-1184", with_values(**secrets)).json()
    secrets["refresh_token"] = pair["refresh_token"]
    pair = run.play("1185-1186", with_values(**secrets)).json()
    secrets["refresh_token"] = pair["refresh_token"]
    run.expected["user with ID 3"] = f"user with ID {run.wiki.user_id('Amara')}"
    run.wiki.control("clients", {"approved": False})
    run.play("1266-1267", with_bearer(pair["access_token"]))
    run.play("1268", with_values(**secrets))
    run.play("1269", challenged)
    run.wiki.control("clients", {})
