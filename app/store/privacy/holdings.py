"""What personal data the database holds, event by event, and how long it is kept."""

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.changes.change import ChangeState
from app.domain.desk.acts import ActKind
from app.domain.privacy.retention import Holding, RetentionRule, kept_until
from app.store.events.events import read_events
from app.store.people.participant_rows import rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_DAYS, _AGREED = "retention-days", "retention-agreed"


def read_rule(connection: driver.Connection) -> RetentionRule:
    """Return how long data is kept."""
    rows = connection.execute(
        "SELECT name, value FROM privacy_setting WHERE name IN (?, ?)", (_DAYS, _AGREED)
    )
    found = dict(rows.fetchall())
    usual = RetentionRule()
    return RetentionRule(int(found.get(_DAYS, usual.days)), _AGREED in found)


def save_rule(connection: "Connection", rule: RetentionRule) -> None:
    """Save how long data is kept."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO privacy_setting (name, value) VALUES (?, ?)", (_DAYS, str(rule.days))
    )
    if rule.agreed:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO privacy_setting (name, value) VALUES (?, '1')", (_AGREED,)
        )
    else:
        connection.exec_driver_sql("DELETE FROM privacy_setting WHERE name = ?", (_AGREED,))


def save_days(connection: "Connection", event_key: int, days: int | None, *, keeps: bool = False) -> None:
    """Save how long an event's data is kept: so many days, the usual time (None), or until it is erased."""
    if days is None and not keeps:
        connection.exec_driver_sql("DELETE FROM retention WHERE event_key = ?", (event_key,))
        return
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO retention (event_key, days) VALUES (?, nullif(?, -1))",
        (event_key, -1 if keeps else days),
    )


def read_holdings(connection: driver.Connection, until: int | None = None) -> list[Holding]:
    """Return the personal data of each event, in numbers.

    Only of those whose data is kept no longer than `until`, in seconds since 1970, if it is given.
    """
    rule = read_rule(connection)
    own = dict(connection.execute("SELECT event_key, days FROM retention").fetchall())
    erased = read_erased(connection)
    marks = _by_event(connection, f"kind = '{ActKind.CHECK_IN}'")
    notes = _by_event(connection, f"kind = '{ActKind.NOTE}'")
    edits = dict(connection.execute("SELECT event_key, count(*) FROM edit GROUP BY event_key").fetchall())
    changes = {
        key: (number, waiting)
        for key, number, waiting in connection.execute(
            "SELECT event_key, count(*), sum(state NOT IN (?, ?)) FROM change WHERE event_key IS NOT NULL "
            "GROUP BY event_key",
            (ChangeState.DONE.value, ChangeState.UNDONE.value),
        )
    }
    found = []
    for event in read_events(connection):
        key = event.key
        keeps = key in own and own[key] is None
        days = rule.days if own.get(key) is None else own[key]
        ends = None if keeps else kept_until(event, days)
        if until is not None and (ends is None or ends > until):
            continue
        people, private, answers = connection.execute(
            "SELECT count(*), coalesce(sum(private), 0), coalesce(sum(answered), 0) FROM participant "
            "WHERE id BETWEEN ? AND ?",
            rows_of_event(key),
        ).fetchone()
        found.append(
            Holding(
                event=event,
                since=event.looked_at or event.participants_complete_at,
                participants=people,
                private=private,
                answers=answers,
                check_ins=marks.get(key, 0),
                notes=notes.get(key, 0),
                edits=edits.get(key, 0),
                changes=changes.get(key, (0, 0))[0],
                waiting=changes.get(key, (0, 0))[1],
                until=ends,
                days=own.get(key),
                keeps=keeps,
                erased_at=erased.get(key),
            )
        )
    return found


def read_erased(connection: driver.Connection) -> dict[int, int]:
    """Return the events whose personal data was erased, with when: keys and seconds since 1970."""
    return dict(connection.execute("SELECT event_key, erased_at FROM erased_event").fetchall())


def _by_event(connection: driver.Connection, condition: str) -> dict[int, int]:
    rows = connection.execute(
        f"SELECT event_key, count(DISTINCT person) FROM desk_act WHERE {condition} GROUP BY event_key"  # noqa: S608
    )
    return dict(rows.fetchall())
