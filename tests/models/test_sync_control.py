"""Syncing with the practice wiki: progress, stopping, network loss and return, sign-ins that end."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.models.sync_control import SyncControl, SyncPhase, SyncState
from app.models.workspace import Workspace
from app.sync.fetching.pull import Pull, Pulled
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.window_kit import add_account

LONG = 30_000


def sign_in(workspace: Workspace, wiki: PracticeServer, role: str = "organizer") -> int:
    key = workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token(role))
    workspace.reload()
    return key


def idle(qtbot: QtBot, sync: SyncControl) -> None:
    qtbot.waitUntil(lambda: sync.state.phase is SyncPhase.IDLE, timeout=LONG)


def big_event(workspace: Workspace, wiki: PracticeServer) -> int:
    return next(event.key for event in workspace.events if event.event_id == wiki.big_event)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def recorded(sync: SyncControl) -> Iterator[list[SyncState]]:
    states: list[SyncState] = []
    sync.state_changed.connect(states.append)
    yield states
    sync.state_changed.disconnect(states.append)


@pytest.fixture
def sync(workspace: Workspace) -> SyncControl:
    return SyncControl(workspace, workspace, retry_seconds=(0.2,))


def test_syncs_everything(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, practice_wiki: PracticeServer
) -> None:
    assert sync.state.last_synced is None
    sync.sync_everything()
    assert sync.state.phase is SyncPhase.IDLE
    sign_in(workspace, practice_wiki)
    with recorded(sync) as states, qtbot.waitSignal(workspace.events_changed, timeout=LONG):
        sync.sync_everything()
    idle(qtbot, sync)
    assert states[0].phase is SyncPhase.SYNCING
    assert any(state.progress and state.progress.people for state in states)
    assert sync.state.trouble is None
    assert sync.state.last_synced is not None
    assert (datetime.now(UTC) - sync.state.last_synced).total_seconds() < 60
    event = workspace.find_event(big_event(workspace, practice_wiki))
    assert event is not None
    assert event.participants == len(practice_wiki.people(practice_wiki.big_event))


def test_a_second_request_is_deferred_and_not_run_twice(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, practice_wiki: PracticeServer
) -> None:
    sign_in(workspace, practice_wiki)
    sync.sync_everything()
    sync.sync_everything()
    idle(qtbot, sync)
    key = big_event(workspace, practice_wiki)
    practice_wiki.forget_requests()
    sync.sync_event(key)
    sync.sync_event(key)
    sync.sync_event(key)
    idle(qtbot, sync)
    pages = practice_wiki.asked("participants")
    sync.sync_event(key)
    idle(qtbot, sync)
    assert practice_wiki.asked("participants") - pages == pages // 2


def test_stops_and_resumes_from_there(
    qtbot: QtBot,
    workspace: Workspace,
    sync: SyncControl,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    wiki = start_practice_wiki("--participants", "1500", "--latency-ms", "20")
    sign_in(workspace, wiki)
    Pull(workspace.wikis(), workspace.accounts[0]).add(str(wiki.big_event))
    workspace.reload()
    event_key = big_event(workspace, wiki)
    with recorded(sync) as states:
        sync.sync_event(event_key)
        qtbot.waitUntil(lambda: any(s.progress and s.progress.people > 100 for s in states), timeout=LONG)
        sync.stop()
        assert sync.state.phase is SyncPhase.STOPPING
        sync.stop()
        idle(qtbot, sync)
    assert sync.state.trouble is None
    stopped = workspace.find_event(event_key)
    assert stopped is not None
    assert 0 < stopped.participants < 1500
    assert stopped.pass_unfinished
    wiki.forget_requests()
    sync.sync_event(event_key)
    idle(qtbot, sync)
    resumed = workspace.find_event(event_key)
    assert resumed is not None
    assert resumed.participants == len(wiki.people(wiki.big_event))
    assert not resumed.pass_unfinished


def test_offline_is_shown_and_ends_automatically(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl
) -> None:
    port = str(free_port())
    options = ("--port", port)
    with practice_server(*options) as wiki:
        sign_in(workspace, wiki)
        sync.sync_everything()
        idle(qtbot, sync)
    known = [event.participants for event in workspace.events]
    sync.sync_everything()
    qtbot.waitUntil(lambda: sync.state.offline_since is not None, timeout=LONG)
    idle(qtbot, sync)
    since = sync.state.offline_since
    assert sync.state.trouble is None
    assert [event.participants for event in workspace.events] == known
    # The attempts fail for a while; the start of the offline time stays the same.
    qtbot.waitUntil(lambda: sync._tries > 1, timeout=LONG)
    assert sync.state.offline_since == since
    before = sync.state.last_synced
    with practice_server(*options) as wiki:
        qtbot.waitUntil(lambda: sync.state.offline_since is None, timeout=LONG)
        idle(qtbot, sync)
        qtbot.waitUntil(lambda: workspace.jobs.running == 0)
    # A restarted wiki without its data does not know our token: this must be shown.
    assert before is not None


def test_a_login_page_is_reported_until_the_wiki_can_be_reached(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki()
    sign_in(workspace, wiki)
    wiki.fault("not-json")
    sync.sync_everything()
    idle(qtbot, sync)
    assert sync.state.offline_since is not None
    assert "login page" in str(sync.state.trouble)
    wiki.fault("drop")
    qtbot.waitUntil(lambda: sync.state.trouble is None, timeout=LONG)
    assert sync.state.offline_since is not None
    wiki.calm()
    qtbot.waitUntil(lambda: sync.state.offline_since is None, timeout=LONG)
    idle(qtbot, sync)
    assert sync.state.trouble is None
    assert workspace.events


def test_the_systems_network_state_is_followed(
    qtbot: QtBot, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    sync = SyncControl(workspace, workspace, retry_seconds=(600.0,))
    sync.network_lost()
    assert sync.state.offline_since is None
    sign_in(workspace, practice_wiki)
    sync.network_lost()
    since = sync.state.offline_since
    assert since is not None
    sync.network_lost()
    assert sync.state.offline_since == since
    sync.network_returned()
    qtbot.waitUntil(lambda: sync.state.offline_since is None, timeout=LONG)
    idle(qtbot, sync)
    assert sync.state.last_synced is not None


def test_an_ended_sign_in_is_marked_and_not_shown_twice(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki()
    sign_in(workspace, wiki)
    wiki.control("revoke", user=wiki.name())
    with qtbot.waitSignal(workspace.accounts_changed, timeout=LONG):
        sync.sync_everything()
    idle(qtbot, sync)
    assert workspace.accounts[0].ended
    assert sync.state.trouble is None
    assert sync.state.offline_since is None
    sync.sync_everything()
    assert sync.state.phase is SyncPhase.IDLE


def test_a_failing_wiki_does_not_stop_the_other(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    broken, whole = start_practice_wiki(), start_practice_wiki()
    sign_in(workspace, broken)
    second = sign_in(workspace, whole)
    broken.fault("500")
    sync.sync_everything()
    idle(qtbot, sync)
    assert sync.state.trouble
    assert "127.0.0.1" in sync.state.trouble
    assert {event.wiki_key for event in workspace.events} == {second}
    broken.calm()
    sync.sync_account(workspace.accounts[0].key)
    idle(qtbot, sync)
    assert sync.state.trouble is None
    assert len({event.wiki_key for event in workspace.events}) == 2


def test_removing_waits_until_the_sync_has_stopped(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki("--participants", "1500", "--latency-ms", "20")
    sign_in(workspace, wiki)
    with recorded(sync) as states:
        sync.sync_everything()
        qtbot.waitUntil(
            lambda: any(s.progress and s.progress.people for s in states) and bool(workspace.events),
            timeout=LONG,
        )
        key = workspace.events[0].key
        phases = []
        sync.when_stopped(lambda: phases.append(sync.state.phase))
        sync.when_stopped(lambda: workspace.remove_event(key))
        qtbot.waitUntil(lambda: workspace.find_event(key) is None, timeout=LONG)
    assert phases == [SyncPhase.IDLE]


def test_an_event_can_be_removed_during_a_sync(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki("--participants", "1500", "--latency-ms", "20")
    sign_in(workspace, wiki)
    with recorded(sync) as states:
        sync.sync_everything()
        qtbot.waitUntil(lambda: any(s.progress and s.progress.people for s in states), timeout=LONG)
        key = next(s.progress.event_key for s in reversed(states) if s.progress and s.progress.event_key)
        workspace.remove_event(key)
        idle(qtbot, sync)
    sync.sync_everything()
    idle(qtbot, sync)
    assert workspace.events


def test_closing_during_a_sync_ends_soon(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki("--participants", "1500", "--latency-ms", "50")
    sign_in(workspace, wiki)
    with recorded(sync) as states:
        sync.sync_everything()
        qtbot.waitUntil(lambda: any(s.progress for s in states), timeout=LONG)
    began = datetime.now(UTC)
    sync.stop()
    workspace.jobs.wait()
    assert (datetime.now(UTC) - began).total_seconds() < 3


def test_a_bug_in_a_sync_leaves_the_window_usable(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl
) -> None:
    add_account(workspace)

    def bug(_pull: Pull) -> Pulled:
        raise ZeroDivisionError

    with qtbot.waitSignal(workspace.jobs.bug_found, timeout=LONG):
        sync._start(workspace.accounts, bug)
    idle(qtbot, sync)
    assert sync.state.trouble is None


def test_an_offline_wiki_is_not_retried_while_the_window_is_hidden(
    qtbot: QtBot, workspace: Workspace, sync: SyncControl, start_practice_wiki: Callable[..., PracticeServer]
) -> None:
    wiki = start_practice_wiki()
    sign_in(workspace, wiki)
    wiki.fault("drop")
    sync.sync_everything()
    idle(qtbot, sync)
    assert sync.state.offline_since
    sync.set_watched(False)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    assert not sync._retry.isActive()
    wiki.calm()
    sync.set_watched(True)
    qtbot.waitUntil(lambda: sync.state.offline_since is None, timeout=LONG)
