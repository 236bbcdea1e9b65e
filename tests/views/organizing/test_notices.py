"""Notices about changes: each belongs to its change, goes with it, and moves nothing under the pointer."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes.change import ChangeState
from app.domain.changes.operations import CreateEvent, DeleteRegistration
from app.views.look.colours import Accent
from app.views.widgets.banner import SUCCESS_STAYS
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import CLOSE, LEFT, NEW, queue, set_state
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.window_kit import child, press, settled


def below(widget: QWidget) -> bool:
    """Return whether a widget is a horizontal scroll bar, or holds one."""
    name = "qt_scrollarea_hcontainer"
    return widget.objectName() == name or widget.parentWidget().objectName() == name


def places(window: MainWindow) -> dict[str, QPoint]:
    """Return where every part of the window lies, but for the notices.

    Scroll bars at a lower edge are no part: there, the page leaves room for the notices.
    """
    notices = window.banner.parentWidget()
    return {
        f"{one.objectName()} {number}": one.mapTo(window, QPoint(0, 0))
        for number, one in enumerate(window.findChildren(QWidget))
        if one.isVisible() and one is not notices and not notices.isAncestorOf(one) and not below(one)
    }


def window_notices(window: MainWindow) -> QRect:
    notices = window.banner.parentWidget()
    return notices.rect().translated(notices.mapTo(window, QPoint()))


@pytest.mark.parametrize("text", ["Something happened.", "A long message with many words. " * 8])
def test_a_notice_moves_nothing_and_lies_in_the_window(qtbot: QtBot, window: MainWindow, text: str) -> None:
    settled(qtbot, window)
    before = places(window)
    for banner in (window.banner, window.account_banner):
        banner.say(text, Accent.ERROR, "Show", closable=True)
        settled(qtbot, window)
        # Where there is less room, scroll bars may come.
        assert before.items() <= places(window).items()
        table = window.event_pane.participants.table
        # On a screen with room, they cover nothing.
        assert window.height() < 700 or not table.rect().translated(table.mapTo(window, QPoint())).intersects(
            window_notices(window)
        )
        assert window.rect().contains(banner.rect().translated(banner.mapTo(window, QPoint(0, 0))))
        assert banner.height() >= banner.heightForWidth(banner.width())
    notices = window.banner.parentWidget()
    qtbot.mouseClick(child(window, QWidget, "windowBannerClose"), LEFT)
    qtbot.mouseClick(child(window, QWidget, "accountBannerClose"), LEFT)
    assert not notices.isVisible()


def test_a_success_goes_by_itself_and_a_fault_stays(qtbot: QtBot, window: MainWindow) -> None:
    going = window.banner._going
    assert going.interval() == SUCCESS_STAYS
    going.setInterval(1)
    window.banner.say("Done.", Accent.SUCCESS, closable=True)
    qtbot.waitUntil(window.banner.isHidden)
    window.banner.say("Failed.", Accent.ERROR, closable=True)
    assert not going.isActive()


def test_a_success_stays_while_its_button_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    window.banner.say("Done.", Accent.SUCCESS, "Show", closable=True)
    button = child(window, QPushButton, "windowBannerAction")
    button.setFocus()
    window.banner._go()
    assert not window.banner.isHidden()
    window.event_list.focus_list()
    window.banner._go()
    assert window.banner.isHidden()


def test_a_refusal_goes_with_its_change(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> None:
    number = queue(qtbot, window, linked_meetup, CLOSE)
    set_state(window, number, ChangeState.FAILED)
    qtbot.waitUntil(lambda: REFUSED.sentence in window.banner.text)
    with qtbot.waitSignal(window._workspace.outbox_changed):
        window.outbox.replace(number, CLOSE)
    assert REFUSED.sentence not in window.banner.text
    set_state(window, number, ChangeState.DONE)
    qtbot.waitUntil(lambda: window.banner._accent is Accent.SUCCESS)
    assert "Close registration" in window.banner.text


@pytest.mark.parametrize("state", [ChangeState.FAILED, ChangeState.ASKS])
def test_a_discarded_change_takes_its_notice_along(
    qtbot: QtBot, window: MainWindow, linked_meetup: int, state: ChangeState
) -> None:
    number = queue(qtbot, window, linked_meetup, CLOSE)
    set_state(window, number, state)
    qtbot.waitUntil(window.banner.isVisible)
    window.outbox.discard(number)
    qtbot.waitUntil(window.banner.isHidden)


def test_what_was_refused_is_not_said_to_wait(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> None:
    deletion = queue(qtbot, window, linked_meetup, DeleteRegistration())
    creation = queue(qtbot, window, 0, CreateEvent(NEW, "Text"))
    for number, key in ((deletion, linked_meetup), (creation, -creation)):
        set_state(window, number, ChangeState.FAILED)
        window.event_list.choose(key)
        settled(qtbot, window)
        assert window.event_pane._banner.text == REFUSED.sentence
        button = child(window, QPushButton, "eventBannerAction")
        press(qtbot, button, "Space")
        assert window.event_pane.history._current().number == number
