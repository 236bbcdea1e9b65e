"""The same tasks by keys alone: each key goes to what has the focus, as in front of a real window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton

from app.domain.changes.change import ChangeState
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.organizing.email_dialog import EmailDialog
from app.views.organizing.event_dialog import EventDialog
from app.views.participants.export_dialog import ExportDialog
from app.views.window.finder_dialog import FinderDialog
from tests.support.data.event_making import event_of, names_present
from tests.support.organizers_walk import Walk
from tests.support.window_kit import LONG, child, dialog_gone, seen, settled, shown_dialog


def paste(walk: Walk, text: str) -> None:
    """Paste a text where the focus is: the keys of all scripts cannot be pressed."""
    QApplication.clipboard().setText(text)
    walk.key("Ctrl+V")


def sign_in(walk: Walk) -> None:
    assert walk.focus.objectName() == "welcomeButton"
    walk.key("Return")
    dialog = shown_dialog(walk.qtbot, walk.window, SignInDialog)
    walk.key("End")
    walk.tab_to("wikiAddress")
    paste(walk, walk.wiki.base)
    walk.key("Return")
    walk.qtbot.waitUntil(lambda: child(dialog, QToolButton, "otherWays").isVisible(), timeout=LONG)
    walk.tab_to("otherWays")
    walk.key("Space")
    walk.tab_to("wayBrowser", "wayToken", "waySession")
    while walk.focus.objectName() != "wayToken":
        walk.key("Down")
    walk.tab_to("ownerToken")
    paste(walk, walk.wiki.token())
    walk.key("Return")
    dialog_gone(walk.qtbot, walk.window, SignInDialog)
    walk.rest()


def find_the_event_and_copy_a_person(walk: Walk) -> None:
    title = event_of(walk.wiki, walk.event)["event_page"].removeprefix("Event:")
    walk.key("Ctrl+K")
    shown_dialog(walk.qtbot, walk.window, FinderDialog)
    paste(walk, title)
    walk.key("Return")
    dialog_gone(walk.qtbot, walk.window, FinderDialog)
    walk.rest()
    assert seen(child(walk.window, QLabel, "eventTitle").text()) == title
    somebody = sorted(names_present(walk.wiki, str(walk.event)))[3]
    walk.key("Ctrl+F")
    paste(walk, somebody)
    settled(walk.qtbot, walk.window)
    walk.key("Down")
    walk.key("Ctrl+C")
    assert QApplication.clipboard().text().startswith(somebody)
    walk.key("Ctrl+F")
    walk.key("Esc")
    settled(walk.qtbot, walk.window)


def export_everybody(walk: Walk, path: Path) -> None:
    walk.key("Ctrl+E")
    dialog = shown_dialog(walk.qtbot, walk.window, ExportDialog)
    walk.tab_to("exportPath")
    child(dialog, QLineEdit, "exportPath").selectAll()
    paste(walk, str(path))
    walk.tab_to("exportAccept")
    walk.key("Space")
    dialog_gone(walk.qtbot, walk.window, ExportDialog)
    assert len(path.read_text("utf-8-sig").splitlines()) == 13


def edit_the_event(walk: Walk) -> None:
    walk.key("F2")
    shown_dialog(walk.qtbot, walk.window, EventDialog)
    walk.tab_to("eventChatLink")
    paste(walk, "https://chat.example.org/keys")
    walk.key("Ctrl+Return")
    dialog_gone(walk.qtbot, walk.window, EventDialog)
    walk.all_sent()
    assert event_of(walk.wiki, walk.event)["chat_url"] == "https://chat.example.org/keys"


def write_to_somebody(walk: Walk) -> None:
    walk.key("Ctrl+2")
    walk.key("Ctrl+F")
    walk.key("Down")
    walk.key("Ctrl+Shift+M")
    shown_dialog(walk.qtbot, walk.window, EmailDialog)
    walk.tab_to("emailSubject")
    paste(walk, "Programme")
    walk.key("Tab")
    paste(walk, "The programme is online.")
    walk.key("Ctrl+Return")
    dialog_gone(walk.qtbot, walk.window, EmailDialog)
    walk.all_sent()
    assert [mail["subject"] for mail in walk.wiki.mails()] == ["Programme"]


def look_back(walk: Walk) -> None:
    walk.key("Ctrl+Shift+O")
    states = [change.state for change in walk.window._workspace.changes]
    assert states == [ChangeState.DONE] * 2
    assert walk.focus.objectName() == "changesTable"
    walk.key("Ctrl+0")
    assert walk.window.today.isVisible()


def test_the_work_is_done_by_keys_alone(walk: Walk, tmp_path: Path) -> None:
    sign_in(walk)
    find_the_event_and_copy_a_person(walk)
    export_everybody(walk, tmp_path / "people.csv")
    edit_the_event(walk)
    write_to_somebody(walk)
    look_back(walk)
