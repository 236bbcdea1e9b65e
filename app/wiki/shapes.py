"""Validate a wiki's responses and turn them into domain objects (CONTRACT §3, §5).

Optional fields may be missing, and unknown fields of an event are preserved. Any other mismatch raises a
KnownFault whose sentence contains nothing that the wiki sent.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from app.domain import times
from app.domain.events.event import ListedEvent, Organizer, Registration
from app.domain.faults import KnownFault
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.participant import (
    NO_RESPONSE,
    UNRECOGNISED,
    Answer,
    AnswersState,
    Participant,
    Presence,
)
from app.wiki.http import answers

LONGEST_NAME = 1_000
_LONGEST_TEXT = 100_000
_LARGEST_ID = 2**32 - 1
_MAX_ROWS = 5_000
#: CONTRACT §6, Goal: the wiki accepts 10**12.
_LARGEST_GOAL = 10**12
_LARGEST_OPTION = 1_000
_MAX_LISTED = 1_000
_LONGEST_EVENT = 300_000
_DEEPEST_EVENT = 20
_LARGEST_TIME = 4_102_444_800  # the year 2100
_OPTION = re.compile(r"\(campaignevents-register-question-(?:\w+?)(?:-contributing)?-option-([\w-]+)\)")
_QUESTION = re.compile(r"[1-9][0-9]{0,5}")
_COLON = "(colon-separator)"
_SILENCE = "(campaignevents-participant-question-no-response)"


class Shape:
    """Validates the values of a response; `wiki` is the wiki's name for faults."""

    def __init__(self, wiki: str) -> None:
        self._wiki = wiki

    def wrong(self, what: str) -> KnownFault:
        """Return the fault for an invalid value."""
        return answers.broken(self._wiki, what)

    def fields(self, value: object, what: str) -> dict[str, Any]:
        """Return an object's fields."""
        if not isinstance(value, dict):
            raise self.wrong(f"{what} is no object")
        return value

    def rows(self, value: object, what: str) -> list[Any]:
        """Return a list of bounded length."""
        if not isinstance(value, list):
            raise self.wrong(f"{what} is no list")
        if len(value) > _MAX_ROWS:
            raise self.wrong(f"{what} do not end")
        return value

    def number(self, value: object, what: str, largest: int = _LARGEST_ID) -> int:
        """Return an id or another positive whole number."""
        if type(value) is not int or not 0 < value <= largest:
            raise self.wrong(f"{what} is no valid number")
        return value

    def text(self, value: object, what: str, longest: int = _LONGEST_TEXT) -> str:
        """Return a text of bounded length."""
        if not isinstance(value, str) or len(value) > longest:
            raise self.wrong(f"{what} is no valid text")
        return value

    def flag(self, value: object, what: str) -> bool:
        """Return a boolean."""
        if not isinstance(value, bool):
            raise self.wrong(f"{what} is neither true nor false")
        return value

    def given(self, fields: dict[str, Any], name: str) -> bool:
        """Return a boolean that the wiki leaves out if it is false."""
        return self.flag(fields.get(name, False), name)

    def optional(self, value: object, what: str, longest: int = _LONGEST_TEXT) -> str | None:
        """Return a text, None if it is missing or empty."""
        return self.text(value, what, longest) if value is not None and value != "" else None


