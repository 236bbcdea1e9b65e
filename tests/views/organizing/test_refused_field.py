"""What the wiki refused stands beside its field, once, in sight, until the field is mended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent
from app.domain.events.event_fields import EventPart
from app.views.forms.problem_label import ProblemLabel
from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import change, problem, queue, set_state
from tests.support.outbox.stored_outbox import REFUSED
from tests.support.window_kit import child, press, settled, shown_dialog


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, linked_meetup: int) -> EventDialog:
    """Return the form of an edit whose chat link the wiki has refused."""
    edit = EditEvent({EventPart.CHAT: PartEdit(("https://old",), ("https://new.example",))})
    number = queue(qtbot, window, linked_meetup, edit)
    set_state(window, number, ChangeState.FAILED)
    window.event_actions.dialogs.edit_change(change(window, number))
    shown = shown_dialog(qtbot, window, EventDialog)
    settled(qtbot, window)
    return shown


def test_it_shows_once_and_in_sight(qtbot: QtBot, dialog: EventDialog) -> None:
    assert problem(dialog, "chat-url") == REFUSED.sentence
    assert not dialog._banner.isVisible()
    chat, scroll = child(dialog, QLineEdit, "eventChatLink"), child(dialog, QScrollArea, "eventScroll")
    view = scroll.viewport().rect()
    qtbot.waitUntil(lambda: view.contains(chat.mapTo(scroll.viewport(), chat.rect().center())))


def test_the_wikis_own_words_are_shown_on_request_by_mouse_and_keyboard(
    qtbot: QtBot, dialog: EventDialog
) -> None:
    beside = child(dialog, ProblemLabel, "problem-chat-url")
    button, words = (
        child(beside, QToolButton, "problem-chat-url-wikiButton"),
        child(beside, QLabel, "problem-chat-url-wikiText"),
    )
    assert not words.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert words.isVisible()
    assert REFUSED.wiki_said in words.text()
    button.setFocus()
    press(qtbot, button, "Space")
    assert not words.isVisible()


def test_it_goes_when_the_field_is_mended_and_not_before(qtbot: QtBot, dialog: EventDialog) -> None:
    address = child(dialog, QLineEdit, "eventMeetingLink")
    dialog.form.online.setChecked(True)
    address.setFocus()
    qtbot.keyClicks(address, "https://meet.example")
    assert problem(dialog, "chat-url") == REFUSED.sentence
    chat = child(dialog, QLineEdit, "eventChatLink")
    chat.setFocus()
    qtbot.keyClicks(chat, "/room")
    assert problem(dialog, "chat-url") == ""
