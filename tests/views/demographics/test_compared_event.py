"""An earlier event beside an event's registrations over time."""

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.demographics.demographics_tab import DemographicsTab
from app.views.demographics.timeline_chart import TimelineChart
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    person,
    registration,
    store_people,
    wiki_facts,
)

DAY = 86_400


def test_the_last_event_of_the_series_is_compared_unless_another_is_chosen(
    qtbot: QtBot, workspace: Workspace
) -> None:
    account = add_account(workspace, wiki_facts())
    add_event(workspace, account, registration(1, "Nobody came", days=-40))
    other = add_event(workspace, account, registration(2, "Meetup", days=-60))
    before = add_event(workspace, account, registration(3, "Photo Walk 2025", days=-95))
    later = add_event(workspace, account, registration(4, "Photo Walk 2026", days=5))
    for key, count in ((other, 3), (before, 8), (later, 20)):
        begins = workspace.find_event(key).registration.starts_at().timestamp()  # type: ignore[union-attr]
        people = [person(n, registered_at=int(begins) - 10 * DAY) for n in range(1, count + 1)]
        store_people(workspace, key, people)
    workspace.reload()
    event = workspace.find_event(later)
    assert event is not None
    tab = DemographicsTab(workspace)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_event(event)

    def line() -> tuple[int, str]:
        charts = tab.findChildren(TimelineChart)
        return (sum(charts[0].chart.earlier), charts[0].chart.earlier_name) if charts else (0, "")

    qtbot.waitUntil(lambda: line() == (8, "Photo Walk 2025"), timeout=LONG)
    # Both had their registrations ten days before they began.
    chart = tab.findChildren(TimelineChart)[0].chart
    assert [mine > 0 for _day, mine in chart.columns] == [theirs > 0 for theirs in chart.earlier]
    choice = child(tab, QComboBox, "comparedEvent")
    assert [choice.itemText(index) for index in range(choice.count())][1:] == ["Meetup", "Photo Walk 2025"]
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: line() == (3, "Meetup"), timeout=LONG)
    choice = child(tab, QComboBox, "comparedEvent")
    assert choice.currentText() == "Meetup"
    choice.activated.emit(0)
    qtbot.waitUntil(lambda: line() == (0, ""), timeout=LONG)
