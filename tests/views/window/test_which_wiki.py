"""With several wikis, each event, header and question names its wiki; with one, none does."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.models.events.events_model import EventRole
from app.models.workspace import Workspace
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.remove_people_dialog import RemovePeopleDialog
from tests.support.organizing_window import CLOSE, ME, queue
from tests.support.window_kit import (
    ORGANIZER_RIGHTS,
    Show,
    add_account,
    add_event,
    child,
    crowd,
    press,
    registration,
    seen,
    settled,
    shown_dialog,
    store_people,
    wiki_facts,
)


@pytest.mark.parametrize("several", [True, False])
def test_the_wiki_is_named_where_there_are_several(
    qtbot: QtBot, workspace: Workspace, show_window: Show, several: bool
) -> None:
    facts = wiki_facts("https://meta.example.org/w", "Meta-Wiki")
    account = add_account(workspace, facts, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, "Meetup"), organizers=ME)
    store_people(workspace, key, crowd(5))
    if several:
        other = add_account(workspace, wiki_facts("https://test.example.org/w", "Test Wiki"))
        add_event(workspace, other, registration(1, "Meetup", days=9))
    workspace.reload()
    window = show_window()
    window.sync._soon.setInterval(3_600_000)
    window.event_list.choose(key)
    settled(qtbot, window)
    named: dict[str, str] = {}
    index = window.event_list.model.index_of(key)
    named["list"] = index.data(EventRole.PLACE)
    named["header"] = child(window, QLabel, "eventDates").text()
    window.event_actions.remove_here(key)
    box = shown_dialog(qtbot, window, QMessageBox)
    named["question"] = box.text()
    press(qtbot, box, "Esc")
    window.event_pane.participants.table.selectRow(0)
    child(window, QAction, "removePeople").trigger()
    dialog = shown_dialog(qtbot, window, RemovePeopleDialog)
    named["removal"] = child(dialog, QLabel, "removePeopleTitle").text()
    press(qtbot, dialog, "Esc")
    child(window, QAction, "emailPeople").trigger()
    email = shown_dialog(qtbot, window, EmailDialog)
    named["e-mail"] = email.windowTitle()
    press(qtbot, email, "Esc")
    queue(qtbot, window, key, CLOSE)
    named["notice"] = window.banner.text
    assert {place: "Meta-Wiki" in seen(text) for place, text in named.items()} == dict.fromkeys(
        named, several
    )
    window.wikis._ask_sign_out(workspace.accounts[0])
    assert "Meta-Wiki" in shown_dialog(qtbot, window, QMessageBox).text()
