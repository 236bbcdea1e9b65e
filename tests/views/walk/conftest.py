"""The window of the walks."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from tests.support.data.event_making import add_people, make_event
from tests.support.organizers_walk import Walk
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import close_window, open_window


@pytest.fixture
def walk(
    qtbot: QtBot, workspace: Workspace, start_practice_wiki: Callable[..., PracticeServer]
) -> Iterator[Walk]:
    wiki = start_practice_wiki()
    event = make_event(wiki)
    add_people(wiki, event, 12)
    window = open_window(qtbot, workspace, on_today=True)
    window.sync._soon.setInterval(50)
    yield Walk(qtbot, window, wiki, event)
    close_window(window)
