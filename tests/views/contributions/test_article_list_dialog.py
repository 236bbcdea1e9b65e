"""The dialog of an event's article list, on the practice wiki."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle
from app.domain.impact.edits import Edit
from app.domain.impact.figures import span_of
from app.models.changes.outbox_control import OutboxControl
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.store.impact.edits import begin_reading, read_looked_at, save_edits
from app.sync.fetching.pull import Pull
from app.views.contributions.article_list_dialog import ArticleListDialog
from tests.support.data.event_making import api, make_event, make_list
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.window_kit import LONG, child, fault, person, store_people


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


def test_titles_of_a_file_and_of_a_category_can_be_looked_over(
    qtbot: QtBot, dialog: ArticleListDialog, wiki: PracticeServer, tmp_path: Path
) -> None:
    field = child(dialog, QPlainTextEdit, "articleTitles")
    path = tmp_path / "list.tsv"
    path.write_bytes("Views\tArticle\n12\tŁódź\n7\tParis, Texas\n".encode("utf-16"))
    dialog.open_file(path)
    qtbot.waitUntil(lambda: field.toPlainText() == "Łódź\nParis, Texas", timeout=LONG)
    for title in ("Mary Anning", "Paris, Texas"):
        api(wiki, "organizer", action="edit", title=title, text="[[Category:Finds|x]]")
    take = child(dialog, QPushButton, "articleTake")
    assert not take.isEnabled()
    child(dialog, QLineEdit, "articleCategory").setText("finds")
    take.click()
    qtbot.waitUntil(lambda: field.toPlainText() == "Łódź\nParis, Texas\nMary Anning", timeout=LONG)
    child(dialog, QLineEdit, "articleCategory").setText("Nothing at all")
    take.click()
    qtbot.waitUntil(lambda: "no articles" in fault(dialog, "articleListFault"), timeout=LONG)
    # Nothing is added before it is said so.
    assert len(titles(dialog)) == 1


def test_what_participants_edited_of_the_list_is_shown(
    qtbot: QtBot, dialog: ArticleListDialog, workspace: Workspace
) -> None:
    table = child(dialog, QTableWidget, "articleList")
    assert table.isColumnHidden(3)
    event = dialog._event
    write = workspace.mirror.writer.do
    store_people(workspace, event.key, [person(1, "Åsa"), person(2, "Bo")])
    begins = span_of(event).begins
    with closing(workspace.mirror.reader()) as reader:
        people = read_looked_at(reader, event.key, ())
    made = Edit(1, "Åsa", 1, 0, "Main Page", begins + 60, 10, is_new=False, reverted=False)
    edits = [made, made._replace(revision=2, user="Bo"), made._replace(revision=3, at=begins - 60)]
    write(begin_reading, event.key, begins - 100, begins, ())
    write(save_edits, event.key, "practicewiki", people, edits)
    dialog._read()
    qtbot.waitUntil(lambda: not table.isColumnHidden(3), timeout=LONG)
    assert table.item(0, 3).text() == "2, by 2 people"


def test_where_there_is_no_list_it_is_said_who_may_make_it(
    qtbot: QtBot, workspace: Workspace, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki, tracks_contributions=True, types=["editing-event"], wikis=["*"])
    account = workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    Pull(workspace.wikis(), workspace.accounts[0], lambda _: None).some([event_id])
    workspace.reload()
    assert account
    event = next(one for one in workspace.events if one.event_id == event_id)
    outbox = OutboxControl(workspace, SyncControl(workspace, workspace), workspace)
    made = ArticleListDialog(workspace, outbox, workspace.accounts[0], event, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(lambda: "administrators" in fault(made, "articleListFault"), timeout=LONG)
    assert "/Worklist" in fault(made, "articleListFault")


def test_a_title_that_no_page_can_have_is_said_and_kept(
    workspace: Workspace, dialog: ArticleListDialog
) -> None:
    field = child(dialog, QPlainTextEdit, "articleTitles")
    field.setPlainText("Rome\nNo {such}")
    child(dialog, QPushButton, "articleAdd").click()
    assert "No {such}" in fault(dialog, "articleListFault")
    assert field.toPlainText() == "Rome\nNo {such}"
    assert not workspace.changes
