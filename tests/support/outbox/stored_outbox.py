"""An outbox in a data folder, with an account and an event, without a wiki."""

from collections.abc import Callable
from contextlib import closing

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.store.changes import outbox
from app.store.mirror import Mirror

#: A refusal whose words of the wiki differ from the program's own.
REFUSED = KnownFault(
    Fault.INVALID, "The wiki says no.", error_key="badvalue", wiki_said="Bad value: {{PLURAL}} <b>no</b>."
)
PEOPLE = (
    ChosenPerson(5, 50, 1_780_000_000, "Zoë “Z” <b>", True, True),
    ChosenPerson(6, 60, 1_780_000_001, None, None, False),
    ChosenPerson(7, 70, 1_780_000_002, "محمد", False, False),
)


FIELDS = EventFields(
    page="Event:編集大会",
    timezone="+05:45",
    start="20370305100000",
    end="20370305180000",
    types=("contest", "meetup"),
    wikis=("*",),
    topics=("women",),
    in_person=True,
    country_code="NP",
    address="पाटन\nललितपुर",
    is_test=True,
    tracks_contributions=True,
    course="School/Course",
    grant_id="G-1",
)


PUBLIC = OwnRegistration(False, {"age": OwnAnswer(3), "affiliate": OwnAnswer(1, "Wikimedia “Kenya”")})


OPERATIONS: dict[str, Operation] = {
    "create": CreateEvent(FIELDS, "== Text ==\n{{Template|$1}}"),
    "edit": EditEvent(
        {
            EventPart.WHEN: PartEdit(("UTC", "1", "2"), ("Asia/Tokyo", "3", "4")),
            EventPart.TOPICS: PartEdit(((),), (("asia", "women"),)),
            EventPart.ONLINE: PartEdit((True, "https://a.example"), (False, None)),
            EventPart.CONTRIBUTIONS: PartEdit((None,), (True,)),
        }
    ),
    "delete": DeleteRegistration(),
    "organizers": ChangeOrganizers(("Pawel", "Ingrid"), {31: "Amara", 32: ""}, including_self=True),
    "remove": RemoveParticipants(PEOPLE),
    "email": SendEmail("Programme – “1”", "Dear all,\n\n  see\tyou\u2028there", PEOPLE, copy_to_me=True),
    "register": Register(OwnRegistration(True), PUBLIC),
    "cancel": CancelRegistration(PUBLIC),
}


CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})


class StoredOutbox:
    """An open outbox with an account and an event."""

    def __init__(self, mirror: Mirror, account: int, event: int) -> None:
        self.mirror, self.account, self.event = mirror, account, event

    def add(self, operation: Operation, event: int | None = None, at: int = 100) -> int:
        where = self.event if event is None else event
        return self.keep(outbox.add_change, self.account, where, operation, at)

    def keep(self, operation: Callable[..., object], *values: object) -> object:
        return self.mirror.writer.do_durably(operation, *values)

    def all(self) -> list[Change]:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_changes(reader)

    def one(self, number: int) -> Change:
        (found,) = [change for change in self.all() if change.number == number]
        return found

    def numbers(self) -> list[int]:
        return [change.number for change in self.all()]

    def revisions(self) -> dict[int, int]:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_revisions(reader)

    def in_state(self, state: ChangeState, operation: Operation = CLOSE, event: int | None = None) -> int:
        """Add a change in a state; return its number."""
        number = self.add(operation, event)
        if state is not ChangeState.WAITING:
            self.keep(outbox.begin_sending, number, 101)
        if state is ChangeState.FAILED:
            self.keep(outbox.fail, number, REFUSED, "title", {})
        elif state is ChangeState.ASKS:
            self.keep(outbox.ask, number, Question.CONFLICT, "Decide.", {"theirs": {"status": ["x"]}})
        elif state is ChangeState.DONE:
            self.keep(outbox.finish, number, 102, "Done so.")
        return number
