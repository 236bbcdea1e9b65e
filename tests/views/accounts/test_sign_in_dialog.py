"""The sign-in dialog on the practice wiki."""

import threading
from collections.abc import Callable, Iterator

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.accounts.account import OAuthClient
from app.domain.wording import wiki_fault_texts
from app.models.accounts.account_control import AccountControl
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.sign_in.sign_in_dialog import choose_token, to_second_page, type_address
from tests.support.window_kit import LONG, Links, child, fault, press


@pytest.fixture
def sign_in(qtbot: QtBot, workspace: Workspace) -> Iterator[SignInDialog]:
    owner = QWidget()
    dialog = SignInDialog(AccountControl(workspace, workspace), owner)
    dialog.open()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.reject()
    workspace.jobs.wait()
    owner.deleteLater()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "Type the address"),
        ("https://", "Type the address"),
        ("not an address", "is not a web address"),
        ("http://wiki.example.org", "https://"),
        ("http://127.0.0.1:1", "Nobody answers at 127.0.0.1:1"),
    ],
)
def test_wrong_addresses(qtbot: QtBot, sign_in: SignInDialog, address: str, message: str) -> None:
    type_address(sign_in, qtbot, address)
    qtbot.waitUntil(lambda: message in fault(sign_in, "signInFault"), timeout=LONG)
    qtbot.waitUntil(lambda: child(sign_in, QPushButton, "signInNext").isEnabled())
    assert child(sign_in, QLineEdit, "wikiAddress").hasFocus()


def test_signing_in_with_an_owner_only_token(
    qtbot: QtBot, sign_in: SignInDialog, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    to_second_page(sign_in, qtbot, practice_wiki)
    assert "MediaWiki" in child(sign_in, QLabel, "wikiFound").text()
    choose_token(sign_in, qtbot, "")
    assert "Paste the access token" in fault(sign_in, "signInFault")
    choose_token(sign_in, qtbot, "wrong")
    qtbot.waitUntil(lambda: fault(sign_in, "signInFault") == wiki_fault_texts.token_refused(), timeout=LONG)
    assert child(sign_in, QRadioButton, "wayToken").isVisible()
    qtbot.waitUntil(lambda: child(sign_in, QPushButton, "signInNext").isEnabled())
    with qtbot.waitSignal(sign_in.signed_in, timeout=LONG):
        choose_token(sign_in, qtbot, practice_wiki.token())
    assert [account.identity.name for account in workspace.accounts] == [practice_wiki.name()]
    assert not sign_in.isVisible()


def test_empty_fields_for_the_browser(
    qtbot: QtBot, sign_in: SignInDialog, practice_wiki: PracticeServer
) -> None:
    to_second_page(sign_in, qtbot, practice_wiki)
    # The browser needs an OAuth client, so user name and password are offered first.
    assert child(sign_in, QRadioButton, "waySession").isChecked()
    child(sign_in, QRadioButton, "wayBrowser").click()
    press(qtbot, child(sign_in, QLineEdit, "clientId"), "Return")
    assert "Type the client ID" in fault(sign_in, "signInFault")
    assert child(sign_in, QLineEdit, "clientId").hasFocus()
    back = child(sign_in, QPushButton, "signInBack")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert child(sign_in, QComboBox, "wikiChoice").isVisible()


def fill_in_client(dialog: SignInDialog, client: OAuthClient) -> QLineEdit:
    child(dialog, QRadioButton, "wayBrowser").click()
    child(dialog, QLineEdit, "clientSecret").setText(client.secret or "")
    child(dialog, QLineEdit, "redirectAddress").setText(client.redirect_uri)
    field = child(dialog, QLineEdit, "clientId")
    field.setText(client.client_id)
    return field


def test_signing_in_with_the_browser(
    qtbot: QtBot,
    sign_in: SignInDialog,
    workspace: Workspace,
    links: Links,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    wiki = start_practice_wiki("--auto-approve", "--redirect-port", "8341")
    to_second_page(sign_in, qtbot, wiki)
    press(qtbot, fill_in_client(sign_in, wiki.client), "Return")
    qtbot.waitUntil(lambda: len(links.opened) == 1, timeout=LONG)
    qtbot.mouseClick(child(sign_in, QPushButton, "copyAddress"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == links.opened[0]
    qtbot.mouseClick(child(sign_in, QPushButton, "openBrowserAgain"), Qt.MouseButton.LeftButton)
    assert len(links.opened) == 2
    browser = threading.Thread(target=requests.get, args=(links.opened[0],), kwargs={"timeout": 20})
    with qtbot.waitSignal(sign_in.signed_in, timeout=LONG):
        browser.start()
    browser.join()
    assert workspace.accounts[0].identity.name == wiki.name()
    control = AccountControl(workspace, workspace)
    assert control.client_of(workspace.accounts[0]) == wiki.client
    again = SignInDialog(control, sign_in.parentWidget())
    again.fill_in(workspace.accounts[0])
    again.open()
    press(qtbot, again, "Return")
    qtbot.waitUntil(lambda: child(again, QRadioButton, "wayBrowser").isVisible(), timeout=LONG)
    assert child(again, QLineEdit, "clientId").text() == wiki.client.client_id
    assert child(again, QLineEdit, "wikiAddress").text() == wiki.base
    again.reject()


def test_a_port_in_use_and_a_cancelled_wait(
    qtbot: QtBot,
    sign_in: SignInDialog,
    workspace: Workspace,
    links: Links,
    start_practice_wiki: Callable[..., PracticeServer],
) -> None:
    import socket

    wiki = start_practice_wiki("--redirect-port", "8342")
    to_second_page(sign_in, qtbot, wiki)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 8342))
        taken.listen()
        press(qtbot, fill_in_client(sign_in, wiki.client), "Return")
        qtbot.waitUntil(lambda: "port 8342" in fault(sign_in, "signInFault"), timeout=LONG)
    qtbot.waitUntil(lambda: child(sign_in, QPushButton, "signInNext").isEnabled())
    press(qtbot, child(sign_in, QLineEdit, "clientId"), "Return")
    qtbot.waitUntil(lambda: bool(links.opened), timeout=LONG)
    press(qtbot, sign_in, "Esc")
    assert not sign_in.isVisible()
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=3_000)
    assert workspace.accounts == []


def test_closing_a_dialog_with_a_running_job_is_safe(
    qtbot: QtBot, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    dialog = SignInDialog(AccountControl(workspace, workspace), None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    type_address(dialog, qtbot, practice_wiki.base)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=LONG)
    loops = iter(range(3))
    qtbot.waitUntil(lambda: next(loops, None) is None)
