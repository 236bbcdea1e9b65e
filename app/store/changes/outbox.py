"""The outbox in the database: each change one row, written before it is shown and kept until it is done.

The writing functions belong in `Writer.keep`, which returns when the disk has them.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain.changes.change import (
    REACHED,
    UNANSWERED,
    Act,
    Change,
    ChangeState,
    CreateEvent,
    EditEvent,
    Question,
)
from app.domain.changes.merge import Edit, PartEdit, rebased
from app.domain.events.event_fields import EventPart
from app.domain.events.permissions import DAY_SECONDS
from app.store.changes.change_rows import COLUMNS, change_of, written

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: Done changes are shown for so long, in seconds; what they name is then forgotten.
DONE_KEPT = 7 * DAY_SECONDS
_TOUCHABLE = (ChangeState.WAITING.value, ChangeState.FAILED.value, ChangeState.ASKS.value)


def read_changes(connection: driver.Connection) -> list[Change]:
    """Return all changes, the oldest first."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM change ORDER BY number")  # noqa: S608 - our columns
    return [change_of(row) for row in rows]


def read_change(connection: driver.Connection, number: int) -> Change | None:
    """Return one change."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM change WHERE number = ?",  # noqa: S608 - our columns
        (number,),
    ).fetchone()
    return change_of(row) if row else None


def read_some(connection: driver.Connection, numbers: Sequence[int]) -> list[Change]:
    """Return the changes of these numbers that are there, in no order."""
    wanted = ",".join(str(int(number)) for number in numbers)
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM change WHERE number IN ({wanted})"  # noqa: S608 - our columns, and numbers
    )
    return [change_of(row) for row in rows]


def read_revisions(connection: driver.Connection) -> dict[int, int]:
    """Return each change's number with a count that grows whenever its row is written."""
    return dict(connection.execute("SELECT number, revision FROM change ORDER BY number").fetchall())


def read_emails_since(connection: driver.Connection, account_key: int, since: int) -> int:
    """Return how many e-mails the wiki took from an account since a moment (seconds since 1970)."""
    found = connection.execute(
        "SELECT count(*) FROM email_sent WHERE account_key = ? AND at > ?", (account_key, since)
    ).fetchone()
    return int(found[0])


def add_change(connection: "Connection", account_key: int, event_key: int, act: Act, at: int) -> int:
    """Keep a change; return its number.

    `event_key` is 0 for an event that is to be made, negative for one that an earlier change will make.
    """
    kind, text = written(act)
    made = connection.exec_driver_sql(
        "INSERT INTO change (account_key, event_key, creation, kind, act, made_at, state, progress, "
        "attempts, revision) VALUES (?, ?, ?, ?, ?, ?, 'waiting', '{}', 0, 0)",
        (
            account_key,
            event_key if event_key > 0 else None,
            -event_key if event_key < 0 else None,
            kind,
            text,
            at,
        ),
    )
    return int(made.lastrowid)


def replace_act(connection: "Connection", number: int, act: Act) -> bool:
    """Put another act in the place of one that is not being sent; tell whether that could still be done.

    What sending has learned is kept only where it is the same event page that is to be made; that something
    of it may be on the wiki stays known.
    """
    before = _change(connection, number)
    if before is None:
        return False
    pages = [one.fields.page for one in (before.act, act) if isinstance(one, CreateEvent)]
    same = len(pages) == 2 and pages[0] == pages[1]
    if isinstance(before.act, EditEvent) and isinstance(act, EditEvent) and before.state in _TOUCHABLE:
        _rebase_later(connection, before, _shifts(before.act.edit, act.edit))
    kind, text = written(act)
    reached = {REACHED: True} if before.progress.keys() & {UNANSWERED, REACHED, "page"} else {}
    return _touch(
        connection,
        number,
        "kind = ?, act = ?, progress = ?, state = 'waiting', question = NULL, sentence = NULL, "
        "error_key = NULL, error_field = NULL",
        (kind, text, json.dumps(before.progress if same else reached)),
    )


def retry(connection: "Connection", number: int, progress: Mapping[str, Any] | None = None) -> bool:
    """Let a change that is stuck be sent again; tell whether there was one."""
    more = ", progress = ?" if progress is not None else ""
    values = (json.dumps(progress),) if progress is not None else ()
    return _touch(
        connection,
        number,
        "state = 'waiting', question = NULL, sentence = NULL, error_key = NULL, error_field = NULL" + more,
        values,
    )


def discard(connection: "Connection", number: int) -> bool:
    """Take a change back; tell whether that could still be done.

    Later edits of the same event that stood on it are made to stand on what was there before; what waits for
    an event that will not be made goes with it.
    """
    change = _change(connection, number)
    if change is None or change.state not in _TOUCHABLE:
        return False
    if isinstance(change.act, EditEvent):
        _rebase_later(connection, change, change.act.edit)
    connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (number,))
    return True


def begin_sending(connection: "Connection", number: int, at: int) -> tuple[Change, bool] | None:
    """Take a change in hand; return it, and whether an earlier try of it may have reached the wiki.

    None where it is no longer there to be sent.
    """
    before = _change(connection, number)
    if before is None or before.state not in (ChangeState.WAITING, ChangeState.SENDING):
        return None
    _set(
        connection,
        number,
        "state = 'sending', attempts = attempts + 1, tried_at = ?, sentence = NULL",
        (at,),
    )
    taken = _change(connection, number)
    assert taken is not None  # noqa: S101 - written just now
    return taken, before.state is ChangeState.SENDING


