"""The tree of events: groups by each event's own zone, the filter, and events no longer on the wiki."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.events.event import Listing
from app.models.events.events_model import EventRole, EventsModel, Group
from app.models.workspace import Workspace
from tests.support.window_kit import add_account, add_event, registration, seen, stamp

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def account(workspace: Workspace) -> int:
    return add_account(workspace)


def titles_by_group(model: EventsModel) -> dict[str, list[str]]:
    """Return the titles under their groups' names."""
    found = {}
    for row in range(model.rowCount()):
        parent = model.index(row, 0)
        found[str(parent.data())] = [
            str(model.index(place, 0, parent).data()) for place in range(model.rowCount(parent))
        ]
    return found


def test_groups_by_time_and_listing(qtmodeltester: ModelTester, workspace: Workspace, account: int) -> None:
    model = EventsModel(workspace, workspace)
    qtmodeltester.check(model)
    assert model.rowCount() == 0
    assert not model.first_event().isValid()
    add_event(workspace, account, registration(1, "Now", days=-0.01))
    add_event(workspace, account, registration(2, "Later", days=20))
    add_event(workspace, account, registration(3, "Soon", days=2))
    add_event(workspace, account, registration(4, "Long ago", days=-90))
    add_event(workspace, account, registration(5, "Yesterday", days=-1))
    add_event(workspace, account, registration(6, "Gone", days=3), Listing.NO_LONGER_LISTED)
    add_event(workspace, account, registration(7, "Deleted", days=3), Listing.DELETED)
    add_event(workspace, account, registration(8, "By hand", days=30), Listing.ADDED)
    qtmodeltester.check(model)
    assert titles_by_group(model) == {
        "Happening now": ["Now"],
        "Upcoming": ["Soon", "Later", "By hand"],
        "Past": ["Yesterday", "Long ago"],
        "No longer in your list": ["Gone"],
        "Deleted on the wiki": ["Deleted"],
    }
    by_hand = model.index_of(workspace.events[-1].key)
    assert "Added by hand" in by_hand.data(EventRole.NOTES)


@pytest.mark.parametrize(
    ("zone", "group"),
    [
        ("UTC", Group.NOW),
        ("+02:00", Group.PAST),
        ("-02:00", Group.UPCOMING),
        ("Pacific/Kiritimati", Group.PAST),
        ("Pacific/Pago_Pago", Group.UPCOMING),
        ("Not/A_Zone", Group.NOW),
        ("", Group.NOW),
    ],
)
def test_an_event_is_now_by_its_own_zone(workspace: Workspace, account: int, zone: str, group: Group) -> None:
    noon = datetime.now(UTC)
    wall = {"start": stamp(noon - timedelta(minutes=30)), "end": stamp(noon + timedelta(minutes=30))}
    key = add_event(workspace, account, registration(1, timezone=zone, **wall))
    names = {Group.NOW: "Happening now", Group.PAST: "Past", Group.UPCOMING: "Upcoming"}
    index = EventsModel(workspace, workspace).index_of(key)
    assert index.parent().data() == names[group]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("20270328023000", "20270328033000"),  # an hour that the clocks skip in Berlin
        ("20271031023000", "20271031024500"),  # one that comes twice
        ("00010101000000", "00010101000001"),
        ("99991231235958", "99991231235959"),
    ],
)
def test_clock_changes_are_handled(
    qtmodeltester: ModelTester, workspace: Workspace, account: int, start: str, end: str
) -> None:
    key = add_event(workspace, account, registration(1, timezone="Europe/Berlin", start=start, end=end))
    model = EventsModel(workspace, workspace)
    qtmodeltester.check(model)
    assert model.index_of(key).data(EventRole.DATES)


def test_groups_follow_the_time(
    qtbot: QtBot, qtmodeltester: ModelTester, workspace: Workspace, account: int
) -> None:
    key = add_event(workspace, account, registration(1, days=1))
    model = EventsModel(workspace, workspace)
    qtmodeltester.check(model)
    now = datetime.now(UTC)
    with qtbot.assertNotEmitted(model.modelReset):
        model.refresh_at(now)
    with qtbot.waitSignal(model.modelReset):
        model.refresh_at(now + timedelta(days=1, hours=1))
    assert model.index_of(key).parent().data() == "Happening now"
    model.refresh_at(now + timedelta(days=2))
    assert model.index_of(key).parent().data() == "Past"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", 3), ("cafe", 1), ("CAFÉ", 1), ("wiki munich", 1), ("  ", 3), ("zz", 0), ("germany", 1), ("<b>", 0)],
)
def test_filter(
    qtmodeltester: ModelTester, workspace: Workspace, account: int, typed: str, found: int
) -> None:
    add_event(workspace, account, registration(1, "Café crawl"))
    add_event(workspace, account, registration(2, "Wiki table", in_person=True, address="Munich"))
    add_event(workspace, account, registration(3, "Hackathon", country="Germany"))
    model = EventsModel(workspace, workspace)
    model.filter(typed)
    qtmodeltester.check(model)
    assert sum(len(titles) for titles in titles_by_group(model).values()) == found


def test_updates_that_move_no_row_do_not_reset_the_model(
    qtbot: QtBot, workspace: Workspace, account: int
) -> None:
    wanted = registration(1, days=3)
    key = add_event(workspace, account, wanted)
    add_event(workspace, account, registration(2, days=9))
    model = EventsModel(workspace, workspace)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        add_event(workspace, account, registration(1, "Another title", start=wanted.start, end=wanted.end))
    assert changed.args is not None
    assert changed.args[0].data(EventRole.KEY) == key
    assert model.index_of(key).data() == "Another title"


def test_events_that_begin_at_the_same_time_have_a_stable_order(workspace: Workspace, account: int) -> None:
    same = {"start": "20300101100000", "end": "20300101110000"}
    for number, title in enumerate(["b", "a", "c"], 1):
        add_event(workspace, account, registration(number, title, **same))
    model = EventsModel(workspace, workspace)
    workspace.events.reverse()
    model.refresh()
    assert titles_by_group(model) == {"Upcoming": ["a", "b", "c"]}


@pytest.mark.parametrize(
    "title", ["<b>bold</b>", "<img src='http://x'>", "R&amp;D", "x\u202ey", "two\nlines"]
)
def test_titles_are_shown_as_they_are(workspace: Workspace, account: int, title: str) -> None:
    key = add_event(workspace, account, registration(1, title))
    index = EventsModel(workspace, workspace).index_of(key)
    shown = index.data()
    assert seen(shown) == title.replace("\u202e", "").replace("\n", "")
    tip = index.data(TIP)
    assert "<b>" not in tip
    assert "<img" not in tip
    assert shown in index.data(ACCESSIBLE)


def test_the_texts_of_a_group(workspace: Workspace, account: int) -> None:
    add_event(workspace, account, registration(1))
    model = EventsModel(workspace, workspace)
    group = model.index(0, 0)
    assert group.data(EventRole.IS_GROUP)
    assert group.data(ACCESSIBLE).startswith("Upcoming, 1 event")
    assert group.data(TIP) is None
    assert model.event_at(group) is None
    assert not model.flags(group) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(QModelIndex()) is None
