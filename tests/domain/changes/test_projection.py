"""The panes show the mirror with the open changes applied."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.changes.change import Change, ChangeState, key_of_new_event
from app.domain.changes.merge import edit_between
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveParticipants,
)
from app.domain.changes.projection import Projection, ShownOrganizer
from app.domain.events.event import Event, Listing, Organizer, Registration
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration

MEETUP = Registration(
    7,
    "Meetup",
    "Event:Meetup",
    "examplewiki",
    "open",
    "UTC",
    "20370305100000",
    "20370305180000",
    types=("meetup",),
    online=True,
    country="India",
    unknown={"later": 1},
    questions=(1, 4),
)
EVENT = Event(7, 1, MEETUP, Listing.LISTED, 3, 1, 5, 5, True, False)
FIELDS = fields_of(MEETUP)
AMARA, INGRID = Organizer(1, 31, "Amara", ("creator",)), Organizer(2, 32, "Ingrid", ("organizer",))


def change(
    number: int, operation: Operation, event_key: int = 7, state: ChangeState = ChangeState.WAITING
) -> Change:
    return Change(number, 1, event_key, operation, 5, state)


def edit(before: EventFields = FIELDS, **changes: object) -> EditEvent:
    return EditEvent(edit_between(before, replace(before, **changes)))


def people(*ids: int) -> tuple[ChosenPerson, ...]:
    return tuple(ChosenPerson(one, one, 5, f"Person {one}") for one in ids)


def names(shown: Sequence[ShownOrganizer]) -> list[tuple[str | None, bool]]:
    return [(one.name, one.leaves) for one in shown]


def test_without_changes_everything_is_as_on_the_wiki():
    projection = Projection([])
    assert projection.event(EVENT) is EVENT
    assert projection.new_events({1: "examplewiki"}) == []
    assert projection.organizers(7, [AMARA]) == [ShownOrganizer("Amara", 31, ("creator",))]
    assert projection.own_registration(7, None) is None


def test_edits_are_applied_in_order():
    closed = replace(FIELDS, status="closed")
    projection = Projection([change(4, edit(closed, status="open", types=("contest",))), change(2, edit(
        status="closed", chat_url="https://chat.example.org"))])  # fmt: skip
    shown = projection.event(EVENT).registration
    assert (shown.status, shown.types, shown.chat_url) == ("open", ("contest",), "https://chat.example.org")
    assert projection.parts_waiting(7) == {EventPart.STATUS, EventPart.TYPES, EventPart.CHAT}


def test_what_no_edit_touches_stays_even_where_this_version_does_not_know_it():
    shown = Projection([change(1, edit(status="closed"))]).event(EVENT).registration
    assert shown == replace(MEETUP, status="closed")


def test_a_changes_event_is_the_only_one_it_alters():
    projection = Projection([change(1, edit(status="closed"), event_key=8)])
    assert projection.event(EVENT) is EVENT
    assert projection.of_event(7) == ()


def test_done_changes_are_not_applied_to_the_mirror_again():
    projection = Projection([change(1, edit(status="closed"), state=ChangeState.DONE)])
    assert projection.event(EVENT) is EVENT
    assert projection.changes == ()


def test_a_change_stays_visible_while_it_is_sent_refused_or_in_question():
    for state in (ChangeState.SENDING, ChangeState.FAILED, ChangeState.ASKS):
        shown = Projection([change(1, edit(status="closed"), state=state)]).event(EVENT)
        assert shown.registration.status == "closed"


def test_another_country_is_not_called_by_the_old_ones_name():
    placed = replace(FIELDS, in_person=True, country_code="KE")
    shown = Projection([change(1, EditEvent(edit_between(FIELDS, placed)))]).event(EVENT)
    assert (shown.registration.country_code, shown.registration.country) == ("KE", None)


def test_a_course_is_shown_as_the_wiki_will_return_it():
    shown = Projection([change(1, edit(course="School/Course"))]).event(EVENT)
    assert fields_of(shown.registration).course == "School/Course"
    gone = Projection([change(1, edit(fields_of(shown.registration), course=None))]).event(shown)
    assert gone.registration.tracking_tools == ()


def test_a_new_event_is_shown_before_it_is_created():
    fields = replace(FIELDS, page="Event:Photo walk", types=("meetup", "contest"))
    creation = change(3, CreateEvent(fields, "Text"), event_key=key_of_new_event(3))
    projection = Projection([creation])
    (made,) = projection.new_events({1: "examplewiki"})
    assert (made.key, made.event_id, made.listing) == (-3, 0, Listing.NOT_YET_CREATED)
    assert (made.registration.name, made.registration.page_wiki) == ("Photo walk", "examplewiki")
    assert made.registration.types == ("contest", "meetup")
    assert projection.creation(-3) == creation
    assert projection.creation(7) is None


def test_what_waits_for_a_new_event_is_found_by_its_key():
    creation = change(3, CreateEvent(FIELDS, "Text"), event_key=-3)
    adding = change(5, ChangeOrganizers(add=("Ingrid",)), event_key=-3)
    projection = Projection([adding, creation])
    assert projection.of_event(-3) == [creation, adding]
    assert [one.name for one in projection.organizers(-3, [])] == ["Ingrid"]


def test_organizers_who_come_are_shown_and_those_who_go_are_marked():
    operation = ChangeOrganizers(add=("Pawel",), remove={32: "Ingrid"})
    waiting = change(1, operation)
    shown = Projection([waiting]).organizers(7, [AMARA, INGRID])
    assert names(shown) == [("Amara", False), ("Ingrid", True), ("Pawel", False)]
    assert [one.waiting for one in shown] == [None, waiting, waiting]


def test_an_organizer_who_is_there_already_is_not_shown_twice():
    shown = Projection([change(1, ChangeOrganizers(add=("Ingrid",)))]).organizers(7, [AMARA, INGRID])
    assert names(shown) == [("Amara", False), ("Ingrid", False)]


def test_an_organizer_who_was_removed_and_added_again_stays():
    away, back = ChangeOrganizers(remove={32: "Ingrid"}), ChangeOrganizers(add=("Ingrid",))
    shown = Projection([change(1, away), change(2, back)]).organizers(7, [AMARA, INGRID])
    assert names(shown) == [("Amara", False), ("Ingrid", False)]


def test_people_to_be_removed_are_known_by_their_change():
    first, second = change(1, RemoveParticipants(people(5, 6))), change(2, RemoveParticipants(people(9)))
    projection = Projection([first, second, change(3, RemoveParticipants(people(1)), event_key=8)])
    assert projection.removals(7) == {5: first, 6: first, 9: second}
    assert projection.removals(99) == {}


def test_a_deletion_that_waits_is_known():
    deletion = change(1, DeleteRegistration())
    assert Projection([deletion]).deletion(7) == deletion
    assert Projection([deletion]).deletion(8) is None


def test_the_own_registration_is_that_of_the_last_change():
    public, private = OwnRegistration(False), OwnRegistration(True, {"age": OwnAnswer(3)})
    first, second = change(1, Register(public)), change(2, Register(private, public))
    assert Projection([first]).own_registration(7, None) == public
    assert Projection([second, first]).own_registration(7, None) == private
    assert Projection([second, first]).own_change(7) == second
    cancelled = Projection([first, second, change(3, CancelRegistration(private))])
    assert cancelled.own_registration(7, public) is None
    assert Projection([]).own_registration(7, public) == public