def registration(shape: Shape, value: object) -> Registration:
    """Return an event's registration."""
    rest = dict(shape.fields(value, "the event"))

    def take(name: str, check: Callable[..., Any], *default: Any) -> Any:  # noqa: ANN401 - as `check` gives it
        if name not in rest:
            if default:
                return default[0]
            raise shape.wrong(f"{name} is missing")
        return check(rest.pop(name), name)

    def words(found: object, what: str) -> tuple[str, ...]:
        return tuple(shape.text(word, what) for word in shape.rows(found, what))

    def moment(found: object, what: str) -> str:
        stamp = shape.text(found, what)
        try:
            times.local_time(stamp)
        except ValueError as error:
            raise shape.wrong(f"{what} is no time") from error
        return stamp

    def tools(found: object, what: str) -> tuple[dict[str, Any], ...]:
        return tuple(shape.fields(tool, what) for tool in shape.rows(found, what))

    def numbers(found: object, what: str) -> tuple[int, ...]:
        return tuple(shape.number(entry, what) for entry in shape.rows(found, what))

    def goal(found: object, what: str) -> int | None:
        return None if found is None else shape.number(found, what, _LARGEST_GOAL)

    # Older wikis have no country codes, only free text (docs/versions.md).
    older, country = (
        "meeting_country_code" not in rest,
        shape.optional(rest.get("meeting_country"), "country"),
    )
    has_goals = "goal_type" in rest
    not_shown = tuple(name for name in ("meeting_url", "chat_url") if name not in rest)
    if not _shallow(rest, _DEEPEST_EVENT) or len(json.dumps(rest)) > _LONGEST_EVENT:
        raise shape.wrong("the event holds too much")
    return Registration(
        event_id=take("id", shape.number),
        name=take("name", shape.text),
        page=take("event_page", shape.text),
        page_wiki=take("event_page_wiki", shape.text),
        status=take("status", shape.text),
        timezone=take("timezone", shape.text),
        start=take("start_time", moment),
        end=take("end_time", moment),
        types=take("types", words, ()),
        wikis=take("wikis", words, ()),
        topics=take("topics", words, ()),
        online=take("online_meeting", shape.flag, False),
        in_person=take("inperson_meeting", shape.flag, False),
        meeting_url=take("meeting_url", shape.optional, None),
        country_code=take("meeting_country_code", shape.optional, country if older else None),
        country=take("meeting_country", shape.optional, None),
        address=take("meeting_address", shape.optional, None),
        chat_url=take("chat_url", shape.optional, None),
        is_test=take("is_test_event", shape.flag, False),
        tracks_contributions=take("tracks_contributions", shape.flag, None),
        has_goals=has_goals,
        goal_type=take("goal_type", shape.optional, None),
        goal_target=take("goal_target", goal, None),
        tracking_tools=take("tracking_tools", tools, ()),
        questions=take("questions", numbers, ()),
        unknown=rest,
        not_shown=not_shown,
    )


def _shallow(value: object, depth: int) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return True
    return depth > 0 and all(_shallow(one, depth - 1) for one in value)


def organizers(shape: Shape, value: object, after: int) -> list[Organizer]:
    """Return a page of organizers, in the order of their ids. Raises KnownFault as `participants` does."""
    found = []
    for row in shape.rows(value, "the organizers"):
        fields = shape.fields(row, "an organizer")
        number = shape.number(fields.get("organizer_id"), "organizer_id")
        if number <= after:
            raise shape.wrong("the organizers are out of order")
        after = number
        found.append(
            Organizer(
                number,
                shape.number(fields.get("user_id"), "user_id"),
                shape.optional(fields.get("user_name"), "user_name", LONGEST_NAME),
                tuple(shape.text(role, "a role") for role in shape.rows(fields.get("roles", []), "roles")),
            )
        )
    return found


def listed_events(shape: Shape, value: object) -> list[ListedEvent]:
    """Return a person's list of events."""
    found = []
    rows = shape.rows(value, "the list of events")
    if len(rows) > _MAX_LISTED:
        raise shape.wrong("the list of events does not end")
    for row in rows:
        fields = shape.fields(row, "an event")
        found.append(
            ListedEvent(
                shape.number(fields.get("event_id"), "event_id"),
                shape.text(fields.get("event_name"), "event_name"),
                shape.given(fields, "event_deleted"),
            )
        )
    return found


def participants(shape: Shape, value: object, after: int) -> list[Participant]:
    """Return a page of participants, in the order of their ids.

    Raises:
        KnownFault: an id is not greater than `after`, which would make paging endless.
    """
    found = []
    for row in shape.rows(value, "the participants"):
        person = _participant(shape, shape.fields(row, "a participant"))
        if person.participant_id <= after:
            raise shape.wrong("the participants are out of order")
        after = person.participant_id
        found.append(person)
    return found


