"""Validate a wiki's responses and turn them into domain objects (CONTRACT §3, §5).

Optional fields may be missing, and unknown fields of an event are preserved. Any other mismatch raises a
KnownFault whose sentence contains nothing that the wiki sent.
"""

import json
import re
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

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


T = TypeVar("T")
_Id = Annotated[int, Meta(gt=0, le=_LARGEST_ID)]
_Name = Annotated[str, Meta(max_length=LONGEST_NAME)]
_Text = Annotated[str, Meta(max_length=_LONGEST_TEXT)]
_Texts = Annotated[list[_Text], Meta(max_length=_MAX_ROWS)]


class _Event(msgspec.Struct):
    id: _Id
    name: _Text
    event_page: _Text
    event_page_wiki: _Text
    status: _Text
    timezone: _Text
    start_time: _Text
    end_time: _Text
    types: _Texts = []
    wikis: _Texts = []
    topics: _Texts = []
    online_meeting: bool = False
    inperson_meeting: bool = False
    meeting_url: _Text | None = None
    meeting_country_code: _Text | None = None
    meeting_country: _Text | None = None
    meeting_address: _Text | None = None
    chat_url: _Text | None = None
    is_test_event: bool = False
    tracks_contributions: bool | None = None
    goal_type: _Text | None = None
    #: CONTRACT §6, Goal: the wiki accepts 10**12.
    goal_target: Annotated[int, Meta(gt=0, le=_LARGEST_GOAL)] | None = None
    tracking_tools: Annotated[list[dict[str, Any]], Meta(max_length=_MAX_ROWS)] = []
    questions: Annotated[list[_Id], Meta(max_length=_MAX_ROWS)] = []


class _Organizer(msgspec.Struct):
    organizer_id: _Id
    user_id: _Id
    user_name: _Name | None = None
    roles: _Texts = []


class _ListedEvent(msgspec.Struct):
    event_id: _Id
    event_name: _Text
    event_deleted: bool = False


class _Answer(msgspec.Struct, gc=False):
    questionID: _Id  # noqa: N815 - the wiki's name
    message: _Name


class _Participant(msgspec.Struct, gc=False):
    participant_id: _Id
    user_id: _Id
    user_registered_at: _Text
    private: bool
    user_name: _Name | None = None
    hidden: bool = False
    not_found: bool = False
    user_is_valid_recipient: bool | None = None
    #: A sentence in place of the list: the wiki has aggregated the answers.
    non_pii_answers: Annotated[list[_Answer], Meta(max_length=_MAX_ROWS)] | str | None = None


#: A page of participants as the wiki sends it.
PEOPLE = list[_Participant]


class _OwnAnswer(msgspec.Struct):
    value: Annotated[int, Meta(ge=0, le=_LARGEST_OPTION)]
    other: _Text | None = None


class _OwnRegistration(msgspec.Struct):
    private: bool
    #: PHP's JSON has a list in place of an empty object.
    answers: dict[str, _OwnAnswer] | Annotated[list[Any], Meta(max_length=0)]
    show_contribution_association_prompt: Any = None


_EVENT_FIELDS = frozenset(_Event.__struct_fields__)


