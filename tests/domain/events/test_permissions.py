"""What a sign-in may do with an event, and the first obstacle if it may not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.accounts.account import Account, Identity, SignIn, SignInKind, WikiFacts
from app.domain.events.event import Event, Listing, Registration
from app.domain.events.permissions import (
    DAY_SECONDS,
    EMAILS_A_DAY,
    MOST_ORGANIZERS,
    Action,
    Circumstances,
    Obstacle,
    obstacle,
)
from app.domain.wording import organizing_texts

NOW = datetime(2037, 3, 1, 12, tzinfo=UTC)
ME = 31
PREFIX = "campaignevents-"
ALL_RIGHTS = frozenset(
    PREFIX + name
    for name in (
        "organize-events",
        "enable-registration",
        "email-participants",
        "view-private-participants",
    )
)
FACTS = WikiFacts("https://wiki.example.org/w", "Wiki", "examplewiki", "MediaWiki 1.45", "en", True, "1", 0)
ORGANIZING = (Action.EDIT, Action.DELETE, Action.ORGANIZERS, Action.REMOVE, Action.EMAIL)
GOES_ON = {"start": "20370225100000", "has_goals": True}


def account(rights: frozenset[str] = ALL_RIGHTS, *groups: str, blocked: bool = False) -> Account:
    identity = Identity("Amara", 3, ME, frozenset(groups), rights, blocked)
    sign_in = SignIn(SignInKind.OWNER_TOKEN, FACTS.base_url, rights, 0, ended=False)
    return Account(1, FACTS, identity, (sign_in,))


def event(listing: Listing = Listing.LISTED, **more: object) -> Event:
    values: dict[str, object] = {
        "event_id": 7,
        "name": "Meetup",
        "tracks_contributions": True,
        "page": "Event:Meetup",
        "page_wiki": "examplewiki",
        "status": "open",
        "timezone": "UTC",
        "start": "20370305100000",
        "end": "20370305180000",
    }
    registration = Registration(**{**values, **more})  # type: ignore[arg-type]
    return Event(7, 1, registration, listing, 0, 0, 5, 5, True, False)


def circumstances(**more: object) -> Circumstances:
    return replace(Circumstances(NOW, frozenset({ME}), 0, registered=True), **more)


def asked(action: Action, who: Account | None = None, what: Event | None = None, **more: object):
    wanted = None if action is Action.CREATE else what or event()
    return obstacle(action, who or account(), wanted, circumstances(**more))


@pytest.mark.parametrize("action", Action)
def test_an_organizer_of_the_event_may_do_everything(action):
    assert asked(action, what=event(**GOES_ON)) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start": "20370302100000"}, Obstacle.NOT_BEGUN),
        ({"end": "20370228180000"}, Obstacle.OVER_FOR_EDITS),
        ({"has_goals": False}, Obstacle.OWN_EDITS_ONLY),
        ({"tracks_contributions": False}, Obstacle.NOT_COUNTED),
    ],
)
def test_edits_of_participants_are_counted_while_the_event_goes_on(fields, expected):
    assert asked(Action.COUNT_EDITS, what=event(**{**GOES_ON, **fields})) is expected
    stranger = frozenset({ME + 1})
    assert asked(Action.COUNT_EDITS, what=event(**GOES_ON), organizer_ids=stranger) is Obstacle.NOT_ORGANIZER


@pytest.mark.parametrize("action", Action)
def test_a_blocked_account_may_do_nothing(action):
    assert asked(action, account(blocked=True)) is Obstacle.BLOCKED


@pytest.mark.parametrize("action", [*ORGANIZING, Action.CREATE])
def test_without_the_organizers_right_the_grant_or_the_group_is_missing(action):
    assert asked(action, account(frozenset(), "event-organizer")) is Obstacle.GRANT
    assert asked(action, account(frozenset())) is Obstacle.NO_ORGANIZER


@pytest.mark.parametrize("action", [Action.REGISTER, Action.CANCEL])
def test_taking_part_needs_no_organizers_right(action):
    assert asked(action, account(frozenset()), organizer_ids=frozenset()) is None


@pytest.mark.parametrize(
    ("action", "right"), [(Action.CREATE, "enable-registration"), (Action.EMAIL, "email-participants")]
)
def test_a_right_of_its_own_is_asked_for(action, right):
    assert asked(action, account(ALL_RIGHTS - {PREFIX + right})) is Obstacle.RIGHT


@pytest.mark.parametrize("action", ORGANIZING)
def test_somebody_elses_event_cannot_be_changed(action):
    assert asked(action, organizer_ids=frozenset({ME + 1})) is Obstacle.NOT_ORGANIZER


def test_who_may_delete_any_registration_need_not_organize_it():
    steward = account(frozenset({PREFIX + "delete-registration"}))
    assert asked(Action.DELETE, steward, organizer_ids=frozenset()) is None
    assert asked(Action.EDIT, steward, organizer_ids=frozenset()) is Obstacle.NO_ORGANIZER


@pytest.mark.parametrize("action", [one for one in Action if one is not Action.CREATE])
def test_a_deleted_event_is_left_alone(action):
    assert asked(action, what=event(Listing.DELETED)) is Obstacle.DELETED


@pytest.mark.parametrize("action", [one for one in Action if one is not Action.CREATE])
def test_an_event_of_another_wiki_is_changed_there(action):
    assert asked(action, what=event(page_wiki="otherwiki")) is Obstacle.OTHER_WIKI


def test_a_wiki_without_page_wikis_is_no_obstacle():
    assert asked(Action.EDIT, what=event(page_wiki="")) is None


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (Action.EDIT, None),
        (Action.DELETE, None),
        (Action.ORGANIZERS, None),
        (Action.REGISTER, None),
        (Action.REMOVE, Obstacle.NOT_MADE_YET),
        (Action.EMAIL, Obstacle.NOT_MADE_YET),
        (Action.CANCEL, Obstacle.NOT_MADE_YET),
    ],
)
def test_an_event_still_to_be_made_has_no_participants_yet(action, found):
    what = event(Listing.NOT_YET_CREATED)
    assert asked(action, what=what, organizer_ids=frozenset(), registered=False) is found


def test_nobody_registers_for_an_event_that_is_over():
    over = event(start="20370101100000", end="20370101180000")
    assert asked(Action.REGISTER, what=over) is Obstacle.OVER
    assert asked(Action.CANCEL, what=over) is None
    assert asked(Action.EDIT, what=over) is None


def test_an_event_is_over_in_its_own_time_zone():
    ends = NOW.strftime("%Y%m%d%H%M%S")
    early, late = (event(start=ends, end=ends, timezone=zone) for zone in ("+01:00", "-01:00"))
    assert asked(Action.REGISTER, what=early) is Obstacle.OVER
    assert asked(Action.REGISTER, what=late) is None


def test_a_closed_registration_takes_nobody_new():
    closed = event(status="closed")
    assert asked(Action.REGISTER, what=closed, registered=False) is Obstacle.CLOSED
    assert asked(Action.REGISTER, what=closed, registered=True) is None


def test_only_who_is_registered_can_cancel():
    assert asked(Action.CANCEL, registered=False) is Obstacle.NOT_REGISTERED


def test_the_days_e_mails_are_used_up():
    assert asked(Action.EMAIL, emails_today=EMAILS_A_DAY - 1) is None
    assert asked(Action.EMAIL, emails_today=EMAILS_A_DAY) is Obstacle.EMAILS_USED
    assert asked(Action.REMOVE, emails_today=EMAILS_A_DAY) is None
    unlimited = account(ALL_RIGHTS | {"noratelimit"})
    assert asked(Action.EMAIL, unlimited, emails_today=EMAILS_A_DAY) is None


def test_a_sign_in_that_has_ended_is_no_obstacle_since_the_change_waits():
    present = account()
    ended = replace(present, sign_ins=(replace(present.sign_ins[0], ended=True),))
    assert ended.ended
    assert asked(Action.EDIT, ended) is None


def test_every_obstacle_has_a_sentence():
    said = [organizing_texts.obstacle_sentence(one) for one in Obstacle]
    assert all(one.endswith(".") for one in said)
    assert len(set(said)) == len(said)


def test_the_moment_counts_and_not_its_zone():
    here = NOW.astimezone(datetime.now().astimezone().tzinfo) + timedelta(days=30)
    assert asked(Action.REGISTER, now=here) is Obstacle.OVER


def test_the_wikis_limits() -> None:
    """As CONTRACT §4 has them: organizers of an event, e-mails in a day."""
    assert (MOST_ORGANIZERS, EMAILS_A_DAY, DAY_SECONDS) == (10, 5, 86_400)
