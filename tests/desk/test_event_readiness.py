"""A readiness check from what is stored: sign-ins, changes, and the key of the data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.event_readiness import check_readiness
from app.domain import times
from app.domain.accounts.account import RIGHT_ORGANIZE, Account, Cookie, SessionSecrets, SignIn, SignInKind
from app.domain.changes.operations import DeleteRegistration
from app.domain.desk.readiness import Condition
from app.domain.events.event import Event
from app.store.accounts import accounts, sign_ins
from app.store.changes import outbox
from app.store.events import events
from app.store.mirror import Mirror, open_temporary, open_with_passphrase
from tests.support.data.store_samples import WIKI, add_account, add_event, person, see


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    mirror = open_with_passphrase(tmp_path / "data", "correct horse")
    yield mirror
    mirror.close()


def stored(mirror: Mirror) -> tuple[Account, Event]:
    reader = mirror.reader()
    account, event = accounts.read_accounts(reader)[0], events.read_events(reader)[0]
    reader.close()
    return account, event


def conditions(mirror: Mirror) -> set[Condition]:
    return {line.condition for line in check_readiness(mirror, *stored(mirror)).lines}


def add_session(mirror: Mirror, key: int, expires: int | None, *, ended: bool = False) -> None:
    one = SignIn(SignInKind.SESSION, WIKI.base_url, frozenset((RIGHT_ORGANIZE,)), 5, ended=ended)
    cookie = Cookie("metawikiToken", "x", "meta.example.org", "/", True, expires)
    mirror.writer.do(sign_ins.save_sign_in, key, one, SessionSecrets((cookie,)), None)


def test_a_whole_list_with_a_lasting_sign_in_is_ready(mirror: Mirror) -> None:
    see(mirror, add_event(mirror, add_account(mirror)), [person(1), person(2)], at=times.now())
    assert conditions(mirror) == {
        Condition.COMPLETE,
        Condition.NO_LONGER_REFRESHED,
        Condition.VALID,
        Condition.NOTHING_PENDING,
        Condition.OPENS_WITH_PASSPHRASE,
    }


def test_the_session_with_the_right_counts_until_it_has_ended(mirror: Mirror) -> None:
    key = add_account(mirror)
    add_event(mirror, key)
    over = int(stored(mirror)[1].registration.ends_at().timestamp())
    add_session(mirror, key, max(over, times.now()) + 60)
    assert Condition.VALID_UNTIL in conditions(mirror)
    add_session(mirror, key, None)
    assert Condition.ENDS_ANY_TIME in conditions(mirror)
    add_session(mirror, key, None, ended=True)
    assert Condition.VALID in conditions(mirror)


def test_only_open_changes_of_the_event_are_counted(mirror: Mirror) -> None:
    key = add_account(mirror)
    first, second = add_event(mirror, key, 7), add_event(mirror, key, 8)
    write = mirror.writer.do
    for event_key in (first, first, second):
        number = write(outbox.add_change, key, event_key, DeleteRegistration(), 5)
    write(outbox.finish, number, 6)
    _, event = stored(mirror)
    assert event.key == first
    counts = {line.condition: line.count for line in check_readiness(mirror, *stored(mirror)).lines}
    assert counts[Condition.PENDING] == 2
    assert Condition.STUCK not in counts


def test_a_session_that_keeps_nothing_is_not_ready() -> None:
    mirror = open_temporary()
    add_event(mirror, add_account(mirror))
    found = check_readiness(mirror, *stored(mirror))
    mirror.close()
    assert not found.ready
    assert Condition.KEEPS_NOTHING in {line.condition for line in found.lines}
