"""What personal data is here, and erasing it, in the window."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from app.models.privacy.privacy_control import PrivacyControl
from app.models.today.today_facts import TodayReader
from app.models.workspace import Workspace
from app.store.people.participants import stream_people
from app.store.privacy.holdings import read_rule
from app.views.privacy.privacy_dialog import PrivacyDialog
from app.views.widgets.banner import Banner
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    person,
    registration,
    store_people,
    wiki_facts,
)


@pytest.fixture
def ended(workspace: Workspace) -> int:
    """Return the key of an event that is long over, with two people."""
    account = add_account(workspace, wiki_facts())
    key = add_event(
        workspace, account, registration(4, "Long ago", start="20200101100000", end="20200101120000")
    )
    store_people(workspace, key, [person(1, "Ann"), person(2, "Bo")])
    workspace.reload()
    return key


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, ended: int) -> PrivacyDialog:
    opened = PrivacyDialog(workspace, lambda action: action())
    qtbot.addWidget(opened)
    opened.open()
    table = child(opened, QTableWidget, "privacyEvents")
    qtbot.waitUntil(lambda: table.rowCount() == 1, timeout=LONG)
    return opened


def people(workspace: Workspace, key: int) -> list[str | None]:
    with closing(workspace.mirror.reader()) as reader:
        return [one.name for one in stream_people(reader, key, private=True)]


def confirm(qtbot: QtBot, dialog: PrivacyDialog, name: str) -> None:
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox, name) is not None, timeout=LONG)
    child(dialog.findChild(QMessageBox, name), QPushButton, f"{name}Accept").click()


def test_an_event_is_erased_after_a_question_and_its_people_come_back_on_request(
    qtbot: QtBot, workspace: Workspace, ended: int, dialog: PrivacyDialog
) -> None:
    table = child(dialog, QTableWidget, "privacyEvents")
    assert table.item(0, 1).text() == "2"
    assert "over" in table.item(0, 5).text()
    table.selectRow(0)
    child(dialog, QPushButton, "privacyErase").click()
    assert people(workspace, ended) == ["Ann", "Bo"]
    confirm(qtbot, dialog, "privacyEraseBox")
    result = child(dialog, Banner, "privacyResult")
    qtbot.waitUntil(result.isVisible, timeout=LONG)
    assert "Ann" not in result.text
    assert people(workspace, ended) == []
    qtbot.waitUntil(lambda: table.item(0, 1).text() == "0", timeout=LONG)
    back = child(dialog, QPushButton, "privacyBack")
    qtbot.waitUntil(back.isVisible, timeout=LONG)
    back.click()
    qtbot.waitUntil(lambda: not back.isVisible(), timeout=LONG)


def test_nothing_is_erased_by_itself_before_it_is_said_here(
    qtbot: QtBot, workspace: Workspace, ended: int, dialog: PrivacyDialog
) -> None:
    control = PrivacyControl(workspace, lambda action: action(), workspace)
    done: list[None] = []
    control.erase_due(lambda: done.append(None))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert people(workspace, ended) == ["Ann", "Bo"]
    days = child(dialog, QSpinBox, "privacyDays")
    days.setValue(30)
    child(dialog, QCheckBox, "privacyByItself").click()

    def rule():
        with closing(workspace.mirror.reader()) as reader:
            return read_rule(reader)

    qtbot.waitUntil(lambda: rule().agreed, timeout=LONG)
    assert rule().days == 30
    control.erase_due(lambda: None)
    qtbot.waitUntil(lambda: people(workspace, ended) == [], timeout=LONG)


def test_what_is_due_is_said_on_today_until_the_user_has_answered(
    qtbot: QtBot, workspace: Workspace, ended: int, dialog: PrivacyDialog
) -> None:
    reader = TodayReader(workspace, workspace)

    def kinds() -> list[str]:
        found: list[list[str]] = []
        reader.read(lambda facts: found.append([need.kind.value for need in facts.needs]))
        qtbot.waitUntil(lambda: bool(found), timeout=LONG)
        return found[0]

    assert "erase" in kinds()
    table = child(dialog, QTableWidget, "privacyEvents")
    table.selectRow(0)
    child(dialog, QPushButton, "privacyKeep").click()
    qtbot.waitUntil(lambda: "you" in table.item(0, 5).text(), timeout=LONG)
    assert "erase" not in kinds()


def test_one_person_is_shown_and_erased(
    qtbot: QtBot, workspace: Workspace, ended: int, dialog: PrivacyDialog, tmp_path: Path
) -> None:
    name = child(dialog, QLineEdit, "privacyName")
    erase = child(dialog, QPushButton, "privacyErasePerson")
    name.setText("user:ann")
    child(dialog, QPushButton, "privacyFind").click()
    known = child(dialog, QPlainTextEdit, "privacyKnown")
    qtbot.waitUntil(known.isVisible, timeout=LONG)
    assert "Long ago" in known.toPlainText()
    path = tmp_path / "ann.txt"
    dialog.save_person(path)
    qtbot.waitUntil(path.exists, timeout=LONG)
    assert path.read_text("utf-8").strip() == known.toPlainText().strip()
    # Another name: what was shown of the first one is not to be erased by mistake.
    name.setText("Bo")
    assert not erase.isEnabled()
    name.setText("Ann")
    child(dialog, QPushButton, "privacyFind").click()
    qtbot.waitUntil(erase.isEnabled, timeout=LONG)
    erase.click()
    confirm(qtbot, dialog, "privacyErasePersonBox")
    qtbot.waitUntil(lambda: people(workspace, ended) == ["Bo"], timeout=LONG)
    qtbot.waitUntil(child(dialog, Banner, "privacyResult").isVisible, timeout=LONG)
