"""The server of a shared desk: what desks noted, on PostgreSQL (docs/shared-desk.md).

Its rows have numbers, `serial`, in the order in which they can be seen: all who add rows of an event wait for
each other, so nobody who has seen a number misses one below it.
"""

import json
import ssl
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import certifi
import psycopg
from psycopg.rows import TupleRow

from app.domain.desk.acts import Act, ActKind, DeskRecord, checked_act
from app.domain.desk.shared_desk import ServerEvent
from app.domain.faults import Fault, KnownFault
from app.domain.wording.desk import shared_desk_texts
from app.store.desk import server_statements as statements
from app.store.desk.server_address import ServerAddress
from app.store.desk.server_faults import (
    SilentServerError,
    encoding_fault,
    rights_fault,
    server_errors_as_faults,
)
from app.store.desk.shared_desk import SharedDeskSettings

if TYPE_CHECKING:
    from psycopg.abc import RV, PQGen

#: Acts that are handed over at once, and numbers of acts.
BATCH, _NUMBERS = 1_000, 5_000
#: How long a statement may take, in milliseconds: on a slow network, a batch is on its way for seconds.
_STATEMENT_MS = 10_000
_CONNECT_SECONDS = 5
#: After so long without a byte the server counts as gone.
_SILENT_SECONDS = 15.0
_LOOK_SECONDS = 0.1
#: Where systems have the authorities that they trust, if Python does not know.
_SYSTEM_AUTHORITIES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")


class Page(NamedTuple):
    """Acts on the server, in order."""

    acts: list[Act]
    #: The serial of the last one, None if there was none.
    last: int | None
    #: Whether there may be more.
    more: bool


@contextmanager
def connected(
    settings: SharedDeskSettings, event: ServerEvent, stopped: Callable[[], bool] = lambda: False
) -> Iterator["DeskServer"]:
    """Connect to an event's server, and make the tables there if they are missing.

    Once `stopped` returns true, whatever waits for the server ends within a tenth of a second.

    Raises KnownFault, also in place of the errors of the connection within the block, and where nobody has
    accepted that names leave this computer.
    """
    if settings.accepted_at is None:
        raise KnownFault(Fault.NEEDS_USER, shared_desk_texts.not_accepted(settings.address.server))
    with server_errors_as_faults(settings.address):
        connection = _connect(settings)
        try:
            connection.stopped = stopped
            server = DeskServer(connection, event)
            server.prepare(settings.address)
            yield server
        finally:
            connection.close()


def _connect(settings: SharedDeskSettings) -> "_Connection":
    address = settings.address
    with _authorities(settings) as authorities:
        return _Connection.connect(
            host=address.host,
            port=address.port,
            user=address.user,
            dbname=address.database,
            password=settings.password or None,
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            sslmode="prefer" if address.is_this_computer else "verify-full",
            sslrootcert=authorities,
            gssencmode="disable",
            client_encoding="UTF8",
            application_name="Event Center Desktop",
            connect_timeout=_CONNECT_SECONDS,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            tcp_user_timeout=int(1000 * _SILENT_SECONDS),
        )


@contextmanager
def _authorities(settings: SharedDeskSettings) -> Iterator[str | None]:
    """Return a file of the authorities that may have signed the server's certificate, None if none need have.

    The library takes only files, and does not know where the system has its own.
    """
    if settings.address.is_this_computer:
        yield None
    elif settings.certificate:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "authorities.pem"
            file.write_text(settings.certificate, "utf-8")
            yield str(file)
    else:
        places = (ssl.get_default_verify_paths().cafile, *_SYSTEM_AUTHORITIES)
        yield next((place for place in places if place and Path(place).is_file()), None) or certifi.where()


class _Connection(psycopg.Connection[TupleRow]):
    """A connection on which nothing waits for ever."""

    #: Whether its owner needs it no longer.
    stopped: Callable[[], bool] = staticmethod(lambda: False)

    def wait(self, gen: "PQGen[RV]", interval: float = _LOOK_SECONDS, timeout: float | None = None) -> "RV":
        """Wait as psycopg does, and look now and then whether it still makes sense."""
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: "PQGen[RV]") -> "PQGen[RV]":
        heard = monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = monotonic()
                elif self.stopped() or monotonic() - heard > _SILENT_SECONDS:
                    raise SilentServerError
                wanted = gen.send(ready)
        except StopIteration as end:
            value: RV = end.value
            return value


