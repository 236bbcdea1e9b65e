"""The desks at which something was noted, and the desk that is open."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.acts import DeskRecord
from app.domain.desk.open_desk import OpenDesk
from app.store.desk.acts import random_number

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def this_desk(connection: "Connection") -> DeskRecord:
    """Return the record of this data folder's desk, and make it when it is first asked for."""
    from sqlalchemy import select

    from app.store.database import schema

    table = schema.desk
    row = connection.execute(
        select(table.c.number, table.c.name, table.c.clock_late, table.c.changed_at).where(table.c.own)
    ).first()
    if row is not None:
        return DeskRecord(*row)
    record = DeskRecord(random_number())
    connection.execute(table.insert().values(**record._asdict(), own=True))
    return record


def save_desks(connection: "Connection", desks: Iterable[DeskRecord]) -> None:
    """Store records of desks, each unless one that was changed later is stored."""
    from sqlalchemy import tuple_
    from sqlalchemy.dialects.sqlite import insert

    from app.store.database import schema

    table = schema.desk
    for desk in desks:
        statement = insert(table).values(**desk._asdict(), own=False)
        fresh = statement.excluded
        values = {"name": fresh.name, "clock_late": fresh.clock_late, "changed_at": fresh.changed_at}
        # Where two were changed at the same time, the same one wins everywhere (`DeskLog`).
        newer = tuple_(fresh.changed_at, fresh.name, fresh.clock_late) > tuple_(
            table.c.changed_at, table.c.name, table.c.clock_late
        )
        connection.execute(statement.on_conflict_do_update(["number"], set_=values, where=newer))


def read_desks(connection: driver.Connection) -> list[DeskRecord]:
    """Return the records of all desks."""
    rows = connection.execute("SELECT number, name, clock_late, changed_at FROM desk")
    return [DeskRecord(*row) for row in rows]


def read_own_desk(connection: driver.Connection) -> DeskRecord | None:
    """Return the record of this data folder's desk, None if nothing was noted at it yet."""
    row = connection.execute("SELECT number, name, clock_late, changed_at FROM desk WHERE own").fetchone()
    return DeskRecord(*row) if row else None


def read_clock_difference(connection: driver.Connection, account_key: int) -> int:
    """Return by how many seconds the wiki's clock is ahead of this computer's, as seen last."""
    row = connection.execute(
        "SELECT clock_difference FROM wiki JOIN account ON account.wiki_key = wiki.key WHERE account.key = ?",
        (account_key,),
    ).fetchone()
    return int(row[0]) if row else 0


def save_open_desk(connection: "Connection", desk: OpenDesk | None) -> None:
    """Remember the desk that is open, or that none is."""
    from app.store.database import schema

    connection.execute(schema.open_desk.delete())
    if desk is not None:
        connection.execute(schema.open_desk.insert().values(key=1, content=json.dumps(asdict(desk))))


def read_open_desk(connection: driver.Connection) -> OpenDesk | None:
    """Return the desk that is open, None if none is."""
    row = connection.execute("SELECT content FROM open_desk").fetchone()
    if row is None:
        return None
    content = json.loads(row[0])
    return OpenDesk(**{**content, "events": tuple(content["events"])})
