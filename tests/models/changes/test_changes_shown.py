"""What the panes show of changes, and the table of changes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain import times
from app.domain.changes.change import Question
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    Operation,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Listing
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.models.changes.change_text import ChangeText
from app.models.changes.changes_model import ChangeColumn, ChangeRole, ChangesModel
from app.models.events.events_model import EventRole, EventsModel
from app.models.people.participants_model import ParticipantsModel
from app.store.changes import outbox
from tests.support.outbox.outbox_models import CLOSE, NEW, Computer, chosen, edit
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.table_columns import Column
from tests.support.window_kit import add_event, registration, seen

# What the panes show


def test_a_change_is_on_the_disk_before_it_is_announced(computer: Computer, meetup: int) -> None:
    on_disk: list[list[int]] = []

    def look() -> None:
        with_reader = computer.workspace.mirror.reader()
        on_disk.append([change.number for change in outbox.read_changes(with_reader)])
        with_reader.close()

    computer.workspace.outbox_changed.connect(look)
    number = computer.queue(meetup, CLOSE)
    assert on_disk == [[number]]


def test_an_edit_is_shown_at_once_and_leaves_the_mirror_unchanged(computer: Computer, meetup: int) -> None:
    model = EventsModel(computer.workspace)
    with computer.qtbot.waitSignals([computer.workspace.events_changed, computer.workspace.outbox_changed]):
        computer.queue(meetup, CLOSE)
    assert computer.event(meetup).registration.status == "closed"
    notes = model.index_of(meetup).data(EventRole.NOTES)
    assert "1 change waiting" in notes
    assert "Registration closed" in notes
    computer.undo()
    computer.qtbot.waitUntil(lambda: computer.event(meetup).registration.status == "open")
    assert model.index_of(meetup).data(EventRole.NOTES) == []


def test_a_new_event_is_listed_as_not_on_the_wiki_yet(computer: Computer) -> None:
    model = EventsModel(computer.workspace)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    number = computer.queue(0, CreateEvent(NEW, "Text"))
    event = computer.event(-number)
    assert (event.registration.name, event.listing) == ("Photo walk", Listing.NOT_YET_CREATED)
    index = model.index_of(-number)
    assert seen(index.data()) == "Photo walk"
    assert "Not on the wiki yet" in index.data(EventRole.NOTES)
    assert computer.workspace.current_key(-number) == -number
    computer.control.discard(number)
    computer.qtbot.waitUntil(lambda: computer.workspace.find_event(-number) is None)
    assert not model.index_of(-number).isValid()


def test_organizers_are_shown_with_pending_changes(computer: Computer, meetup: int) -> None:
    computer.queue(meetup, ChangeOrganizers(add=("Pawel",), remove={4: "Ingrid"}))
    shown = computer.workspace.organizers(meetup)
    assert [(one.name, one.leaves, one.waiting is not None) for one in shown] == [
        ("Amara", False, False),
        ("Ingrid", True, True),
        ("Pawel", False, True),
    ]
    assert computer.workspace.organizer_ids(meetup) == {3, 4}


def test_people_to_be_removed_are_marked_in_the_table(computer: Computer, meetup: int) -> None:
    model = ParticipantsModel(computer.workspace)
    model.show_event(computer.event(meetup))
    computer.at_rest()

    def listed() -> list[str]:
        return [str(model.index(row, Column.PRIVATE).data()) for row in range(model.rowCount())]

    assert listed() == ["Public"] * 3
    with computer.qtbot.waitSignal(model.dataChanged):
        computer.queue(meetup, RemoveParticipants(chosen(1, 3)))
    assert listed() == ["To be removed", "Public", "To be removed"]
    with computer.qtbot.waitSignal(model.dataChanged):
        computer.undo()
    assert listed() == ["Public"] * 3


def test_a_change_to_another_event_does_not_update_the_table_of_people(
    computer: Computer, meetup: int
) -> None:
    other = add_event(computer.workspace, computer.workspace.accounts[0].key, registration(8, "Other"))
    model = ParticipantsModel(computer.workspace)
    model.show_event(computer.event(meetup))
    computer.at_rest()
    with computer.qtbot.assertNotEmitted(model.dataChanged):
        computer.queue(other, RemoveParticipants(chosen(1)))


def test_only_a_change_with_a_new_state_is_announced(computer: Computer, meetup: int) -> None:
    computer.queue(meetup, CLOSE)
    for signal in (computer.workspace.outbox_changed, computer.workspace.events_changed):
        with computer.qtbot.assertNotEmitted(signal):
            computer.workspace.reload_outbox()
            computer.workspace.reload()


# The table of changes


def row_texts(model: ChangesModel, row: int) -> list[str]:
    return [seen(str(model.index(row, column).data() or "")) for column in ChangeColumn]


def test_the_table_of_changes_holds_every_kind(computer: Computer, meetup: int) -> None:
    model = ChangesModel(computer.workspace)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    operations: list[tuple[int, Operation, str]] = [
        (0, CreateEvent(NEW, "Text"), "Make the event “Photo walk”"),
        (meetup, CLOSE, "Close registration"),
        (meetup, edit(computer.event(meetup), chat_url="https://c.example", is_test=True), "Change "),
        (meetup, DeleteRegistration(), "Delete the registration for ever"),
        (meetup, ChangeOrganizers(("Pawel",), {4: "Ingrid"}), "Organizers: add Pawel; remove Ingrid"),
        (meetup, RemoveParticipants(chosen(1, 2, 3, 4, 5)), "Remove 5 participants: User 00001"),
        (meetup, SendEmail("Programme", "Text", chosen(1)), "E-mail to 1 participant: “Programme”"),
        (meetup, Register(OwnRegistration(True)), "Register me privately"),
        (meetup, Register(OwnRegistration(True), OwnRegistration(False)), "Change my registration"),
        (meetup, CancelRegistration(), "Cancel my registration"),
    ]
    for where, operation, _ in operations:
        computer.queue(where, operation)
    assert model.rowCount() == len(operations)
    for row, (where, _, summary) in enumerate(operations):
        state, change, event, age, note = row_texts(model, row)
        assert (state, note) == ("Waiting", "")
        assert change.startswith(summary)
        assert event == ("Meetup" if where else "Photo walk")
        assert age
    headings = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert headings == ["State", "Change", "Event", "Made", "Note"]


def test_done_changes_are_last_and_can_be_hidden(computer: Computer, meetup: int) -> None:
    model = ChangesModel(computer.workspace)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    numbers = [computer.queue(meetup, CLOSE) for _ in range(4)]
    for number in (numbers[0], numbers[2]):
        computer.update(outbox.begin_sending, number, 5)
        computer.update(outbox.finish, number, times.now(), "Sent so.")
    shown = [model.index(row, 0).data(ChangeRole.NUMBER) for row in range(4)]
    assert shown == [numbers[1], numbers[3], numbers[2], numbers[0]]
    assert row_texts(model, 3)[0] == "Done"
    assert row_texts(model, 3)[4] == "Sent so."
    model.narrow(None, with_done=False)
    assert model.rowCount() == 2
    computer.control.clear_done()
    computer.qtbot.waitUntil(lambda: len(computer.workspace.changes) == 2)
    model.narrow(None, with_done=True)
    assert model.rowCount() == 2


def test_the_changes_of_one_event_can_be_shown_alone(computer: Computer, meetup: int) -> None:
    other = add_event(computer.workspace, computer.workspace.accounts[0].key, registration(8, "Other"))
    model = ChangesModel(computer.workspace)
    number = computer.queue(meetup, CLOSE)
    computer.queue(other, CLOSE)
    model.narrow(meetup, with_done=True)
    assert (model.rowCount(), model.row_of(number)) == (1, 0)
    model.narrow(other, with_done=True)
    assert model.row_of(number) == -1


def test_a_change_with_a_new_state_keeps_its_row(computer: Computer, meetup: int) -> None:
    model = ChangesModel(computer.workspace)
    number = computer.queue(meetup, CLOSE)
    with computer.qtbot.waitSignal(model.dataChanged), computer.qtbot.assertNotEmitted(model.modelReset):
        computer.refuse(number)
    assert row_texts(model, 0)[0] == "Failed"
    assert row_texts(model, 0)[4] == REFUSED.sentence


def test_changes_behind_a_refused_one_say_so(computer: Computer, meetup: int) -> None:
    text = ChangeText(computer.workspace)
    first, email, last = (
        computer.queue(meetup, operation)
        for operation in (CLOSE, SendEmail("S", "M", chosen(1)), DeleteRegistration())
    )
    computer.refuse(first)
    held = "Held back until the change before it is settled."
    assert text.note(computer.change(first)) == REFUSED.sentence
    assert text.note(computer.change(email)) == held
    assert text.note(computer.change(last)) == held


def test_an_unconfirmed_e_mail_blocks_no_later_change(computer: Computer, meetup: int) -> None:
    text = ChangeText(computer.workspace)
    email, later = computer.queue(meetup, SendEmail("S", "M", chosen(1))), computer.queue(meetup, CLOSE)
    computer.update(outbox.begin_sending, email, 5)
    computer.update(outbox.ask, email, Question.MAYBE_SENT, "It may have been sent.", {})
    assert text.note(computer.change(later)) == ""


def test_the_details_of_a_change_are_complete(computer: Computer, meetup: int) -> None:
    text = ChangeText(computer.workspace)
    event = computer.event(meetup)
    details = dict(text.details(edit(event, chat_url="https://c.example", types=("meetup",), is_test=True)))
    assert details["chat link"] == "– → https://c.example"
    assert details["test event"] == "no → yes"
    assert details["types"].startswith("– → ")
    made = dict(text.details(CreateEvent(NEW, "Text")))
    assert made["page"] == "Event:Photo walk"
    assert "UTC" in made["dates"]
    assert "chat link" not in made
    sent = dict(text.details(SendEmail("S", "Dear\x00 all", chosen(*range(1, 61)), copy_to_me=True)))
    assert (sent["message"], sent["copy to me"]) == ("Dear all", "yes")
    own = dict(text.details(Register(OwnRegistration(True, {"age": OwnAnswer(2)}))))
    assert own == {"registration": "private", "answers": "1 question answered"}
