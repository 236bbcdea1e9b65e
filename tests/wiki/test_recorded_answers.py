"""Responses recorded from a real wiki, parsed by the shapes (tests/contract/recordings)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.accounts.account import RIGHT_DELETE, SignInLack
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import AnswersState
from app.wiki import shapes, site_shapes
from app.wiki.http import answers
from app.wiki.http.answers import INVALID_AUTHORIZATION, Answer
from app.wiki.shapes import Shape
from tests.support.repository import RECORDINGS

SHAPE = Shape("a wiki")
EVENTS = "/rest.php/campaignevents/v0/event_registration/"


def recorded() -> Iterator[tuple[str, dict[str, Any], Answer]]:
    for file in sorted(RECORDINGS.glob("*.json")):
        exchange = json.loads(file.read_text("utf-8"))
        response = exchange["response"]
        body = response["body"]
        payload = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        yield file.name, exchange["request"], Answer(response["status"], response["headers"] or {}, payload)


ALL = list(recorded())


def gets(tail: str) -> list[Answer]:
    return [
        answer
        for _, asked, answer in ALL
        if asked["method"] == "GET" and answer.status == 200 and asked["path"].endswith(tail)
    ]


def test_every_recorded_event() -> None:
    found = [
        shapes.registration(SHAPE, answers.rest_value("a wiki", answer))
        for _, asked, answer in ALL
        if asked["method"] == "GET"
        and answer.status == 200
        and asked["path"].startswith(EVENTS)
        and asked["path"].removeprefix(EVENTS).isdigit()
    ]
    assert len(found) > 10
    assert all(event.unknown == {} for event in found)
    assert all(event.starts_at() <= event.ends_at() for event in found)


def test_every_recorded_page_of_participants() -> None:
    pages = [answers.rest_value("a wiki", answer) for answer in gets("/participants")]
    people = [person for page in pages for person in shapes.participants(SHAPE, page, 0)]
    assert len(people) > 300
    assert {person.answers_state for person in people} == set(AnswersState)


def test_answers_are_read_by_option_independent_of_the_language() -> None:
    answered = [
        answer
        for _, asked, found in ALL
        if asked["path"].endswith("/participants") and asked["query"].get("uselang") == "qqx"
        for person in shapes.participants(SHAPE, answers.rest_value("a wiki", found), 0)
        for answer in person.answers
    ]
    assert {(answer.question, answer.option) for answer in answered} <= {
        *((4, option) for option in ("none", "some-not-confident", "some-confident", "confident")),
        *((5, option) for option in ("affiliate", "none")),
        *((question, "no-response") for question in (4, 5)),
    }
    assert any(answer.text for answer in answered)


def test_every_other_recorded_list() -> None:
    for answer in gets("/organizers"):
        shapes.organizers(SHAPE, answers.rest_value("a wiki", answer), 0)
    for answer in gets("/event_registrations"):
        shapes.listed_events(SHAPE, answers.rest_value("a wiki", answer))
    labels = [
        shapes.question_labels(SHAPE, answers.rest_value("a wiki", answer))
        for answer in gets("/participant_questions")
    ]
    assert {} in labels
    assert any(set(one) == {1, 2, 3, 4, 5} for one in labels)


def test_every_recorded_refusal_is_a_known_fault() -> None:
    seen = set()
    for name, asked, answer in ALL:
        if not asked["path"].startswith("/rest.php/campaignevents") or answer.status < 400:
            continue
        with pytest.raises(KnownFault) as caught:
            answers.rest_value("a wiki", answer)
        seen.add(caught.value.fault)
        assert caught.value.sentence.strip(), name
        assert (caught.value.fault is Fault.SIGN_IN_ENDED) == (INVALID_AUTHORIZATION.encode() in answer.body)
    assert {Fault.NOT_FOUND, Fault.NOT_ALLOWED, Fault.INVALID, Fault.SIGN_IN_ENDED} <= seen


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("027", Fault.SIGN_IN_ENDED),
        ("646", Fault.SIGN_IN_ENDED),
        ("863", Fault.SIGN_IN_ENDED),
        ("535", Fault.SIGN_IN_ENDED),
        ("030", Fault.INVALID),
    ],
)
def test_recorded_errors_of_the_action_api(number: str, fault: Fault) -> None:
    answer = next(answer for name, _, answer in ALL if name.startswith(number))
    with pytest.raises(KnownFault) as caught:
        answers.api_value("a wiki", answer)
    assert caught.value.fault is fault


def test_recorded_identities_and_facts() -> None:
    identity = next(answer for name, _, answer in ALL if name.startswith("004-"))
    found = site_shapes.identity(SHAPE, answers.api_value("a wiki", identity))
    assert found.name == "Organizer1"
    assert "campaignevents-organize-events" in found.rights
    limited = next(answer for name, _, answer in ALL if name.startswith("005-"))
    groups = next(answer for name, _, answer in ALL if name.startswith("1195-"))
    facts = next(answer for name, _, answer in ALL if name.startswith("001-"))
    facts_json = json.loads(facts.body)
    facts_json["query"] |= json.loads(groups.body)["query"]
    wiki = site_shapes.wiki_facts(SHAPE, facts_json, "https://wiki.example.org", 0)
    assert site_shapes.identity(SHAPE, answers.api_value("a wiki", limited)).lack(wiki) is SignInLack.GRANT
    assert wiki.gives(RIGHT_DELETE, ["sysop"])
    assert not wiki.gives(RIGHT_DELETE, ["event-organizer"])
    nobody = next(answer for name, _, answer in ALL if name.startswith("003-"))
    with pytest.raises(KnownFault):
        site_shapes.identity(SHAPE, answers.api_value("a wiki", nobody))