def note_progress(connection: "Connection", number: int, progress: Mapping[str, Any], at: int) -> None:
    """Keep what sending has learned so far. What it sends next, it sends after `at`."""
    values = (json.dumps(progress, ensure_ascii=False), at)
    _set(connection, number, "progress = ?, tried_at = ?", values)


def put_back(connection: "Connection", number: int, sentence: str | None) -> None:
    """Let a change wait again that has not reached the wiki, and say why."""
    _set(connection, number, "state = 'waiting', sentence = ?", (sentence,))


def keep_unanswered(connection: "Connection", number: int, sentence: str | None) -> None:
    """Note that a change may have reached the wiki: its state is read before anything is sent again."""
    _set(connection, number, "state = 'sending', sentence = ?", (sentence,))


def fail(
    connection: "Connection",
    number: int,
    sentence: str,
    error_key: str | None,
    field: str | None,
    progress: Mapping[str, Any],
) -> None:
    """Note that the wiki refused a change, and what sending has learned before."""
    _set(
        connection,
        number,
        "state = 'failed', question = NULL, sentence = ?, error_key = ?, error_field = ?, progress = ?",
        (sentence, error_key, field, json.dumps(progress, ensure_ascii=False)),
    )


def ask(
    connection: "Connection", number: int, question: Question, sentence: str, progress: Mapping[str, Any]
) -> None:
    """Note that only she can say how a change goes on."""
    _set(
        connection,
        number,
        "state = 'asks', question = ?, sentence = ?, progress = ?",
        (question.value, sentence, json.dumps(progress, ensure_ascii=False)),
    )


def finish(connection: "Connection", number: int, at: int, sentence: str | None = None) -> None:
    """Note that a change is done."""
    _set(
        connection,
        number,
        "state = 'done', question = NULL, ended_at = ?, sentence = ?, error_key = NULL, error_field = NULL",
        (at, sentence),
    )


def mark_sent(connection: "Connection", number: int, account_key: int, at: int) -> bool:
    """Note that an e-mail went out, as she has found out; tell whether it was still in question."""
    if not _touch(
        connection, number, "state = 'done', question = NULL, sentence = NULL, ended_at = ?", (at,)
    ):
        return False
    note_email(connection, account_key, at)
    return True


def bind_event(connection: "Connection", number: int, event_key: int) -> None:
    """Tie the making of an event, and all that waits for it, to the event that was made."""
    connection.exec_driver_sql(
        "UPDATE change SET event_key = ?, revision = revision + 1 WHERE number = ? OR creation = ?",
        (event_key, number, number),
    )


def note_email(connection: "Connection", account_key: int, at: int) -> None:
    """Count an e-mail that the wiki took."""
    connection.exec_driver_sql("DELETE FROM email_sent WHERE at < ?", (at - 2 * DAY_SECONDS,))
    connection.exec_driver_sql("INSERT INTO email_sent (account_key, at) VALUES (?, ?)", (account_key, at))


def forget_done(connection: "Connection", before: int) -> int:
    """Remove changes that were done before a moment (seconds since 1970); return how many.

    The making of an event stays for as long as something that waited for it does.
    """
    gone = connection.exec_driver_sql(
        "DELETE FROM change WHERE state = 'done' AND ended_at < ? AND number NOT IN "
        "(SELECT creation FROM change WHERE creation IS NOT NULL AND (state != 'done' OR ended_at >= ?))",
        (before, before),
    )
    return int(gone.rowcount)


def _change(connection: "Connection", number: int) -> Change | None:
    """Return one change as a write in progress sees it."""
    row = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM change WHERE number = ?",  # noqa: S608 - our columns
        (number,),
    ).first()
    return change_of(tuple(row)) if row else None


def _set(connection: "Connection", number: int, assignments: str, values: tuple[Any, ...]) -> None:
    connection.exec_driver_sql(
        f"UPDATE change SET {assignments}, revision = revision + 1 WHERE number = ?",  # noqa: S608 - our own texts
        (*values, number),
    )


def _touch(connection: "Connection", number: int, assignments: str, values: tuple[Any, ...]) -> bool:
    done = connection.exec_driver_sql(
        f"UPDATE change SET {assignments}, revision = revision + 1 "  # noqa: S608 - our own texts
        "WHERE number = ? AND state IN (?, ?, ?)",
        (*values, number, *_TOUCHABLE),
    )
    return bool(done.rowcount)


def _shifts(before: Edit, after: Edit) -> dict[EventPart, PartEdit]:
    """Return what becomes (`base`) of each part that later edits found (`mine`) when one is mended."""
    shifts = {
        part: PartEdit(after[part].mine if part in after else change.base, change.mine)
        for part, change in before.items()
    }
    shifts |= {part: PartEdit(one.mine, one.base) for part, one in after.items() if part not in before}
    return shifts


def _rebase_later(connection: "Connection", change: Change, shifts: Edit) -> None:
    """Let the next edit of each part stand on what the one before it makes now; see `_shifts`."""
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM change WHERE event_key = ? AND kind = 'edit' AND number > ? "  # noqa: S608
        "AND state IN ('waiting', 'failed', 'asks') ORDER BY number",
        (change.event_key, change.number),
    ).all()
    left = dict(shifts)
    for row in rows:
        later = change_of(tuple(row))
        assert isinstance(later.act, EditEvent)  # noqa: S101 - as its kind says
        shifted = {part: left.pop(part) for part in later.act.edit if part in left}
        if not shifted:
            continue
        edit = rebased(later.act.edit, shifted)
        if edit == later.act.edit:
            continue
        if edit:
            _set(connection, later.number, "act = ?", (written(EditEvent(edit))[1],))
        else:
            connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (later.number,))
