"""The headings of the table of people."""

from datetime import UTC

import pytest
from PySide6.QtCore import Qt

from app.domain import times
from app.models.people.participants_model import ParticipantsModel
from app.models.workspace import Workspace
from tests.support.window_kit import add_account, add_event, person, registration, store_people


@pytest.mark.parametrize(
    ("zone", "heading"), [("Asia/Kolkata", "Registered (Kolkata)"), ("UTC", "Registered")]
)
def test_times_name_their_zone_where_it_is_not_the_users(
    workspace: Workspace, zone: str, heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(times, "here", lambda moment: moment.astimezone(UTC))
    key = add_event(workspace, add_account(workspace), registration(1, timezone=zone))
    store_people(workspace, key, [person(1, "Zoë")])
    workspace.reload()
    model = ParticipantsModel(workspace)
    model.show_event(workspace.find_event(key))
    headings = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    assert heading in headings
