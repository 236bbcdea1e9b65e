"""Writing events to a calendar file, in the background."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.events.calendar import upcoming
from app.domain.events.event import Event
from app.models.background import Failed
from app.models.workspace import Workspace
from app.reports.calendar_file import entry_of, write_calendar


def upcoming_events(workspace: Workspace) -> list[Event]:
    """Return the events that are not over, in the order in which they begin."""
    return upcoming(workspace.events, datetime.now(UTC))


def write_calendar_file(
    workspace: Workspace,
    owner: QObject,
    path: Path,
    events: Sequence[Event],
    done: Callable[[], None],
    failed: Failed,
) -> None:
    """Write events to a calendar file."""
    entries = [entry_of(event, workspace.account(event.wiki_key)) for event in events]

    def work() -> None:
        write_calendar(path, workspace.mirror, entries)

    workspace.jobs.run(owner, work, lambda _none: done(), failed)
