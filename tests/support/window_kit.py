"""A mirror with events and people, and its window, for the tests of models and views."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.domain import times
from app.domain.accounts.account import (
    RIGHT_EMAIL,
    RIGHT_ENABLE,
    Identity,
    OAuthClient,
    SignInKind,
    Tokens,
    WikiFacts,
)
from app.domain.events.event import Event, Listing, Organizer, Registration
from app.domain.people.participant import Answer, AnswersState, Participant
from app.models.accounts.account_control import AccountControl
from app.models.background import Jobs
from app.models.desk.desk_facts import DeskFacts
from app.models.people.people_scope import PeopleScope
from app.models.workspace import Workspace
from app.store.accounts import accounts
from app.store.database.folder import prepare
from app.store.events import events
from app.store.mirror import Mirror
from app.store.people import passes
from app.store.people.participant_rows import people_rows
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.unlock_dialog import UnlockDialog
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from app.views.desk.hand_over_dialog import HandOverDialog
from app.views.desk.open_desk_dialog import OpenDeskDialog
from app.views.desk.print_dialog import PrintDialog
from app.views.desk.reconcile_dialog import ReconcileDialog
from app.views.desk.shared_desk_dialog import SharedDeskDialog
from app.views.events.add_event_dialog import AddEventDialog
from app.views.participants.export_dialog import ExportDialog
from app.views.widgets.banner import Banner
from app.views.window.main_window import MainWindow
from app.window import window_settings

Q = TypeVar("Q", bound=QObject)
W = TypeVar("W", bound=QWidget)

Show = Callable[[], MainWindow]

#: Milliseconds: longer than any answer takes.
LONG = 30_000
KEY = "ab" * 32
RIGHTS = frozenset({"campaignevents-organize-events", "campaignevents-view-private-participants"})
ORGANIZER_RIGHTS = RIGHTS | {RIGHT_ENABLE, RIGHT_EMAIL}


@contextmanager
def open_workspace(folder: Path) -> Iterator[Workspace]:
    """Open a data folder as the window's workspace."""
    prepare(folder)
    jobs = Jobs()
    workspace = Workspace(Mirror(folder, KEY, for_changes=True), jobs)
    try:
        yield workspace
    finally:
        workspace.close()
        # Delete it on this thread: Python's garbage collector may run on any.
        delete(workspace)
        delete(jobs)


def wiki_facts(base_url: str = "https://wiki.example.org/w", name: str = "Example Wiki") -> WikiFacts:
    return WikiFacts(base_url, name, "examplewiki", "MediaWiki 1.45.0", "en", True, "1.0", 0)


def add_account(
    workspace: Workspace,
    facts: WikiFacts | None = None,
    name: str = "Amara",
    rights: frozenset[str] = RIGHTS,
    client: OAuthClient | None = None,
) -> int:
    kind = SignInKind.OAUTH2 if client else SignInKind.OWNER_TOKEN
    identity = Identity(name, 3, 3, frozenset({"event-organizer"}), rights)
    key = workspace.mirror.writer.do(
        accounts.save_account, facts or wiki_facts(), identity, kind, Tokens("secret"), client, times.now()
    )
    workspace.reload()
    return key


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S")


def registration(event_id: int, name: str = "Photo walk", days: float = 5, **more: object) -> Registration:
    """Return an event that begins in `days` days and lasts two hours."""
    start = datetime.now(UTC) + timedelta(days=days)
    values: dict[str, object] = {
        "event_id": event_id,
        "name": name,
        "page": f"Event:{name}",
        "page_wiki": "examplewiki",
        "status": "open",
        "timezone": "UTC",
        "start": stamp(start),
        "end": stamp(start + timedelta(hours=2)),
        "online": True,
    }
    return Registration(**{**values, **more})  # type: ignore[arg-type]


def add_event(
    workspace: Workspace,
    account: int,
    wanted: Registration,
    listing: Listing = Listing.LISTED,
    organizers: Sequence[Organizer] = (),
) -> int:
    key = workspace.mirror.writer.do(events.save_event, account, wanted, organizers, times.now(), listing)
    workspace.reload()
    return key


def store_people(workspace: Workspace, event_key: int, people: Iterable[Participant]) -> None:
    """Save people as a complete pass does: everybody else is removed."""
    writer = workspace.mirror.writer
    under_way = writer.do(passes.begin_pass, event_key, private=True, lanes=1, at=times.now())
    ordered = sorted(people, key=lambda person: person.participant_id)
    last = ordered[-1].participant_id if ordered else 0
    writer.do(
        passes.save_people, event_key, 0, people_rows(event_key, under_way.number, ordered), last, done=True
    )
    writer.do(passes.finish_pass, event_key, under_way.number)


