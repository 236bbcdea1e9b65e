"""The dialog of an event's organizers."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QListWidget, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import ChangeOrganizers
from app.domain.events.event import Organizer
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.views.organizing.organizers_dialog import OrganizersDialog
from app.views.window.main_window import MainWindow
from tests.support.data.event_making import make_event
from tests.support.organizing_dialogs import banner, click, go_offline, listed, only, opened, queue_here
from tests.support.organizing_window import LEFT
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    LONG,
    ORGANIZER_RIGHTS,
    Show,
    add_account,
    add_event,
    child,
    dialog_gone,
    press,
    registration,
    settled,
    shown_dialog,
)


def test_an_organizer_is_removed_and_one_is_added_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    go_offline(window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names = child(dialog, QListWidget, "organizersList")
    assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    accept, field = child(dialog, QPushButton, "organizersAccept"), child(dialog, QLineEdit, "organizerName")
    assert not accept.isEnabled()
    qtbot.keyClicks(field, "pawel_nowak")
    press(qtbot, field, "Return")
    assert listed(names)[2] == "Pawel nowak (to be added)"
    assert field.text() == ""
    # Enter adds the name and does not save, so that the list can be checked first.
    settled(qtbot, window)
    assert dialog.isVisible()
    assert window._workspace.changes == []
    names.setFocus()
    names.setCurrentRow(1)
    press(qtbot, child(dialog, QPushButton, "organizerRemove"), "Space")
    assert listed(names) == ["Amara (creator, you)", "Pawel nowak (to be added)"]
    press(qtbot, accept, "Space")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert only(window) == ChangeOrganizers(("Pawel nowak",), {4: "Ingrid"})


def test_a_removal_by_mistake_can_be_reverted(qtbot: QtBot, window: MainWindow) -> None:
    go_offline(window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names, field = child(dialog, QListWidget, "organizersList"), child(dialog, QLineEdit, "organizerName")
    names.setCurrentRow(1)
    click(qtbot, dialog, "organizerRemove")
    qtbot.keyClicks(field, "Ingrid")
    press(qtbot, field, "Return")
    assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    assert not child(dialog, QPushButton, "organizersAccept").isEnabled()
    qtbot.keyClicks(field, "Ingrid")
    press(qtbot, field, "Return")
    assert banner(dialog, "organizersBanner") == "Ingrid is in the list already."
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert window._workspace.changes == []


def test_removing_oneself_from_the_organizers_needs_confirmation(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    child(dialog, QListWidget, "organizersList").setCurrentRow(0)
    click(qtbot, dialog, "organizerRemove")
    alone = child(dialog, QPushButton, "organizerRemove")
    assert not alone.isEnabled()
    assert alone.toolTip() == "An event needs at least one organizer."
    click(qtbot, dialog, "organizersAccept")
    press(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "Return")
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    assert dialog.isVisible()
    assert window._workspace.changes == []
    click(qtbot, dialog, "organizersAccept")
    shown_dialog(qtbot, dialog, QMessageBox)
    click(qtbot, dialog, "askLeaveAccept")
    dialog_gone(qtbot, window, OrganizersDialog)
    assert only(window) == ChangeOrganizers((), {3: "Amara"}, including_self=True)


def test_only_the_creator_can_remove_themselves(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    organizers = [Organizer(1, 9, "Ingrid", ("creator",)), Organizer(2, 3, "Amara", ("organizer",))]
    add_event(workspace, account, registration(1), organizers=organizers)
    window = show_window()
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    child(dialog, QListWidget, "organizersList").setCurrentRow(0)
    remove = child(dialog, QPushButton, "organizerRemove")
    assert (remove.isEnabled(), remove.toolTip()) == (
        False,
        "Only the creator can take themselves off the list.",
    )
    settled(qtbot, window)


def test_a_name_that_is_pending_has_no_remove_button(qtbot: QtBot, window: MainWindow) -> None:
    queue_here(qtbot, window, ChangeOrganizers(add=("Pawel",)))
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names = child(dialog, QListWidget, "organizersList")
    assert listed(names)[2].startswith("Pawel (")
    names.setCurrentRow(2)
    remove = child(dialog, QPushButton, "organizerRemove")
    if remove.isEnabled():
        qtbot.mouseClick(remove, LEFT)
        assert listed(names) == ["Amara (creator, you)", "Ingrid"]
    else:
        assert remove.toolTip()


def test_names_are_looked_up_on_the_wiki(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    from app.sync.fetching.pull import Pull

    wiki = start_practice_wiki()
    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0]).some([make_event(wiki)])
    workspace.reload()
    window = show_window()
    settled(qtbot, window)
    dialog = opened(qtbot, window, "organizers", OrganizersDialog)
    names, field = child(dialog, QListWidget, "organizersList"), child(dialog, QLineEdit, "organizerName")
    add = child(dialog, QPushButton, "organizerAdd")
    for typed, message in (
        ("Nobody of this name", "The wiki has no user called “Nobody of this name”. Check the spelling."),
        (
            wiki.name("plain_user"),
            f"{wiki.name('plain_user')} is not in the wiki’s group of event organizers.",
        ),
        (wiki.name(), f"{wiki.name()} is in the list already."),
    ):
        field.setText(typed)
        press(qtbot, field, "Return")
        qtbot.waitUntil(lambda message=message: banner(dialog, "organizersBanner") == message, timeout=LONG)
        assert field.text() == typed
        assert names.count() == 1
    other = wiki.name("co_organizer")
    field.setText(other)
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: names.count() == 2, timeout=LONG)
    assert banner(dialog, "organizersBanner") == ""
    wiki.fault("drop")
    field.setText("Unchecked")
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: names.count() == 3, timeout=LONG)
    assert "“Unchecked” was not checked" in banner(dialog, "organizersBanner")
    wiki.calm()
    names.setCurrentRow(2)
    click(qtbot, dialog, "organizerRemove")
    window.sync._soon.setInterval(20)
    click(qtbot, dialog, "organizersAccept")
    dialog_gone(qtbot, window, OrganizersDialog)
    qtbot.waitUntil(lambda: not window._workspace.projection.changes, timeout=LONG)
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    key = window.event_pane.event_key or 0
    assert [one.name for one in workspace.organizers(key)] == [wiki.name(), other]
