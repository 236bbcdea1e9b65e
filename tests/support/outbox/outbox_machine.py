"""Parts of the outbox's state machine: two organizers, the wiki's web interface, and a witness.

The witness reads the wiki's journal after every step and records the effect of each change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import requests

from app.domain import times
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import edit_between, merged, resolved
from app.domain.changes.operations import (
    ChangeOrganizers,
    EditEvent,
    Operation,
    RemoveParticipants,
    SendEmail,
)
from app.domain.changes.projection import Projection
from app.domain.events.event_fields import PARTS, EventFields, fields_of
from app.domain.faults import Fault, KnownFault
from app.store.changes import outbox
from app.store.mirror import open_temporary
from app.sync.wikis import Wikis
from tests.support.data.event_making import event_of, make_event, organizers_of, person_name
from tests.support.outbox.outbox_desk import OutboxDesk
from tests.support.outbox.sync_desk import same_people
from tests.support.servers.practice_server import PracticeServer

ORGANIZERS = ("organizer", "co_organizer")
THIRD = "other_organizer"
#: The fields that are edited with unique values, by their names here and on the wiki.
UNIQUE_FIELDS = {
    "chat_url": "chat_url",
    "meeting_url": "meeting_url",
    "address": "meeting_address",
    "start": "start_time",
}
_WIKI_NAMES = {
    **UNIQUE_FIELDS,
    "status": "status",
    "timezone": "timezone",
    "end": "end_time",
    "online": "online_meeting",
    "in_person": "inperson_meeting",
    "country_code": "meeting_country_code",
}
#: What GET returns and PUT refuses (CONTRACT §4.2).
_READ_ONLY_FIELDS = ("id", "name", "event_page_wiki", "meeting_country", "tracking_tools", "questions")
#: Marks requests of the simulated web interface: this program never sends this field empty.
_BY_WEB = "tracking_tool_event_id"
#: The people of the practice wiki who register and cancel.
POOL = tuple(range(40, 48))
REGISTERED_FIRST = 5
_ROUNDS_TO_SETTLE = 12
#: Refusals that can happen here: more than five e-mails a day, or the user is no organizer at the moment.
_MAY_BE_REFUSED = (
    "actionthrottledtext",
    "campaignevents-edit-not-allowed-registration",
    "campaignevents-unregister-participants-permission-denied",
    "campaignevents-rest-list-participants-cannot-see-private",
    None,  # an e-mail by somebody who is not an organizer
)
#: Faults that concern one change, and must not stop the others.
_OF_ONE_CHANGE = (Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND, Fault.NEEDS_USER)


def unique_value(name: str, number: int) -> str:
    """Return a unique value of a field."""
    if name == "start":
        return f"203703051{number // 3600 % 9}{number // 60 % 60:02}{number % 60:02}"
    if name == "address":
        return f"Tempelhofer Ufer {number}"
    return f"https://{name.partition('_')[0]}.example.org/{number}"


@dataclass
class Queued:
    """A change as queued, with the organizer's decisions about it and its effect on the wiki."""

    number: int
    operation: Operation
    #: The fields of an edit with their unique values.
    values: dict[str, str] = field(default_factory=dict)
    people: frozenset[int] = frozenset()
    subject: str | None = None
    discarded: bool = False
    done: bool = False
    #: How often the organizer decided a conflict for their own values, and whether ever for the wiki's.
    kept_own: int = 0
    theirs: bool = False
    #: How often the organizer sent a possibly sent e-mail again; whether they marked it as sent.
    sent_again: int = 0
    said_sent: bool = False
    #: How often it removed each person, by the wiki's journal.
    removed: Counter[int] = field(default_factory=Counter)


