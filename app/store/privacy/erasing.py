"""Erasing the personal data of an event or of one person. What stays are sums and keyed hashes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.changes.change import ChangeState
from app.domain.changes.operations import WikiEdit
from app.domain.people.participant import AnswersState
from app.store.changes.outbox import leave_out_edits
from app.store.database.leftovers import BACKUPS, note
from app.store.erased_people import hash_key, hashes_of, note_erased
from app.store.events.page_readings import drop_erased_editors
from app.store.people.participant_rows import rows_of_event
from app.store.people.summed_answers import add_sums

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Erased:
    """How much was erased: people, those noted at the desk, and changes, drafts and readings with names."""

    participants: int
    noted: int
    others: int


#: Besides participants and desk: what may hold names, of participants, organizers or editors.
_TABLES = (
    "organizer",
    "email_draft",
    "own_registration",
    "pass_range",
    "hand_over_file",
    "shared_desk",
    "retention",
    "edit",
    "editor",
    "edits_reading",
)


def erase_event(
    connection: "Connection", event_key: int, at: int, *, unless_waiting: bool = False
) -> Erased | None:
    """Erase all personal data of an event. Call it through `Mirror.erase_event`.

    The event itself stays, with the numbers of people, sums of their answers, and keyed hashes. Return None
    if nothing was erased: `unless_waiting`, because a change of the event waits to be sent.
    """
    run = connection.exec_driver_sql
    ended = (ChangeState.DONE.value, ChangeState.UNDONE.value)
    waiting = run("SELECT 1 FROM change WHERE event_key = ? AND state NOT IN (?, ?)", (event_key, *ended))
    if unless_waiting and waiting.first() is not None:
        return None
    bounds = rows_of_event(event_key)
    arrived, walk_ins, no_shows = run(
        "SELECT coalesce(sum(came AND person LIKE 'u:%'), 0), coalesce(sum(came AND person LIKE 'w:%'), 0), "
        "coalesce(sum(NOT came), 0) FROM (SELECT person, count(came) > 0 AS came FROM attendance "
        "WHERE event_key = ? GROUP BY person)",
        (event_key,),
    ).one()
    # All at once with the driver's own cursor: of 200,000 people three times as fast as by SQLAlchemy's rows.
    people = (
        connection.connection.cursor()
        .execute("SELECT user_id, answers_state, answers FROM participant WHERE id BETWEEN ? AND ?", bounds)
        .fetchall()
    )
    shown = Counter(answers for _id, state, answers in people if state == AnswersState.SHOWN)
    add_sums(connection, event_key, shown)
    hashes = b"".join(hashes_of(hash_key(connection), (one[0] for one in people)))
    run("DELETE FROM participant WHERE id BETWEEN ? AND ?", bounds)
    noted = run("SELECT count(DISTINCT person) FROM desk_act WHERE event_key = ?", (event_key,)).scalar_one()
    run("DELETE FROM desk_act WHERE event_key = ?", (event_key,))
    run("DELETE FROM attendance WHERE event_key = ?", (event_key,))
    others = run("DELETE FROM change WHERE event_key = ?", (event_key,)).rowcount
    others += run(
        "DELETE FROM page_reading WHERE event_key = ? AND kind != 'statistics'", (event_key,)
    ).rowcount
    for table in _TABLES:
        others += run(f"DELETE FROM {table} WHERE event_key = ?", (event_key,)).rowcount  # noqa: S608 - ours
    run("UPDATE event SET pass_unfinished = 0 WHERE key = ?", (event_key,))
    run(
        "INSERT INTO erased_event (event_key, erased_at, arrived, walk_ins, no_shows, hashes) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (event_key) DO UPDATE SET hashes = hashes || excluded.hashes",
        (event_key, at, arrived, walk_ins, no_shows, hashes),
    )
    return Erased(len(people), noted, others)


def let_people_come_back(connection: "Connection", event_key: int, *, is_over: bool) -> None:
    """Let the people of an erased event be fetched again, as the user asks for it, and keep them.

    Single people who were erased stay so. Unless the event `is_over`, the wiki gives the answers again, so
    the sums begin anew.
    """
    run = connection.exec_driver_sql
    run("DELETE FROM erased_event WHERE event_key = ?", (event_key,))
    run("INSERT OR REPLACE INTO retention (event_key, days) VALUES (?, NULL)", (event_key,))
    if not is_over:
        run("DELETE FROM summed_answer WHERE event_key = ?", (event_key,))
    run(
        "UPDATE event SET participants = 0, private_participants = 0, participants_complete_at = NULL, "
        "looked_at = NULL, people_told = NULL WHERE key = ?",
        (event_key,),
    )


def erase_participant(
    connection: "Connection", event_key: int, user_id: int | None, name: str, changes: Sequence[int]
) -> None:
    """Erase a person from an event's lists, and these changes; a sync does not bring them back.

    `user_id` is None where only a name is known. What was noted about them at the desk is erased by
    `EventDesk.erase`, and nothing stays on the disk once `Mirror.erase_leftovers` has ended.
    """
    run = connection.exec_driver_sql
    note(connection, BACKUPS)
    for number in changes:
        run("DELETE FROM change WHERE number = ?", (number,))
    note_erased(connection, event_key, user_id, name)
    run("DELETE FROM organizer WHERE event_key = ? AND (name = ? OR user_id = ?)", (event_key, name, user_id))
    drop_erased_editors(connection, event_key)
    if user_id is None:
        return
    theirs = run("SELECT wiki, revision FROM edit WHERE event_key = ? AND user_id = ?", (event_key, user_id))
    leave_out_edits(connection, event_key, {WikiEdit(*edit) for edit in theirs})
    for table in ("edit", "editor"):
        run(f"DELETE FROM {table} WHERE event_key = ? AND user_id = ?", (event_key, user_id))  # noqa: S608
    bounds = rows_of_event(event_key)
    found = run(
        "SELECT private FROM participant WHERE id BETWEEN ? AND ? AND user_id = ?", (*bounds, user_id)
    ).first()
    if found is None:
        return
    run("DELETE FROM participant WHERE id BETWEEN ? AND ? AND user_id = ?", (*bounds, user_id))
    run(
        "UPDATE event SET participants = participants - 1, private_participants = private_participants - ? "
        "WHERE key = ?",
        (int(found[0]), event_key),
    )


def erase_settings(connection: "Connection") -> None:
    """Erase what belongs to no account: desks, the open desk, the template, settings of privacy."""
    for table in ("desk", "open_desk", "page_template", "privacy_setting"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - ours
