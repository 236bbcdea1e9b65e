"""Fixtures for the tests of app/store: an open data folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.mirror import Mirror, open_with_keyring
from tests.support.data.store_samples import add_account, add_event


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def mirror(data_folder: Path, memory_keyring: object) -> Iterator[Mirror]:
    opened = open_with_keyring(data_folder)
    yield opened
    opened.close()


@pytest.fixture
def event_key(mirror: Mirror) -> int:
    return add_event(mirror, add_account(mirror))
