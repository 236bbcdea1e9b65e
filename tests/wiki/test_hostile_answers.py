"""Malformed and hostile responses are harmless, or a known fault that quotes nothing from them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.accounts.account import Identity, OAuthClient
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Presence
from app.domain.wikis.links import KnownWiki
from app.domain.wikis.wiki_names import WikiNames
from app.wiki import shapes, site_shapes
from app.wiki.http import answers
from app.wiki.http.answers import Answer
from app.wiki.link_targets import find_edit
from app.wiki.shapes import Shape
from app.wiki.sign_in import oauth
from tests.support.examples import examples
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, fault_of

SHAPE = Shape("a wiki")
MARK = "MARK5E7"
PERSON: dict[str, Any] = {
    "participant_id": 7,
    "user_id": 70,
    "user_registered_at": "20270305100000",
    "private": False,
    "user_name": "Amara",
    "user_is_valid_recipient": True,
    "non_pii_answers": [{"message": "(campaignevents-participant-question-no-response)", "questionID": 4}],
}
EVENT: dict[str, Any] = {
    "id": 1,
    "name": "Photo Walk",
    "event_page": "Event:Photo Walk",
    "event_page_wiki": "awiki",
    "status": "open",
    "timezone": "UTC",
    "start_time": "20270305100000",
    "end_time": "20270306180000",
    "types": ["meetup"],
    "wikis": ["*"],
    "topics": [],
    "online_meeting": True,
    "inperson_meeting": False,
    "tracking_tools": [],
    "questions": [4, 5],
}
ORGANIZER: dict[str, Any] = {"organizer_id": 1, "user_id": 3, "user_name": "Amara", "roles": ["creator"]}
LISTED: dict[str, Any] = {"event_id": 1, "event_name": "Photo Walk", "event_deleted": True}
QUESTIONS: dict[str, Any] = {"4": {"name": "confidence", "type": "radio", "label": "How?"}}
USER: dict[str, Any] = {
    "query": {
        "userinfo": {"id": 3, "name": "Amara", "groups": ["user"], "rights": [], "centralids": {"local": 3}}
    }
}
SITE: dict[str, Any] = {
    "query": {
        "general": {
            "sitename": "W",
            "generator": "MediaWiki 1.45.0",
            "wikiid": "w",
            "time": "2027-03-01T09:00:00Z",
        },
        "extensions": [{"name": "CampaignEvents"}],
    }
}
Read = Callable[[Any], object]
READS: list[tuple[Any, Read]] = [
    ([PERSON], lambda value: shapes.participants(SHAPE, value, 0)),
    (EVENT, lambda value: shapes.registration(SHAPE, value)),
    ([ORGANIZER], lambda value: shapes.organizers(SHAPE, value, 0)),
    ([LISTED], lambda value: shapes.listed_events(SHAPE, value)),
    (QUESTIONS, lambda value: shapes.question_labels(SHAPE, value)),
    (USER, lambda value: site_shapes.identity(SHAPE, value)),
    (SITE, lambda value: site_shapes.wiki_facts(SHAPE, value, "https://w", 0)),
]

odd_texts = st.one_of(
    st.text(st.characters(), max_size=20),
    st.sampled_from(
        [
            "",
            "\x00\x07\u202e" + MARK,
            f"<b>{MARK}</b>",
            MARK * 5_000,
            "²",
            "-1",
            "99999999999999",
            "20270230100000",
        ]
    ),
)
odd_numbers = st.one_of(
    st.sampled_from([-1, 0, 1, 2**31, 2**32, 2**64, -(2**70), 10**40, True, False]),
    st.floats(allow_nan=False, allow_infinity=False),
)
odd = st.recursive(
    st.one_of(st.none(), odd_texts, odd_numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(odd_texts, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn, valid: Any) -> Any:
    """Return a valid response with one of its values, at any depth, replaced or removed."""
    if isinstance(valid, dict) and valid and draw(st.integers(0, 9)):
        copy = dict(valid)
        name = draw(st.sampled_from(sorted(valid)))
        if draw(st.integers(0, 4)):
            copy[name] = draw(damaged(valid[name]))
        else:
            del copy[name]
        if not draw(st.integers(0, 5)):
            copy[draw(odd_texts)] = draw(odd)
        return copy
    if isinstance(valid, list) and valid and draw(st.integers(0, 9)):
        return [draw(damaged(valid[0])), *valid[1:], *([valid[0]] if draw(st.booleans()) else [])]
    return draw(odd)


@given(data=st.data(), read=st.sampled_from(READS))
@settings(max_examples=examples(1_500), deadline=None)
def test_a_damaged_response_is_read_or_a_known_fault(data: st.DataObject, read: tuple[Any, Read]) -> None:
    valid, reading = read
    value = data.draw(damaged(valid))
    payload = json.dumps(value).encode()
    # Every value that was read can be encoded.
    fault = fault_of(lambda: repr(reading(answers.read_json("a wiki", Answer(200, {}, payload)))).encode())
    if fault:
        assert fault.fault is Fault.WIKI_BROKEN
        assert MARK not in fault.sentence
        assert "\u202e" not in fault.sentence


@given(body=st.binary(max_size=60), status=st.integers(100, 599))
@settings(max_examples=examples(400), deadline=None)
def test_any_bytes_are_read_or_a_known_fault(body: bytes, status: int) -> None:
    for meaning in (answers.rest_value, answers.api_value):
        fault = fault_of(lambda meaning=meaning: meaning("a wiki", Answer(status, {}, body)))
        assert fault is None or fault.sentence


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 6_000,
        b"NaN",
        b'[{"user_name": Infinity}]',
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_pathological_json(body: bytes) -> None:
    with pytest.raises(KnownFault) as caught:
        answers.read_json("a wiki", Answer(200, {}, body))
    assert caught.value.fault is Fault.WIKI_BROKEN


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_name", "x" * 10_000_000),
        ("user_name", None),
        ("user_name", ["Amara"]),
        ("participant_id", True),
        ("participant_id", -7),
        ("participant_id", 7.0),
        ("participant_id", "7"),
        ("participant_id", 2**32),
        ("user_id", 0),
        ("private", 1),
        ("private", "false"),
        ("hidden", "yes"),
        ("user_is_valid_recipient", 0),
        ("user_registered_at", "20270230100000"),
        ("user_registered_at", "00010101000000"),
        ("user_registered_at", "９" * 14),
        ("non_pii_answers", {"4": "x"}),
        ("non_pii_answers", [{"message": "x", "questionID": True}]),
        ("non_pii_answers", [{"message": "x" * 5_000, "questionID": 4}]),
    ],
)
def test_an_invalid_person(field: str, value: Any) -> None:
    with pytest.raises(KnownFault) as caught:
        shapes.participants(SHAPE, [{**PERSON, field: value}], 0)
    assert caught.value.fault is Fault.WIKI_BROKEN
    assert len(caught.value.sentence) < 300


@pytest.mark.parametrize("ids", [[7, 7], [8, 7], [3], [4, 5, 6, 6]])
def test_cursors_that_do_not_advance(ids: list[int]) -> None:
    page = [{**PERSON, "participant_id": number} for number in ids]
    with pytest.raises(KnownFault) as caught:
        shapes.participants(SHAPE, page, 3)
    assert caught.value.fault is Fault.WIKI_BROKEN


def test_names_are_unchanged() -> None:
    for name in ("<b>Amara</b>", "\u202eAmara", "=1+1", "a\x00b", "🦉" * 100, "אמארה"):
        assert shapes.participants(SHAPE, [{**PERSON, "user_name": name}], 0)[0].name == name


def test_lone_surrogates_become_the_replacement_character() -> None:
    body = json.dumps([{**PERSON, "user_name": "A\ud83d\ude00\ud83d"}]).encode()
    value = answers.read_json("a wiki", Answer(200, {}, body))
    assert shapes.participants(SHAPE, value, 0)[0].name == "A😀\ufffd"


def test_people_without_a_name() -> None:
    bare = {name: value for name, value in PERSON.items() if name != "user_name"}
    for gap, presence in (("hidden", Presence.HIDDEN), ("not_found", Presence.VANISHED)):
        person = shapes.participants(SHAPE, [{**bare, gap: True}], 0)[0]
        assert (person.name, person.presence) == (None, presence)
    with pytest.raises(KnownFault):
        shapes.participants(SHAPE, [bare], 0)


def test_fields_of_other_versions_may_be_missing_or_added() -> None:
    later = {"worklist": None, "nested": {"deep": [1, {"x": "é"}]}}
    event = shapes.registration(SHAPE, {**EVENT, **later})
    assert event.unknown == later
    goal = shapes.registration(SHAPE, {**EVENT, "goal_type": "total_edits", "goal_target": 7})
    assert (goal.has_goals, goal.goal_type, goal.goal_target) == (True, "total_edits", 7)
    none = shapes.registration(SHAPE, {**EVENT, "goal_type": None, "goal_target": None})
    assert (none.has_goals, none.goal_type, none.goal_target) == (True, None, None)
    assert not event.has_goals
    assert event.meeting_url is None
    assert event.tracks_contributions is None
    assert event.country is None
    with pytest.raises(KnownFault):
        shapes.registration(SHAPE, {name: value for name, value in EVENT.items() if name != "timezone"})


@pytest.mark.parametrize("unknown", ["x" * 400_000, json.loads("[" * 200 + "]" * 200)])
def test_an_event_that_is_too_large(unknown: Any) -> None:
    with pytest.raises(KnownFault) as caught:
        shapes.registration(SHAPE, {**EVENT, "later": unknown})
    assert caught.value.fault is Fault.WIKI_BROKEN


def test_the_wikis_own_reason_is_shown_without_control_characters() -> None:
    body = json.dumps({"errorKey": "x-y", "messageTranslations": {"en": "No\u202e \x07way\n" + "z" * 9_000}})
    with pytest.raises(KnownFault) as caught:
        answers.rest_value("a wiki", Answer(403, {}, body.encode()))
    assert caught.value.fault is Fault.NOT_ALLOWED
    assert "No way" in caught.value.wiki_said
    assert "No way" not in caught.value.sentence
    assert not {"\u202e", "\x07", "\n"} & set(caught.value.wiki_said)
    assert len(caught.value.wiki_said) < 1_000


def test_central_ids_are_preferred() -> None:
    def who(**info: Any) -> Identity:
        return site_shapes.identity(SHAPE, {"query": {"userinfo": {**USER["query"]["userinfo"], **info}}})

    assert who(centralids={"CentralAuth": 900, "local": 3}).central_id == 900
    assert who(centralids={"CentralAuth": 0, "local": 3}).central_id == 3
    assert who(centralids=None).central_id == 3
    with pytest.raises(KnownFault):
        who(id=0)


def test_an_endless_response_is_aborted(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always(b" " * (17 * 1024 * 1024))
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base).registration(1)
    assert "too large" in caught.value.sentence
    assert len(wiki_script.asked) == 1


def test_another_event_than_the_requested_one(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always(EVENT)
    assert wiki_connect(wiki_script.base).registration(1).event_id == 1
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base).registration(2)
    assert caught.value.fault is Fault.WIKI_BROKEN


def test_organizers_that_do_not_end(wiki_script: ScriptedWiki, wiki_connect) -> None:
    def endless(asked: Asked) -> Reply:
        last = int(asked.query.get("last_organizer_id", 0))
        return Reply([{**ORGANIZER, "organizer_id": last + step} for step in range(1, 12)])

    wiki_script.answer = endless
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base).organizers(1)
    assert "do not end" in caught.value.sentence
    wiki_script.always([{**ORGANIZER, "organizer_id": step} for step in range(1, 12)])
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base).organizers(1)
    assert "out of order" in caught.value.sentence


@given(header=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=12))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_any_headers(wiki_script: ScriptedWiki, wiki_connect, header: str) -> None:
    for status in (200, 302, 404, 429):
        headers = {
            "Location": header,
            "Content-Type": header,
            "Content-Encoding": header,
            "Set-Cookie": header,
        }
        reply = Reply([], status, headers)
        wiki_script.answer = lambda _, reply=reply: reply
        connection = wiki_connect(wiki_script.base, tries=1)
        fault = fault_of(lambda connection=connection: connection.organized_by(3))
        assert fault is None or fault.sentence


@pytest.mark.parametrize("value", [None, 7, [], "x"])
def test_values_of_a_wrong_type_in_nested_fields(wiki_script: ScriptedWiki, wiki_connect, value: Any) -> None:
    client = wiki_connect(wiki_script.base, "token").client
    home = KnownWiki("awiki", wiki_script.base)
    for body in ({"query": {"tokens": value}}, {"query": value}):
        wiki_script.always(body)
        assert_broken(lambda: client.page_change(action="edit"))
    link = f"{wiki_script.base}/index.php?diff=12&oldid=11"
    for pages in ([{"revisions": value}], value, [value]):
        wiki_script.always({"query": {"pages": pages}})
        assert_broken(lambda: find_edit(client, home, (), link))
    siteinfo = {"specialpagealiases": [{"realname": [value], "aliases": [value]}]}
    assert WikiNames.from_siteinfo(siteinfo).special_pages == {}


def assert_broken(operation: Callable[[], object]) -> None:
    fault = fault_of(operation)
    assert fault is not None
    assert fault.fault is Fault.WIKI_BROKEN


def test_an_unknown_charset_and_an_invalid_chunk_size(wiki_script: ScriptedWiki, wiki_connect) -> None:
    tokens = {"access_token": "fresh", "refresh_token": "next", "token_type": "Bearer", "expires_in": 60}
    wiki_script.always(tokens, Content_Type="; charset=\x00")
    client = OAuthClient("the-client", "the-secret", "http://127.0.0.1:8127/callback")
    assert oauth.refreshed(wiki_script.base, client, "refresh").access == "fresh"
    endless = {"Transfer-Encoding": "chunked"}
    wiki_script.answer = lambda _: Reply(b"ffffffffffffffffff\r\nx\r\n0\r\n\r\n", headers=endless)
    assert_broken(lambda: wiki_connect(wiki_script.base).registration(1))