class Witness:
    """Records what happens to one event on the wiki, in order, without any code of the program."""

    def __init__(self, server: PracticeServer) -> None:
        self.server = server
        requests.delete(f"{server.base}/practice/mails", timeout=20)
        first = {"chat_url": "https://chat.example.org/first", "meeting_address": "Tempelhofer Ufer"}
        self.event = make_event(
            server, inperson_meeting=True, meeting_country_code="DE", **first, is_test_event=True
        )
        current = event_of(server, self.event)
        self.fields = {name: current[name] for name in (*UNIQUE_FIELDS.values(), "status")}
        #: How often a field was set to a value.
        self.became: Counter[tuple[str, str]] = Counter()
        self.first = set(self.fields.items())
        #  The e-mails that went out, and those that were asked for, by subject: one to nobody does not go
        # out.
        self.mails: Counter[str] = Counter()
        self.mail_requests: Counter[str] = Counter()
        self.present: set[int] = set()
        self.names = {user_id: person_name(server, user_id) for user_id in POOL}
        self._read = 0

    def look(self, organizers: Iterable["OrganizersDesk"] = ()) -> None:
        """Read new entries of the journal. Attribute removals to a change of one of the organizers."""
        journal = self.server.changes(self.event)
        assert len(journal) >= self._read, "the practice wiki's journal is full"
        for entry in journal[self._read :]:
            route = entry["path"].partition(f"/{self.event}")[2]
            by = [one for one in organizers if one.name == entry["user"]]
            if entry["method"] == "PUT" and not route:
                self._note_fields(entry["body"], by)
            elif entry["method"] == "DELETE" and route == "/participants":
                self._note_removal(entry["body"], by)
            elif entry["method"] == "POST" and route == "/email":
                self.mail_requests[entry["body"]["subject"]] += 1
        self._read = len(journal)
        self._take_mails()

    def _note_fields(self, body: Mapping[str, Any], by: "Sequence[OrganizersDesk]") -> None:
        for name, before in self.fields.items():
            value = body.get(name)
            if value == before:
                continue
            if _BY_WEB not in body:
                (organizer,) = by
                organizer.check_wanted(name, before, value)
            self.became[name, value] += 1
            self.fields[name] = value

    def _note_removal(self, body: Mapping[str, Any], by: "Sequence[OrganizersDesk]") -> None:
        ids = body.get("user_ids")
        assert ids, "a removal of everybody"
        gone = self.present & set(ids)
        self.present -= gone
        if "invert_users" in body:
            return  # by the web interface: only it sends this field
        asked = [
            queued
            for one in by
            for queued in one.queued.values()
            if queued.people.issuperset(ids) and not queued.done and not queued.discarded
        ]
        assert len(asked) == 1, f"a removal of {ids} that nobody asked for"
        asked[0].removed.update(gone)
        twice = [person for person, count in asked[0].removed.items() if count > 1]
        assert not twice, f"{twice} registered again, and were removed again by the same change"

    def _take_mails(self) -> None:
        mails = self.server.mails()
        self.mails.update(mail["subject"] for mail in mails if mail["event_id"] == self.event)
        if mails:
            # The wiki allows only five a day.
            requests.delete(f"{self.server.base}/practice/mails", timeout=20)


class WebInterface:
    """Changes made by others on the wiki, without this program."""

    def __init__(self, witness: Witness) -> None:
        self._server = witness.server
        self._witness = witness
        self._path = f"/event_registration/{witness.event}"

    def put(self, changes: Mapping[str, Any]) -> None:
        """Change some fields of the current event, by the wiki's names."""
        self.replace({**changes, _BY_WEB: None}, "organizer")

    def replace(self, changes: Mapping[str, Any], role: str) -> None:
        """Change some fields of the current event, as the program does."""
        current = event_of(self._server, self._witness.event)
        kept = {
            name: value
            for name, value in current.items()
            if name not in _READ_ONLY_FIELDS and value is not None
        }
        answer = self._server.rest("PUT", self._path, {**kept, **changes}, role)
        assert answer.status_code in (204, 403), answer.text

    def turn_status(self) -> None:
        """Close an open registration, reopen a closed one."""
        self.put({"status": "closed" if self._witness.fields["status"] == "open" else "open"})

    def register(self, user_id: int) -> None:
        """Register somebody, or register them again, a few seconds later."""
        self._server.control("clock", advance=3)
        self._server.person(self._witness.event, self._witness.names[user_id], "register")
        self._witness.present.add(user_id)

    def remove(self, user_id: int) -> None:
        """Remove somebody. `invert_users` marks it for the witness: the program never sends this field."""
        body = {"user_ids": [user_id], "invert_users": False}
        answer = self._server.rest("DELETE", f"{self._path}/participants", body)
        assert answer.status_code == 200, answer.text

    def organizers(self, names: Iterable[str]) -> None:
        """Set the whole list of organizers."""
        body = {"organizer_usernames": list(names)}
        answer = self._server.rest("PUT", f"{self._path}/organizers", body)
        assert answer.status_code == 204, answer.text