def person(number: int, name: str | None = None, **more: object) -> Participant:
    values: dict[str, object] = {
        "participant_id": number,
        "user_id": 1000 + number,
        "name": name if name is not None else f"User {number:05}",
        "registered_at": 1_780_000_000 + 977 * (number * 7919 % 10_007),
        "private": number % 5 == 0,
        "can_email": (True, False, None)[number % 3],
        "answers_state": AnswersState.SHOWN,
        "answers": _answers(number),
    }
    return Participant(**{**values, **more})  # type: ignore[arg-type]


def _answers(number: int) -> tuple[Answer, ...]:
    if number % 4 == 0:
        return (Answer(4, "no-response"), Answer(5, "no-response"))
    confidence = ("none", "some-not-confident", "some-confident", "confident")[number % 4]
    affiliate = Answer(5, "affiliate", f"Group {number % 3}") if number % 2 else Answer(5, "none")
    return (Answer(4, confidence), affiliate)


def crowd(count: int) -> list[Participant]:
    """Return people with unsorted names."""
    return [person(number, f"Person {number * 7919 % 100_003:06}") for number in range(1, count + 1)]


def renamed(people: list[Participant], number: int, name: str) -> list[Participant]:
    return [one._replace(name=name) if one.participant_id == number else one for one in people]


def closed(wanted: Registration) -> Registration:
    return replace(wanted, status="closed")


def open_window(qtbot: QtBot, workspace: Workspace, *, on_today: bool = False) -> MainWindow:
    """Open the program's window on a workspace, with its settings in the data folder.

    Where it opens on Today, the first event is chosen, unless the test is about Today.
    """
    window = MainWindow(workspace, window_settings(workspace.mirror.folder))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if window.event_pane.event_key is None and not on_today:
        window.event_list.choose_first()
    return window


def close_window(window: MainWindow) -> None:
    """Close a window and wait for its background work."""
    if isValid(window):
        window.close()
        pool = window._workspace.jobs._pool
        pool.clear()
        pool.waitForDone()
        delete(window)


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no background work is left and the table of people is filled, for some loops on end."""
    jobs, model = window._workspace.jobs, window.event_pane.participants.model
    loops = 0

    def nothing_left() -> bool:
        nonlocal loops
        loops = 0 if jobs.running or model.gathering else loops + 1
        return loops > 4

    qtbot.waitUntil(nothing_left)


def shown_dialog(qtbot: QtBot, window: QObject, kind: type[W]) -> W:
    """Wait for the dialog of a class to be shown and focused; return it."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    found = next(one for one in window.findChildren(kind) if one.isVisible())
    qtbot.waitUntil(found.isActiveWindow)
    return found


def dialog_gone(qtbot: QtBot, window: QWidget, kind: type[QWidget]) -> None:
    """Wait until a dialog is closed, and the window has the focus again."""
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@contextmanager
def disk_refusing(workspace: Workspace) -> Iterator[None]:
    """Let all writes to the disk fail."""
    disk = workspace.mirror.writer._raw
    disk.execute("PRAGMA query_only = ON")
    yield
    disk.execute("PRAGMA query_only = OFF")


def press(qtbot: QtBot, widget: QWidget, keys: str) -> None:
    """Press keys, given as a shortcut."""
    for combination in QKeySequence(keys):
        qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def child(parent: QObject, kind: type[Q], name: str) -> Q:
    """Return the only child with a name."""
    found = parent.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} × {name}"
    return found[0]


class Links(QObject):
    """Replaces the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def seen(text: str) -> str:
    """Return a text as it is visible: without direction isolates."""
    return text.replace("\u2068", "").replace("\u2069", "")


def fault(dialog: QDialog, name: str) -> str:
    """Return the text of a dialog's banner, or nothing if it is not shown."""
    banner = child(dialog, Banner, name)
    return banner.text if banner.isVisible() else ""


def dialogs(workspace: Workspace, parent: QWidget) -> list[QWidget]:
    """Return the dialogs that need no event of their own."""
    control = AccountControl(workspace, parent)
    event = workspace.events[0]
    return [
        SignInDialog(control, parent),
        AddEventDialog(control, workspace.accounts * 2, parent),
        ExportDialog(workspace, event, everybody(event), window_settings(workspace.mirror.folder), parent),
        UnlockDialog("Why this is asked.", new=True, parent=parent),
        UnlockDialog("Why this is asked.", new=False, in_keyring=True, parent=parent),
        OpenDeskDialog(DeskFacts(workspace, parent), event, workspace.events[1:], parent),
        ReconcileDialog(workspace, event, parent),
        HandOverDialog(workspace, event, "Entrance", parent),
        PrintDialog(workspace, event, parent),
        PassphraseDialog("", parent),
        SharedDeskDialog(workspace, event, parent),
    ]


def names_shown(window: MainWindow) -> list[str]:
    """Return the names in the table of people, in order."""
    model = window.event_pane.participants.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def everybody(event: Event) -> list[PeopleScope]:
    """Return the only scope of an export where nobody is selected or filtered."""
    return [PeopleScope("all", event.participants, event.private_participants)]
