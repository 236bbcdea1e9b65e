"""An organizer at their computer, for the outbox's state machine."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

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
from tests.support.data.event_making import event_of, organizers_of
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.outbox_witness import (
    THIRD,
    UNIQUE_FIELDS,
    WIKI_NAMES,
    Queued,
    WebInterface,
    Witness,
)
from tests.support.outbox.sync_computer import same_people

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


class OrganizersComputer:
    """An organizer with a data folder, and a record of what they queue and decide."""

    def __init__(self, witness: Witness, role: str) -> None:
        self.witness, self.role = witness, role
        self.server, self.event = witness.server, witness.event
        self.web = WebInterface(witness)
        self.name = self.server.name(role)
        self.queued: dict[int, Queued] = {}
        self.computer = OutboxComputer(open_temporary())
        self.computer.sign_in(self.server.base, self.server.token(role))
        self.sync()

    def close(self) -> None:
        self.computer.wikis.close()
        self.computer.mirror.close()

    def sync(self) -> None:
        self.computer.sync(self.event)

    def look(self) -> None:
        """Sync, and fetch only newcomers where that is enough."""
        self.computer.look(self.event)

    @property
    def key(self) -> int:
        return self.computer.events()[self.event].key

    def open_changes(self) -> list[Change]:
        return [change for change in self.computer.changes() if change.open]

    def stuck(self) -> list[Change]:
        return [change for change in self.open_changes() if change.stuck]

    # Actions of the organizer

    def edit(self, name: str, value: str) -> None:
        """Change one field of what is shown: the mirror with the open changes applied."""
        seen = Projection(self.computer.changes()).event(self.computer.events()[self.event])
        before = fields_of(seen.registration)
        after: EventFields = replace(before, **{name: value})  # type: ignore[arg-type]
        operation = EditEvent(edit_between(before, after))
        values = {UNIQUE_FIELDS[name]: value} if name in UNIQUE_FIELDS else {}
        self._queue(operation, values=values)

    def turn_status(self) -> None:
        seen = Projection(self.computer.changes()).event(self.computer.events()[self.event])
        self.edit("status", "closed" if seen.registration.status == "open" else "open")

    def remove(self, places: Iterable[int]) -> None:
        """Remove people by their positions in the table, without those whose removal is pending."""
        leaving = Projection(self.computer.changes()).removals(self.key)
        free = [one for one in self.computer.chosen(self.event) if one.user_id not in leaving]
        people = tuple(free[place] for place in sorted(places) if place < len(free))
        if people:
            ids = frozenset(one.user_id for one in people)
            self._queue(RemoveParticipants(people), people=ids)

    def change_third(self) -> None:
        """Add the third organizer, or remove them if they are in this data folder's list."""
        third, name = int(self.server.description[THIRD]["central_id"]), self.server.name(THIRD)
        if name in self.computer.organizers(self.event):
            self._queue(ChangeOrganizers(remove={third: name}))
        else:
            self._queue(ChangeOrganizers(add=(name,)))

    def email(self, subject: str) -> None:
        if people := self.computer.chosen(self.event):
            self._queue(SendEmail(subject, "All the best", people), subject=subject)

    def _queue(self, operation: Operation, **more: Any) -> None:
        number = self.computer.queue(operation, self.key)
        self.queued[number] = Queued(number, operation, **more)

    def take_back(self, change: Change) -> None:
        """Discard a change if that is still possible."""
        if not self.computer.mirror.writer.do_durably(outbox.discard, change.number):
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
            self.computer.send()
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
        for change in self.computer.changes():
            self.queued[change.number].done = not change.open

    # Checks

    def check_wanted(self, name: str, before: str, value: str) -> None:
        """Check that a field set by this organizer was wanted, based on its previous value."""
        wanted = [
            (base, mine)
            for change in self.computer.changes()
            if isinstance(change.operation, EditEvent) and not self.queued[change.number].done
            for part, edit in change.operation.edit.items()
            for field_name, base, mine in zip(PARTS[part], edit.base, edit.mine, strict=True)
            if WIKI_NAMES.get(field_name) == name
        ]
        assert (before, value) in wanted, f"{name} became {value}, which was {before}: not among {wanted}"

    def _check_read_back(self, before: set[int]) -> None:
        """Check that changes just done are in the mirror, unless others may have been made after them."""
        changes = self.computer.changes()
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
        shown = {one.user_id for one in self.computer.people(self.event).values()}
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
        keep, queued = self.computer.mirror.writer.do_durably, self.queued[change.number]
        if change.question is Question.CONFLICT:
            self._decide_conflict(change, kept_own=choice % 2 == 0)
        elif change.question is Question.MAYBE_SENT and choice % 2:
            assert keep(outbox.mark_sent, change.number, self.computer.account.key, times.now())
            queued.said_sent = True
        else:
            queued.sent_again += change.question is Question.MAYBE_SENT
            assert keep(outbox.retry, change.number, change.progress_on_retry)
        self.note_done()

    def _decide_conflict(self, change: Change, *, kept_own: bool) -> None:
        assert isinstance(change.operation, EditEvent)
        edit, theirs = change.operation.edit, fields_of(self.computer.events()[self.event].registration)
        for part, values in change.theirs.items():
            theirs = theirs.with_part(part, values)
        disputed = merged(edit, theirs).conflicts
        assert disputed
        choices = {part: edit[part].mine if kept_own else theirs.part(part) for part in disputed}
        decided = EditEvent(resolved(edit, theirs, choices))
        assert self.computer.mirror.writer.do_durably(outbox.replace_operation, change.number, decided)
        queued = self.queued[change.number]
        queued.kept_own += kept_own
        queued.theirs = queued.theirs or not kept_own

    # Crashes of the program

    def crash_while_sending(self, *, arrives: bool, noted: bool) -> None:
        """Let the program crash in the middle of the next change, whose request has arrived or not."""
        change = self._next()
        if change is None:
            return
        keep = self.computer.mirror.writer.do_durably
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
        self.computer.wikis.close()
        self.computer.wikis = Wikis(self.computer.mirror)

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
            names = [WIKI_NAMES[name] for name in PARTS[part]]
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
        states = {change.number: change.state for change in self.computer.changes()}
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
                current = "" if queued.discarded else self.computer.change(queued.number).sentence or ""
                # All recipients may have left, or have no address: then the wiki sends nothing.
                excused = queued.discarded or queued.said_sent or current.startswith("Sent to 0 ")
                assert count or excused, f"{queued.subject} was never sent"

    def check_mirror(self) -> None:
        """Check that the mirror equals the wiki."""
        self.check_fields()
        self.check_organizers()
        assert same_people(self.computer, self.server, self.event)

    def check_fields(self) -> None:
        current = event_of(self.server, self.event)
        seen = fields_of(self.computer.events()[self.event].registration)
        for name, wiki_name in WIKI_NAMES.items():
            assert getattr(seen, name) == current[wiki_name], name
        assert sorted(seen.topics) == sorted(current["topics"])

    def check_organizers(self) -> None:
        assert self.computer.organizers(self.event) == organizers_of(self.server, self.event)
