"""Countries and time zones are chosen by what people call them, and nothing uncertain is taken."""

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import opened
from tests.support.organizing_window import problem
from tests.support.window_kit import child, press


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> EventDialog:
    shown = opened(qtbot, window, "editEvent", EventDialog)
    shown.form.in_person.setChecked(True)
    return shown


def type_into(qtbot: QtBot, dialog: EventDialog, name: str, typed: str) -> tuple[QComboBox, QLineEdit]:
    choice = child(dialog, QComboBox, name)
    line = choice.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    return choice, line


def leave(qtbot: QtBot, choice: QComboBox, key: str) -> None:
    """Press a key where the keyboard is: in the list of what was found, or in the field."""
    completer = choice.completer()
    popup = completer.popup() if completer else None
    press(qtbot, popup if popup is not None and popup.isVisible() else choice.lineEdit(), key)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("typed", "key", "zone"),
    [
        ("spain", "Return", "Europe/Madrid"),
        ("mumbai", "Tab", "Asia/Kolkata"),
        ("kampala", "Tab", "Africa/Kampala"),
        ("osaka", "Return", "Asia/Tokyo"),
        # Several zones are in Spain, and one has it in its name: leaving the field takes none of them.
        ("Spain", "Tab", "Spain"),
    ],
)
def test_zones_by_country_and_city(
    qtbot: QtBot, dialog: EventDialog, typed: str, key: str, zone: str
) -> None:
    choice, _line = type_into(qtbot, dialog, "eventZone", typed)
    leave(qtbot, choice, key)
    assert choice.currentText() == zone
    assert dialog.form.fields().timezone == zone


@pytest.mark.parametrize(
    ("typed", "code"),
    [("UK", "GB"), ("usa", "US"), ("Holland", "NL"), ("Ivory Coast", "CI"), ("Uganda", "UG"), ("DE", "DE")],
)
def test_countries_by_their_other_names(qtbot: QtBot, dialog: EventDialog, typed: str, code: str) -> None:
    choice, _line = type_into(qtbot, dialog, "eventCountry", typed)
    leave(qtbot, choice, "Tab")
    assert dialog.form.fields().country_code == code


def test_what_is_no_country_stays_and_is_said_to_be_none(qtbot: QtBot, dialog: EventDialog) -> None:
    choice, line = type_into(qtbot, dialog, "eventCountry", "Atlantis")
    leave(qtbot, choice, "Tab")
    assert line.text() == "Atlantis"
    assert dialog.form.fields().country_code is None
    press(qtbot, dialog, "Ctrl+Return")
    assert "No country is called this" in problem(dialog, "country")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Nepal")
    leave(qtbot, choice, "Return")
    assert dialog.form.fields().country_code == "NP"
    assert problem(dialog, "country") == ""


def test_enter_takes_the_first_hit(qtbot: QtBot, dialog: EventDialog) -> None:
    choice, _line = type_into(qtbot, dialog, "eventCountry", "united")
    leave(qtbot, choice, "Return")
    assert choice.currentText().startswith("United")


@pytest.mark.parametrize("name", ["eventZone", "eventCountry"])
def test_tabbing_through_an_untouched_field_changes_nothing(
    qtbot: QtBot, dialog: EventDialog, name: str
) -> None:
    choice = child(dialog, QComboBox, name)
    for text in ("+05:45", "Elsewhere"):
        choice.setCurrentText(text)
        choice.setFocus()
        press(qtbot, choice, "Tab")
        assert choice.currentText() == text
