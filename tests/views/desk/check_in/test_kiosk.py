"""The kiosk: an exact name is taken, and nobody learns of another's registration."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView

from app.domain.desk.open_desk import lock_of
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from tests.support.desk_kit import figures
from tests.support.window_kit import child, dialog_gone, disk_refusing, shown_dialog


def type_name(window, name: str) -> str:
    field = window.kiosk.field
    field.clear()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    return child(window, QLabel, "kioskThanks").text()


def test_the_answer_is_the_same_whoever_it_is(open_desk) -> None:
    window = open_desk(kiosk=True)
    answers = {
        type_name(window, name) for name in ("Mariana Garza", "Mari Garmendia", "Nobody at all", "192.0.2.7")
    }
    assert answers == {"Thank you, the desk knows."}
    # The public one, the private one, and two who are on no list.
    assert figures(window)[0] == 4
    assert figures(window)[2] == 2


def test_only_a_whole_name_is_taken_and_nothing_is_listed(open_desk) -> None:
    window = open_desk(kiosk=True)
    QTest.keyClicks(window.kiosk.field, "mari")
    assert not any(view.isVisible() for view in window.findChildren(QListView))
    assert child(window, QLabel, "kioskThanks").text() == ""


def test_the_same_name_twice_is_one_arrival(open_desk) -> None:
    window = open_desk(kiosk=True)
    for name in ("mariana Garza", "Mariana_Garza", "Somebody", "somebody"):
        type_name(window, name)
    assert figures(window)[0] == 2


def test_the_kiosk_is_left_with_the_passphrase_only(open_desk, qtbot) -> None:
    window = open_desk(kiosk=True, lock=lock_of("tea"))
    for typed, right in (("coffee", False), ("tea", True)):
        window.leave()
        dialog = shown_dialog(qtbot, window, PassphraseDialog)
        child(dialog, QLineEdit, "deskPassphraseField").setText(typed)
        dialog.accept()
        if not right:
            dialog.reject()
        dialog_gone(qtbot, window, PassphraseDialog)
        assert window.control.desk.kiosk is not right
    assert window.page.isVisible()
    assert window.isVisible()


def test_the_next_one_cannot_bring_back_who_came_before(open_desk) -> None:
    window = open_desk(kiosk=True)
    type_name(window, "Mariana Garza")
    QTest.keyClick(window.kiosk.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.kiosk.field.text() == ""


def test_nobody_is_thanked_for_what_the_disk_refused(open_desk, workspace) -> None:
    window = open_desk(kiosk=True)
    type_name(window, "Somebody")
    with disk_refusing(workspace):
        for name in ("Mariana Garza", "Nobody at all"):
            assert "ask the staff" in type_name(window, name)
    assert figures(window)[0] == 1


def test_a_walk_in_who_left_comes_again(open_desk) -> None:
    window = open_desk(kiosk=True)
    type_name(window, "Somebody")
    hit = window.control.find("somebody").hits[0]
    window.control.check_out(hit)
    assert figures(window)[1] == 0
    type_name(window, "Somebody")
    assert figures(window) == (1, 1, 1, 8)