class OrganizersDesk:
    """An organizer with a data folder, and a record of what they queue and decide."""

    def __init__(self, witness: Witness, role: str) -> None:
        self.witness, self.role = witness, role
        self.server, self.event = witness.server, witness.event
        self.web = WebInterface(witness)
        self.name = self.server.name(role)
        self.queued: dict[int, Queued] = {}
        self.desk = OutboxDesk(open_temporary())
        self.desk.sign_in(self.server.base, self.server.token(role))
        self.sync()

    def close(self) -> None:
        self.desk.wikis.close()
        self.desk.mirror.close()

    def sync(self) -> None:
        self.desk.sync(self.event)

    def look(self) -> None:
        """Sync, and fetch only newcomers where that is enough."""
        self.desk.look(self.event)

    @property
    def key(self) -> int:
        return self.desk.events()[self.event].key

    def open_changes(self) -> list[Change]:
        return [change for change in self.desk.changes() if change.open]

    def stuck(self) -> list[Change]:
        return [change for change in self.open_changes() if change.stuck]

    # Actions of the organizer

    def edit(self, name: str, value: str) -> None:
        """Change one field of what is shown: the mirror with the open changes applied."""
        seen = Projection(self.desk.changes()).event(self.desk.events()[self.event])
        before = fields_of(seen.registration)
        after: EventFields = replace(before, **{name: value})  # type: ignore[arg-type]
        operation = EditEvent(edit_between(before, after))
        values = {UNIQUE_FIELDS[name]: value} if name in UNIQUE_FIELDS else {}
        self._queue(operation, values=values)

    def turn_status(self) -> None:
        seen = Projection(self.desk.changes()).event(self.desk.events()[self.event])
        self.edit("status", "closed" if seen.registration.status == "open" else "open")

    def remove(self, places: Iterable[int]) -> None:
        """Remove people by their positions in the table, without those whose removal is pending."""
        leaving = Projection(self.desk.changes()).removals(self.key)
        free = [one for one in self.desk.chosen(self.event) if one.user_id not in leaving]
        people = tuple(free[place] for place in sorted(places) if place < len(free))
        if people:
            ids = frozenset(one.user_id for one in people)
            self._queue(RemoveParticipants(people), people=ids)

    def change_third(self) -> None:
        """Add the third organizer, or remove them if they are in this data folder's list."""
        third, name = int(self.server.description[THIRD]["central_id"]), self.server.name(THIRD)
        if name in self.desk.organizers(self.event):
            self._queue(ChangeOrganizers(remove={third: name}))
        else:
            self._queue(ChangeOrganizers(add=(name,)))

    def email(self, subject: str) -> None:
        if people := self.desk.chosen(self.event):
            self._queue(SendEmail(subject, "All the best", people), subject=subject)

    def _queue(self, operation: Operation, **more: Any) -> None:
        number = self.desk.queue(operation, self.key)
        self.queued[number] = Queued(number, operation, **more)

    def take_back(self, change: Change) -> None:
        """Discard a change if that is still possible."""
        if not self.desk.mirror.writer.do_durably(outbox.discard, change.number):
            assert change.state in (ChangeState.SENDING, ChangeState.DONE)
            return
        queued = self.queued[change.number]
        queued.discarded = True
        # A user who sends an e-mail again knows that it may have been sent before.
        if change.untouched and not queued.sent_again:
            assert not self._on_the_wiki(queued), "discarded as unsent, but it had an effect"

    def _on_the_wiki(self, queued: Queued) -> bool:
        became = any(self.witness.became[pair] for pair in queued.values.items())
        return (
            became
            or bool(queued.removed)
            or bool(queued.subject and self.witness.mail_requests[queued.subject])
        )

    def send(self, **injected_fault: Any) -> None:
        """Send the outbox with an injected fault; a fault that concerns all changes stops the run."""
        before = {change.number for change in self.open_changes()}
        if injected_fault:
            self.server.fault(**injected_fault)
        stopped: Fault | None = None
        try:
            self.desk.send()
        except KnownFault as fault:
            stopped = fault.fault
        finally:
            self.server.calm()
        assert stopped not in _OF_ONE_CHANGE
        assert injected_fault or stopped is None
        self.note_done()
        self._check_read_back(before)
        self._check_conflicts()

    def note_done(self) -> None:
        """Record which changes are done: they have made all their requests."""
        self.witness.look([self])
        for change in self.desk.changes():
            self.queued[change.number].done = not change.open

    # Checks

    def check_wanted(self, name: str, before: str, value: str) -> None:
        """Check that a field set by this organizer was wanted, based on its previous value."""
        wanted = [
            (base, mine)
            for change in self.desk.changes()
            if isinstance(change.operation, EditEvent) and not self.queued[change.number].done
            for part, edit in change.operation.edit.items()
            for field_name, base, mine in zip(PARTS[part], edit.base, edit.mine, strict=True)
            if _WIKI_NAMES.get(field_name) == name
        ]
        assert (before, value) in wanted, f"{name} became {value}, which was {before}: not among {wanted}"

    def _check_read_back(self, before: set[int]) -> None:
        """Check that changes just done are in the mirror, unless others may have been made after them."""
        changes = self.desk.changes()
        if any(change.state is ChangeState.SENDING for change in changes):
            return
        done = [change.operation for change in changes if change.number in before and not change.open]
        if any(isinstance(operation, EditEvent) for operation in done):
            self.check_fields()
        if any(isinstance(operation, ChangeOrganizers) for operation in done):
            self.check_organizers()
        removed = {
            one
            for operation in done
            if isinstance(operation, RemoveParticipants)
            for one in operation.chosen().user_ids
        }
        shown = {one.user_id for one in self.desk.people(self.event).values()}
        assert not (removed & shown) - self.witness.present

    def _check_conflicts(self) -> None:
        """Check that conflicts come from others' changes and not from the organizer's discarded ones."""
        on_the_wiki = {value for _, value in (*self.witness.became, *self.witness.first)}
        taken_back = {
            value for one in self.queued.values() if one.discarded for value in one.values.values()
        } - on_the_wiki
        for change in self.stuck():
            if change.question is Question.CONFLICT and isinstance(change.operation, EditEvent):
                bases = {value for edit in change.operation.edit.values() for value in edit.base}
                assert not bases & taken_back, f"asks about {bases & taken_back}, which was discarded"

    # Decisions of the organizer

    def decide(self, change: Change, choice: int) -> None:
        """Continue a stuck change in one of the ways that are offered."""
        keep, queued = self.desk.mirror.writer.do_durably, self.queued[change.number]
        if change.question is Question.CONFLICT:
            self._decide_conflict(change, kept_own=choice % 2 == 0)
        elif change.question is Question.MAYBE_SENT and choice % 2:
            assert keep(outbox.mark_sent, change.number, self.desk.account.key, times.now())
            queued.said_sent = True
        else:
            queued.sent_again += change.question is Question.MAYBE_SENT
            assert keep(outbox.retry, change.number, change.progress_on_retry)
        self.note_done()

    def _decide_conflict(self, change: Change, *, kept_own: bool) -> None:
        assert isinstance(change.operation, EditEvent)
        edit, theirs = change.operation.edit, fields_of(self.desk.events()[self.event].registration)
        for part, values in change.theirs.items():
            theirs = theirs.with_part(part, values)
        disputed = merged(edit, theirs).conflicts
        assert disputed
        choices = {part: edit[part].mine if kept_own else theirs.part(part) for part in disputed}
        decided = EditEvent(resolved(edit, theirs, choices))
        assert self.desk.mirror.writer.do_durably(outbox.replace_operation, change.number, decided)
        queued = self.queued[change.number]
        queued.kept_own += kept_own
        queued.theirs = queued.theirs or not kept_own

    # Crashes of the program

    def crash_while_sending(self, *, arrives: bool, noted: bool) -> None:
        """Let the program crash in the middle of the next change, whose request has arrived or not."""
        change = self._next()
        if change is None:
            return
        keep = self.desk.mirror.writer.do_durably
        taken = keep(outbox.begin_sending, change.number, times.now())
        assert taken is not None
        present, again = taken
        # A second attempt reads first, and may then send less: here it crashes while reading.
        if isinstance(present.operation, ChangeOrganizers) and noted and not again:
            ids = sorted(one["user_id"] for one in self._listed_organizers())
            keep(outbox.note_progress, change.number, {**present.progress, "before": ids}, 5)
            if arrives:
                self._request_organizers(present.operation)
        elif isinstance(present.operation, EditEvent) and arrives and not present.progress.get("applied"):
            self._request_edit(present.operation)
        elif isinstance(present.operation, RemoveParticipants) and arrives and not again:
            gone = present.progress.get("gone", ())
            left = [one.user_id for one in present.operation.people if one.user_id not in gone]
            self._request("DELETE", "/participants", {"user_ids": left})
        elif isinstance(present.operation, SendEmail) and arrives and not again:
            ids = list(present.operation.chosen().user_ids)
            body = {
                "subject": present.operation.subject,
                "message": present.operation.message,
                "user_ids": ids,
            }
            self._request("POST", "/email", {**body, "ccme": False})
        self.start_again()
        self.note_done()

    def start_again(self) -> None:
        self.desk.wikis.close()
        self.desk.wikis = Wikis(self.desk.mirror)

    @property
    def _path(self) -> str:
        return f"/event_registration/{self.event}"

    def _next(self) -> Change | None:
        blocked = False
        for change in self.open_changes():
            if not change.stuck and not blocked:
                return change
            blocked = blocked or not isinstance(change.operation, SendEmail)
        return None

    def _listed_organizers(self) -> list[dict[str, Any]]:
        return list(self.server.rest("GET", f"{self._path}/organizers").json())

    def _request_organizers(self, operation: ChangeOrganizers) -> None:
        names = [
            one["user_name"] for one in self._listed_organizers() if one["user_id"] not in operation.remove
        ]
        body = {"organizer_usernames": list(dict.fromkeys([*names, *operation.add]))}
        self._request("PUT", "/organizers", body)

    def _request(self, method: str, path: str, body: dict[str, Any]) -> None:
        answer = self.server.rest(method, f"{self._path}{path}", body, self.role)
        assert answer.status_code in (200, 202, 204, 403), answer.text

    def _request_edit(self, operation: EditEvent) -> None:
        current = event_of(self.server, self.event)
        changes: dict[str, Any] = {}
        for part, edit in operation.edit.items():
            names = [_WIKI_NAMES[name] for name in PARTS[part]]
            present = tuple(current[name] for name in names)
            if present not in (edit.base, edit.mine):
                return  # a conflict: the program would ask and not send
            changes |= dict(zip(names, edit.mine, strict=True))
        if any(current[name] != value for name, value in changes.items()):
            self.web.replace(changes, self.role)

    # The end

    def settle(self, choose: Any) -> None:
        """Decide and send until nothing is open: a change that asks blocks later ones."""
        for _ in range(len(self.open_changes()) + _ROUNDS_TO_SETTLE):
            for change in self.stuck():
                refused = change.state is ChangeState.FAILED
                assert not refused or change.error_key in _MAY_BE_REFUSED, change
                self.decide(change, choose.randrange(2))
            self.send()
            if not self.open_changes():
                return
        raise AssertionError(f"never comes to an end: {self.open_changes()}")

    def check_all_is_done_once(self) -> None:
        """Check that nothing was lost or done twice."""
        states = {change.number: change.state for change in self.desk.changes()}
        kept = {number for number, queued in self.queued.items() if not queued.discarded}
        assert states == dict.fromkeys(kept, ChangeState.DONE)
        for queued in self.queued.values():
            for name, value in queued.values.items():
                count = self.witness.became[name, value]
                assert count <= 1 + queued.kept_own, f"{name} became {value} {count} times"
                assert count or queued.discarded or queued.theirs, f"{name} never became {value}"
            if queued.subject:
                assert self.witness.mails[queued.subject] <= self.witness.mail_requests[queued.subject]
                count = self.witness.mail_requests[queued.subject]
                assert count <= 1 + queued.sent_again, f"{queued.subject} was sent {count} times"
                current = "" if queued.discarded else self.desk.change(queued.number).sentence or ""
                # All recipients may have left, or have no address: then the wiki sends nothing.
                excused = queued.discarded or queued.said_sent or current.startswith("Sent to 0 ")
                assert count or excused, f"{queued.subject} was never sent"

    def check_mirror(self) -> None:
        """Check that the mirror equals the wiki."""
        self.check_fields()
        self.check_organizers()
        assert same_people(self.desk, self.server, self.event)

    def check_fields(self) -> None:
        current = event_of(self.server, self.event)
        seen = fields_of(self.desk.events()[self.event].registration)
        for name, wiki_name in _WIKI_NAMES.items():
            assert getattr(seen, name) == current[wiki_name], name
        assert sorted(seen.topics) == sorted(current["topics"])

    def check_organizers(self) -> None:
        assert self.desk.organizers(self.event) == organizers_of(self.server, self.event)
