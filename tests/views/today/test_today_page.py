"""Today: what needs the organizer is one click from where it is mended."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import ChangeState
from app.domain.changes.operations import WikiEdit
from app.domain.events.event import Organizer
from app.domain.impact.edits import Edit
from app.domain.impact.figures import span_of
from app.models.workspace import Workspace
from app.store.events import drafts
from app.store.events.drafts import EmailDraft
from app.store.impact.counted_edits import save_counted
from app.store.impact.edits import begin_reading, end_reading, read_looked_at, save_edits
from app.views.organizing.email_dialog import EmailDialog
from app.views.today.event_card import EventCard
from app.views.today.line_button import LineButton
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import CLOSE, queue, set_state
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    add_account,
    add_event,
    child,
    close_window,
    open_window,
    person,
    press,
    registration,
    settled,
    shown_dialog,
    store_people,
)

LEFT = Qt.MouseButton.LeftButton
ME = (Organizer(1, 3, "Amara", ("creator",)),)


@pytest.fixture
def soon(workspace: Workspace) -> int:
    """Return an event of tomorrow with three people, one of them of this hour."""
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Ink & <b>quill</b>", days=1.5), organizers=ME)
    newest = person(3, "Zoë", registered_at=times.now() - 60, private=True)
    store_people(workspace, key, [person(1, "Åsa"), person(2, "Bo"), newest])
    workspace.reload()
    return key


@pytest.fixture
def over(workspace: Workspace, soon: int) -> int:
    """Return an event that has ended, for which people can still register."""
    key = add_event(workspace, workspace.accounts[0].key, registration(2, "Over", days=-3), organizers=ME)
    store_people(workspace, key, [person(9, "Cem")])
    workspace.reload()
    return key


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, over: int) -> MainWindow:
    shown = open_window(qtbot, workspace, on_today=True)
    shown.sync._soon.setInterval(3_600_000)
    settled(qtbot, shown)
    yield shown  # type: ignore[misc] # as a fixture
    close_window(shown)


def needs(window: MainWindow) -> list[str]:
    """Return the buttons that mend what needs the organizer, by what they say to a screen reader."""
    section = child(window, QWidget, "todayNeeds")
    return [button.accessibleName() for button in section.findChildren(QPushButton) if button.isVisible()]


def test_it_opens_first_and_shows_what_comes_next(window: MainWindow, soon: int) -> None:
    assert window.today.isVisible()
    card = child(window, EventCard, f"eventCard{soon}")
    assert "3 people" in card.accessibleName()
    assert "within a day" in card.accessibleName()
    assert any(words in card.accessibleName() for words in ("tomorrow", "in 2 days"))
    texts = [row.accessibleName() for row in window.today.findChildren(LineButton)]
    assert any("Zoë" in text and "(private)" in text and "1 minute ago" in text for text in texts)
    assert any("Over" in text and "1 participant" in text for text in texts)
    assert "The next event begins" in child(window, QLabel, "todaySentence").text()


def test_a_card_opens_its_event_by_mouse_and_by_keyboard(qtbot: QtBot, window: MainWindow, soon: int) -> None:
    card = child(window, EventCard, f"eventCard{soon}")
    qtbot.mouseClick(card, LEFT)
    assert window.event_pane.isVisible()
    assert window.event_pane.event_key == soon
    press(qtbot, window, "Ctrl+0")
    assert window.today.isVisible()
    card.setFocus()
    press(qtbot, card, "Space")
    assert window.event_pane.event_key == soon


def test_registration_still_open_is_closed_with_one_click(
    qtbot: QtBot, window: MainWindow, over: int
) -> None:
    assert any(text.startswith("Close") and "Over" in text for text in needs(window))
    button = next(
        one
        for one in child(window, QWidget, "todayNeeds").findChildren(QPushButton)
        if one.accessibleName().startswith("Close")
    )
    qtbot.mouseClick(button, LEFT)
    settled(qtbot, window)
    (change,) = window._workspace.changes
    assert change.event_key == over
    assert change.operation == replace(CLOSE)


def test_a_refused_change_leads_to_the_change(qtbot: QtBot, window: MainWindow, over: int) -> None:
    number = queue(qtbot, window, over, CLOSE)
    set_state(window, number, ChangeState.FAILED)
    press(qtbot, window, "Ctrl+0")
    settled(qtbot, window)
    first = child(window, QPushButton, "need0Button")
    assert first.accessibleName().startswith("Show")
    qtbot.mouseClick(first, LEFT)
    assert window.changes.isVisible()
    assert child(window, QLabel, "changeTitle").text() == "Close registration"


def test_a_draft_is_gone_on_with(qtbot: QtBot, window: MainWindow, soon: int) -> None:
    draft = EmailDraft("Programme", "Dear all", copy_to_me=False)
    window._workspace.mirror.writer.do(drafts.save_draft, soon, draft, times.now())
    window._workspace.reload()
    window.today.refresh()
    settled(qtbot, window)
    button = next(
        one
        for one in child(window, QWidget, "todayNeeds").findChildren(QPushButton)
        if one.accessibleName().startswith("Continue")
    )
    qtbot.mouseClick(button, LEFT)
    assert shown_dialog(qtbot, window, EmailDialog).subject.text() == "Programme"


def test_a_new_person_is_shown_on_their_event(qtbot: QtBot, window: MainWindow, soon: int) -> None:
    qtbot.mouseClick(child(window, LineButton, "newPerson0"), LEFT)
    settled(qtbot, window)
    assert window.event_pane.event_key == soon
    assert child(window, QLabel, "personName").text() == "Zoë"
    # Found, but not chosen for anything.
    assert not window.event_pane.participants.table.chosen_ids()


def test_names_are_never_rich_text(window: MainWindow, soon: int) -> None:
    card = child(window, EventCard, f"eventCard{soon}")
    assert card.toolTip().startswith("<qt>")
    assert "&lt;b&gt;" in card.toolTip()


def test_without_events_it_says_that_nothing_is_planned(qtbot: QtBot, workspace: Workspace) -> None:
    add_account(workspace)
    window = open_window(qtbot, workspace, on_today=True)
    settled(qtbot, window)
    assert child(window, QLabel, "todaySentence").text() == "Nothing is planned."
    assert needs(window) == []
    close_window(window)


def test_the_month_shows_events_that_overlap_and_opens_them(
    qtbot: QtBot, window: MainWindow, soon: int
) -> None:
    days = child(window, QWidget, "monthDays")
    starts = (datetime.now(UTC) + timedelta(days=1.5)).date()
    window.today._month.show_month(starts)
    assert days.accessibleDescription() in ("Ink & <b>quill</b>", "Over")
    days.setFocus()
    while "quill" not in days.accessibleDescription():
        press(qtbot, days, "Right")
    press(qtbot, days, "Return")
    assert window.event_pane.event_key == soon


def test_a_crowded_day_offers_all_of_its_events(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, soon: int
) -> None:
    account = workspace.accounts[0].key
    others = [add_event(workspace, account, registration(n, f"Too {n}", days=1.5)) for n in (21, 22)]
    workspace.reload()
    days = child(window, QWidget, "monthDays")
    starts = (datetime.now(UTC) + timedelta(days=1.5)).date()
    window.today._month.show_month(starts)
    cell = window.today._month._days._cell(starts)
    qtbot.mouseClick(days, LEFT, pos=cell.bottomLeft() + QPoint(8, -4))
    menu = child(window, QMenu, "monthDayMenu")
    texts = [action.text() for action in menu.actions()]
    assert len(texts) == 3
    assert any("quill" in text for text in texts)
    next(action for action in menu.actions() if "Too 22" in action.text()).trigger()
    menu.close()
    assert window.event_pane.event_key == others[1]


def test_months_are_turned_by_buttons(qtbot: QtBot, window: MainWindow) -> None:
    title = child(window, QLabel, "monthTitle")
    before = title.text()
    qtbot.mouseClick(child(window, QWidget, "monthAfter"), LEFT)
    assert title.text() != before
    qtbot.mouseClick(child(window, QWidget, "monthBefore"), LEFT)
    assert title.text() == before


def test_tab_into_the_list_of_events_does_not_leave_today(qtbot: QtBot, window: MainWindow) -> None:
    window.event_list.view.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert window.today.isVisible()
    press(qtbot, window.event_list.view, "Down")
    assert window.event_pane.isVisible()


def test_in_an_events_last_hours_it_is_said_what_is_not_counted_yet(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    wanted = registration(3, "Contest", days=-0.04, tracks_contributions=True, has_goals=True)
    key = add_event(workspace, workspace.accounts[0].key, wanted, organizers=ME)
    store_people(workspace, key, [person(1, "Åsa")])
    workspace.reload()
    settled(qtbot, window)
    (button,) = [text for text in needs(window) if "Contest" in text]
    assert button.startswith("Look")
    write = workspace.mirror.writer.do
    event = workspace.find_event(key)
    assert event is not None
    begins = span_of(event).begins
    with closing(workspace.mirror.reader()) as reader:
        people = read_looked_at(reader, key, ())
    made = Edit(1, "Åsa", 1, 0, "Page", begins + 60, 10, is_new=True, reverted=False)
    edits = [made, made._replace(revision=2), made._replace(revision=3, reverted=True)]
    write(begin_reading, key, begins, begins, ())
    write(save_edits, key, "examplewiki", people, edits)
    write(end_reading, key, times.now(), ())
    write(save_counted, key, [WikiEdit("examplewiki", 2)], times.now())
    workspace.event_changed.emit(key)
    workspace.reload()
    settled(qtbot, window)
    labels = [label.text() for label in child(window, QWidget, "todayNeeds").findChildren(QLabel)]
    assert any(text.startswith("1 edit is not counted for the event yet") for text in labels)
    write(save_counted, key, [WikiEdit("examplewiki", 1), WikiEdit("examplewiki", 2)], times.now())
    workspace.event_changed.emit(key)
    settled(qtbot, window)
    assert not [text for text in needs(window) if "Contest" in text]
