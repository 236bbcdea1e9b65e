"""Names and links pasted into the window, and names copied from it."""

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import AssociateEdit, ChangeOrganizers
from app.domain.events.event import Organizer
from app.domain.people.own_registration import OwnRegistration
from app.models.workspace import Workspace
from app.store.people import own_registrations
from app.sync.fetching.pull import Pull
from app.views.contributions.associate_edit_dialog import AssociateEditDialog
from app.views.organizing.organizers_dialog import OrganizersDialog
from app.views.window.main_window import MainWindow
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    LONG,
    ORGANIZER_RIGHTS,
    Show,
    add_account,
    add_event,
    child,
    dialog_gone,
    person,
    press,
    registration,
    settled,
    shown_dialog,
    store_people,
)

ME = [Organizer(1, 3, "Amara", ("creator",))]


@pytest.fixture
def meetup(workspace: Workspace) -> int:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    event = registration(1, "Meetup", tracks_contributions=True)
    key = add_event(workspace, account, event, organizers=ME)
    workspace.mirror.writer.do(own_registrations.save_own, key, OwnRegistration(False))
    people = [person(1, "Åsa Öberg"), person(2, "محمد علي"), person(3, "O’Neil_2"), person(4, "Bo")]
    store_people(workspace, key, people)
    workspace.reload(key)
    return key


@pytest.fixture
def window(qtbot: QtBot, show_window: Show, meetup: int) -> MainWindow:
    opened = show_window()
    opened.sync._soon.setInterval(3_600_000)
    opened.event_list.choose(meetup)
    settled(qtbot, opened)
    return opened


def shown(window: MainWindow) -> list[str]:
    model = window.event_pane.participants.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    "pasted",
    [
        "User:Åsa Öberg",
        "[[User:Åsa_Öberg|Åsa]]",
        "https://wiki.example.org/w/index.php?title=User:%C3%85sa_%C3%96berg",
        "  Åsa_Öberg ",
    ],
)
def test_a_search_finds_a_pasted_name(qtbot: QtBot, window: MainWindow, pasted: str) -> None:
    press(qtbot, window, "Ctrl+1")
    search = window.event_pane.participants.search
    search.setText(pasted)
    settled(qtbot, window)
    assert shown(window) == ["Åsa Öberg"]


def test_a_name_is_copied_from_the_card_without_marks(qtbot: QtBot, window: MainWindow) -> None:
    if QGuiApplication.platformName() == "offscreen":
        pytest.skip("this platform does not say whose the clipboard is")
    window.event_pane.participants.search.setText("محمد")
    settled(qtbot, window)
    window.event_pane.participants.table.selectRow(0)
    label = child(window, QLabel, "personName")
    assert "\u2068" in label.text()
    label.setSelection(0, len(label.text()))
    press(qtbot, label, "Ctrl+C")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "محمد علي")


@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        ("https://wiki.example.org/w/index.php?diff=next&oldid=", "edit"),
        ("https://elsewhere.example/w/index.php?diff=12&oldid=11", "elsewhere.example"),
        ("Talk:Main Page", "edit"),
    ],
)
def test_an_invalid_edit_is_reported_and_nothing_is_queued(
    qtbot: QtBot, window: MainWindow, pasted: str, message: str
) -> None:
    dialog = _counting(qtbot, window)
    child(dialog, QLineEdit, "editLink").setText(pasted)
    child(dialog, QPushButton, "associateEditAccept").click()
    banner = child(dialog, QLabel, "associateEditFaultText")
    qtbot.waitUntil(lambda: message in banner.text(), timeout=LONG)
    assert not window._workspace.changes


@pytest.mark.parametrize(
    "pasted",
    [
        "12",
        "https://wiki.example.org/w/index.php?title=Cat&diff=prev&oldid=12",
        "wiki.example.org/wiki/Special:Diff/12",
        "[[Special:PermanentLink/12|my edit]]",
    ],
)
def test_an_edit_is_queued_from_a_pasted_link(qtbot: QtBot, window: MainWindow, pasted: str) -> None:
    dialog = _counting(qtbot, window)
    child(dialog, QLineEdit, "editLink").setText(pasted)
    with qtbot.waitSignal(window.outbox.queued):
        child(dialog, QPushButton, "associateEditAccept").click()
    dialog_gone(qtbot, window, AssociateEditDialog)
    (change,) = window._workspace.changes
    assert change.operation == AssociateEdit("examplewiki", 12)


def _counting(qtbot: QtBot, window: MainWindow) -> AssociateEditDialog:
    child(window, QAction, "associateEdit").trigger()
    return shown_dialog(qtbot, window, AssociateEditDialog)


def test_a_co_organizer_is_added_by_their_link(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    practice_wiki: PracticeServer,
) -> None:
    other = practice_wiki.name("co_organizer")
    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0]).some([practice_wiki.big_event])
    workspace.reload()
    window = show_window()
    window.sync._soon.setInterval(3_600_000)
    settled(qtbot, window)
    child(window, QAction, "organizers").trigger()
    dialog = shown_dialog(qtbot, window, OrganizersDialog)
    listed, field = child(dialog, QListWidget, "organizersList"), child(dialog, QLineEdit, "organizerName")
    names = [listed.item(row).text() for row in range(listed.count())]
    field.setText(f"{practice_wiki.base}/index.php?title=User_talk:{other.replace(' ', '_')}#Hello")
    press(qtbot, field, "Return")
    if not any(other in name for name in names):
        qtbot.waitUntil(lambda: listed.count() == len(names) + 1, timeout=LONG)
        child(dialog, QPushButton, "organizersAccept").click()
        dialog_gone(qtbot, window, OrganizersDialog)
        (change,) = workspace.changes
        assert isinstance(change.operation, ChangeOrganizers)
        assert other in change.operation.add
    else:
        banner = child(dialog, QLabel, "organizersBannerText")
        qtbot.waitUntil(lambda: f"{other} is in the list already." in banner.text(), timeout=LONG)