class Shape:
    """Validates the values of a response; `wiki` is the wiki's name for faults."""

    def __init__(self, wiki: str) -> None:
        self._wiki = wiki

    def wrong(self, what: str) -> KnownFault:
        """Return the fault for an invalid value."""
        return answers.broken(self._wiki, what)

    def convert(self, value: object, kind: type[T], what: str) -> T:
        """Return a value as `kind`, one of the declared shapes below or a list of them."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            # Its text may quote what the wiki sent.
            raise self.wrong(f"{what} has another form") from None

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

    def optional(self, value: object, what: str, longest: int = _LONGEST_TEXT) -> str | None:
        """Return a text, None if it is missing or empty."""
        return self.text(value, what, longest) if value is not None and value != "" else None

    def next_page(self, value: object) -> dict[str, str | int]:
        """Return the parameters that api.php wants back for the next page of a list."""
        parts = self.fields(value, "the place of the next page")
        if not all(isinstance(one, (str, int)) and len(str(one)) < LONGEST_NAME for one in parts.values()):
            raise self.wrong("the place of the next page is none")
        return {str(name): one for name, one in parts.items()}


def registration(shape: Shape, value: object) -> Registration:
    """Return an event's registration."""
    sent = shape.fields(value, "the event")
    unknown = {name: one for name, one in sent.items() if name not in _EVENT_FIELDS}
    if not _shallow(sent, _DEEPEST_EVENT) or len(json.dumps(sent)) > _LONGEST_EVENT:
        raise shape.wrong("the event holds too much")
    event = shape.convert(sent, _Event, "the event")
    for stamp in (event.start_time, event.end_time):
        try:
            times.local_time(stamp)
        except ValueError as error:
            raise shape.wrong("a time of the event is no time") from error
    # Older wikis have no country codes, only free text (docs/versions.md).
    older = "meeting_country_code" not in sent
    return Registration(
        event_id=event.id,
        name=event.name,
        page=event.event_page,
        page_wiki=event.event_page_wiki,
        status=event.status,
        timezone=event.timezone,
        start=event.start_time,
        end=event.end_time,
        types=tuple(event.types),
        wikis=tuple(event.wikis),
        topics=tuple(event.topics),
        online=event.online_meeting,
        in_person=event.inperson_meeting,
        meeting_url=event.meeting_url or None,
        country_code=(event.meeting_country if older else event.meeting_country_code) or None,
        country=event.meeting_country or None,
        address=event.meeting_address or None,
        chat_url=event.chat_url or None,
        is_test=event.is_test_event,
        tracks_contributions=event.tracks_contributions,
        has_goals="goal_type" in sent,
        goal_type=event.goal_type or None,
        goal_target=event.goal_target,
        tracking_tools=tuple(event.tracking_tools),
        questions=tuple(event.questions),
        unknown=unknown,
        not_shown=tuple(name for name in ("meeting_url", "chat_url") if name not in sent),
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
    for one in shape.convert(shape.rows(value, "the organizers"), list[_Organizer], "the organizers"):
        if one.organizer_id <= after:
            raise shape.wrong("the organizers are out of order")
        after = one.organizer_id
        found.append(Organizer(after, one.user_id, one.user_name or None, tuple(one.roles)))
    return found


def listed_events(shape: Shape, value: object) -> list[ListedEvent]:
    """Return a person's list of events."""
    rows = shape.rows(value, "the list of events")
    if len(rows) > _MAX_LISTED:
        raise shape.wrong("the list of events does not end")
    listed = shape.convert(rows, list[_ListedEvent], "the list of events")
    return [ListedEvent(one.event_id, one.event_name, one.event_deleted) for one in listed]


def participants(shape: Shape, value: object, after: int) -> list[Participant]:
    """Return a page of participants, in the order of their ids.

    Raises:
        KnownFault: an id is not greater than `after`, which would make paging endless.
    """
    rows = shape.rows(value, "the participants")
    found = []
    for one in shape.convert(rows, PEOPLE, "the participants"):
        if one.participant_id <= after:
            raise shape.wrong("the participants are out of order")
        after = one.participant_id
        found.append(_participant(shape, one))
    return found


def _participant(shape: Shape, one: _Participant) -> Participant:
    try:
        registered_at = times.instant(one.user_registered_at)
    except ValueError as error:
        raise shape.wrong("user_registered_at is no time") from error
    if not 0 <= registered_at <= _LARGEST_TIME:
        raise shape.wrong("user_registered_at is no believable time")
    presence = Presence.HIDDEN if one.hidden else Presence.VANISHED if one.not_found else Presence.NAMED
    name = one.user_name if presence is Presence.NAMED else None
    if presence is Presence.NAMED and name is None:
        raise shape.wrong("user_name is missing")
    given = one.non_pii_answers
    if isinstance(given, list):
        state = AnswersState.SHOWN
        found = tuple([_read_answer(entry.questionID, entry.message) for entry in given])
    else:
        state, found = (AnswersState.NOT_SHOWN if given is None else AnswersState.AGGREGATED), ()
    return Participant(
        one.participant_id,
        one.user_id,
        name,
        registered_at,
        one.private,
        one.user_is_valid_recipient,
        presence,
        state,
        found,
    )


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
    own = shape.convert(value, _OwnRegistration, "the registration")
    answers = {}
    if isinstance(own.answers, dict):
        answers = {
            name: OwnAnswer(answer.value, answer.other or None)
            for name, answer in own.answers.items()
            if answer.value
        }
    prompt = own.show_contribution_association_prompt
    return OwnRegistration(own.private, answers, None if prompt is None else bool(prompt))
