"""What needs the organizer, the most urgent first."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.accounts.account import Account, SignIn, SignInKind
from app.domain.changes.change import Change, ChangeState
from app.domain.changes.needs import NeedKind, needs
from app.domain.changes.operations import DeleteRegistration
from app.domain.events.event import Event, Listing
from app.domain.impact.figures import is_due, span_of
from tests.support.data.store_samples import AMARA, WIKI, registration

NOW = datetime(2026, 7, 9, 12, tzinfo=UTC)
SOON = Event(1, 1, registration(1, "Soon"), Listing.LISTED, 3, 0, 5, None, True, False)
OVER = replace(
    SOON,
    key=2,
    registration=replace(registration(2, "Over"), start="20260701080000", end="20260701100000"),
)


def change(number: int, state: ChangeState) -> Change:
    return Change(number, 1, 1, DeleteRegistration(), 5, state)


def account(*, ended: bool) -> Account:
    sign_in = SignIn(SignInKind.OAUTH2, WIKI.base_url, frozenset(), 5, ended=ended)
    return Account(1, WIKI, AMARA, (sign_in,))


def test_the_most_urgent_comes_first() -> None:
    changes = [change(1, ChangeState.WAITING), change(2, ChangeState.ASKS), change(3, ChangeState.FAILED)]
    found = needs([OVER, SOON], changes, [account(ended=True)], [2], NOW)
    assert [need.kind for need in found] == [
        NeedKind.REFUSED,
        NeedKind.DECIDE,
        NeedKind.SIGN_IN,
        NeedKind.CHECK,
        NeedKind.STILL_OPEN,
        NeedKind.DRAFT,
    ]
    assert [need.event and need.event.key for need in found] == [1, 1, None, 1, 2, 2]


def test_nothing_is_needed_where_all_is_well() -> None:
    checked = replace(SOON, participants_complete_at=int(NOW.timestamp()) - 60)
    closed = replace(OVER, registration=replace(OVER.registration, status="closed"))
    attended = replace(OVER, listing=Listing.ATTENDED)
    waiting = [change(1, ChangeState.WAITING), change(2, ChangeState.DONE)]
    assert needs([checked, closed, attended], waiting, [account(ended=False)], [99], NOW) == []


def test_what_was_undone_is_a_draft() -> None:
    found = needs([SOON], [change(1, ChangeState.UNDONE)], [], [], NOW)
    assert [need.kind for need in found] == [NeedKind.CHECK, NeedKind.DRAFT]


def test_a_look_is_due_once_a_time_is_over_in_which_people_could_stay() -> None:
    ends = span_of(OVER).ends
    day = 86_400
    assert not is_due(OVER, ends, ends + 29 * day)
    assert is_due(OVER, ends, ends + 30 * day)
    assert not is_due(OVER, ends + 30 * day, ends + 31 * day)
    assert is_due(OVER, ends + 30 * day, ends + 95 * day)
    assert not is_due(OVER, ends + 92 * day, ends + 400 * day)
