"""What the outbox's state machine has asked for, and a witness of what the wiki did.

The witness reads the wiki's journal after every step and records the effect of each change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

from app.domain.changes.operations import Operation
from tests.support.data.event_making import event_of, make_event, person_name
from tests.support.servers.practice_server import PracticeServer

if TYPE_CHECKING:
    from tests.support.outbox.organizers_computer import OrganizersComputer


ORGANIZERS = ("organizer", "co_organizer")
THIRD = "other_organizer"
#: The fields that are edited with unique values, by their names here and on the wiki.
UNIQUE_FIELDS = {
    "chat_url": "chat_url",
    "meeting_url": "meeting_url",
    "address": "meeting_address",
    "start": "start_time",
}


WIKI_NAMES = {
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
        #: The e-mails that were sent, and those that were requested, by subject: one to nobody is not sent.
        self.mails: Counter[str] = Counter()
        self.mail_requests: Counter[str] = Counter()
        self.present: set[int] = set()
        self.names = {user_id: person_name(server, user_id) for user_id in POOL}
        self._read = 0

    def look(self, organizers: Iterable["OrganizersComputer"] = ()) -> None:
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

    def _note_fields(self, body: Mapping[str, Any], by: "Sequence[OrganizersComputer]") -> None:
        for name, before in self.fields.items():
            value = body.get(name)
            if value == before:
                continue
            if _BY_WEB not in body:
                (organizer,) = by
                organizer.check_wanted(name, before, value)
            self.became[name, value] += 1
            self.fields[name] = value

    def _note_removal(self, body: Mapping[str, Any], by: "Sequence[OrganizersComputer]") -> None:
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
