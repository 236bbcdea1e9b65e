"""The dialog of an event's article list, on the practice wiki."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle
from app.models.changes.outbox_control import OutboxControl
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.sync.fetching.pull import Pull
from app.views.organizing.article_list_dialog import ArticleListDialog
from tests.commands.test_worklist_command import make_list
from tests.support.data.event_making import make_event
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.window_kit import LONG, child


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", "1.47") as server:
        yield server


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, wiki: PracticeServer) -> ArticleListDialog:
    event_id = make_event(wiki, tracks_contributions=True, types=["editing-event"], wikis=["*"])
    make_list(wiki, event_id, "Main Page")
    wikis = workspace.wikis()
    wikis.sign_in_with_token(wikis.find(wiki.base), wiki.token())
    workspace.reload()
    Pull(wikis, workspace.accounts[0], lambda _: None).some([event_id])
    workspace.reload()
    event = next(one for one in workspace.events if one.event_id == event_id)
    sync = SyncControl(workspace, workspace)
    # What waits is looked at here, and sent by nothing but time.
    sync._soon.setInterval(3_600_000)
    outbox = OutboxControl(workspace, sync, workspace)
    made = ArticleListDialog(workspace, outbox, workspace.accounts[0], event, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.open()
    table = child(made, QTableWidget, "articleList")
    qtbot.waitUntil(lambda: table.rowCount() == 1, timeout=LONG)
    return made


def titles(dialog: ArticleListDialog) -> list[tuple[str, str]]:
    table = child(dialog, QTableWidget, "articleList")
    return [(table.item(row, 0).text(), table.item(row, 2).text()) for row in range(table.rowCount())]


def test_pasted_titles_wait_in_the_outbox_and_are_shown(
    qtbot: QtBot, workspace: Workspace, dialog: ArticleListDialog
) -> None:
    assert titles(dialog)[0][0] == "Main Page"
    assert int(titles(dialog)[0][1].replace(",", "")) > 0
    add = child(dialog, QPushButton, "articleAdd")
    assert not add.isEnabled()
    text = '[[ada_Lovelace|Ada]]\nÉlisabeth\t12\n\n"Main Page"\nÉlisabeth\n'
    child(dialog, QPlainTextEdit, "articleTitles").setPlainText(text)
    add.click()
    qtbot.waitUntil(lambda: len(titles(dialog)) == 3, timeout=LONG)
    (change,) = [one for one in workspace.changes if isinstance(one.operation, ChangeArticleList)]
    assert change.operation == ChangeArticleList(
        (ListedArticle("practicewiki", "Ada Lovelace"), ListedArticle("practicewiki", "Élisabeth"))
    )
    child(dialog, QTableWidget, "articleList").selectRow(0)
    child(dialog, QPushButton, "articleRemove").click()
    qtbot.waitUntil(
        lambda: len([one for one in workspace.changes if isinstance(one.operation, ChangeArticleList)]) == 2,
        timeout=LONG,
    )
