"""The outbox's models on an encrypted mirror, and on the practice wiki."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.events.event import Organizer
from app.models.workspace import Workspace
from tests.support.outbox.outbox_models import ALL_RIGHTS, Computer
from tests.support.window_kit import add_account, add_event, person, registration, store_people


@pytest.fixture
def computer(qtbot: QtBot, workspace: Workspace) -> Computer:
    """Return a computer without a wiki; nothing is sent automatically."""
    add_account(workspace, rights=ALL_RIGHTS)
    return Computer(qtbot, workspace)


@pytest.fixture
def meetup(computer: Computer) -> int:
    """Return an event with three people, organized by Amara and Ingrid."""
    account = computer.workspace.accounts[0].key
    organizers = [Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, "Ingrid", ("organizer",))]
    key = add_event(computer.workspace, account, registration(7, "Meetup"), organizers=organizers)
    store_people(computer.workspace, key, [person(1), person(2), person(3)])
    computer.workspace.reload(key)
    return key
