"""The dialogs: signing in, adding an event, exporting, unlocking, on the practice wiki and real files."""

import csv
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.accounts.account import OAuthClient
from app.models.accounts.account_control import AccountControl
from app.models.sync_control import SyncPhase
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.unlock_dialog import UnlockDialog, Unlocking
from app.views.events.add_event_dialog import AddEventDialog
from app.views.participants.export_dialog import ExportDialog
from app.views.widgets.banner import Banner
from app.views.window.main_window import MainWindow
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    Links,
    add_account,
    add_event,
    child,
    crowd,
    person,
    press,
    registration,
    store_people,
    wiki_facts,
)

LONG = 20_000


def fault(dialog: QDialog, name: str) -> str:
    banner = child(dialog, Banner, name)
    return banner.text if banner.isVisible() else ""


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


def type_address(dialog: SignInDialog, qtbot: QtBot, address: str) -> None:
    choice = child(dialog, QComboBox, "wikiChoice")
    choice.setCurrentIndex(choice.count() - 1)
    field = child(dialog, QLineEdit, "wikiAddress")
    field.setFocus()
    qtbot.keyClicks(field, address)
    press(qtbot, field, "Return")


def to_second_page(dialog: SignInDialog, qtbot: QtBot, wiki: PracticeServer) -> None:
    type_address(dialog, qtbot, wiki.base)
    qtbot.waitUntil(lambda: child(dialog, QRadioButton, "wayToken").isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: child(dialog, QPushButton, "signInNext").isEnabled())


def choose_token(dialog: SignInDialog, qtbot: QtBot, token: str) -> None:
    way = child(dialog, QRadioButton, "wayToken")
    if not way.isChecked():
        press(qtbot, way, "Space")
    field = child(dialog, QLineEdit, "ownerToken")
    qtbot.waitUntil(field.hasFocus)
    field.setText(token)
    press(qtbot, field, "Return")


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
    qtbot.waitUntil(lambda: "does not accept" in fault(sign_in, "signInFault"), timeout=LONG)
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


