"""The outbox in the database: one row per change, written before it is shown, removed after it is done.

Call the writing functions through `Writer.do_durably`, which returns once the data is safely on disk.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain.changes.change import REACHED, UNANSWERED, Change, ChangeState, Question
from app.domain.changes.edit_count import EditCount
from app.domain.changes.merge import Edit, PartEdit, rebased
from app.domain.changes.operations import CountEdits, EditEvent, Operation, WikiEdit
from app.domain.events.event_fields import EventPart
from app.domain.events.permissions import DAY_SECONDS
from app.domain.faults import KnownFault
from app.store.changes.change_rows import COLUMNS, change_of, operation_to_json

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: How long, in seconds, done and undone changes are stored and shown before they are removed.
DONE_RETENTION = 7 * DAY_SECONDS
_EDITABLE = (ChangeState.WAITING.value, ChangeState.FAILED.value, ChangeState.ASKS.value)
_NO_REFUSAL = "wiki_said = NULL, error_key = NULL, error_field = NULL"
_NO_MESSAGE = f"question = NULL, sentence = NULL, {_NO_REFUSAL}"
_DISCARDABLE = (*_EDITABLE, ChangeState.UNDONE.value)


def read_changes(connection: driver.Connection) -> list[Change]:
    """Return all changes, the oldest first."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM change ORDER BY number")  # noqa: S608 - our columns
    return [change_of(row) for row in rows]


