"""The desk, driven by the keyboard: who is found, who is noted, and what nobody is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTimeEdit,
)

from app.domain.desk.open_desk import lock_of
from app.models.desk.noted_person import NotedPerson
from app.views.desk.check_in.desk_window import DeskWindow
from app.views.desk.check_in.person_dialog import PersonDialog
from app.views.desk.check_in.walk_in_dialog import WalkInDialog
from tests.support.desk_kit import PEOPLE, figures
from tests.support.window_kit import LONG, add_event, child, person, registration, shown_dialog, store_people


def type_in(window: DeskWindow, text: str) -> None:
    window.page.field.setText(text)


def names(window: DeskWindow) -> list[str]:
    hits = window.page.hits.hits
    return [hits.hit(row).hit.name for row in range(hits.rowCount())]


def press(window: DeskWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.page.field, key, modifier)


def enter(window: DeskWindow) -> None:
    press(window, Qt.Key.Key_Return)


def confirmed(window: DeskWindow) -> str:
    assert window.page.confirmation.isVisible()
    return window.page.confirmation.text


def test_a_single_hit_is_checked_in_by_enter(open_desk) -> None:
    window = open_desk()
    type_in(window, "lopez mar")
    assert names(window) == ["María García López"]
    enter(window)
    assert "María García López" in confirmed(window)
    assert window.page.field.text() == ""
    assert figures(window) == (1, 1, 0, 7)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("o'brien", "O’Brien Mary"),
        ("obrien", "O’Brien Mary"),
        ("zoe", "Zoë van der Berg"),
        ("BERG VAN", "Zoë van der Berg"),
        ("احمد", "أحمد الخطيب"),
        ("काठ", "काठमाडौं सम्पदा"),
        ("山田", "山田 花子"),
        ("https://meta.wikimedia.org/wiki/User:Zo%C3%AB_van_der_Berg", "Zoë van der Berg"),
        ("[[User:Mariana Garza|Mariana]]", "Mariana Garza"),
    ],
)
def test_people_are_found_in_any_script_and_form(open_desk, typed, name) -> None:
    window = open_desk()
    type_in(window, typed)
    assert names(window) == [name]


def test_nobody_is_listed_until_two_letters_are_typed(open_desk) -> None:
    window = open_desk()
    type_in(window, "m")
    assert names(window) == []
    type_in(window, "ma")
    assert len(names(window)) == 4


def test_enter_notes_nobody_while_several_match_and_none_was_chosen(open_desk) -> None:
    """Case P06."""
    window = open_desk()
    type_in(window, "mari gar")
    assert len(names(window)) == 3
    enter(window)
    assert figures(window)[0] == 0
    assert child(window, QLabel, "deskHitsTitle").isVisible()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    chosen = window.page.hits.chosen.hit.name
    enter(window)
    assert figures(window)[0] == 1
    assert chosen in confirmed(window)


def test_a_tick_is_taken_back_at_once_and_later_and_noted_again(open_desk) -> None:
    window = open_desk()
    for typed in ("lopez", "garza"):
        type_in(window, typed)
        enter(window)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Mariana Garza" in confirmed(window)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert figures(window)[0] == 0
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(window, Qt.Key.Key_Z, both)
    press(window, Qt.Key.Key_Z, both)
    assert figures(window)[0] == 2


def test_somebody_already_in_is_shown_as_such_and_not_counted_twice(open_desk) -> None:
    window = open_desk()
    for _again in range(2):
        type_in(window, "lopez")
        enter(window)
    assert "Already in" in confirmed(window)
    assert figures(window)[0] == 1


def test_people_go_and_come_back(open_desk, workspace) -> None:
    window = open_desk()
    type_in(window, "lopez")
    enter(window)
    press(window, Qt.Key.Key_F4)
    type_in(window, "lopez")
    enter(window)
    assert figures(window) == (1, 0, 0, 7)
    press(window, Qt.Key.Key_F4)
    type_in(window, "lopez")
    enter(window)
    assert figures(window) == (1, 1, 0, 7)


def test_esc_clears(open_desk) -> None:
    window = open_desk()
    type_in(window, "mari")
    press(window, Qt.Key.Key_Escape)
    assert window.page.field.text() == ""
    assert names(window) == []


def test_a_scanner_s_whole_name_and_enter_check_in_its_owner_among_several(open_desk, workspace, event_key):
    store_people(workspace, event_key, [*PEOPLE, person(9, "Mari"), person(10, "Mari Gold")])
    window = open_desk()
    QTest.keyClicks(window.page.field, "Mari")
    enter(window)
    assert confirmed(window).startswith("Mari\n")


def test_typing_errors_lead_to_near_names_that_enter_alone_does_not_note(open_desk, qtbot) -> None:
    window = open_desk()
    type_in(window, "mariana grza")
    qtbot.waitUntil(lambda: names(window) == ["Mariana Garza"])
    enter(window)
    assert figures(window)[0] == 0
    press(window, Qt.Key.Key_Down)
    enter(window)
    assert figures(window)[0] == 1


def test_a_walk_in_is_added_by_two_keys_and_found_again(open_desk, qtbot) -> None:
    window = open_desk()
    type_in(window, "Pedro Infante")

    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = shown_dialog(qtbot, window, WalkInDialog)
    child(dialog, QLineEdit, "walkInNote").setText("brings cake")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert figures(window) == (1, 1, 1, 8)
    type_in(window, "pedro")
    assert names(window) == ["Pedro Infante"]
    assert "brings cake" in window.page.hits.hits.hit(0).detail


def test_private_names_are_hidden_until_chosen(open_desk) -> None:
    window = open_desk(masked=True)
    type_in(window, "mari gar")
    hits = window.page.hits.hits
    shown = {hits.hit(row).hit.name: hits.hit(row).name for row in range(3)}
    assert "Garmendia" not in shown["Mari Garmendia"]
    row = names(window).index("Mari Garmendia")
    for _step in range(row + 1):
        press(window, Qt.Key.Key_Down)
    assert "Garmendia" in hits.hit(row).name
    enter(window)
    assert "Garmendia" not in confirmed(window)
    assert "Garmendia" not in child(window, QLabel, "deskLatest0").text()


def test_somebody_in_two_events_is_checked_in_for_the_one_at_hand(open_desk, workspace) -> None:
    """Case P10."""
    other = add_event(workspace, workspace.accounts[0].key, registration(2, "Women in Science", days=0.01))
    store_people(workspace, other, [PEOPLE[0], person(20, "Lopez the Second")])
    workspace.reload()
    window = open_desk(other)
    type_in(window, "lopez")
    assert names(window) == ["María García López", "Lopez the Second"]
    first, second = (window.page.hits.hits.hit(row).detail for row in range(2))
    assert "also at" in first
    assert "Women in Science" in first
    assert "at Women in Science" in second
    assert "also" not in second
    type_in(window, "garcia lopez")
    enter(window)
    assert figures(window)[0] == 1
    window.control.take_in_hand(other)
    assert figures(window)[0] == 0


def test_after_a_crash_who_arrived_is_there_and_the_desk_is_open(open_desk, workspace) -> None:
    window = open_desk(lock=lock_of("tea"))
    type_in(window, "lopez")
    enter(window)
    # Another window on the same data, as after a restart.
    assert workspace.open_desk() == window.control.desk
    again = open_desk()
    assert figures(again)[0] == 1


def test_a_sync_while_somebody_types_changes_who_is_found(open_desk, workspace, event_key, qtbot) -> None:
    window = open_desk()
    type_in(window, "lopez")
    enter(window)
    type_in(window, "mari")
    store_people(workspace, event_key, [*PEOPLE[1:], person(30, "Marisol")])
    workspace.reload(event_key)
    qtbot.waitUntil(lambda: "Marisol" in names(window))
    # Somebody whom the sync has removed stays checked in, and is found.
    assert figures(window)[0] == 1
    type_in(window, "lopez")
    assert names(window) == ["María García López"]
    assert QApplication.focusWidget() in (window.page.field, None)


def test_a_time_is_changed_and_a_note_kept(open_desk, qtbot, workspace, event_key) -> None:
    window = open_desk()
    type_in(window, "lopez")
    enter(window)
    type_in(window, "lopez")
    hit = window.page.hits.chosen.hit
    dialog = PersonDialog(window.control, hit, window)
    dialog.show()
    field = child(dialog, QTimeEdit, "deskTime0")
    field.setTime(field.time().addSecs(-3600 if field.time().hour() else 3600))
    dialog._note.setPlainText("vegetarian")
    dialog.accept()
    [mark] = NotedPerson(window.control, hit).marks()
    assert (mark.at.hour, mark.at.minute) == (field.time().hour(), field.time().minute())
    assert figures(window)[0] == 1
    type_in(window, "")
    type_in(window, "lopez")
    assert "vegetarian" in window.page.hits.hits.hit(0).detail
    again = PersonDialog(window.control, hit, window)
    again.show()
    QTest.mouseClick(child(again, QPushButton, "deskTakeBack0"), Qt.MouseButton.LeftButton)
    assert figures(window)[0] == 0
    again.close()


def test_a_no_show_is_not_awaited(open_desk) -> None:
    window = open_desk()
    type_in(window, "zoe")
    window.control.mark_no_show(window.page.hits.chosen.hit)
    assert figures(window) == (0, 0, 0, 7)
    type_in(window, "zoe")
    assert "no-show" in window.page.hits.hits.hit(0).detail
    # They came after all.
    enter(window)
    assert figures(window) == (1, 1, 0, 7)


def test_an_event_that_is_over_by_the_wiki_s_clock_says_so(open_desk, workspace, event_key, qtbot) -> None:
    """Case P11."""
    over = add_event(workspace, workspace.accounts[0].key, registration(3, "Yesterday", days=-3))
    workspace.reload()
    window = open_desk(over)
    assert not window.banner.isVisible()
    window._take_in_hand(over)
    assert window.banner.isVisible()
    assert "ended" in window.banner.text


def test_somebody_who_cancelled_may_have_been_private(open_desk, workspace, event_key, qtbot) -> None:
    window = open_desk(masked=True)
    type_in(window, "garmendia")
    enter(window)
    store_people(workspace, event_key, [one for one in PEOPLE if one.name != "Mari Garmendia"])
    workspace.reload(event_key)
    qtbot.waitUntil(lambda: len(window.control.at_hand.registered) == len(PEOPLE) - 1)
    type_in(window, "garmendia")
    assert "Garmendia" not in window.page.hits.hits.hit(0).name
    assert "Garmendia" not in child(window, QLabel, "deskLatest0").text()


def test_somebody_who_is_in_offers_nothing_to_do(open_desk) -> None:
    window = open_desk()
    for typed, offered in (("lopez", "Check in"), ("lopez", "")):
        type_in(window, typed)
        assert window.page.hits.chosen.action == offered
        enter(window)
    assert figures(window)[0] == 1


def test_a_very_long_name_leaves_the_undo_in_the_window(open_desk, workspace, event_key) -> None:
    long = "Mar" + "iana" * 50
    store_people(workspace, event_key, [person(1, long)])
    window = open_desk()
    window.resize(1024, 640)
    type_in(window, "marianaiana")
    enter(window)
    undo = child(window, QPushButton, "deskUndo")
    assert undo.mapTo(window, undo.rect().topRight()).x() < window.width()
    assert long in confirmed(window)


def test_what_is_noted_about_somebody_is_erased_after_a_question(open_desk, qtbot) -> None:
    window = open_desk()
    type_in(window, "lopez")
    enter(window)
    type_in(window, "lopez")
    press(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = window.page.findChild(QMenu, "deskHitMenu")
    erase = next(action for action in menu.actions() if action.text().startswith("Erase"))
    menu.close()
    erase.trigger()
    box = shown_dialog(qtbot, window, QMessageBox)
    assert figures(window)[0] == 1
    child(box, QPushButton, "askEraseAccept").click()
    qtbot.waitUntil(lambda: figures(window)[0] == 0)


def test_undo_takes_back_what_was_noted_last_at_whichever_event(open_desk, workspace) -> None:
    other = add_event(workspace, workspace.accounts[0].key, registration(2, "Women in Science", days=0.01))
    store_people(workspace, other, [person(20, "Somebody Else")])
    workspace.reload()
    window = open_desk(other)
    control = window.control
    type_in(window, "lopez")
    enter(window)
    [hit] = control.find("somebody else").hits
    control.check_in(hit)
    # The first one came an hour earlier, which is noted last.
    first = control.at_hand
    act = first.last_standing()
    first.correct_time(act, act.moment - 3_600_000)
    control.undo()
    assert first.latest_mark(act.person) == act
    control.undo()
    assert control.day_of(hit).visits == ()
    control.redo()
    assert control.day_of(hit).visits
    # The other event's undo is not noted again once something else was.
    control.undo()
    type_in(window, "zoe")
    enter(window)
    control.redo()
    assert control.day_of(hit).visits == ()


def test_whether_a_user_name_is_taken_is_asked_of_the_wiki(
    open_desk, workspace, practice_wiki, qtbot
) -> None:
    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    key = add_event(workspace, workspace.accounts[-1].key, registration(4, "Real", days=0.01))
    workspace.reload()
    window = open_desk(key)
    window.control.take_in_hand(key)
    for name, said in ((practice_wiki.name(), "There is an account"), ("Nobody of this name", "it is free")):
        dialog = WalkInDialog(window.control, name, window)
        dialog.open()
        known = child(dialog, QLabel, "walkInKnown")
        child(dialog, QCheckBox, "walkInIsUserName").click()
        qtbot.waitUntil(lambda known=known, said=said: said in known.text(), timeout=LONG)
        dialog.accept()
    [walk_in] = [one for one in window.control.at_hand.log.walk_ins().values() if one.user_id]
    assert walk_in.name == practice_wiki.name()
