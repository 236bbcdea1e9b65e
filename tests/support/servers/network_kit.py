"""The program's window behind a proxy, and the time limits of the tests."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent
from app.domain.events.event import Event
from app.domain.events.event_fields import EventPart
from app.models.background import Jobs
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.store.database.folder import prepare
from app.store.mirror import Mirror
from app.views.window.main_window import MainWindow
from tests.support.examples import LONG_RUN
from tests.support.servers.behaviour import Behaviour
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_answers import WIKI_ADDRESS
from tests.support.servers.scripted_proxy import ScriptedProxy
from tests.support.window_kit import KEY, child, open_window, press, seen

#: One second to stop, and half a second more for a busy computer.
STOP_SECONDS = 1.5
CLOSE_SECONDS = 3.0
#: Everything continues automatically within this time after the network is back.
RETURN_SECONDS = 20.0
#: A silent connection is reported within this time.
REPORT_SECONDS = 60.0
#: For short operations.
SOON = 30_000

CAPTIVE = (
    Behaviour.CAPTIVE_CERTIFICATE,
    Behaviour.CAPTIVE_HOST,
    Behaviour.CAPTIVE_REDIRECT,
    Behaviour.CAPTIVE_PAGE,
    Behaviour.CAPTIVE_REDIRECT_INSIDE,
    Behaviour.CAPTIVE_PAGE_INSIDE,
    Behaviour.NETWORK_LOGIN,
)
ENDLESS = (
    Behaviour.HANG_CONNECT,
    Behaviour.HANG_TLS,
    Behaviour.HANG,
    Behaviour.HANG_BODY,
    Behaviour.TRICKLE_STATUS,
    Behaviour.TRICKLE_HEADERS,
    Behaviour.TRICKLE_CHUNKS,
    Behaviour.TRICKLE_GZIP,
)
REFUSING = (
    *CAPTIVE,
    Behaviour.PASSWORD,
    Behaviour.FILTER,
    Behaviour.FILTER_INSIDE,
    Behaviour.DROP,
    Behaviour.RESET,
)
#: A change reaches the wiki, but its answer is lost.
UNHEARD = (Behaviour.RESET, Behaviour.HANG_BODY, Behaviour.TRICKLE_STATUS, Behaviour.TRICKLE_GZIP)
#: A change does not reach the wiki.
NOT_ARRIVED = (
    Behaviour.HANG,
    Behaviour.FILTER_INSIDE,
    Behaviour.CAPTIVE_PAGE_INSIDE,
    Behaviour.CAPTIVE_REDIRECT_INSIDE,
)
#: EVENT_CENTER_LONG_RUN=2 runs every test with every behaviour, in a quarter of an hour.
_LONG = LONG_RUN > 1


def some(behaviours: Sequence[Behaviour], *shortly: Behaviour) -> Sequence[Behaviour]:
    """Return the behaviours for a test: all in a long run, otherwise these."""
    return behaviours if _LONG else shortly


CLOSE_REGISTRATION = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})


class Program:
    """The program's data and its window, on https://wiki.test through the proxy."""

    def __init__(self, qtbot: QtBot, folder: Path, proxy: ScriptedProxy, wiki: PracticeServer) -> None:
        self._qtbot = qtbot
        self._proxy = proxy
        self._wiki = wiki
        prepare(folder)
        self.jobs = Jobs()
        self.workspace = Workspace(Mirror(folder, KEY, for_changes=True), self.jobs)
        self.window: MainWindow

    def sign_in(self) -> None:
        """Sign in with an owner-only token."""
        facts = self.workspace.wikis().find(WIKI_ADDRESS)
        self.workspace.wikis().sign_in_with_token(facts, self._wiki.token())
        self.workspace.reload()

    def show(self) -> None:
        self.window = open_window(self._qtbot, self.workspace)

    def wait(self, condition: Callable[[], bool], seconds: float = SOON / 1000) -> None:
        self._qtbot.waitUntil(condition, timeout=round(1000 * seconds))

    def rest(self, seconds: float = SOON / 1000) -> None:
        """Wait until nothing is synced or sent."""
        self.wait(lambda: self.window.sync.state.phase is SyncPhase.IDLE, seconds)

    def sync(self) -> datetime:
        """Sync everything to its end; return when that was."""
        self.window.sync.sync_everything()
        self.rest()
        last = self.window.sync.state.last_synced
        assert last is not None
        assert self.window.sync.state.trouble is None
        return last

    def begin_sync(self) -> None:
        """Start a sync, and wait until it is in the middle."""
        before = len(self._proxy.arrived)
        self.window.sync.sync_everything()
        self.wait(lambda: len(self._proxy.arrived) >= before + 6)
        assert self.window.sync.state.phase is SyncPhase.SYNCING

    def meet(self, behaviour: Behaviour) -> None:
        """Switch the network to a behaviour in the middle of a sync, and wait until the sync is affected."""
        self.begin_sync()
        self._proxy.switch(behaviour)
        self.wait(lambda: self._proxy.met > 0)

    def synced_since(self, moment: datetime | None) -> bool:
        """Return whether a whole sync has ended since a moment."""
        state = self.window.sync.state
        return state.phase is SyncPhase.IDLE and state.last_synced != moment and not state.offline_since

    @property
    def sync_text(self) -> str:
        """The window's text about the sync."""
        banners = (self.window.banner, self.window.account_banner)
        said = [banner.text for banner in banners if banner.isVisible()]
        return seen("\n".join([self.window.sync_bar.text, *said]))

    def event(self, number: int) -> Event:
        (found,) = [event for event in self.workspace.events if event.event_id == number]
        return found

    def close_registration(self, number: int) -> None:
        """Close the registration of an event, as the window's button does."""
        account, event = self.workspace.accounts[0].key, self.event(number)
        with self._qtbot.waitSignal(self.window.outbox.queued, timeout=SOON):
            self.window.outbox.queue(account, event.key, CLOSE_REGISTRATION)

    def close_registration_into(self, behaviour: Behaviour, number: int) -> None:
        """Close the registration of an event while changes are affected by a behaviour; wait until one is."""
        self.sync()
        self._proxy.switch(behaviour, changes_only=True)
        self.close_registration(number)
        self.wait(lambda: self._proxy.met > 0)

    @property
    def changes(self) -> list[Change]:
        return self.workspace.changes

    def changes_done(self) -> bool:
        return bool(self.changes) and all(change.state is ChangeState.DONE for change in self.changes)

    def stop(self) -> float:
        """Press Esc; return how long the sync took to stop."""
        began = time.monotonic()
        press(self._qtbot, self.window, "Esc")
        self.rest()
        return time.monotonic() - began

    def quit(self) -> float:
        """Close the window, then the data, as the program does when quitting; return how long it took."""
        began = time.monotonic()
        self.window.close()
        if self.window.isVisible():
            # It asks about unsent changes.
            child(self.window, QPushButton, "askUnsent1").click()
        assert not self.window.isVisible()
        self.workspace.close()
        took = time.monotonic() - began
        # Delete it at once, as the program does: nothing may use the window any more.
        delete(self.window)
        delete(self.workspace)
        return took

    def forget(self) -> None:
        """Delete what is left; everything must have been freed by now."""
        if hasattr(self, "window") and isValid(self.window):
            self.quit()
        elif isValid(self.workspace):
            self.workspace.close()
            delete(self.workspace)
        delete(self.jobs)


class Resolver:
    """Resolves hosts as the system does; can be made to hang for one port."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._port: int | None = None
        self._free = threading.Event()
        self._look_up = socket.getaddrinfo

    def hang(self, port: int) -> None:
        self._port = port

    def free(self) -> None:
        self._free.set()

    def __call__(self, host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if self._port is not None and port == self._port:
            self.asked.set()
            self._free.wait()
        return self._look_up(host, port, *more, **options)


def closed_once(proxy: ScriptedProxy, wiki: PracticeServer, event: int) -> bool:
    """Return whether exactly one change has arrived since the event was opened, and has closed it."""
    made = [one["body"]["status"] for one in wiki.changes(event)]
    return proxy.count("PUT", "POST", "DELETE") == 1 and made[-2:] == ["open", "closed"]


@contextmanager
def free_after(seconds: float, free: Callable[[], None]) -> Iterator[None]:
    """Release what hangs after a timeout, so that a waiting test fails instead of hanging too."""
    timer = threading.Timer(seconds, free)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
