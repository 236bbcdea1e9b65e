"""User names: their canonical form in all interfaces, and invalid ones."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.support.repository import RECORDINGS
from tests.support.servers.running_wiki import REST, RunningWiki, start, stop
from tests.support.sign_in.practice_sign_in import Browser

EVENT, GEORGIAN, SHARP, MARKED = 6, "გიორგი ორგანიზატორი", "ßarah Test", "Zoë Núñez"
# Names as sent, and their canonical form.
SPELLINGS = {
    "ingrid_Solberg": "Ingrid Solberg",
    "__ingrid__Solberg ": "Ingrid Solberg",
    "\u200eIngrid\u00a0Solberg\u200f": "Ingrid Solberg",
    "\u202aIngrid\u3000 Solberg\u202c": "Ingrid Solberg",
    "user:ingrid Solberg": "Ingrid Solberg",
    "USER : Ingrid Solberg": "Ingrid Solberg",
    GEORGIAN: GEORGIAN,
    SHARP: SHARP,
    "éclair": "Éclair",
    "ŉ": "ŉ",
    "ﬁona": "ﬁona",
    "ⅸ": "ⅸ",
    "ǆ": "Ǆ",
    "ᾳ": "ᾼ",
    "\u2067محرر ليلي\u2069": "\u2067محرر ليلي\u2069",
    "foo:bar": "Foo:bar",
    "@handle": "@handle",
    "=2+3": "=2+3",
    "A&amp Co": "A&amp Co",
    "~2026-30817-42": "~2026-30817-42",
    "x" * 255: "X" + "x" * 254,
}
INVALID = (
    "",
    " _ ",
    "Bad#name",
    "a<b",
    "a>b",
    "a[b",
    "a]b",
    "a{b",
    "a}b",
    "a/b",
    "a\tb",
    "a\u0085b",
    "a\u200bb",
    "\ue000",
    "a%41b",
    "a&amp;b",
    "..",
    "a~~~b",
    "192.0.2.1",
    "300.1.2.xxx",
    "2001:db8::7",
    "::1",
    ":Ingrid Solberg",
    "Talk:Ingrid Solberg",
    "User:Talk:Ingrid",
    "Event:Ingrid",
    "Special:Ingrid",
    "x" * 256,
    "ä" * 128,
)


@pytest.fixture(scope="module")
def named() -> Iterator[RunningWiki]:
    """Return a wiki with organizers and participants whose names are edge cases."""
    wiki = start("--clock", "2027-03-01T09:00:00+00:00")
    for role, name in (("other_organizer", GEORGIAN), ("unmailed_organizer", SHARP)):
        rename(wiki, wiki.description[role]["name"], name)
    rename(wiki, wiki.people(EVENT)[0]["user_name"], MARKED)
    yield wiki
    stop(wiki)


@pytest.fixture
def event(named: RunningWiki) -> Iterator[int]:
    yield EVENT
    assert set_organizers(named, ["Amara Okafor"]).status_code == 204


def rename(wiki: RunningWiki, name: str, to: str) -> None:
    wiki.control("person", {"event": EVENT, "user_name": name, "do": "rename", "to": to})


def ask(wiki: RunningWiki, user: str | None = None, **query: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {wiki.description[user]['owner_token']}"} if user else {}
    form = {"action": "query", "format": "json", "formatversion": "2", **query}
    return dict(requests.post(f"{wiki.base}/api.php", form, headers=headers, timeout=20).json())


def users(wiki: RunningWiki, names: list[str], **query: str) -> list[dict[str, Any]]:
    found = []
    for begin in range(0, len(names), 50):
        some = "\x1f" + "\x1f".join(names[begin : begin + 50])
        found += ask(wiki, list="users", ususers=some, **query)["query"]["users"]
    return found


def set_organizers(wiki: RunningWiki, names: list[str]) -> requests.Response:
    """Set organizers with unescaped characters in the JSON, as browsers send it."""
    headers = {
        "Authorization": f"Bearer {wiki.description['organizer']['owner_token']}",
        "Content-Type": "application/json",
    }
    body = json.dumps({"organizer_usernames": names}, ensure_ascii=False).encode()
    address = f"{wiki.base}{REST}/event_registration/{EVENT}/organizers"
    return requests.put(address, data=body, headers=headers, timeout=20)


def organizers(wiki: RunningWiki) -> list[str]:
    return [one["user_name"] for one in wiki.rest(f"/event_registration/{EVENT}/organizers").json()]


def test_names_are_written_as_mediawiki_writes_them(named):
    for given, written in SPELLINGS.items():
        assert [one["name"] for one in users(named, [given])] == [written], given


def test_names_that_nobody_can_have_come_first_and_as_they_were_given(named):
    found = users(named, ["Jun Watanabe", *INVALID[::2], "nobody at all", *INVALID[1::2]])
    refused = [*INVALID[::2], *INVALID[1::2]]
    assert found[: len(refused)] == [{"name": name, "invalid": True} for name in refused]
    assert [one["name"] for one in found[len(refused) :]] == ["Jun Watanabe", "Nobody at all"]
    assert found[-1]["missing"] is True


def test_parameters_are_normalized_before_names_are_read(named):
    (found,) = users(named, [unicodedata.normalize("NFD", MARKED)])
    assert found["userid"]
    assert found["name"] == MARKED


@pytest.mark.parametrize("given", [given for given, name in SPELLINGS.items() if name == "Ingrid Solberg"])
def test_organizers_are_named_in_any_spelling(named, event, given):
    assert set_organizers(named, ["amara Okafor", given, "Ingrid Solberg"]).status_code == 204
    assert sorted(organizers(named)) == ["Amara Okafor", "Ingrid Solberg"]


@pytest.mark.parametrize("name", [GEORGIAN, SHARP])
def test_first_letters_without_a_capital_stay(named, event, name):
    assert set_organizers(named, ["Amara Okafor", name]).status_code == 204
    assert name in organizers(named)
    assert set_organizers(named, ["Amara Okafor", name.upper()]).status_code == 400


@pytest.mark.parametrize("name", [*INVALID, "foo|bar", "#7", "~2026-30817-42", 7])
def test_organizers_with_impossible_names_are_refused(named, name):
    answer = set_organizers(named, ["Amara Okafor", name])
    assert answer.status_code == 400
    body = answer.json()
    assert (body["failureCode"], body["errorKey"]) == ("baduser", "rest-body-validation-error")
    assert (body["name"], body["value"]) == ("organizer_usernames", name)


@pytest.mark.parametrize(
    ("given", "written"),
    [("no_such_Person", "No such Person"), ("@handle", "@handle"), ("foo:bar", "Foo:bar")],
)
def test_a_refused_organizer_is_named_as_mediawiki_writes_the_name(named, given, written):
    answer = set_organizers(named, ["Amara Okafor", given])
    assert answer.json()["errorKey"] == "campaignevents-edit-organizers-not-allowed"
    assert answer.json()["messageTranslations"]["en"].startswith(f"{written} doesn't")


def test_json_is_normalized_as_text_so_escaped_letters_are_not(named, event):
    rename(named, "Ingrid Solberg", "Ingríd Solberg")
    try:
        apart = unicodedata.normalize("NFD", "Ingríd Solberg")
        assert set_organizers(named, ["Amara Okafor", apart]).status_code == 204
        names = {"organizer_usernames": ["Amara Okafor", apart]}
        escaped = named.rest(f"/event_registration/{EVENT}/organizers", method="PUT", json=names)
        assert escaped.json()["errorKey"] == "campaignevents-edit-organizers-not-allowed"
    finally:
        rename(named, "Ingríd Solberg", "Ingrid Solberg")


def test_a_filter_is_a_part_of_a_name_and_no_name(named):
    def found(wanted: str) -> list[str]:
        return [one["user_name"] for one in named.people(EVENT, username_filter=wanted)]

    assert found("NúñEZ") == [MARKED]
    assert found(unicodedata.normalize("NFD", "Zoë n")) == [MARKED]
    assert found("zoë_") == found("User:Zoë") == found("nÚñez") == []


@pytest.mark.parametrize(
    "given",
    ["amara_Okafor", " _amara Okafor", "\u200eAmara Okafor", "user:Amara_Okafor", "Amara\u00a0Okafor"],
)
def test_one_signs_in_with_any_spelling(named, given):
    with Browser(named) as browser:
        answer = browser.begin(given, named.description["organizer"]["password"])
    assert answer == {"status": "PASS", "username": "Amara Okafor"}


@pytest.mark.parametrize("given", [*INVALID, "A#b|c", "foo|bar", "Maintenance script"])
def test_nobody_signs_in_with_an_impossible_name(named, given):
    with Browser(named) as browser:
        answer = browser.begin(given, "any password")
    assert (answer["status"], answer["messagecode"]) == ("FAIL", "authmanager-authn-no-primary")


@pytest.mark.parametrize("given", ["@handle", "=2+3", "~2026-30817-42", "no such Person"])
def test_possible_names_of_nobody_have_a_wrong_password(named, given):
    with Browser(named) as browser:
        assert browser.begin(given, "any password")["messagecode"] == "wrongpassword"


def test_one_is_asserted_to_be_somebody_in_any_spelling(named):
    assert "query" in ask(named, "organizer", meta="userinfo", assertuser="amara_Okafor")
    other = ask(named, "organizer", meta="userinfo", assertuser="ingrid_Solberg")["error"]
    assert (other["code"], '"Ingrid Solberg"' in other["info"]) == ("assertnameduserfailed", True)
    assert ask(named, "organizer", meta="userinfo", assertuser="Bad#name")["error"]["code"] == "baduser"


def test_the_admin_api_accepts_any_spelling_and_no_invalid_name(named):
    rename(named, "jun_Watanabe", "jun_Tanaka")
    assert "userid" in users(named, ["Jun Tanaka"])[0]
    rename(named, "jun Tanaka", "Jun Watanabe")
    for to in ("Bad#name", "192.0.2.1", "", "Amara_Okafor"):
        wanted = {"event": EVENT, "user_name": "Jun Watanabe", "do": "rename", "to": to}
        answer = requests.post(f"{named.base}/practice/person", json=wanted, timeout=20)
        assert (answer.status_code, "to is a name" in answer.json()["error"]) == (400, True)


def test_suppressed_people_are_missing_by_name_and_by_id(named):
    wanted = {"event": EVENT, "user_name": MARKED, "do": "hide"}
    (before,) = users(named, [MARKED])
    named.control("person", wanted)
    try:
        assert users(named, [MARKED]) == [{"name": MARKED, "missing": True}]
        by_id = ask(named, list="users", ususerids=str(before["userid"]))["query"]["users"]
        assert by_id == [{"userid": before["userid"], "missing": True}]
    finally:
        named.control("person", {**wanted, "do": "unhide"})


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"ususers": "A", "ususerids": "3"}, "invalidparammix"),
        ({"ususerids": "3|Amara"}, "badinteger"),
        ({"ususerids": "|".join(map(str, range(51)))}, "toomanyvalues"),
    ],
)
def test_questions_about_people_that_are_refused(named, query, code):
    assert ask(named, list="users", **query)["error"]["code"] == code


@pytest.fixture(scope="module")
def replay() -> Iterator[Callable[[str], tuple[dict[str, Any], dict[str, Any]]]]:
    """Return a function that replays a recording on a wiki with the recorded names; returns both answers."""
    wiki = start()
    wiki.control("person", {"event": EVENT, "user_name": "Vera Lindqvist", "do": "rename", "to": "Blocked1"})
    rename(wiki, "Amara Okafor", "Amara")
    # The sample users include "A" too.
    names = (one.get("user_name", "") for one in wiki.people(13))
    pool = (name for name in names if len(name) > 1)

    def send(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        (path,) = RECORDINGS.glob(f"{name}-*.json")
        exchange = json.loads(path.read_text(encoding="utf-8"))
        recorded = exchange["response"]["body"]
        borne = {one["name"] for one in recorded.get("query", {}).get("users", []) if "userid" in one}
        if name == "1207":
            borne.add("Suppressed Person")
        missing = {one["name"] for one in users(wiki, sorted(borne)) if "missing" in one}
        for new in sorted(missing):
            rename(wiki, next(pool), new)
        if name == "1207":
            wanted = {"event": EVENT, "user_name": "Suppressed Person", "do": "hide"}
            wiki.control("person", wanted)
        user = "organizer" if "bearer" in exchange["as"] else None
        return recorded, ask(wiki, user, **exchange["request"]["query"])

    yield send
    stop(wiki)


def comparable(one: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of an account, with those values that do not differ between wikis."""
    same = ("name", "invalid", "missing", "cancreate", "cancreateerror", "groups")
    plain = [name for name in one.get("groups", []) if name != "event-organizer"]
    kept = {key: one[key] if key in same else "…" for key in one}
    return {**kept, "groups": plain} if "groups" in one else kept


@pytest.mark.parametrize("name", ["910", "918", "1291", "1207"])
def test_recorded_names_are_answered_in_the_recorded_order(replay, name):
    recorded, given = replay(name)
    expected = [comparable(one) for one in recorded["query"]["users"]]
    # MediaWiki's own account does not exist here.
    expected = [one for one in expected if "systemuser" not in one]
    answered = [comparable(one) for one in given["query"]["users"] if one["name"] != "MediaWiki default"]
    assert answered == expected


def test_too_many_names_are_refused_as_recorded(replay):
    recorded, given = replay("911")
    assert {**given["error"], "docref": ""} == {**recorded["error"], "docref": ""}
