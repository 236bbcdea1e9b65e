"""Every kind of operation has its entry in each room's table."""

from dataclasses import is_dataclass

import pytest

from app.domain.changes import operations
from app.domain.changes.operations import Operation
from app.domain.wording.change_texts import _SUMMARIES
from app.store.changes.change_rows import _KINDS, _READ, _WRITE
from app.sync.sending.handlers import HANDLERS

KINDS = {
    one
    for one in vars(operations).values()
    if isinstance(one, type) and issubclass(one, Operation) and is_dataclass(one)
}


@pytest.mark.parametrize("table", [HANDLERS, _SUMMARIES, _KINDS], ids=["handlers", "summaries", "JSON"])
def test_each_kind_is_in_the_table(table) -> None:
    assert set(table) == KINDS


def test_each_kind_is_written_and_read() -> None:
    assert set(_KINDS.values()) == set(_WRITE) == set(_READ)
    assert len(set(_KINDS.values())) == len(KINDS)