@pytest.mark.parametrize("fetched", [False, True])
def test_from_the_first_start_to_the_participants(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Callable[[], MainWindow],
    practice_wiki: PracticeServer,
    fetched: bool,
) -> None:
    window = show_window()
    press(qtbot, child(window, QPushButton, "welcomeButton"), "Return")
    dialog = child(window, SignInDialog, "signInDialog")
    to_second_page(dialog, qtbot, practice_wiki)
    choose_token(dialog, qtbot, practice_wiki.token())
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.SYNCING, timeout=LONG)
    qtbot.waitUntil(lambda: not window.findChildren(SignInDialog))
    window.activateWindow()
    qtbot.waitUntil(lambda: window.event_list.view.hasFocus())
    if not fetched:
        press(qtbot, window, "Esc")
        qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
        return
    qtbot.waitUntil(lambda: window.sync.state.phase is SyncPhase.IDLE, timeout=LONG)
    assert window.event_pane.event_key is not None
    assert window.sync_bar.text == "Last synced just now."
    assert workspace.events
    practice_wiki.control("fault", kind="drop")
    press(qtbot, window, "F5")
    qtbot.waitUntil(lambda: "Offline since" in window.sync_bar.text, timeout=LONG)
    assert "last synced" in window.sync_bar.text
    assert child(window, QPushButton, "syncButton").text() == "Try again"
    practice_wiki.calm()
    qtbot.mouseClick(child(window, QPushButton, "syncButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.sync_bar.text.startswith("Last synced"), timeout=LONG)


def test_an_ended_sign_in_offers_to_sign_in_again(
    qtbot: QtBot,
    workspace: Workspace,
    show_window: Callable[[], MainWindow],
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


def test_adding_an_event(qtbot: QtBot, workspace: Workspace, practice_wiki: PracticeServer) -> None:

    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    owner = QWidget()
    dialog = AddEventDialog(AccountControl(workspace, workspace), workspace.accounts, owner)
    dialog.open()
    field, add = child(dialog, QLineEdit, "eventLink"), child(dialog, QPushButton, "addEventAccept")
    assert not add.isEnabled()
    for typed, message in (
        ("999999", "no event with the number"),
        ("https://elsewhere.org/wiki/Event:X", "none of your accounts is on that wiki"),
    ):
        field.clear()
        qtbot.keyClicks(field, typed)
        press(qtbot, field, "Return")
        assert not add.isEnabled()
        qtbot.waitUntil(lambda message=message: message in fault(dialog, "addEventFault"), timeout=LONG)
        qtbot.waitUntil(add.isEnabled)
    field.setText(f"{practice_wiki.base}/index.php?title=Special:EventDetails/{practice_wiki.big_event}")
    with qtbot.waitSignal(dialog.added, timeout=LONG) as added:
        press(qtbot, field, "Return")
    assert added.args is not None
    event = workspace.find_event(added.args[0])
    assert event is not None
    assert event.event_id == practice_wiki.big_event
    owner.deleteLater()


@pytest.fixture
def exported(workspace: Workspace) -> int:
    account = add_account(workspace, wiki_facts())
    key = add_event(workspace, account, registration(4, "Walk <1>: a/b\u202e" + "字" * 100))
    store_people(workspace, key, [*crowd(30), person(31, "=SUM(A1)")])
    workspace.reload()
    return key


def export_dialog(qtbot: QtBot, workspace: Workspace, key: int) -> ExportDialog:
    event = workspace.find_event(key)
    assert event is not None
    dialog = ExportDialog(workspace, event)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_export_leaves_private_people_out_until_chosen(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    for private, rows in ((False, 25), (True, 31)):
        dialog = export_dialog(qtbot, workspace, exported)
        box = child(dialog, QCheckBox, "includePrivate")
        assert not box.isChecked()
        box.setChecked(private)
        assert (fault(dialog, "privateWarning") != "") is private
        child(dialog, QLineEdit, "exportPath").setText(str(path))
        assert child(dialog, QLabel, "fileExists").isVisible() is private
        with qtbot.waitSignal(dialog.written, timeout=LONG) as written:
            press(qtbot, dialog, "Return")
        assert written.args == [rows, str(path)]
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        assert len(lines) == rows + 1
        assert "'=SUM(A1)" in [line[0] for line in lines]


def test_export_options(qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    dialog = export_dialog(qtbot, workspace, exported)
    for box in dialog.findChildren(QCheckBox):
        if box.objectName().startswith("column-"):
            box.setChecked(False)
    accept = child(dialog, QPushButton, "exportAccept")
    assert not accept.isEnabled()
    child(dialog, QCheckBox, "column-name").setChecked(True)
    for name in ("formulaGuard", "byteOrderMark", "provenance"):
        child(dialog, QCheckBox, name).toggle()
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    with qtbot.waitSignal(dialog.written, timeout=LONG):
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Name"
    assert "=SUM(A1)" in lines
    assert "Example Wiki" in lines[-2]


@pytest.mark.parametrize("typed", ["", "relative.csv", "~nobody-here/x.csv", "/nowhere/at/all/x.csv", "/"])
def test_export_to_nowhere(qtbot: QtBot, workspace: Workspace, exported: int, typed: str) -> None:
    dialog = export_dialog(qtbot, workspace, exported)
    child(dialog, QLineEdit, "exportPath").setText(typed)
    press(qtbot, dialog, "Return")
    qtbot.waitUntil(lambda: bool(fault(dialog, "exportFault")), timeout=LONG)
    qtbot.waitUntil(child(dialog, QPushButton, "exportAccept").isEnabled)
    assert dialog.isVisible()


def test_a_cancelled_export_leaves_no_file(
    qtbot: QtBot, workspace: Workspace, exported: int, tmp_path: Path
) -> None:
    store_people(workspace, exported, crowd(8_000))
    path = tmp_path / "people.csv"
    path.write_text("as it was")
    dialog = export_dialog(qtbot, workspace, exported)
    child(dialog, QLineEdit, "exportPath").setText(str(path))
    press(qtbot, dialog, "Return")
    press(qtbot, dialog, "Esc")
    workspace.jobs.wait()
    assert path.read_text() == "as it was"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["people.csv"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b:c?", "a b c"),
        ("x\u202egpj", "xgpj"),
        ("...", "event-4"),
        ("con", "event-4"),
        ("字" * 100, "字" * 60),
        ("😀" * 85, "😀" * 45),
    ],
)
def test_file_names(qtbot: QtBot, workspace: Workspace, title: str, name: str) -> None:
    key = add_event(workspace, add_account(workspace), registration(4, title))
    dialog = export_dialog(qtbot, workspace, key)
    assert Path(child(dialog, QLineEdit, "exportPath").text()).name == f"{name}.csv"


def test_a_new_passphrase_is_typed_twice(qtbot: QtBot) -> None:
    dialog = UnlockDialog("No keyring here.", new=True)
    qtbot.addWidget(dialog)
    dialog.open()
    first, second = child(dialog, QLineEdit, "passphrase"), child(dialog, QLineEdit, "passphraseAgain")
    qtbot.waitUntil(first.hasFocus)
    press(qtbot, first, "Return")
    assert "Type a passphrase" in fault(dialog, "unlockFault")
    qtbot.keyClicks(first, "four plain words here")
    qtbot.keyClicks(second, "four plain words hear")
    press(qtbot, second, "Return")
    assert "differ" in fault(dialog, "unlockFault")
    assert second.text() == ""
    assert first.hasFocus()
    qtbot.keyClicks(first, "again")
    qtbot.keyClicks(second, "again")
    press(qtbot, second, "Return")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen is Unlocking.PASSPHRASE
    assert dialog.passphrase == "again"


def test_a_known_passphrase_is_typed_once(qtbot: QtBot) -> None:
    dialog = UnlockDialog("Protected.", new=False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not child(dialog, QLineEdit, "passphraseAgain").isVisible()
    dialog.complain("Wrong.")
    assert fault(dialog, "unlockFault") == "Wrong."
    nothing = child(dialog, QPushButton, "keepNothing")
    qtbot.mouseClick(nothing, Qt.MouseButton.LeftButton)
    assert dialog.chosen is Unlocking.KEEP_NOTHING
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_locked_keyring_is_tried_again(qtbot: QtBot) -> None:
    dialog = UnlockDialog("…", new=False, in_keyring=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not child(dialog, QLineEdit, "passphrase").isVisible()
    accept = child(dialog, QPushButton, "unlockAccept")
    assert accept.text() == "Try again"
    press(qtbot, dialog, "Return")
    assert dialog.result() == QDialog.DialogCode.Accepted
