"""Erasing leaves nothing that can be read, and what was erased does not come back by itself."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.event_desk import EventDesk, Person
from app.desk.hand_over import merge_hand_overs, read_hand_overs, write_hand_over
from app.desk.person_data import erase_person, person_data
from app.desk.walk_ins import walk_ins
from app.domain import times
from app.domain.changes.operations import CountEdits, RemoveParticipants, WikiEdit
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event, Organizer
from app.domain.faults import KnownFault
from app.domain.impact.edits import Edit
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.participant import Answer, AnswersState
from app.domain.privacy.retention import USUAL_DAYS, RetentionRule
from app.domain.statistics.wiki_statistics import Contributions, Editor
from app.store.changes import outbox
from app.store.database import backups
from app.store.database import key as keys
from app.store.events.events import read_events, read_organizers, save_event
from app.store.events.page_readings import read_contributions, save_contributions
from app.store.impact.edits import begin_reading, read_looked_at, save_edits
from app.store.mirror import Mirror, open_with_passphrase
from app.store.people.attendance import read_attendance_counts
from app.store.people.overlap import read_overlap
from app.store.people.participants import read_statistics
from app.store.people.summed_answers import end_answers
from app.store.privacy.erasing import let_people_come_back
from app.store.privacy.holdings import read_erased, read_holdings, save_days, save_rule
from tests.support.data.decrypted_pages import decrypted_log, decrypted_pages
from tests.support.data.store_samples import add_account, add_event, names_of, person, see

PASSPHRASE = "correct horse"
#: Names and answers that appear nowhere else.
SECRETS = ("Zqxwvut", "Walkjvq", "notekzx", "affilqvz")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def mirror(folder: Path) -> Iterator[Mirror]:
    opened = open_with_passphrase(folder, PASSPHRASE)
    yield opened
    opened.close()


def event_of(mirror: Mirror, key: int) -> Event:
    with closing(mirror.reader()) as reader:
        return next(event for event in read_events(reader) if event.key == key)


def desk_of(mirror: Mirror, key: int) -> EventDesk:
    with closing(mirror.reader()) as reader:
        return EventDesk(mirror, reader, event_of(mirror, key))


@pytest.fixture
def events(mirror: Mirror) -> tuple[int, int]:
    """Return the keys of an event with everything that is secret, and of another with some of its people."""
    account = add_account(mirror)
    secret, other = add_event(mirror, account, 7), add_event(mirror, account, 8)
    answers = (Answer(4, "none"), Answer(5, "affiliate", "affilqvz"))
    crowd = [
        person(n, f"Zqxwvut {n}", answers_state=AnswersState.SHOWN, answers=answers) for n in range(1, 400)
    ]
    # Some did not answer, so that the number of the others may be told.
    crowd[300:] = [one._replace(answers=()) for one in crowd[300:]]
    see(mirror, secret, crowd)
    see(mirror, other, [replace_name(one) for one in crowd[:20]])
    desk = desk_of(mirror, secret)
    desk.note([Person(PersonKey.of_user(1001), "Zqxwvut 1")], ActKind.CHECK_IN)
    desk.set_note(PersonKey.of_user(1001), "notekzx")
    desk.add_walk_in(WalkIn("Walkjvq"))
    chosen = (ChosenPerson(1002, 2, 1, "Zqxwvut 2"),)
    mirror.writer.do(outbox.add_change, account, secret, RemoveParticipants(chosen), 100)
    with closing(mirror.reader()) as reader:
        backups.back_up(reader, mirror.path, mirror._key)
    return secret, other


def replace_name(one):
    return one._replace(name=f"Other {one.participant_id}", answers=(), answers_state=AnswersState.NOT_SHOWN)


def bytes_of(mirror: Mirror) -> bytes:
    """Return all that is in the folder, raw and decrypted, with what is in the log."""
    found = b""
    for path in sorted(mirror.folder.rglob("*")):
        if path.is_file():
            found += path.read_bytes()
            if path.suffix == ".db":
                found += decrypted_pages(path, mirror._key)
                found += decrypted_log(path.with_name(path.name + "-wal"), mirror._key)
    return found


def secrets_in(data: bytes) -> list[str]:
    return [secret for secret in SECRETS if secret.encode() in data]


def test_nothing_of_an_erased_event_can_be_read_on_the_disk_even_with_the_key(mirror, events) -> None:
    secret, other = events
    raw = b"".join(path.read_bytes() for path in mirror.folder.rglob("*") if path.is_file())
    assert not secrets_in(raw), "nothing is unencrypted"
    assert set(secrets_in(bytes_of(mirror))) == set(SECRETS), "the test can see what is there"
    done = mirror.erase_event(secret)
    assert (done.participants, done.noted) == (399, 2)
    assert not secrets_in(bytes_of(mirror))
    # Others keep theirs, also in the new backup.
    assert len(names_of(mirror, other)) == 20
    (backup,) = (mirror.folder / "backups").iterdir()
    assert b"Other 7" in decrypted_pages(backup, mirror._key)


def test_sums_and_comparisons_stay(mirror, events) -> None:
    secret, other = events

    def figures():
        with closing(mirror.reader()) as reader:
            statistics = read_statistics(reader, secret, times.zone("UTC"))
            shares = {share.option: share.least for share in statistics.questions[0].shares or ()}
            return shares, read_overlap(reader, [(secret, 1), (other, 1)])

    before = figures()
    assert before[0]["none"] == 300
    mirror.erase_event(secret)
    after = figures()
    assert after[0]["none"] == 300
    assert after[1] == before[1]
    assert event_of(mirror, secret).participants == 399


def test_what_was_erased_comes_back_only_on_request(mirror, events, tmp_path: Path) -> None:
    secret, _other = events
    desk = desk_of(mirror, secret)
    write_hand_over(tmp_path / "desk", mirror, desk, "https://wiki.example.org/w", "two tables")
    mirror.erase_event(secret)
    with closing(mirror.reader()) as reader:
        assert set(read_erased(reader)) == {secret}
        assert walk_ins(reader, secret) == []
    files = read_hand_overs([tmp_path / "desk"], "two tables")
    with pytest.raises(KnownFault, match="personal data of this event was erased"):
        merge_hand_overs(desk_of(mirror, secret), files, "https://wiki.example.org/w")
    mirror.writer.do(let_people_come_back, secret, is_over=True)
    assert merge_hand_overs(desk_of(mirror, secret), files, "https://wiki.example.org/w").people == 2


def test_one_person_is_erased_everywhere_and_a_sync_does_not_bring_them_back(mirror, events) -> None:
    secret, other = events
    with closing(mirror.reader()) as reader:
        found = person_data(mirror, reader, "Zqxwvut 1")
    (at_event,) = found
    assert at_event.registration is not None
    assert [act.text for act in at_event.acts if act.kind is ActKind.NOTE] == ["notekzx"]
    assert erase_person(mirror, found) == 1
    assert "notekzx" not in secrets_in(bytes_of(mirror))
    assert "Zqxwvut 1" not in names_of(mirror, secret)
    assert event_of(mirror, secret).participants == 398
    see(mirror, secret, [person(1, "Zqxwvut 1"), person(2, "Zqxwvut 2")])
    assert names_of(mirror, secret) == ["Zqxwvut 2"]
    assert len(names_of(mirror, other)) == 20
    with closing(mirror.reader()) as reader:
        # A walk-in is found by the name that was noted.
        (walk_in,) = person_data(mirror, reader, "Walkjvq")
        assert walk_in.registration is None
        # Whoever is named by a change is found too.
        assert [len(one.changes) for one in person_data(mirror, reader, "Zqxwvut 2")] == [1]
    erase_person(mirror, [walk_in])
    assert "Walkjvq" not in secrets_in(bytes_of(mirror))


def test_answers_end_when_the_wiki_ends_them_and_leave_sums(mirror) -> None:
    key = add_event(mirror, add_account(mirror), 7)
    now = 1_790_000_000
    day = 86_400
    old, new = now - 91 * day, now - 89 * day
    people = [
        person(n, answers_state=AnswersState.SHOWN, answers=(Answer(4, "confident"),))._replace(
            registered_at=old if n <= 10 else new
        )
        for n in range(1, 21)
    ]
    see(mirror, key, people)
    event = event_of(mirror, key)
    running = replace(event, registration=replace(event.registration, end="20990101000000"))
    assert mirror.writer.do(end_answers, running, now) == 10
    # The wiki still gives them: they stay ended, and are not counted twice.
    see(mirror, key, people)
    assert mirror.writer.do(end_answers, running, now) == 0
    with closing(mirror.reader()) as reader:
        found = read_statistics(reader, key, times.zone("UTC"))
    assert found.questions[0].people == 20
    assert {one.option: one.least for one in found.questions[0].shares or ()}["confident"] == 16
    over = replace(event, registration=replace(event.registration, end="20260101000000"))
    assert mirror.writer.do(end_answers, over, now) == 10
    # Somebody who registers anew under their old number answers anew.
    see(mirror, key, [people[0]._replace(registered_at=now)])
    with closing(mirror.reader()) as reader:
        assert reader.execute("SELECT sum(answered) FROM participant").fetchone()[0] == 1


def test_nothing_is_erased_by_itself_before_the_user_agreed_or_while_a_change_waits(mirror, events) -> None:
    secret, other = events
    # Both ended in July.
    assert mirror.erase_due() == []
    mirror.writer.do(save_rule, RetentionRule(days=1, agreed=True))
    with closing(mirror.reader()) as reader:
        waiting = {one.event.key: one.waiting for one in read_holdings(reader)}
    assert waiting == {secret: 1, other: 0}
    mirror.writer.do(save_days, other, None, keeps=True)
    assert mirror.erase_due() == []
    mirror.writer.do(save_days, other, None)
    assert mirror.erase_due() == [other]
    assert names_of(mirror, other) == []
    assert len(names_of(mirror, secret)) == 399
    assert RetentionRule().days == USUAL_DAYS == 120
    assert keys.place_of(mirror.folder) is not None


def test_answers_that_the_wiki_leaves_out_after_the_event_are_summed_up_first(mirror) -> None:
    """CONTRACT §3: after the end the wiki sends no answers, and does not say that it has summed them up."""
    key = add_event(mirror, add_account(mirror), 7)
    before = [
        person(n, answers_state=AnswersState.SHOWN, answers=(Answer(4, "none"),), can_email=True)
        for n in range(1, 21)
    ]
    see(mirror, key, before)
    see(mirror, key, [person(n, can_email=True) for n in range(1, 21)])
    with closing(mirror.reader()) as reader:
        found = read_statistics(reader, key, times.zone("UTC"))
        assert reader.execute("SELECT count(answers) FROM participant").fetchone()[0] == 0
    assert {one.option: one.least for one in found.questions[0].shares or ()}["none"] == 16
    assert (found.questions[0].people, found.aggregated) == (20, 20)


def test_an_erased_organizer_or_editor_stays_away(mirror, events) -> None:
    secret, _other = events
    organizers = [
        Organizer(1, 3, "Amara Okafor", ("creator",)),
        Organizer(2, 4, "Zqxwvut 398", ("organizer",)),
    ]
    registration = event_of(mirror, secret).registration
    totals = Contributions((("edit-count", (3,)),), None, (Editor("Zqxwvut 398", False, 0, 1, 3, 10),))

    def synced() -> tuple[list[str | None], list[str | None]]:
        mirror.writer.do(save_event, 1, registration, organizers, 100)
        mirror.writer.do(save_contributions, secret, totals, 100)
        with closing(mirror.reader()) as reader:
            found = read_contributions(reader, secret)
            assert found is not None
            named = [one.name for one in read_organizers(reader, secret)]
            return named, [one.name for one in found[0].editors]

    assert synced() == (["Amara Okafor", "Zqxwvut 398"], ["Zqxwvut 398"])
    with closing(mirror.reader()) as reader:
        found = person_data(mirror, reader, "Zqxwvut 398")
    assert found[0].organizes
    erase_person(mirror, found)
    assert b"Zqxwvut 398" not in bytes_of(mirror)
    assert synced() == (["Amara Okafor"], [])


def test_a_hand_over_file_does_not_bring_back_whom_this_desk_never_noted(
    mirror, events, tmp_path: Path
) -> None:
    secret, _other = events
    other_desk = desk_of(mirror, secret)
    other_desk.note([Person(PersonKey.of_user(1007), "Zqxwvut 7")], ActKind.CHECK_IN)
    write_hand_over(tmp_path / "desk", mirror, other_desk, "https://wiki.example.org/w", "two tables")
    other_desk.take_back(other_desk.last_standing())
    with closing(mirror.reader()) as reader:
        erase_person(mirror, person_data(mirror, reader, "Zqxwvut 7"))
    merge_hand_overs(
        desk_of(mirror, secret),
        read_hand_overs([tmp_path / "desk"], "two tables"),
        "https://wiki.example.org/w",
    )
    assert desk_of(mirror, secret).log.name(PersonKey.of_user(1007)) == ""


def test_figures_of_an_erased_event_stay(mirror, events) -> None:
    secret, _other = events
    mirror.erase_event(secret)
    with closing(mirror.reader()) as reader:
        found = read_statistics(reader, secret, times.zone("UTC"))
        came = read_attendance_counts(reader, secret)
    assert (found.people, found.private) == (399, 0)
    assert (came.arrived, came.walk_ins) == (1, 1)


def test_a_name_noted_at_the_desk_is_found_as_it_was_typed(mirror, events) -> None:
    secret, _other = events
    desk_of(mirror, secret).add_walk_in(WalkIn("maria  garcía"))
    with closing(mirror.reader()) as reader:
        (found,) = person_data(mirror, reader, "maria garcía")
    assert found.acts


def test_the_edits_of_an_erased_person_are_not_counted_any_more(mirror, events) -> None:
    secret, _other = events
    with closing(mirror.reader()) as reader:
        people = read_looked_at(reader, secret, ())
    gone, stays = people[:2]
    made = Edit(1, gone.name, 1, 0, "Page", 100, 10, is_new=False, reverted=False)
    edits = [made, made._replace(revision=2, user=stays.name)]
    write = mirror.writer.do
    write(begin_reading, secret, 0, 0, ())
    write(save_edits, secret, "enwiki", people, edits)
    both = CountEdits((WikiEdit("enwiki", 1), WikiEdit("enwiki", 2)))
    waiting = write(outbox.add_change, 1, secret, both, 100)
    done = write(outbox.add_change, 1, secret, CountEdits((WikiEdit("enwiki", 1),)), 100)
    write(outbox.finish, done, 100)
    with closing(mirror.reader()) as reader:
        erase_person(mirror, person_data(mirror, reader, gone.name))
        assert outbox.read_change(reader, done) is None
        (left,) = outbox.read_changes_by_number(reader, [waiting])
    assert left.operation == CountEdits((WikiEdit("enwiki", 2),))
