"""Two laptops, one door: files carry what one desk noted to another, and bad ones change nothing."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.desk.event_desk import EventDesk, Person
from app.desk.hand_over import merge_hand_overs, read_hand_overs, write_hand_over
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.faults import KnownFault
from app.domain.people.attendance import Attendance
from app.store.events import events
from app.store.mirror import Mirror, open_temporary
from tests.support.data.store_samples import add_account, add_event, person, see

WIKI, PASSPHRASE = "https://wiki.example.org/w", "two tables by the door"
ANN, BO = Person(PersonKey.of_user(1011), "Ann"), Person(PersonKey.of_user(1012), "Bo")


class Laptop:
    """A computer with the same event, and its desk."""

    def __init__(self) -> None:
        self.mirror: Mirror = open_temporary()
        self.key = add_event(self.mirror, add_account(self.mirror))
        see(self.mirror, self.key, [person(11, "Ann"), person(12, "Bo")])
        self.desk = self.opened()

    def opened(self) -> EventDesk:
        with closing(self.mirror.reader()) as reader:
            return EventDesk(self.mirror, reader, events.read_events(reader)[0])

    def hand_over(self, path: Path) -> Path:
        write_hand_over(path, self.mirror, self.desk, WIKI, PASSPHRASE)
        return path


@pytest.fixture
def laptops() -> Iterator[tuple[Laptop, Laptop]]:
    both = (Laptop(), Laptop())
    yield both
    for one in both:
        one.mirror.close()


def test_check_ins_merge_without_loss_and_without_counting_twice(laptops, tmp_path: Path) -> None:
    a, b = laptops
    a.desk.note([ANN], ActKind.CHECK_IN)
    a.desk.set_note(ANN.key, "vegetarian")
    b.desk.note([ANN, BO], ActKind.CHECK_IN)
    b.desk.add_walk_in(WalkIn("Cem"))
    handed_over = read_hand_overs([b.hand_over(tmp_path / "b")], PASSPHRASE)
    merged = merge_hand_overs(a.desk, handed_over, WIKI)
    assert (merged.acts, merged.no_longer_in) == (4, ())
    for desk in (a.desk, a.opened()):
        counts = desk.counts()
        assert (counts.arrived, counts.walk_ins, counts.to_come) == (3, 1, 0)
        assert desk.log.note(ANN.key) == "vegetarian"
    # The same file again changes nothing.
    assert merge_hand_overs(a.desk, handed_over, WIKI).acts == 0
    # And back: both know the same.
    merge_hand_overs(b.desk, read_hand_overs([a.hand_over(tmp_path / "a")], PASSPHRASE), WIKI)
    assert b.desk.today.everybody() == a.desk.today.everybody()


def test_who_was_taken_back_at_the_other_desk_is_reported(laptops, tmp_path: Path) -> None:
    """Case P05: the latest act wins, and nobody disappears without a word."""
    a, b = laptops
    a.desk.note([ANN], ActKind.CHECK_IN)
    b.desk.note([ANN], ActKind.CHECK_IN)
    b.desk.undo()
    merged = merge_hand_overs(a.desk, read_hand_overs([b.hand_over(tmp_path / "b")], PASSPHRASE), WIKI)
    assert merged.no_longer_in == (ANN.key,)
    assert a.desk.of(ANN.key).attendance is Attendance.ABSENT


def test_several_files_are_merged_at_once_or_none_is(laptops, tmp_path: Path) -> None:
    a, b = laptops
    third = Laptop()
    b.desk.note([ANN, BO], ActKind.CHECK_IN)
    third.desk.note([ANN], ActKind.CHECK_IN)
    third.desk.add_walk_in(WalkIn("Cem"))
    files = [b.hand_over(tmp_path / "b"), third.hand_over(tmp_path / "c")]
    third.mirror.close()
    merged = merge_hand_overs(a.desk, read_hand_overs(files, PASSPHRASE), WIKI)
    assert (merged.acts, merged.people, a.desk.counts().arrived) == (5, 3, 3)
    cut = tmp_path / "cut"
    cut.write_bytes(files[0].read_bytes()[:-1])
    with pytest.raises(KnownFault, match=r"cut.*: The file is damaged"):
        read_hand_overs([*files, cut], PASSPHRASE)


def test_nothing_in_the_file_can_be_read_without_the_passphrase(laptops, tmp_path: Path) -> None:
    a, _b = laptops
    a.desk.note([ANN], ActKind.CHECK_IN)
    data = a.hand_over(tmp_path / "a").read_bytes()
    for secret in (b"Ann", b"1011", WIKI.encode(), b"check-in"):
        assert secret not in data


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda data: b"", "no hand-over file"),
        (lambda data: b"\x00" * 100, "no hand-over file"),
        (lambda data: b"[1, 2]\n" + data, "no hand-over file"),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data[:-1], "damaged"),
        (lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], "damaged"),
        (lambda data: data.replace(b'"version": 1', b'"version": 2'), "newer version"),
        (lambda data: b"{" * 10_000_000, "no hand-over file"),
    ],
    ids=["empty", "zeros", "other", "cut", "cut by one", "changed", "newer", "deep"],
)
def test_a_bad_file_is_refused_with_a_sentence_and_changes_nothing(laptops, tmp_path, spoil, says) -> None:
    a, b = laptops
    b.desk.note([ANN], ActKind.CHECK_IN)
    path = b.hand_over(tmp_path / "b")
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(KnownFault, match=says):
        merge_hand_overs(a.desk, read_hand_overs([path], PASSPHRASE), WIKI)
    assert len(a.desk.log) == 0


def test_a_wrong_passphrase_is_told_from_a_damaged_file(laptops, tmp_path: Path) -> None:
    path = laptops[0].hand_over(tmp_path / "a")
    with pytest.raises(KnownFault, match="not the passphrase"):
        read_hand_overs([path], "tea")
    with pytest.raises(KnownFault, match="cannot be read"):
        read_hand_overs([tmp_path / "missing"], "tea")


def test_a_file_of_another_event_is_refused(laptops, tmp_path: Path) -> None:
    a, b = laptops
    handed_over = read_hand_overs([b.hand_over(tmp_path / "b")], PASSPHRASE)
    with pytest.raises(KnownFault, match="another event"):
        merge_hand_overs(a.desk, handed_over, "https://other.example.org/w")


def test_the_head_of_a_file_says_only_how_to_derive_its_key(laptops, tmp_path: Path) -> None:
    head = laptops[0].hand_over(tmp_path / "a").read_bytes().partition(b"\n")[0]
    assert set(json.loads(head)) == {"format", "version", "salt", "nonce", "check"}
