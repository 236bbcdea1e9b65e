"""The desk's tab of an event: opening the desk, lists, files, printing, and the checks before the event."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.desk.event_desk import EventDesk, Person
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.models.workspace import Workspace
from app.views.desk.check_in.desk_window import DeskWindow
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from app.views.desk.hand_over_dialog import HandOverDialog
from app.views.desk.open_desk_dialog import OpenDeskDialog
from app.views.desk.print_dialog import PrintDialog
from app.views.desk.reconcile_dialog import ReconcileDialog
from app.views.widgets.banner import Banner
from app.views.window.event_pane import EventTab
from app.views.window.main_window import MainWindow
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    dialog_gone,
    person,
    registration,
    settled,
    shown_dialog,
    stamp,
    store_people,
)

Show = Callable[[], MainWindow]
LEFT = Qt.MouseButton.LeftButton
PEOPLE = (
    person(1, "Jane Doe (WMDE)", private=False),
    person(2, "Éric Durand"),
    person(3, "Hidden One", private=True),
)


@pytest.fixture
def event_key(workspace: Workspace) -> int:
    key = add_event(workspace, add_account(workspace), registration(1, "Photo walk", days=0.01))
    store_people(workspace, key, PEOPLE)
    workspace.reload()
    return key


@pytest.fixture
def on_tab(qtbot: QtBot, workspace: Workspace, show_window: Show, event_key: int) -> MainWindow:
    window = show_window()
    window.event_list.choose(event_key)
    window.event_pane.go_to(EventTab.DESK)
    settled(qtbot, window)
    return window


def desk_of(workspace: Workspace, key: int) -> EventDesk:
    with closing(workspace.mirror.reader()) as reader:
        return EventDesk(workspace.mirror, reader, workspace.find_event(key))


def arrived(workspace: Workspace, key: int) -> set[str]:
    desk = desk_of(workspace, key)
    return {desk.name_of(who) for who, day in desk.today.everybody().items() if day.visits}


def in_dialog(qtbot: QtBot, opener: QPushButton, kind: type, then: Callable) -> None:
    """Press a button that opens a dialog, and do something in it."""
    window = opener.window()
    QTest.mouseClick(opener, LEFT)
    dialog = shown_dialog(qtbot, window, kind)
    then(dialog)
    if isValid(dialog):
        dialog.close()
    qtbot.waitUntil(lambda: not isValid(window) or not window.findChildren(kind))


def test_the_desk_is_opened_and_left_with_its_passphrase(qtbot, workspace, on_tab, event_key) -> None:
    def fill(dialog: OpenDeskDialog) -> None:
        child(dialog, QLineEdit, "openDeskName").setText("Entrance")
        child(dialog, QLineEdit, "openDeskPassphrase").setText("tea")
        QTest.mouseClick(child(dialog, QPushButton, "openDesk"), LEFT)
        # The two differ: it stays open.
        assert dialog.isVisible()
        child(dialog, QLineEdit, "openDeskAgain").setText("tea")
        QTest.mouseClick(child(dialog, QPushButton, "openDesk"), LEFT)

    in_dialog(qtbot, child(on_tab, QPushButton, "deskTabOpen"), OpenDeskDialog, fill)
    desk = on_tab.desk_opener.desk_window
    assert isinstance(desk, DeskWindow)
    assert not on_tab.isVisible()
    qtbot.waitUntil(lambda: desk.control.ready)
    assert "Entrance" in child(desk, QLabel, "deskWhen").text()
    desk.page.field.setText("durand")
    QTest.keyClick(desk.page.field, Qt.Key.Key_Return)

    def answer(typed: str) -> Callable[[PassphraseDialog], None]:
        def fill_in(dialog: PassphraseDialog) -> None:
            child(dialog, QLineEdit, "deskPassphraseField").setText(typed)
            QTest.mouseClick(child(dialog, QPushButton, "deskPassphraseAccept"), LEFT)

        return fill_in

    leave = child(desk, QPushButton, "deskLeave")
    in_dialog(qtbot, leave, PassphraseDialog, answer("coffee"))
    assert desk.isVisible()
    assert workspace.open_desk() is not None
    in_dialog(qtbot, leave, PassphraseDialog, answer("tea"))
    assert on_tab.isVisible()
    assert workspace.open_desk() is None
    assert arrived(workspace, event_key) == {"Éric Durand"}
    # What was noted is beside the participants at once.
    day = desk_of(workspace, event_key).day
    qtbot.waitUntil(lambda: child(on_tab, QLabel, f"deskDay-{day}-arrived").text() == "1")


def test_the_desk_that_was_not_left_is_there_again(qtbot, workspace, on_tab, event_key) -> None:
    in_dialog(
        qtbot,
        child(on_tab, QPushButton, "deskTabOpen"),
        OpenDeskDialog,
        lambda dialog: QTest.mouseClick(child(dialog, QPushButton, "openDesk"), LEFT),
    )
    desk = on_tab.desk_opener.desk_window
    # As if the program had been killed.
    desk._leaving = True
    desk.close()
    assert on_tab.desk_opener.reopen()
    again = on_tab.desk_opener.desk_window
    qtbot.waitUntil(lambda: again.control.ready)
    again.leave()
    assert not on_tab.desk_opener.reopen()


def test_only_what_is_confirmed_of_a_list_is_noted(qtbot, workspace, on_tab, event_key) -> None:
    pasted = "Name;Here\njane_Doe (WMDE);yes\nEric Duran;yes\nno tengo todavía;yes\n192.0.2.7;yes\n"

    def fill(dialog: ReconcileDialog) -> None:
        child(dialog, QPlainTextEdit, "reconcileText").setPlainText(pasted)
        apply = child(dialog, QPushButton, "reconcileApply")
        qtbot.waitUntil(lambda: apply.text() == "Check in 1 person")
        summary = child(dialog, QLabel, "reconcileSummary").text()
        assert summary == "1 sure, 1 likely, 1 unmatched, 1 not names"
        choice = dialog.findChild(QComboBox, "reconcileChoice1")
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
        child(dialog, QCheckBox, "reconcileWalkIns").setChecked(True)
        assert apply.text() == "Check in 3 people"
        assert arrived(workspace, event_key) == set()
        QTest.mouseClick(apply, LEFT)
        dialog_gone(qtbot, on_tab, ReconcileDialog)

    in_dialog(qtbot, child(on_tab, QPushButton, "deskTabReconcile"), ReconcileDialog, fill)
    assert arrived(workspace, event_key) == {"Jane Doe (WMDE)", "Éric Durand", "no tengo todavía"}
    assert "3 people noted" in child(on_tab, Banner, "deskTabBanner").text


def test_files_go_from_one_computer_to_the_other(qtbot, workspace, on_tab, event_key, tmp_path: Path) -> None:
    desk_of(workspace, event_key).note([Person(PersonKey.of_user(2), "Éric Durand")], ActKind.CHECK_IN)
    path = tmp_path / "desk.eventdesk"

    def write(dialog: HandOverDialog) -> None:
        QTest.mouseClick(child(dialog, QPushButton, "handOverExport"), LEFT)
        assert not path.exists()
        child(dialog, QLineEdit, "handOverPassphrase").setText("two tables")
        dialog.write(path)
        result = child(dialog, Banner, "handOverResult")
        qtbot.waitUntil(result.isVisible)
        assert "1 act written" in result.text
        dialog.merge([path])
        qtbot.waitUntil(lambda: "0 new acts" in result.text)
        child(dialog, QLineEdit, "handOverPassphrase").setText("wrong")
        dialog.merge([path])
        qtbot.waitUntil(lambda: "not the passphrase" in result.text)

    in_dialog(qtbot, child(on_tab, QPushButton, "deskTabHandOver"), HandOverDialog, write)


def test_what_is_printed_leaves_out_private_people_unless_asked(
    qtbot, workspace, on_tab, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"

    def look(dialog: PrintDialog) -> None:
        qtbot.waitUntil(lambda: dialog._pages is not None)
        assert {one.name for one in dialog._pages._people} == {"Jane Doe (WMDE)", "Éric Durand"}
        dialog._pages = None
        child(dialog, QCheckBox, "printPrivate").setChecked(True)
        qtbot.waitUntil(lambda: dialog._pages is not None)
        assert "Hidden One" in {one.name for one in dialog._pages._people}
        dialog.write(path)
        qtbot.waitUntil(path.exists)

    in_dialog(qtbot, child(on_tab, QPushButton, "deskTabPrint"), PrintDialog, look)


def test_walk_ins_who_register_are_matched_and_those_of_the_same_name_proposed(
    qtbot, workspace, on_tab, event_key
) -> None:
    desk = desk_of(workspace, event_key)
    desk.add_walk_in(WalkIn("Newcomer One", is_user_name=True))
    desk.add_walk_in(WalkIn("eric durand"))
    store_people(workspace, event_key, [*PEOPLE, person(9, "Newcomer One")])
    workspace.reload(event_key)
    proposal = f"walkInIs-{PEOPLE[1].user_id}"
    qtbot.waitUntil(lambda: on_tab.findChild(QPushButton, proposal) is not None)
    counts = desk_of(workspace, event_key).counts()
    assert (counts.arrived, counts.walk_ins) == (2, 1)
    QTest.mouseClick(child(on_tab, QPushButton, proposal), LEFT)
    counts = desk_of(workspace, event_key).counts()
    assert (counts.arrived, counts.walk_ins, counts.to_come) == (2, 0, 2)


def test_what_is_missing_before_the_event_is_said(qtbot, workspace, on_tab) -> None:
    qtbot.waitUntil(lambda: on_tab.findChild(QLabel, "readiness-participants") is not None)
    assert child(on_tab, QLabel, "readiness-participants").text()
    assert child(on_tab, QLabel, "readiness-changes").text() == "No changes are waiting."


def test_a_list_is_of_the_event_s_last_day_unless_another_is_chosen(qtbot, workspace, on_tab) -> None:
    lasted = registration(7, "Two days", days=-3)
    lasted = replace(lasted, end=stamp(lasted.starts_at() + timedelta(days=1)))
    key = add_event(workspace, workspace.accounts[0].key, lasted)
    store_people(workspace, key, PEOPLE)
    workspace.reload()
    dialog = ReconcileDialog(workspace, workspace.find_event(key), on_tab)
    dialog.open()
    day = child(dialog, QComboBox, "reconcileDay")
    first, last = (day.itemData(row).strftime("%Y%m%d") for row in range(2))
    for choice, name, noted in ((None, "Éric Durand", last), (0, "Jane Doe (WMDE)", first)):
        dialog = ReconcileDialog(workspace, workspace.find_event(key), on_tab)
        dialog.open()
        if choice is not None:
            day = child(dialog, QComboBox, "reconcileDay")
            day.setCurrentIndex(choice)
            day.activated.emit(choice)
        child(dialog, QPlainTextEdit, "reconcileText").setPlainText(name)
        apply = child(dialog, QPushButton, "reconcileApply")
        qtbot.waitUntil(lambda apply=apply: apply.text() == "Check in 1 person")
        with qtbot.waitSignal(dialog.noted):
            QTest.mouseClick(apply, LEFT)
        assert noted in {act.day for act in desk_of(workspace, key).log}


def test_the_unmatched_are_looked_up_on_the_wiki(qtbot, workspace, on_tab, practice_wiki) -> None:
    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    key = add_event(workspace, workspace.accounts[-1].key, registration(8, "Real", days=0.01))
    workspace.reload()
    dialog = ReconcileDialog(workspace, workspace.find_event(key), on_tab)
    dialog.open()
    child(dialog, QPlainTextEdit, "reconcileText").setPlainText(
        f"{practice_wiki.name()}\nNobody of this name"
    )
    walk_ins = child(dialog, QCheckBox, "reconcileWalkIns")
    qtbot.waitUntil(lambda: walk_ins.text() == "Keep 2 unmatched as walk-ins")
    look_up = child(dialog, QPushButton, "reconcileLookUp")
    QTest.mouseClick(look_up, LEFT)
    qtbot.waitUntil(lambda: bool(dialog._accounts) and look_up.isEnabled(), timeout=LONG)
    walk_ins.setChecked(True)
    with qtbot.waitSignal(dialog.noted):
        QTest.mouseClick(child(dialog, QPushButton, "reconcileApply"), LEFT)
    kept = {one.name: one.is_user_name for one in desk_of(workspace, key).log.walk_ins().values()}
    assert kept == {practice_wiki.name(): True, "Nobody of this name": False}
