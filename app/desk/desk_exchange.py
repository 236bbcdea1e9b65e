"""What a desk and the server of a shared desk have to tell each other, over one connection."""

from collections.abc import Callable, Iterator, Sequence

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.acts import Act, ActKind, DeskRecord, PersonKey
from app.store.desk.acts import read_acts_by_number, read_desk_numbers, read_numbers
from app.store.desk.desks import read_desks
from app.store.desk.server import BATCH, DeskServer

#: Takes acts and records of other desks.
HandOver = Callable[[list[Act], list[DeskRecord]], object]


class DeskExchange:
    """Sends what a desk noted about an event, and hands over what others did.

    Both sides are compared by the numbers of their acts when a connection is made, so nothing has to be
    remembered from one connection to the next.
    """

    def __init__(
        self, server: DeskServer, reader: driver.Connection, event_key: int, hand_over: HandOver
    ) -> None:
        """`hand_over` takes what is fetched, at most BATCH acts at a time."""
        self._server = server
        self._reader = reader
        self._event_key = event_key
        self._hand_over = hand_over
        #: The serial up to which everything is known here.
        self._known = 0
        #: Acts that were sent, and will be met among what was added to the server.
        self._own: set[str] = set()
        #: The desks with acts of this event, and the records that both sides know.
        self._desks = read_desk_numbers(reader, event_key)
        self._records: set[DeskRecord] = set()
        #: People whose erasure was fetched: what it removes here may not be removed yet.
        self._erased: set[PersonKey] = set()
        self.sent = self.fetched = 0

    def compare(self) -> tuple[list[str], list[str]]:
        """Return the numbers of the acts that are missing here, and of those missing on the server."""
        stored = read_numbers(self._reader, self._event_key)
        here, there, missing = set(stored), set(), []
        for serial, number in self._server.numbers():
            self._known = serial
            there.add(number)
            if number not in here:
                missing.append(number)
        return missing, [number for number in stored if number not in there]

    def begin(self) -> None:
        """Fetch all that is missing here, and send all that is missing on the server."""
        missing_here, missing_there = self.compare()
        for numbers in _in_batches(missing_here):
            self._take(self._server.acts(numbers).acts)
        for numbers in _in_batches(missing_there):
            acts = read_acts_by_number(self._reader, self._event_key, numbers)
            self.send([act for act in acts if act.person not in self._erased or act.kind is ActKind.ERASE])
        self.send([])
        self.fetch()

    def fetch(self) -> None:
        """Hand over what was added to the server."""
        more = True
        while more:
            page = self._server.acts_after(self._known)
            acts = [act for act in page.acts if act.number not in self._own]
            self._own.difference_update(act.number for act in page.acts)
            self._take(acts)
            self._known = page.last or self._known
            more = page.more

    def _take(self, acts: list[Act]) -> None:
        records = [record for record in self._server.records() if record not in self._records]
        self._erased |= erased_in(acts)
        if acts or records:
            self._hand_over(acts, records)
        self._records.update(records)
        self._desks.update(act.desk for act in acts)
        self.fetched += len(acts)

    def send(self, acts: Sequence[Act]) -> None:
        """Send acts, at most BATCH, and the records of desks that the server does not know so."""
        self._desks.update(act.desk for act in acts)
        records = [
            record
            for record in read_desks(self._reader)
            if record.number in self._desks and record not in self._records
        ]
        if acts or records:
            self._own.update(act.number for act in acts)
            self._server.add(acts, records, self._known)
            self._records.update(records)
            self.sent += len(acts)
            if erased_in(acts):
                # Else the server takes what is noted next about them for what did not know of the erasure.
                self.fetch()

    def wait(self, seconds: float) -> bool:
        """Wait; return whether another desk has added something since the last time."""
        return self._server.wait(seconds)


def erased_in(acts: Sequence[Act]) -> set[PersonKey]:
    """Return the people about whom acts erase all."""
    return {act.person for act in acts if act.kind is ActKind.ERASE}


def _in_batches(numbers: list[str]) -> Iterator[list[str]]:
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
