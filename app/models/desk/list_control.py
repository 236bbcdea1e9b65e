"""Pairing a list of those who came with the registrations, and noting what was confirmed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.desk.event_desk import EventDesk, Person
from app.desk.reconcile import Candidate as Candidate
from app.desk.reconcile import Entry as Entry
from app.desk.reconcile import Match as Match
from app.desk.reconcile import Reconciliation as Reconciliation
from app.desk.reconcile import reconcile_at
from app.domain.accounts.account import NamedAccount
from app.domain.desk.acts import ActKind
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event, Registration
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.store.mirror import Reader

#: What one request can ask for (CONTRACT §7).
_AT_ONCE = 50


class Confirmed(NamedTuple):
    """What the organizer confirmed of a list: people who are known, and those to keep as walk-ins."""

    people: tuple[Candidate, ...]
    walk_ins: tuple[WalkIn, ...]


class ListControl(QObject):
    """Reads and pairs in the background; the last request counts."""

    def __init__(self, workspace: Workspace, event: Event, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._event = event
        #: The days of which a list may be, in order.
        self.days = days_so_far(event.registration)
        #: The day of which it is.
        self.day = self.days[-1]
        self._request = 0

    def pair(
        self,
        source: Path | str,
        column: int | None,
        done: Callable[[Reconciliation], None],
        failed: Failed,
    ) -> None:
        """Pair a file, or pasted text; `column` counts from 0, None: found by itself."""
        self._request += 1
        request, event = self._request, self._event
        wiki_names, mirror = self._workspace.wiki_names(event), self._workspace.mirror

        def read(reader: Reader) -> Reconciliation:
            return reconcile_at(EventDesk(mirror, reader, event), reader, source, wiki_names, column)

        def deliver(found: Reconciliation) -> None:
            if request == self._request:
                done(found)

        self._workspace.read_in_background(self, read, deliver, failed)

    def look_up(
        self,
        entries: Iterable[Entry],
        done: Callable[[dict[str, NamedAccount]], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Ask the wiki which of the unmatched names are accounts; `done` gets those, by their names."""
        workspace, account = self._workspace, self._workspace.account(self._event.wiki_key)
        names = list(dict.fromkeys(one.name for one in entries if one.match is Match.UNMATCHED and one.name))
        if account is None:
            ended()
            return

        def work() -> dict[str, NamedAccount]:
            connection = workspace.wikis().connection(account)
            found: dict[str, NamedAccount] = {}
            for start in range(0, len(names), _AT_ONCE):
                some = connection.named(names[start : start + _AT_ONCE], account.wiki)
                found |= {one.name: one for one in some if one.exists}
            return found

        workspace.jobs.run(self, work, done, failed, ended)

    def note(self, confirmed: Confirmed, kind: ActKind, done: Callable[[int], None], failed: Failed) -> None:
        """Note people as come, or as no-shows, and keep walk-ins; `done` gets how many."""
        workspace, event = self._workspace, self._event
        day = "" if self.day == today_at(event.registration) else self.day.strftime("%Y%m%d")

        def work(reader: Reader) -> int:
            desk = EventDesk(workspace.mirror, reader, event, day)
            noted = desk.note_listed([Person(one.person, one.name) for one in confirmed.people], kind)
            for walk_in in confirmed.walk_ins:
                desk.add_walk_in(walk_in)
            return noted + len(confirmed.walk_ins)

        def finish(noted: int) -> None:
            workspace.desk_was_used([event.key])
            done(noted)

        workspace.read_in_background(self, work, finish, failed)


def confirmed_of(
    entries: Iterable[Entry],
    likely: Sequence[Candidate | None],
    accounts: Mapping[str, NamedAccount],
    *,
    unmatched: bool,
) -> Confirmed:
    """Return what is confirmed: the sure ones, the chosen ones of the `likely`, the unmatched if so wished.

    `likely` has what was chosen for each likely entry, in order; `accounts` are those that the wiki knows.
    """
    people, walk_ins, chosen = [], [], iter(likely)
    for entry in entries:
        if entry.match is Match.SURE:
            people.append(entry.candidates[0])
        elif entry.match is Match.LIKELY:
            candidate = next(chosen)
            if candidate is not None:
                people.append(candidate)
        elif entry.match is Match.UNMATCHED and unmatched and not entry.first_line:
            account = accounts.get(entry.name)
            text = " ".join(entry.text.split())
            if account is not None:
                walk_ins.append(WalkIn(account.name, is_user_name=True, user_id=account.central_id))
            elif text:
                walk_ins.append(WalkIn(text))
    unique = {candidate.person: candidate for candidate in people}
    return Confirmed(tuple(unique.values()), tuple(walk_ins))


def today_at(registration: Registration) -> date:
    """Return the day on which it is now where an event takes place."""
    return datetime.now(registration.zone()).date()


def days_so_far(registration: Registration) -> list[date]:
    """Return the days of an event that have come, in order; today before it begins."""
    zone = registration.zone()
    first = registration.starts_at().astimezone(zone).date()
    last = registration.ends_at().astimezone(zone).date()
    today = today_at(registration)
    days = (min(last, today) - first).days
    return [first + timedelta(number) for number in range(days + 1)] or [today]