def _participant(shape: Shape, fields: dict[str, Any]) -> Participant:
    try:
        registered_at = times.instant(shape.text(fields.get("user_registered_at"), "user_registered_at"))
    except ValueError as error:
        raise shape.wrong("user_registered_at is no time") from error
    if not 0 <= registered_at <= _LARGEST_TIME:
        raise shape.wrong("user_registered_at is no believable time")
    name = None
    presence = Presence.NAMED
    if shape.given(fields, "hidden"):
        presence = Presence.HIDDEN
    elif shape.given(fields, "not_found"):
        presence = Presence.VANISHED
    else:
        name = shape.text(fields.get("user_name"), "user_name", LONGEST_NAME)
    can_email = fields.get("user_is_valid_recipient")
    state, found = _answers(shape, fields.get("non_pii_answers"))
    return Participant(
        shape.number(fields.get("participant_id"), "participant_id"),
        shape.number(fields.get("user_id"), "user_id"),
        name,
        registered_at,
        shape.flag(fields.get("private"), "private"),
        None if can_email is None else shape.flag(can_email, "user_is_valid_recipient"),
        presence,
        state,
        found,
    )


def _answers(shape: Shape, given: object) -> tuple[AnswersState, tuple[Answer, ...]]:
    if given is None:
        return AnswersState.NOT_SHOWN, ()
    if isinstance(given, str):
        return AnswersState.AGGREGATED, ()
    return AnswersState.SHOWN, tuple([_answer(shape, entry) for entry in shape.rows(given, "the answers")])


def _answer(shape: Shape, value: object) -> Answer:
    fields = shape.fields(value, "an answer")
    question = shape.number(fields.get("questionID"), "questionID")
    message = shape.text(fields.get("message"), "message", LONGEST_NAME)
    return _read_answer(question, message)


@lru_cache(500)
def _read_answer(question: int, message: str) -> Answer:
    # Most people give one of a few answers: the cache makes this ten times faster.
    option, text = _option(message)
    return Answer(question, option, text)


def _option(message: str) -> tuple[str, str | None]:
    """Return an answer's option and free text from the message keys of uselang=qqx (CONTRACT §5)."""
    if message == _SILENCE:
        return NO_RESPONSE, None
    head, colon, text = message.partition(_COLON)
    # A message that the wiki overrides is shown as "(its-key = other-key)".
    key = head.split(" = ")[0].rstrip(")") + ")" if " = " in head else head
    if match := _OPTION.fullmatch(key):
        return match[1], text if colon and text else None
    if key == _SILENCE:
        return NO_RESPONSE, None
    return UNRECOGNISED, message


def question_labels(shape: Shape, value: object) -> dict[int, str]:
    """Return the wiki's labels of its questions, by number."""
    if value == []:
        return {}
    labels = {}
    for number, question in shape.fields(value, "the questions").items():
        label = shape.text(shape.fields(question, "a question").get("label"), "label")
        if not _QUESTION.fullmatch(number):
            raise shape.wrong("a question has no number")
        labels[int(number)] = label
    return labels


def own_registration(shape: Shape, value: object) -> OwnRegistration:
    """Return the user's own registration with their answers."""
    fields = shape.fields(value, "the registration")
    given = fields.get("answers")
    answers = {}
    if given != []:
        for name, answer in shape.fields(given, "the answers").items():
            parts = shape.fields(answer, "an answer")
            number = parts.get("value")
            if type(number) is not int or not 0 <= number <= _LARGEST_OPTION:
                raise shape.wrong("an answer is no number")
            if number:
                answers[name] = OwnAnswer(number, shape.optional(parts.get("other"), "other"))
    prompt = fields.get("show_contribution_association_prompt")
    return OwnRegistration(
        shape.flag(fields.get("private"), "private"), answers, None if prompt is None else bool(prompt)
    )
