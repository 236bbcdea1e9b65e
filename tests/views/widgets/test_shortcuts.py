"""One list of shortcuts: no keys twice, each belongs to an action, and the page is up to date."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence

from app.views.widgets.shortcuts import SHORTCUTS
from tools import shortcuts_page


def test_no_keys_twice(qapp) -> None:
    counted = Counter(QKeySequence(one.keys).toString() for one in SHORTCUTS)
    assert counted.most_common(1)[0][1] == 1


def test_the_page_is_up_to_date(qapp) -> None:
    assert shortcuts_page.main(["--check"]) == 0, "run: python3 dev.py shortcuts"


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda one: one.action)
def test_each_belongs_to_an_action_of_the_window(show_window, shortcut) -> None:
    window = show_window()
    if shortcut.action == "removeRow":
        return
    found = window.findChild(QAction, shortcut.action)
    assert found is not None
    assert QKeySequence(shortcut.keys) in found.shortcuts()
