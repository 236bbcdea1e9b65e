"""What a readiness check finds, and what mends it."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE
from app.domain.desk.readiness import (
    Condition,
    DataKey,
    Readiness,
    ReadinessAction,
    ReadinessFacts,
    ReadinessItem,
    ReadinessState,
    UsableSignIn,
    readiness,
)
from app.domain.events.event import Event, Listing
from app.domain.wording.desk import readiness_texts
from tests.support.data.store_samples import registration

#: The day before the event, which is on 10 July 2026 from 10 to 18 o'clock in UTC.
NOW = int(datetime(2026, 7, 9, 12, tzinfo=UTC).timestamp())
END = int(datetime(2026, 7, 10, 18, tzinfo=UTC).timestamp())
HOUR, DAY = 3_600, 86_400
ORGANIZER = UsableSignIn(frozenset((RIGHT_ORGANIZE,)), NOW - DAY, math.inf)
ANYBODY = UsableSignIn(frozenset(("read",)), NOW - DAY, math.inf)
EVENT = Event(
    key=1,
    wiki_key=1,
    registration=registration(),
    listing=Listing.LISTED,
    participants=127,
    private_participants=12,
    fetched_at=NOW - HOUR,
    participants_complete_at=NOW - HOUR,
    participants_seen_private=True,
    pass_unfinished=False,
    looked_at=NOW - HOUR,
    people_reported=None,
)
FACTS = ReadinessFacts(EVENT, (ORGANIZER,), 0, 0, DataKey.KEYRING, read_only=False, now=NOW)


def found(of_event: dict[str, Any] | None = None, **more: Any) -> Readiness:
    return readiness(replace(FACTS, event=replace(EVENT, **(of_event or {})), **more))


def conditions(result: Readiness, item: ReadinessItem) -> list[Condition]:
    return [line.condition for line in result.lines if line.item is item]


def sentences(result: Readiness, item: ReadinessItem) -> list[str]:
    def clock(at: int) -> str:
        return datetime.fromtimestamp(at, UTC).strftime("%d %b %H:%M")

    return [readiness_texts.sentence(line, clock) for line in result.lines if line.item is item]


def test_all_is_well():
    result = found()
    assert result.ready
    assert {line.state for line in result.lines} == {ReadinessState.GOOD}
    assert {line.action for line in result.lines} == {ReadinessAction.NONE}
    assert [line.item for line in result.lines] == list(ReadinessItem)


@pytest.mark.parametrize(
    ("event", "condition"),
    [
        ({"listing": Listing.DELETED}, Condition.DELETED),
        ({"participants_complete_at": None, "participants": 0}, Condition.NEVER_FETCHED),
        ({"pass_unfinished": True}, Condition.UNFINISHED),
        ({"participants_complete_at": None, "pass_unfinished": True}, Condition.UNFINISHED),
        ({"participants_complete_at": NOW - DAY}, Condition.CHECK_TOO_OLD),
        ({"participants_complete_at": NOW - 2 * DAY, "looked_at": NOW}, Condition.CHECK_TOO_OLD),
        ({"participants_complete_at": NOW + DAY}, Condition.CHECK_TOO_OLD),
        ({"people_reported": 128}, Condition.COUNT_DIFFERS),
        ({"people_reported": 126}, Condition.COUNT_DIFFERS),
    ],
)
def test_a_list_that_is_not_whole_is_not_ready(event, condition):
    result = found(event)
    assert not result.ready
    assert condition in conditions(result, ReadinessItem.PARTICIPANTS)
    wanted = {ReadinessAction.NONE} if condition is Condition.DELETED else {ReadinessAction.SYNC}
    assert wanted == {line.action for line in result.lines if line.state is ReadinessState.MISSING}


def test_the_count_of_the_wiki_is_told_beside_that_of_the_list():
    assert sentences(found(), ReadinessItem.PARTICIPANTS) == [
        "127 of 127 participants. Full check: 09 Jul 11:00."
    ]
    assert sentences(found({"people_reported": 127}), ReadinessItem.PARTICIPANTS) == [
        "127 of 127 participants. Full check: 09 Jul 11:00."
    ]


def test_private_people_that_no_sign_in_shows_are_counted_and_not_taken_for_missing():
    event = {"participants_seen_private": False, "private_participants": 0, "participants": 120}
    result = found({**event, "people_reported": 127}, sign_ins=(ANYBODY,))
    assert conditions(result, ReadinessItem.PARTICIPANTS) == [
        Condition.COMPLETE,
        Condition.PRIVATE_NOT_SEEN,
    ]
    assert sentences(result, ReadinessItem.PARTICIPANTS) == [
        "120 of 127 participants. Full check: 09 Jul 11:00.",
        "7 private participants are not on the list: your sign-in does not show them.",
    ]
    assert [line.action for line in result.lines][:2] == [ReadinessAction.NONE, ReadinessAction.SIGN_IN]


@pytest.mark.parametrize(
    ("reported", "sign_in", "condition", "ready"),
    [
        (120, ANYBODY, None, True),
        (None, ANYBODY, Condition.PRIVATE_UNKNOWN, True),
        (127, ORGANIZER, Condition.PRIVATE_NOT_SEEN, False),
        (127, replace(ORGANIZER, signed_in_at=NOW), Condition.PRIVATE_NOT_YET_FETCHED, False),
        (
            None,
            UsableSignIn(frozenset((RIGHT_SEE_PRIVATE,)), NOW, math.inf),
            Condition.PRIVATE_NOT_YET_FETCHED,
            False,
        ),
    ],
)
def test_what_is_known_of_private_people(reported, sign_in, condition, ready):
    event = {"participants_seen_private": False, "participants": 120, "people_reported": reported}
    result = found(event, sign_ins=(sign_in,))
    expected = [Condition.COMPLETE] + ([condition] if condition else [])
    assert conditions(result, ReadinessItem.PARTICIPANTS) == expected
    assert result.ready is ready


def test_a_list_that_the_sign_in_no_longer_refreshes_is_a_warning():
    result = found(sign_ins=(ANYBODY,))
    assert Condition.NO_LONGER_REFRESHED in conditions(result, ReadinessItem.PARTICIPANTS)
    assert result.ready


@pytest.mark.parametrize(
    ("ends", "condition", "ready"),
    [
        ([], Condition.NO_SIGN_IN, False),
        ([None], Condition.ENDS_ANY_TIME, True),
        ([END - 1], Condition.ENDS_BEFORE_EVENT, True),
        ([END], Condition.VALID_UNTIL, True),
        ([None, END + DAY], Condition.VALID_UNTIL, True),
        ([END - 1, math.inf], Condition.VALID, True),
    ],
)
def test_the_sign_in_has_to_outlast_the_event(ends, condition, ready):
    result = found(sign_ins=tuple(replace(ORGANIZER, ends_at=end) for end in ends))
    assert conditions(result, ReadinessItem.SIGN_IN) == [condition]
    assert result.ready is ready


def test_the_sign_in_that_may_organize_counts():
    result = found(sign_ins=(ANYBODY, replace(ORGANIZER, ends_at=END - HOUR)))
    assert conditions(result, ReadinessItem.SIGN_IN) == [Condition.ENDS_BEFORE_EVENT]
    assert sentences(result, ReadinessItem.SIGN_IN) == [
        "Your sign-in ends 10 Jul 17:00, before the event is over."
    ]


def test_a_sign_in_that_has_run_out_after_the_event_is_not_valid():
    result = found(sign_ins=(replace(ORGANIZER, ends_at=END + HOUR),), now=END + DAY)
    assert conditions(result, ReadinessItem.SIGN_IN) == [Condition.ENDS_BEFORE_EVENT]


def test_changes_that_wait_are_warned_of():
    result = found(pending=3, stuck=1)
    assert result.ready
    assert sentences(result, ReadinessItem.CHANGES) == ["1 change needs you.", "3 changes are waiting."]
    acts = {line.action for line in result.lines if line.item is ReadinessItem.CHANGES}
    assert acts == {ReadinessAction.SHOW_CHANGES}


@pytest.mark.parametrize(
    ("key", "read_only", "condition", "action"),
    [
        (DataKey.PASSPHRASE, False, Condition.OPENS_WITH_PASSPHRASE, ReadinessAction.NONE),
        (DataKey.MEMORY, False, Condition.KEEPS_NOTHING, ReadinessAction.SET_PASSPHRASE),
        (DataKey.MEMORY, True, Condition.READ_ONLY, ReadinessAction.NONE),
    ],
)
def test_the_data_has_to_be_there_tomorrow(key, read_only, condition, action):
    result = found(key=key, read_only=read_only)
    (line,) = [one for one in result.lines if one.item is ReadinessItem.LOCAL_DATA]
    assert (line.condition, line.action) == (condition, action)
    assert result.ready is (line.state is ReadinessState.GOOD)


@pytest.mark.parametrize("condition", Condition)
def test_each_condition_has_a_sentence_without_placeholders(condition):
    line = replace(found().lines[0], condition=condition, count=2, total=3, at=NOW)
    assert "{" not in readiness_texts.sentence(line, str)
