"""Signing in with a session: the form shows the wiki's fields, and the practice wiki accepts the sign-in."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.accounts.sign_in_form import REMEMBER, FieldKind, SignInField, SignInStep
from app.domain.wording import sign_in_texts
from app.models.accounts.account_control import AccountControl
from app.models.workspace import Workspace
from app.views.accounts.session_form import SessionForm
from app.views.accounts.sign_in_dialog import SignInDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import LONG, child
from tools.sign_in_pictures import steps


@pytest.fixture
def form(qtbot: QtBot) -> SessionForm:
    made = SessionForm()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sign_in(qtbot: QtBot, workspace: Workspace) -> Iterator[SignInDialog]:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = SignInDialog(AccountControl(workspace, workspace), owner)
    dialog.show()
    yield dialog
    dialog.reject()


def line(parent: QWidget, name: str) -> QLineEdit:
    return child(parent, QLineEdit, f"field_{name}")


def test_name_and_password_are_asked_for_and_the_password_is_hidden(qtbot: QtBot, form: SessionForm) -> None:
    form.show_step("A Wiki", steps()["first"])
    assert line(form, "password").echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(line(form, "username"), "Amara")
    missing = form.missing()
    assert missing is not None
    assert missing[1] is line(form, "password")
    qtbot.keyClicks(line(form, "password"), "secret")
    assert form.missing() is None
    assert form.values() == {"username": "Amara", "password": "secret", REMEMBER: "1"}
    child(form, QCheckBox, f"field_{REMEMBER}").setChecked(False)
    assert REMEMBER not in form.values()


def test_after_a_refusal_the_name_stays_and_the_password_is_typed_again(
    qtbot: QtBot, form: SessionForm
) -> None:
    form.show_step("A Wiki", steps()["first"])
    qtbot.keyClicks(line(form, "username"), "Amara")
    qtbot.keyClicks(line(form, "password"), "wrong")
    child(form, QCheckBox, f"field_{REMEMBER}").setChecked(False)
    form.values()
    form.show_step("A Wiki", steps()["captcha"])
    assert line(form, "username").text() == "Amara"
    assert line(form, "password").text() == ""
    assert not child(form, QCheckBox, f"field_{REMEMBER}").isChecked()
    assert child(form, QLabel, "field_captchaInfo").text() == "25+4 ="
    qtbot.keyClicks(line(form, "captchaWord"), "29")
    form.values()
    form.show_step("A Wiki", steps()["captcha-picture"])
    assert line(form, "captchaWord").text() == ""
    picture = child(form, QLabel, "field_captchaInfo")
    assert not picture.pixmap().isNull()
    assert picture.accessibleName()


def test_a_code_is_typed_again_for_each_attempt(qtbot: QtBot, form: SessionForm) -> None:
    form.show_step("A Wiki", steps()["second-factor"])
    (code,) = [field.name for field in steps()["second-factor"].fields if field.kind is FieldKind.TEXT]
    qtbot.keyClicks(line(form, code), "123456")
    form.values()
    form.show_step("A Wiki", steps()["second-factor"])
    assert line(form, code).text() == ""


def test_sensitive_fields_are_hidden(form: SessionForm) -> None:
    form.show_step("A Wiki", SignInStep((SignInField("pin", FieldKind.TEXT, "PIN", sensitive=True),)))
    assert line(form, "pin").echoMode() is QLineEdit.EchoMode.Password


def test_hidden_fields_are_sent_back_unchanged(form: SessionForm) -> None:
    hidden = SignInField("captchaId", FieldKind.HIDDEN, "", value="77")
    form.show_step("A Wiki", SignInStep((hidden, *steps()["emailed-code"].fields)))
    line(form, "token").setText("123")
    assert form.values() == {"captchaId": "77", "token": "123"}


def test_another_second_factor_can_be_chosen_without_a_code(form: SessionForm) -> None:
    form.show_step("A Wiki", steps()["second-factor"])
    assert form.missing() is not None
    child(form, QComboBox, "field_newModule").setCurrentIndex(1)
    assert form.missing() is None
    assert form.values()["newModule"] == "recoverycodes"


def test_a_button_of_the_wiki_submits_only_itself(qtbot: QtBot, form: SessionForm) -> None:
    form.show_step("A Wiki", steps()["password-change"])
    with qtbot.waitSignal(form.answered):
        qtbot.mouseClick(child(form, QPushButton, "field_skipReset"), Qt.MouseButton.LeftButton)
    assert form.missing() is None
    assert form.values() == {"skipReset": "1"}


def test_messages_of_a_wiki_are_plain_text(form: SessionForm) -> None:
    evil = SignInField("token", FieldKind.TEXT, "<img src=x>&Code", "<b>help</b>")
    form.show_step("<i>A</i>", SignInStep((evil,), "<script>x</script>"))
    labels = form.findChildren(QLabel)
    assert labels
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels if "<" in one.text())


def test_signing_in_with_name_and_password(
    qtbot: QtBot, sign_in: SignInDialog, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    typed = child(sign_in, QLineEdit, "wikiAddress")
    sign_in._wiki.setCurrentIndex(sign_in._wiki.count() - 1)
    typed.setText(practice_wiki.base)
    forward = child(sign_in, QPushButton, "signInNext")
    forward.click()
    way = child(sign_in, QRadioButton, "waySession")
    qtbot.waitUntil(way.isVisible, timeout=LONG)
    way.setChecked(True)
    forward.click()
    qtbot.waitUntil(lambda: sign_in.findChild(QLineEdit, "field_username") is not None, timeout=LONG)
    line(sign_in, "username").setText(practice_wiki.name())
    line(sign_in, "password").setText("wrong")
    forward.click()
    banner = child(sign_in, QLabel, "signInFaultText")
    qtbot.waitUntil(lambda: banner.text() == sign_in_texts.details_refused(had_task=False), timeout=LONG)
    words = child(sign_in, QLabel, "signInFaultWikiText")
    assert not words.isVisible()
    qtbot.mouseClick(child(sign_in, QToolButton, "signInFaultWikiButton"), Qt.MouseButton.LeftButton)
    assert "Incorrect username or password" in words.text()
    assert words.isVisible()
    assert line(sign_in, "username").text() == practice_wiki.name()
    line(sign_in, "password").setText(practice_wiki.description["organizer"]["password"])
    with qtbot.waitSignal(sign_in.signed_in, timeout=LONG):
        forward.click()
    (account,) = workspace.accounts
    assert account.has_session
    assert account.identity.name == practice_wiki.name()
