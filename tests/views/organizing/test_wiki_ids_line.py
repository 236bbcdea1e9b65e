"""Wiki ids are completed by any part of the id or of the wiki's address."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.organizing.wiki_ids_line import WikiIdsLine

WIKIS = {
    "en.wikipedia.example": "enwiki",
    "ig.wikipedia.example": "igwiki",
    "commons.wikimedia.example": "commonswiki",
    "fr.wiktionary.example": "frwiktionary",
}


@pytest.fixture
def line(qtbot: QtBot) -> WikiIdsLine:
    made = WikiIdsLine(WIKIS)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def choose(qtbot: QtBot) -> None:
    """Choose the first completion by keyboard."""
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


def test_any_part_of_an_id_or_of_an_address_is_enough(qtbot: QtBot, line: WikiIdsLine) -> None:
    qtbot.keyClicks(line, "commons")
    choose(qtbot)
    assert line.text() == "commonswiki"
    qtbot.keyClicks(line, ", IG.wikip")
    choose(qtbot)
    assert line.text() == "commonswiki, igwiki"


def test_one_in_the_middle_can_be_changed(qtbot: QtBot, line: WikiIdsLine) -> None:
    line.setText("enwiki, x, igwiki")
    line.setCursorPosition(9)
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(line, "wiktionary")
    choose(qtbot)
    assert line.text() == "enwiki, frwiktionary, igwiki"
    assert line.cursorPosition() == len("enwiki, frwiktionary")


def test_a_complete_or_unknown_id_is_left_as_typed(qtbot: QtBot, line: WikiIdsLine) -> None:
    qtbot.keyClicks(line, "wikidatawiki, enwiki")
    assert QApplication.activePopupWidget() is None
    assert line.text() == "wikidatawiki, enwiki"


def test_a_wiki_is_found_by_its_name_and_enter_takes_the_first(qtbot: QtBot, qapp: QApplication) -> None:
    wikis = {"fr.wikipedia.org": "frwiki", "fr.wiktionary.org": "frwiktionary", "de.wikipedia.org": "dewiki"}
    line = WikiIdsLine(wikis)
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    qtbot.keyClicks(line, "french wikip")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "frwiki"
    assert qapp.activePopupWidget() is None


def test_an_id_that_is_no_wiki_is_found_out(line: WikiIdsLine) -> None:
    line.setText("enwiki, xxwiki; igwiki")
    assert line.unknown() == ["xxwiki"]
    alone = WikiIdsLine({"wiki.example": "wiki"})
    alone.setText("enwiki")
    assert alone.unknown() == []