class DeskServer:
    """An open connection to the server, for what was noted about one event."""

    def __init__(self, connection: psycopg.Connection[TupleRow], event: ServerEvent) -> None:
        self._connection = connection
        self._event = event._asdict()

    def prepare(self, address: ServerAddress) -> None:
        """Make the tables if they are missing. Raises KnownFault where they cannot be used."""
        encoding = self._connection.info.parameter_status("server_encoding") or ""
        if encoding != "UTF8":
            raise encoding_fault(address, encoding)
        self._do(statements.SESSION, milliseconds=_STATEMENT_MS)
        self._do(statements.LISTEN)
        [(there, allowed)] = self._rows(statements.HAS_TABLES)
        if not there:
            # Two desks may find them missing at once.
            self._do(statements.TURN + statements.TABLES)
        elif not allowed:
            raise rights_fault(address)

    def numbers(self) -> Iterator[tuple[int, str]]:
        """Return the serial and the number of each act on the server, in order."""
        after = 0
        while True:
            page = self._rows(statements.NUMBERS, after=after, limit=_NUMBERS)
            yield from page
            if len(page) < _NUMBERS:
                return
            after = page[-1][0]

    def acts_after(self, serial: int) -> Page:
        """Return the next acts in order, at most BATCH."""
        return _page(self._rows(statements.ACTS_AFTER, after=serial, limit=BATCH))

    def acts(self, numbers: Sequence[str]) -> Page:
        """Return acts by their numbers."""
        return _page(self._rows(statements.ACTS, numbers=list(numbers)))

    def records(self) -> list[DeskRecord]:
        """Return the records of the desks, each as it is and as it was before."""
        return [DeskRecord(*row) for row in self._rows(statements.RECORDS)]

    def add(self, acts: Sequence[Act], records: Sequence[DeskRecord], known: int) -> None:
        """Add acts and records; those that are there already stay as they are.

        `known`: the serial up to which this desk knows all. Nothing is added about people who are erased, or
        of whose erasure this desk does not know yet.
        """
        erasures = [_row(act) for act in acts if act.kind is ActKind.ERASE]
        parts = (
            statements.TURN,
            statements.ERASE if erasures else "",
            statements.ADD if acts else "",
            statements.ADD_RECORDS if records else "",
            statements.NOTIFY,
        )
        self._do(
            "".join(parts),
            erasures=_json(erasures),
            acts=_json([_row(act) for act in acts]),
            undone=[act.undoes for act in acts if act.kind is ActKind.UNDO],
            records=_json([record._asdict() for record in records]),
            known=known,
        )

    def wait(self, seconds: float) -> bool:
        """Wait; return whether another desk has added something since the last time."""
        own = self._connection.info.backend_pid
        event = f"{self._event['wiki']} {self._event['event_id']}"
        heard = list(self._connection.notifies(timeout=seconds))
        return any(one.payload == event and one.pid != own for one in heard)

    def _rows(self, statement: str, **values: object) -> list[TupleRow]:
        return self._do(statement, **values).fetchall()

    def _do(self, statement: str, **values: object) -> psycopg.Cursor[TupleRow]:
        return self._connection.execute(statement, {**self._event, **values})


def _row(act: Act) -> dict[str, object]:
    # The one letter that PostgreSQL cannot hold.
    return {**act._asdict(), "person": str(act.person), "text": act.text.replace("\0", "")}


def _json(rows: Sequence[dict[str, object]]) -> str:
    return json.dumps(rows, ensure_ascii=False)


def _page(rows: Sequence[TupleRow]) -> Page:
    acts = []
    for _serial, *parts in rows:
        # A later version may know more kinds of acts, and others can write to the server.
        with suppress(ValueError):
            acts.append(checked_act(*parts))
    return Page(acts, rows[-1][0] if rows else None, len(rows) == BATCH)
