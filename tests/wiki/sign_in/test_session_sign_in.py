"""Signing in with a session, with all steps that a wiki may require (CONTRACT §5, clientlogin)."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from app.domain.accounts.sign_in_form import REMEMBER, FieldKind, SignInStep
from app.domain.faults import Fault, KnownFault
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import SessionCredentials
from app.wiki.sign_in.session_sign_in import SessionSignIn
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    """Return a practice wiki for one test, because it counts wrong passwords and codes are valid once."""
    with practice_server() as running:
        yield running


@pytest.fixture
def talk(server: PracticeServer) -> Iterator[SessionSignIn]:
    with closing(SessionSignIn(server.base)) as begun:
        yield begun


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code of an authenticator app (RFC 6238), `steps` steps from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def begin(talk: SessionSignIn, server: PracticeServer, role: str) -> SignInStep | None:
    talk.begin()
    return talk.answer({"username": server.name(role), "password": str(server.description[role]["password"])})


def signed_in_as(talk: SessionSignIn, server: PracticeServer) -> str:
    credentials = SessionCredentials(server.base, talk.secrets, lambda _: None, lambda: None)
    with closing(WikiClient(server.base, credentials)) as client:
        return EventRegistration(client).identity().name


def fields(step: SignInStep | None) -> set[str]:
    assert step is not None
    return {field.name for field in step.fields}


def test_a_second_factor(talk: SessionSignIn, server: PracticeServer) -> None:
    step = begin(talk, server, "second_factor")
    assert fields(step) == {"OATHToken"}
    assert step
    assert not step.refused
    assert "two-factor authentication app" in step.message
    assert "[" not in step.message
    again = talk.answer({"OATHToken": "000000"})
    assert fields(again) == {"OATHToken"}
    assert again
    assert again.refused
    code = code_of(server.description["second_factor"]["totp_secret"])
    assert talk.answer({"OATHToken": f"{code[:3]} {code[3:]}"}) is None
    assert signed_in_as(talk, server) == server.name("second_factor")


def test_recovery_codes_instead_of_the_app(talk: SessionSignIn, server: PracticeServer) -> None:
    step = begin(talk, server, "recovery_codes")
    assert step
    choice = next(field for field in step.fields if field.kind is FieldKind.CHOICE)
    assert choice.optional
    switched = talk.answer({choice.name: "recoverycodes"})
    assert switched
    assert not switched.refused
    assert "RecoveryCode" in fields(switched)
    codes = server.description["recovery_codes"]["recovery_codes"]
    assert talk.answer({"RecoveryCode": codes[0]}) is None
    assert signed_in_as(talk, server) == server.name("recovery_codes")


def test_a_code_sent_by_e_mail(talk: SessionSignIn, server: PracticeServer) -> None:
    step = begin(talk, server, "emailed_code")
    assert step
    (field,) = step.fields
    assert field.kind is FieldKind.TEXT
    code = re.findall(r"\b[0-9]{6}\b", server.mails()[-1]["message"])[-1]
    assert talk.answer({field.name: code}) is None
    assert signed_in_as(talk, server) == server.name("emailed_code")


def test_an_expired_password_is_changed_during_the_sign_in(
    talk: SessionSignIn, server: PracticeServer
) -> None:
    step = begin(talk, server, "expired_password")
    assert fields(step) == {"password", "retype"}
    assert step
    assert all(field.is_secret for field in step.fields)
    again = talk.answer({"password": "a long new password", "retype": "another one"})
    assert again
    assert again.refused
    assert talk.answer({"password": "a long new password", "retype": "a long new password"}) is None
    assert signed_in_as(talk, server) == server.name("expired_password")


def test_an_optional_password_change_is_skipped(talk: SessionSignIn, server: PracticeServer) -> None:
    step = begin(talk, server, "old_password")
    assert step
    (button,) = [field for field in step.fields if field.kind is FieldKind.BUTTON]
    assert talk.answer({button.name: "1"}) is None
    assert signed_in_as(talk, server) == server.name("old_password")


@pytest.mark.parametrize("kind", ["simple", "image"])
def test_a_captcha_is_valid_for_one_attempt(talk: SessionSignIn, server: PracticeServer, kind: str) -> None:
    server.control("captcha", always=True, kind=kind)
    step = talk.begin()
    assert {"captchaId", "captchaInfo", "captchaWord"} <= fields(step)
    seen: set[str] = set()
    name, password = server.name(), str(server.description["organizer"]["password"])
    for word in ("certainly wrong", None):
        assert step is not None
        described = {field.name: field for field in step.fields}
        task = described["captchaInfo"]
        assert task.kind is FieldKind.NOTE
        assert (task.picture is not None) is (kind == "image")
        assert task.picture is None or task.picture.startswith(b"\x89PNG")
        number = described["captchaId"].value
        assert number not in seen
        seen.add(number)
        answers = requests.get(f"{server.base}/practice/captcha", timeout=20).json()
        given = {"username": name, "password": password, "captchaId": number}
        step = talk.answer({**given, "captchaWord": word or answers[number]})
    assert step is None
    assert signed_in_as(talk, server) == name


def test_after_wrong_passwords_a_captcha_appears(talk: SessionSignIn, server: PracticeServer) -> None:
    step: SignInStep | None = talk.begin()
    assert "captchaWord" not in fields(step)
    for _ in range(3):
        step = talk.answer({"username": server.name(), "password": "wrong"})
        assert step
        assert step.refused
    assert "captchaWord" in fields(step)


def test_too_many_attempts_are_reported_in_the_wikis_words(
    talk: SessionSignIn, server: PracticeServer
) -> None:
    talk.begin()
    said = ""
    for _ in range(7):
        step = talk.answer({"username": server.name("plain_user"), "password": "wrong"})
        assert step
        said = step.message
    assert "too many recent login attempts" in said


def test_a_lost_login_session_starts_again(talk: SessionSignIn, server: PracticeServer) -> None:
    assert fields(begin(talk, server, "second_factor")) == {"OATHToken"}
    talk._signer.jar.clear()
    step = talk.answer({"OATHToken": "123456"})
    assert step
    assert step.refused
    assert {"username", "password", REMEMBER} <= fields(step)
    assert begin(talk, server, "organizer") is None


def test_blocked_organizers_can_still_sign_in(talk: SessionSignIn, server: PracticeServer) -> None:
    assert begin(talk, server, "blocked_organizer") is None


def test_an_unreachable_wiki_is_reported_as_such(talk: SessionSignIn, server: PracticeServer) -> None:
    talk.begin()
    server.fault("drop")
    with pytest.raises(KnownFault) as caught:
        talk.answer({"username": "x", "password": "y"})
    server.calm()
    assert caught.value.fault is Fault.OFFLINE


def login(answer: object) -> Reply:
    return Reply({"clientlogin": answer})


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (login({"status": "REDIRECT", "redirecttarget": "https://evil.example/"}), Fault.REFUSED),
        (login({"status": "UI", "requests": []}), Fault.WIKI_BROKEN),
        (login({"status": "UI", "requests": "x"}), Fault.WIKI_BROKEN),
        (login("PASS"), Fault.WIKI_BROKEN),
        (Reply([]), Fault.WIKI_BROKEN),
        (Reply({}, 302, {"Location": "https://evil.example/"}), Fault.WIKI_BROKEN),
    ],
)
def test_an_invalid_response_is_reported(wiki_script: ScriptedWiki, answer: Reply, fault: Fault) -> None:
    def respond(asked: Asked) -> Reply:
        if asked.method == "POST":
            return answer
        return Reply({"query": {"tokens": {"logintoken": "t+\\"}}})

    wiki_script.answer = respond
    with closing(SessionSignIn(wiki_script.base)) as talk, pytest.raises(KnownFault) as caught:
        talk.answer({"username": "x", "password": "hunter2-secret"})
    assert caught.value.fault is fault
    assert "hunter2" not in str(caught.value)


def test_a_picture_is_fetched_only_from_the_wiki_itself(wiki_script: ScriptedWiki) -> None:
    info = {"type": "null", "value": "https://evil.example/picture.png", "label": "Type this"}
    request = {"metadata": {"mime": "image/png"}, "fields": {"captchaInfo": info}}

    def respond(asked: Asked) -> Reply:
        if asked.query.get("meta") == "tokens":
            return Reply({"query": {"tokens": {"logintoken": "t+\\"}}})
        return Reply({"query": {"authmanagerinfo": {"requests": [request]}}})

    wiki_script.answer = respond
    with closing(SessionSignIn(wiki_script.base)) as talk, pytest.raises(KnownFault) as caught:
        talk.begin()
    assert caught.value.fault is Fault.NETWORK
