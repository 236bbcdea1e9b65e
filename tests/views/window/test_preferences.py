"""Preferences hold at once, and are kept; the guide is read without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QMenu, QTextBrowser
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.look.appearance import show_look
from app.views.look.text import set_text_size
from app.views.look.tokens import DARK, LIGHT
from app.views.widgets.guide_window import GuideWindow
from app.views.window.main_window import MainWindow
from app.views.window.preferences_dialog import PreferencesDialog
from tests.support.window_kit import (
    Links,
    Show,
    add_account,
    add_event,
    child,
    dialog_gone,
    press,
    registration,
    settled,
    shown_dialog,
    wiki_facts,
)


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, show_window: Show, qapp: QApplication) -> Iterator[MainWindow]:
    add_event(workspace, add_account(workspace), registration(1))
    add_account(workspace, wiki_facts("https://other.example.org/w", "Other Wiki"), "Bo")
    window = show_window()
    settled(qtbot, window)
    yield window
    show_look(qapp, LIGHT)
    set_text_size(qapp, 100)


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> PreferencesDialog:
    press(qtbot, window, "Ctrl+,")
    return shown_dialog(qtbot, window, PreferencesDialog)


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    choice = child(dialog, QComboBox, name)
    choice.setCurrentIndex(choice.findData(value))


def test_the_look_and_the_size_of_text_hold_at_once(
    window: MainWindow, dialog: PreferencesDialog, qapp: QApplication
) -> None:
    choose(dialog, "preferScheme", "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.surface
    before = qapp.font().pointSizeF()
    choose(dialog, "preferTextSize", 150)
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.5)
    child(window, QMenu, "lookMenu").aboutToShow.emit()
    marked = [one.objectName() for one in child(window, QMenu, "lookMenu").actions() if one.isChecked()]
    assert marked == ["look-dark", "text-150"]


def test_what_is_chosen_is_kept(qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog) -> None:
    assert window.syncs_by_itself
    child(dialog, QCheckBox, "preferSync").setChecked(False)
    choose(dialog, "preferLanguage", "en")
    choose(dialog, "preferWiki", "https://other.example.org/w")
    press(qtbot, dialog, "Esc")
    dialog_gone(qtbot, window, PreferencesDialog)
    assert not window.syncs_by_itself
    press(qtbot, window, "Ctrl+,")
    again = shown_dialog(qtbot, window, PreferencesDialog)
    assert child(again, QComboBox, "preferLanguage").currentData() == "en"
    assert child(again, QComboBox, "preferWiki").currentText() == "Other Wiki"
    assert not child(again, QCheckBox, "preferSync").isChecked()


def test_new_events_are_made_on_the_preferred_wiki(window: MainWindow, dialog: PreferencesDialog) -> None:
    choose(dialog, "preferWiki", "https://other.example.org/w")
    # The wiki of the event shown comes first.
    for shown, wiki in ((window._workspace.events[0], "Example Wiki"), (None, "Other Wiki")):
        window.event_actions.show_event(shown)
        account = window.event_actions._account_for_new_event()
        assert account is not None
        assert account.wiki.site_name == wiki


def test_exports_go_to_the_chosen_folder(
    window: MainWindow, dialog: PreferencesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    dialog._ask_folder()
    assert child(dialog, QLineEdit, "preferFolder").text() == str(tmp_path)
    window.dialogs.export(
        window._workspace.events[0],
        window.event_pane.participants.scopes(window._workspace.events[0]),
    )
    path = window.findChild(QLineEdit, "exportPath")
    assert path is not None
    assert path.text().startswith(str(tmp_path))


def test_the_guide_is_read_here_and_its_links_lead_on(qtbot: QtBot, window: MainWindow, links: Links) -> None:
    press(qtbot, window, "F1")
    guide = shown_dialog(qtbot, window, GuideWindow)
    page = child(guide, QTextBrowser, "guidePage")
    assert "User guide" in page.toPlainText()
    assert not page.loadResource(2, QUrl("pictures/today-light.png")).isNull()
    assert page.loadResource(3, QUrl("https://example.org/style.css")) is None
    page.anchorClicked.emit(QUrl("shortcuts.md"))
    assert "Keyboard shortcuts" in page.toPlainText()
    page.anchorClicked.emit(QUrl("https://meta.wikimedia.org/"))
    assert links.opened == ["https://meta.wikimedia.org/"]
    page.anchorClicked.emit(QUrl("../../../etc/passwd"))
    assert "Keyboard shortcuts" in page.toPlainText()
    guide.show_page("missing.md")
    assert "not on this computer" in page.toPlainText()


def test_the_log_is_opened_where_there_is_one(qtbot: QtBot, window: MainWindow, links: Links) -> None:
    log = window._workspace.mirror.folder / "event-center.log"
    log.write_text("line\n")
    QDesktopServices.setUrlHandler("file", links, "open")
    window.dialogs.log()
    QDesktopServices.unsetUrlHandler("file")
    assert links.opened[-1].endswith("event-center.log")
    assert qtbot
