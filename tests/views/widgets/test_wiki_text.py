"""Text from a wiki is shown as it is, never as HTML."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.domain.events.event import Organizer
from app.models.plain_text import button_text, tool_tip
from app.models.workspace import Workspace
from tests.support.window_kit import (
    Show,
    add_account,
    add_event,
    dialogs,
    person,
    registration,
    settled,
    store_people,
    wiki_facts,
)

HOSTILE = [
    "<b>x</b>",
    '<img src="http://127.0.0.1/x.png">',
    "<a href='file:///etc/passwd'>a</a>",
    "left \u202eright\u2066 both",
    "W" * 85,
    "new\nline\ttab\x00nul",
    "R&D &copy; &lt;",
    "محمد (علي)",
]


@pytest.fixture
def hostile(workspace: Workspace) -> Workspace:
    account = add_account(workspace, wiki_facts(name=HOSTILE[0] + " & sons"), name=HOSTILE[1])
    for number, name in enumerate(HOSTILE, 1):
        add_event(
            workspace,
            account,
            registration(
                number,
                name,
                days=number,
                in_person=True,
                address=name,
                country=name,
                timezone=name,
                status=name,
                types=(name,),
                topics=(name,),
                wikis=(name,),
                meeting_url=f"https://example.org/?q={name}",
                chat_url="javascript:alert(1)",
                tracking_tools=({"tool_event_id": name},),
            ),
            organizers=[Organizer(1, 3, name, ("creator",))],
        )
        store_people(
            workspace, workspace.events[-1].key, [person(n, one) for n, one in enumerate(HOSTILE, 1)]
        )
    workspace.reload()
    return workspace


def test_text_from_a_wiki_is_never_rich(qtbot: QtBot, show_window: Show, hostile: Workspace) -> None:
    window = show_window()
    for event in hostile.events:
        window.event_list.choose(event.key)
        for tab in range(3):
            window.event_pane.go_to(tab)
            settled(qtbot, window)
            if tab == 1:
                for row in range(len(HOSTILE)):
                    window.event_pane.participants.table.selectRow(row)
                    check_plain(window)
            check_plain(window)
    assert not window.findChildren(QAbstractButton, "openChat")
    window.event_list.choose(hostile.events[0].key)
    window.event_actions.remove_here(hostile.events[0].key)
    window.wikis._ask_sign_out(hostile.accounts[0])
    for root in (window, *dialogs(hostile, window)):
        check_plain(root)


def check_plain(root: QWidget) -> None:
    for widget in (root, *root.findChildren(QWidget)):
        tip = widget.toolTip()
        if GuiQt.mightBeRichText(tip):
            assert tip.startswith("<qt>")
            assert tip.count("<") == 2 + tip.count("<br>"), tip
        if isinstance(widget, QLabel) and GuiQt.mightBeRichText(widget.text()):
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        if isinstance(widget, QAbstractButton) and "&" in widget.text():
            assert "<" not in widget.text()
        shown = getattr(widget, "text", "")
        for text in (widget.accessibleName(), widget.windowTitle(), shown() if callable(shown) else shown):
            assert not set(str(text)) & set("\u202e\x00\x85"), text
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            check_items(widget)


def check_items(view: QAbstractItemView) -> None:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            if GuiQt.mightBeRichText(tip):
                assert tip.startswith("<qt>")
                assert tip.count("<") == 2 + tip.count("<br>")


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_tool_tips(text: str) -> None:
    tip = tool_tip(text)
    assert tip == text or tip.startswith("<qt>")
    assert "<img" not in tip
    assert "<b>" not in tip
    assert button_text("a & b") == "a && b"
