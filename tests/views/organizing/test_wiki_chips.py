"""Wikis are chosen by their names and shown as chips, each of which can be removed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.organizing.event_dialog import EventDialog
from app.views.organizing.wiki_chips import WikiChips
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import opened
from tests.support.organizing_window import problem
from tests.support.window_kit import press

WIKIS = {
    "en.wikipedia.org": "enwiki",
    "ig.wikipedia.org": "igwiki",
    "commons.wikimedia.org": "commonswiki",
    "fr.wikipedia.org": "frwiki",
    "fr.wiktionary.org": "frwiktionary",
}


@pytest.fixture
def field(qtbot: QtBot) -> WikiChips:
    made = WikiChips(WIKIS)
    qtbot.addWidget(made)
    made.resize(420, 120)
    made.show()
    made.line.setFocus()
    return made


def chips(field: WikiChips) -> list[QToolButton]:
    return field.findChildren(QToolButton)


def press_where_the_keyboard_is(qtbot: QtBot, field: WikiChips, key: str) -> None:
    press(qtbot, QApplication.activePopupWidget() or field.line, key)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("typed", "wiki", "shown"),
    [
        ("french wikip", "frwiki", "French Wikipedia"),
        ("commons", "commonswiki", "Wikimedia Commons"),
        ("IG.wikip", "igwiki", "Igbo Wikipedia"),
        ("frwiktionary", "frwiktionary", "French Wiktionary"),
    ],
)
def test_enter_takes_the_first_wiki_found_and_shows_its_name(
    qtbot: QtBot, field: WikiChips, typed: str, wiki: str, shown: str
) -> None:
    qtbot.keyClicks(field.line, typed)
    press_where_the_keyboard_is(qtbot, field, "Return")
    assert field.wikis() == (wiki,)
    assert [chip.text() for chip in chips(field)] == [shown]
    assert field.line.text() == ""
    assert QApplication.activePopupWidget() is None


def test_a_comma_ends_a_wiki_and_a_pasted_list_is_taken_apart(qtbot: QtBot, field: WikiChips) -> None:
    qtbot.keyClicks(field.line, "igwiki,")
    QApplication.clipboard().setText("enwiki, French Wikipedia; commonswiki;")
    press_where_the_keyboard_is(qtbot, field, "Ctrl+V")
    assert field.wikis() == ("igwiki", "enwiki", "frwiki", "commonswiki")


def test_what_is_no_wiki_in_a_pasted_list_stays_in_the_line(qtbot: QtBot, field: WikiChips) -> None:
    QApplication.clipboard().setText("foo, enwiki, bar, igwiki")
    press_where_the_keyboard_is(qtbot, field, "Ctrl+V")
    assert field.wikis() == ("enwiki", "foo, bar, igwiki")
    assert field.line.text() == "foo, bar, igwiki"


def test_tab_leads_through_the_chips_before_the_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    title, field, last = QLineEdit(page), WikiChips(WIKIS, page), QLineEdit(page)
    for one in (title, field, last):
        column.addWidget(one)
    page.show()
    field.set_wikis(["enwiki", "frwiki"])
    order, one = [], title.nextInFocusChain()
    while one is not title:
        order.append(one)
        one = one.nextInFocusChain()
    wanted = [*chips(field), field.line, last]
    assert [one for one in order if one in wanted] == wanted


def test_a_chip_is_removed_by_click_by_key_and_from_the_end(
    qtbot: QtBot, field: WikiChips, qapp: QApplication
) -> None:
    field.set_wikis(["enwiki", "igwiki", "frwiki"])
    qapp.processEvents()
    qtbot.mouseClick(chips(field)[1], Qt.MouseButton.LeftButton)
    assert field.wikis() == ("enwiki", "frwiki")
    first = chips(field)[0]
    first.setFocus()
    press(qtbot, first, "Space")
    assert field.wikis() == ("frwiki",)
    press(qtbot, field.line, "Backspace")
    assert field.wikis() == ()


def test_what_is_typed_counts_and_what_is_no_wiki_is_found_out(qtbot: QtBot, field: WikiChips) -> None:
    field.set_wikis(["enwiki", "xxwiki"])
    qtbot.keyClicks(field.line, "Atlantean Wikipedia")
    assert field.wikis() == ("enwiki", "xxwiki", "Atlantean Wikipedia")
    assert field.unknown() == ["xxwiki", "Atlantean Wikipedia"]
    with qtbot.waitSignal(field.not_found):
        press_where_the_keyboard_is(qtbot, field, "Return")


def test_where_only_one_wiki_is_known_others_are_taken_as_typed(qtbot: QtBot) -> None:
    alone = WikiChips({"wiki.example": "wiki"})
    qtbot.addWidget(alone)
    alone.show()
    qtbot.keyClicks(alone.line, "enwiki")
    press_where_the_keyboard_is(qtbot, alone, "Return")
    assert alone.wikis() == ("enwiki",)
    assert alone.unknown() == []


def test_chips_go_to_the_next_line_where_the_window_is_narrow(field: WikiChips, qapp: QApplication) -> None:
    field.set_wikis(["enwiki", "igwiki", "frwiki", "commonswiki"])
    qapp.processEvents()
    for one in [*chips(field), field.line]:
        assert field.rect().contains(one.geometry())
    assert len({chip.y() for chip in chips(field)}) > 1


def test_the_form_says_at_once_that_a_wiki_is_unknown(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, window, "editEvent", EventDialog)
    form = dialog.form
    monkeypatch.setattr(form.wikis, "_checks", True)
    form.wikis.line.setFocus()
    qtbot.keyClicks(form.wikis.line, "Atlantean Wikipedia")
    press(qtbot, form.wikis.line, "Return")
    assert problem(dialog, "wikis").startswith("One of these is no wiki")
    qtbot.keyClicks(form.wikis.line, "x")
    assert problem(dialog, "wikis") == ""
