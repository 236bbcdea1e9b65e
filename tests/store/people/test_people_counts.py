"""Numbers of people, the newest of them, and everybody found by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from app.domain.people.participant import Presence
from app.domain.statistics.people_counts import PeopleCounts
from app.store.mirror import Mirror, open_with_passphrase
from app.store.people.everybody import Everybody, read_found
from app.store.people.people_counts import read_people_counts
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder
from app.store.people.registrations import read_growth, read_newest_people
from tests.support.data.store_samples import add_account, add_event, answering, person, see

DAY = 86_400
NOW = 1_780_000_000 + 10 * DAY


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = open_with_passphrase(tmp_path, "for tests only")
    yield opened
    opened.close()


@pytest.fixture
def keys(mirror: Mirror) -> tuple[int, int]:
    account = add_account(mirror)
    first, second = add_event(mirror, account, 7, name="Meetup"), add_event(mirror, account, 8, name="Walk")
    never = [answering(number, "none")._replace(can_email=True) for number in range(1, 7)]
    others = [answering(number, "confident")._replace(can_email=False) for number in range(7, 12)]
    newest = person(20, "Zoë Newest")
    people = [*never, *others, person(12, "Hidden", private=True), newest._replace(registered_at=NOW - 60)]
    see(mirror, first, people)
    see(mirror, second, [person(1, "Aïcha d'Arc"), person(2, "Bea Zola", private=True)])
    return first, second


def reader_of(mirror: Mirror) -> driver.Connection:
    return mirror.reader()


def test_people_are_counted_by_what_they_are(mirror: Mirror, keys: tuple[int, int]) -> None:
    counts = read_people_counts(reader_of(mirror), keys[0], NOW - DAY)
    assert (counts.people, counts.new, counts.private, counts.public) == (13, 1, 1, 12)
    assert (counts.with_email, counts.without_email, counts.answered) == (6, 5, 11)
    assert (counts.never_contributed, counts.answered_confidence) == (6, 11)
    assert read_people_counts(reader_of(mirror), 99, NOW) == PeopleCounts()


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [({"none": 6, "confident": 4}, 6), ({"none": 4, "confident": 9}, None), ({"none": 6}, None), ({}, None)],
)
def test_few_who_never_contributed_are_not_counted(confidence: dict[str, int], shown: int | None) -> None:
    assert PeopleCounts(50, confidence=confidence).never_contributed == shown


def test_new_people_and_those_who_never_contributed_are_filtered(
    mirror: Mirror, keys: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.people.people_list.times.now", lambda: NOW)
    found = PeopleList(reader_of(mirror), keys[0], PeopleOrder.NAME, descending=False, marked=True)
    assert found.all_hits(PeopleFilter(new=True)) == [20]
    assert sorted(found.all_hits(PeopleFilter(never_contributed=True))) == [1, 2, 3, 4, 5, 6]
    assert found.all_hits(PeopleFilter("zoe", never_contributed=True)) == []


def test_the_newest_come_first_and_growth_ends_with_everybody(mirror: Mirror, keys: tuple[int, int]) -> None:
    reader = reader_of(mirror)
    (newest,) = read_newest_people(reader, keys[0], NOW - DAY, 5)
    assert (newest.name, newest.event_key, newest.private) == ("Zoë Newest", keys[0], False)
    assert read_newest_people(reader, keys[1], NOW - DAY, 5) == []
    assert read_growth(reader, keys[0], NOW, 3) == (12, 12, 13)


def test_everybody_is_found_by_any_part_of_the_name(mirror: Mirror, keys: tuple[int, int]) -> None:
    reader = reader_of(mirror)
    everybody = Everybody(reader)

    def names(typed: str) -> list[str]:
        return [one.name for one in read_found(reader, everybody.rows(typed, 8))]

    assert names("aicha") == ["Aïcha d'Arc"]
    # Who begins so comes before who has it elsewhere.
    assert names("zo") == ["Zoë Newest", "Bea Zola"]
    assert names("nobody at all") == names("") == []
    assert [one.event_key for one in read_found(reader, everybody.rows("zola", 8))] == [keys[1]]


def test_people_without_a_name_are_not_found(mirror: Mirror) -> None:
    event = add_event(mirror, add_account(mirror), 9)
    see(mirror, event, [person(1)._replace(name=None, presence=Presence.HIDDEN)])
    assert Everybody(reader_of(mirror)).rows("person", 8) == []
