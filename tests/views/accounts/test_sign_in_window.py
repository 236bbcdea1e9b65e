"""Sign-ins in the window: missing rights, ended sign-ins, and the actions that help."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.wiki_dialogs import AboutWikiDialog, CheckWikiDialog
from app.views.window.main_window import MainWindow
from tests.support.servers.practice_server import PracticeServer
from tests.support.sign_in.session_making import sign_in_with_session
from tests.support.window_kit import LONG, Show, child, press


@pytest.fixture
def limited(workspace: Workspace, start_practice_wiki: Callable[..., PracticeServer]) -> PracticeServer:
    """Return a practice wiki on which the user's OAuth sign-in lacks rights."""
    wiki = start_practice_wiki("--family")
    token = wiki.token(kind="limited_token")
    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), token)
    workspace.reload()
    return wiki


def sign_in_with_password(qtbot: QtBot, window: MainWindow, wiki: PracticeServer) -> None:
    """Fill in the open form, and wait until it is closed."""
    qtbot.waitUntil(lambda: window.findChild(QLineEdit, "field_username") is not None, timeout=LONG)
    dialog = child(window, SignInDialog, "signInDialog")
    child(dialog, QLineEdit, "field_username").setText(wiki.name())
    child(dialog, QLineEdit, "field_password").setText(wiki.description["organizer"]["password"])
    with qtbot.waitSignal(dialog.signed_in, timeout=LONG):
        child(dialog, QPushButton, "signInNext").click()
    qtbot.waitUntil(lambda: window.findChild(SignInDialog) is None, timeout=LONG)


def operation(window: MainWindow, menu: str, text: str) -> QAction:
    found = window.findChild(QMenu, menu)
    assert found is not None
    return next(action for action in found.actions() if text in action.text())


def test_the_banner_offers_a_session_where_oauth_lacks_rights(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    window = show_window()
    banner = window.account_banner
    assert "does not carry the organizer rights" in banner.text
    child(banner, QPushButton, "accountBannerAction").click()
    sign_in_with_password(qtbot, window, limited)
    qtbot.waitUntil(lambda: not banner.isVisible(), timeout=LONG)
    (account,) = workspace.accounts
    assert account.has_session
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)


def test_an_ended_session_is_shown_and_can_be_renewed(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    sign_in_with_session(workspace.wikis(), limited)
    workspace.reload()
    window = show_window()
    assert not window.account_banner.isVisible()
    limited.control("end-sessions", user=limited.name(), remembered=True)
    window.sync.sync_everything()
    qtbot.waitUntil(
        lambda: "with user name and password has ended" in window.account_banner.text, timeout=LONG
    )
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    assert window.banner.text == "" or not window.banner.isVisible()
    child(window.account_banner, QPushButton, "accountBannerAction").click()
    sign_in_with_password(qtbot, window, limited)
    qtbot.waitUntil(lambda: not window.account_banner.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)


def test_the_menu_offers_the_other_wikis_of_the_family(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    window = show_window()
    window.sync.sync_everything()
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    window._menu_bar.wikis.aboutToShow.emit()
    there = limited.second
    host = there.partition("://")[2]
    operation(window, "account1", host).trigger()
    sign_in_with_password(qtbot, window, limited)
    (account,) = workspace.accounts
    assert [(one.kind.value, one.address) for one in account.sign_ins][-1] == ("session", there)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)


def test_an_event_on_another_wiki_offers_the_sign_in_there(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    window = show_window()
    window.sync.sync_everything()
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    there = limited.second
    event = next(one for one in workspace.events if one.registration.page_wiki == "practicefr")
    overview = window.event_pane.overview
    overview.show_event(event)
    assert there.partition("://")[2] in child(overview, QLabel, "eventElsewhere").text()
    child(overview, QPushButton, "signInThere").click()
    qtbot.waitUntil(lambda: window.findChild(QLineEdit, "field_username") is not None, timeout=LONG)
    assert child(window, QLineEdit, "field_username").text() == limited.name()
    sign_in_with_password(qtbot, window, limited)
    overview.show_event(event)
    assert overview.widget().findChild(QPushButton, "signInThere") is None
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)


def test_help_shows_the_wiki_and_checks_it(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    window = show_window()
    child(window, QAction, "aboutWiki").trigger()
    about = child(window, AboutWikiDialog, "aboutWiki")
    assert "read public events" in child(about, QLabel, "signIn_owner-token").text()
    about.reject()
    child(window, QAction, "checkWiki").trigger()
    check = child(window, CheckWikiDialog, "checkWiki")
    qtbot.waitUntil(child(check, QPushButton, "copyCheck").isEnabled, timeout=LONG)
    assert "PROBLEM" in check.report()
    check.reject()


def test_one_of_two_sign_ins_can_be_forgotten(
    qtbot: QtBot, show_window: Show, workspace: Workspace, limited: PracticeServer
) -> None:
    sign_in_with_session(workspace.wikis(), limited)
    workspace.reload()
    window = show_window()
    child(window, QAction, "aboutWiki").trigger()
    child(child(window, AboutWikiDialog, "aboutWiki"), QPushButton, "forget_session").click()
    child(window, QPushButton, "askForgetAccept").click()
    qtbot.waitUntil(lambda: len(workspace.accounts[0].sign_ins) == 1, timeout=LONG)
    assert [one.kind.value for one in workspace.accounts[0].sign_ins] == ["owner-token"]
    qtbot.waitUntil(lambda: "does not carry the organizer rights" in window.account_banner.text)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)


def test_an_ended_sign_in_offers_to_sign_in_again(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Show,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    wiki = start_practice_wiki()

    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    window = show_window()
    wiki.control("revoke", user=wiki.name())
    press(qtbot, window, "F5")
    action = child(window, QPushButton, "accountBannerAction")
    qtbot.waitUntil(action.isVisible, timeout=LONG)
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    assert "has ended" in window.account_banner.text
    assert not window.banner.isVisible()
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    dialog = child(window, SignInDialog, "signInDialog")
    assert child(dialog, QLineEdit, "wikiAddress").text() == wiki.base
    assert child(dialog, QRadioButton, "wayToken").isChecked()