def read_change(connection: driver.Connection, number: int) -> Change | None:
    """Return a change, None if it does not exist."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM change WHERE number = ?",  # noqa: S608 - our columns
        (number,),
    ).fetchone()
    return change_of(row) if row else None


def read_changes_by_number(connection: driver.Connection, numbers: Sequence[int]) -> list[Change]:
    """Return the existing changes among these numbers, in no particular order."""
    wanted = ",".join(str(int(number)) for number in numbers)
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM change WHERE number IN ({wanted})"  # noqa: S608 - our columns, and numbers
    )
    return [change_of(row) for row in rows]


def read_revisions(connection: driver.Connection) -> dict[int, int]:
    """Return the revision of each change by its number; it grows whenever the row is written."""
    return dict(connection.execute("SELECT number, revision FROM change ORDER BY number").fetchall())


def read_emails_since(connection: driver.Connection, account_key: int, since: int) -> int:
    """Return how many e-mails of an account the wiki has accepted since a time (seconds since 1970)."""
    found = connection.execute(
        "SELECT count(*) FROM email_sent WHERE account_key = ? AND at > ?", (account_key, since)
    ).fetchone()
    return int(found[0])


def add_change(
    connection: "Connection", account_key: int, event_key: int, operation: Operation, at: int
) -> int:
    """Save a change; return its number.

    `event_key` is 0 for an event to be created, negative for one that an earlier change will create.
    """
    kind, text = operation_to_json(operation)
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


def replace_operation(connection: "Connection", number: int, operation: Operation) -> bool:
    """Replace the operation of a change that is not being sent; return whether that was still possible.

    A change that was undone is queued anew. The progress of sending is preserved only if both create the same
    event page. That part of the change may have reached the wiki is always remembered.
    """
    before = _change(connection, number)
    if before is None:
        return False
    if before.state is ChangeState.UNDONE:
        return redo(connection, number, operation) is not None
    created, creates = before.operation.new_event(), operation.new_event()
    same = created is not None and creates is not None and created.page == creates.page
    if before.operation.edited() and operation.edited() and before.state in _EDITABLE:
        _rebase_later(connection, before, _shifts(before.operation.edited(), operation.edited()))
    kind, text = operation_to_json(operation)
    reached = {REACHED: True} if before.progress.keys() & {UNANSWERED, REACHED, "page"} else {}
    return _update_if_editable(
        connection,
        number,
        f"kind = ?, act = ?, progress = ?, state = 'waiting', {_NO_MESSAGE}",
        (kind, text, json.dumps(before.progress if same else reached)),
    )


def retry(connection: "Connection", number: int, progress: Mapping[str, Any] | None = None) -> bool:
    """Requeue a failed or blocked change; return whether there was one."""
    more = ", progress = ?" if progress is not None else ""
    values = (json.dumps(progress),) if progress is not None else ()
    return _update_if_editable(
        connection,
        number,
        f"state = 'waiting', {_NO_MESSAGE}" + more,
        values,
    )


def discard(connection: "Connection", number: int) -> bool:
    """Remove a change; return whether that was still possible.

    Later edits of the same event that are based on it are rebased on the state before it. Changes that wait
    for the event that it would have created are removed too.
    """
    change = _change(connection, number)
    if change is None or change.state not in _DISCARDABLE:
        return False
    if change.open and change.operation.edited():
        _rebase_later(connection, change, change.operation.edited())
    connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (number,))
    return True


def undo(connection: "Connection", number: int, at: int) -> bool:
    """Take back a change of which nothing was sent; return whether that was still possible.

    It is kept as a draft, and so are the changes that wait for the event that it would have created. Later
    edits are rebased as by `discard`.
    """
    change = _change(connection, number)
    if change is None or not change.untouched:
        return False
    if change.operation.edited():
        _rebase_later(connection, change, change.operation.edited())
    connection.exec_driver_sql(
        f"UPDATE change SET state = 'undone', ended_at = ?, {_NO_MESSAGE}, "  # noqa: S608 - our columns
        "revision = revision + 1 "
        "WHERE number = ? OR (creation = ? AND state IN ('waiting', 'failed', 'asks'))",
        (at, number, number),
    )
    return True


def redo(connection: "Connection", number: int, operation: Operation) -> int | None:
    """Queue an undone change anew, as the newest, with an operation; return its new number.

    Returns None if it is not undone, or waits for an event whose creation is undone itself.
    """
    change = _change(connection, number)
    if change is None or change.state is not ChangeState.UNDONE:
        return None
    creation = _change(connection, -change.event_key) if change.event_key < 0 else None
    creates = operation.new_event() is not None
    if creation is not None and not creates and not creation.open:
        return None
    key = 0 if creates else change.event_key
    fresh = add_change(connection, change.account_key, key, operation, change.made_at)
    connection.exec_driver_sql("UPDATE change SET creation = ? WHERE creation = ?", (fresh, number))
    connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (number,))
    return fresh


def begin_sending(connection: "Connection", number: int, at: int) -> tuple[Change, bool] | None:
    """Mark a change as being sent; return it, and whether an earlier attempt may have reached the wiki.

    Returns None if the change is no longer to be sent.
    """
    before = _change(connection, number)
    if before is None or before.state not in (ChangeState.WAITING, ChangeState.SENDING):
        return None
    _update(
        connection,
        number,
        f"state = 'sending', attempts = attempts + 1, tried_at = ?, {_NO_MESSAGE}",
        (at,),
    )
    after = _change(connection, number)
    assert after is not None  # noqa: S101 - written just now
    return after, before.state is ChangeState.SENDING


def note_progress(connection: "Connection", number: int, progress: Mapping[str, Any], at: int) -> None:
    """Save the progress of sending. The next request is sent after `at`."""
    values = (json.dumps(progress, ensure_ascii=False), at)
    _update(connection, number, "progress = ?, tried_at = ?", values)


def requeue(connection: "Connection", number: int, sentence: str | None) -> None:
    """Return a change that has not reached the wiki to the queue, with the reason."""
    _update(connection, number, "state = 'waiting', sentence = ?", (sentence,))


def mark_unanswered(connection: "Connection", number: int, sentence: str | None) -> int | None:
    """Mark that a change may have reached the wiki, so that its state is read before it is sent again.

    Return when the request was sent that was not answered.
    """
    _update(connection, number, "state = 'sending', sentence = ?", (sentence,))
    change = _change(connection, number)
    return change.tried_at if change else None


def fail(
    connection: "Connection",
    number: int,
    fault: KnownFault,
    field: str | None,
    progress: Mapping[str, Any],
) -> None:
    """Mark a change as refused by the wiki, and save the progress of sending."""
    _update(
        connection,
        number,
        "state = 'failed', question = NULL, sentence = ?, wiki_said = ?, error_key = ?, error_field = ?, "
        "progress = ?",
        (
            fault.sentence,
            fault.wiki_said or None,
            fault.error_key,
            field,
            json.dumps(progress, ensure_ascii=False),
        ),
    )


def ask(
    connection: "Connection", number: int, question: Question, sentence: str, progress: Mapping[str, Any]
) -> None:
    """Mark a change as blocked until the user answers a question."""
    _update(
        connection,
        number,
        "state = 'asks', question = ?, sentence = ?, progress = ?",
        (question.value, sentence, json.dumps(progress, ensure_ascii=False)),
    )


def finish(connection: "Connection", number: int, at: int, sentence: str | None = None) -> None:
    """Mark a change as done."""
    _update(
        connection,
        number,
        f"state = 'done', question = NULL, {_NO_REFUSAL}, ended_at = ?, sentence = ?",
        (at, sentence),
    )


def leave_out_edits(connection: "Connection", event_key: int, edits: Collection[WikiEdit]) -> None:
    """Leave some edits out of the changes that count edits for an event, or have counted them.

    Of a change that is not done, only what is left of it stays.
    """
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM change WHERE event_key = ? AND kind = 'count-edits'",  # noqa: S608 - our columns
        (event_key,),
    ).all()
    for row in rows:
        change = change_of(tuple(row))
        operation = change.operation
        if not isinstance(operation, CountEdits) or not set(operation.edits).intersection(edits):
            continue
        left = EditCount.of(change.progress).left(operation.edits) if change.open else operation.edits
        kept = tuple(edit for edit in left if edit not in edits)
        if kept:
            _update(
                connection,
                change.number,
                "act = ?, progress = '{}'",
                (operation_to_json(CountEdits(kept))[1],),
            )
        else:
            connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (change.number,))


def mark_sent(connection: "Connection", number: int, account_key: int, at: int) -> bool:
    """Mark an e-mail as sent, as the user has found out; return whether it was still unknown."""
    if not _update_if_editable(connection, number, f"state = 'done', {_NO_MESSAGE}, ended_at = ?", (at,)):
        return False
    note_email(connection, account_key, at)
    return True


def bind_event(connection: "Connection", number: int, event_key: int) -> None:
    """Set the key of a created event in the change that created it, and in the changes that wait for it."""
    connection.exec_driver_sql(
        "UPDATE change SET event_key = ?, revision = revision + 1 WHERE number = ? OR creation = ?",
        (event_key, number, number),
    )


def note_email(connection: "Connection", account_key: int, at: int) -> None:
    """Count an e-mail that the wiki has accepted."""
    connection.exec_driver_sql("DELETE FROM email_sent WHERE at < ?", (at - 2 * DAY_SECONDS,))
    connection.exec_driver_sql("INSERT INTO email_sent (account_key, at) VALUES (?, ?)", (account_key, at))


def forget_done(connection: "Connection", before: int) -> int:
    """Remove changes that were done or undone before a time (seconds since 1970); return how many.

    A change that created an event stays as long as a change that waited for the event.
    """
    gone = connection.exec_driver_sql(
        "DELETE FROM change WHERE state IN ('done', 'undone') AND ended_at < ? AND number NOT IN "
        "(SELECT creation FROM change WHERE creation IS NOT NULL "
        "AND (state NOT IN ('done', 'undone') OR ended_at >= ?))",
        (before, before),
    )
    return int(gone.rowcount)


def _change(connection: "Connection", number: int) -> Change | None:
    """Return a change as the current transaction sees it."""
    row = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM change WHERE number = ?",  # noqa: S608 - our columns
        (number,),
    ).first()
    return change_of(tuple(row)) if row else None


def _update(connection: "Connection", number: int, assignments: str, values: tuple[Any, ...]) -> None:
    connection.exec_driver_sql(
        f"UPDATE change SET {assignments}, revision = revision + 1 WHERE number = ?",  # noqa: S608 - our own texts
        (*values, number),
    )


def _update_if_editable(
    connection: "Connection", number: int, assignments: str, values: tuple[Any, ...]
) -> bool:
    done = connection.exec_driver_sql(
        f"UPDATE change SET {assignments}, revision = revision + 1 "  # noqa: S608 - our own texts
        "WHERE number = ? AND state IN (?, ?, ?)",
        (*values, number, *_EDITABLE),
    )
    return bool(done.rowcount)


def _shifts(before: Edit, after: Edit) -> dict[EventPart, PartEdit]:
    """Return, for each part, the new value (`base`) of the one (`mine`) that later edits are based on."""
    shifts = {
        part: PartEdit(after[part].mine if part in after else change.base, change.mine)
        for part, change in before.items()
    }
    shifts |= {part: PartEdit(one.mine, one.base) for part, one in after.items() if part not in before}
    return shifts


def _rebase_later(connection: "Connection", change: Change, shifts: Edit) -> None:
    """Rebase the next edit of each part on the new value of the edit before it; see `_shifts`."""
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM change WHERE event_key = ? AND kind = 'edit' AND number > ? "  # noqa: S608
        "AND state IN ('waiting', 'failed', 'asks') ORDER BY number",
        (change.event_key, change.number),
    ).all()
    left = dict(shifts)
    for row in rows:
        later = change_of(tuple(row))
        shifted = {part: left.pop(part) for part in later.operation.edited() if part in left}
        if not shifted:
            continue
        edit = rebased(later.operation.edited(), shifted)
        if edit == later.operation.edited():
            continue
        if edit:
            _update(connection, later.number, "act = ?", (operation_to_json(EditEvent(edit))[1],))
        else:
            connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (later.number,))
