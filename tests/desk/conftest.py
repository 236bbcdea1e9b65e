"""Fixtures for the tests of app/desk: computers whose desks are shared through a real PostgreSQL server."""

from collections.abc import Callable, Iterator

import pytest

from app.store.desk.shared_desk import SharedDeskSettings
from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.postgresql import server as server
from tests.support.servers.postgresql import started_postgresql as started_postgresql
from tests.support.shared_desks import DeskComputer


@pytest.fixture
def computers() -> Iterator[Callable[[], DeskComputer]]:
    """Return a way to get computers, whose desks are not shared yet."""
    made: list[DeskComputer] = []

    def another() -> DeskComputer:
        made.append(DeskComputer())
        return made[-1]

    yield another
    for computer in made:
        computer.close()


@pytest.fixture
def shared(computers: Callable[[], DeskComputer], server: PostgreSQL) -> Callable[..., DeskComputer]:
    """Return a way to get computers with a shared desk, connected."""

    def another(settings: SharedDeskSettings | None = None) -> DeskComputer:
        computer = computers()
        computer.share(settings or server.settings())
        computer.merge_until(computer.is_connected)
        return computer

    return another
