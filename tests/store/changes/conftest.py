"""An outbox for each test."""

import pytest

from app.store.mirror import Mirror
from tests.support.data.store_samples import add_account, add_event
from tests.support.outbox.stored_outbox import StoredOutbox


@pytest.fixture
def stored(mirror: Mirror) -> StoredOutbox:
    account = add_account(mirror)
    return StoredOutbox(mirror, account, add_event(mirror, account))
