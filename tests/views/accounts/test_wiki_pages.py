"""Data from the wiki's pages in the window, and the dialogs about a wiki."""

import re

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import Contributions, WikiStatistics
from app.models.accounts.wiki_control import WikiControl
from app.models.workspace import Workspace
from app.store.events import page_readings
from app.views.accounts.wiki_dialogs import AboutWikiDialog, CheckWikiDialog
from tests.support.servers.practice_server import PracticeServer
from tests.support.window_kit import (
    LONG,
    ORGANIZER_RIGHTS,
    Show,
    add_account,
    add_event,
    child,
    person,
    registration,
    store_people,
)

GENDER = QuestionStatistics(
    1,
    58,
    (Share("man", 12, 12, 58), Share("agender", 0, 4, 58), Share(NO_RESPONSE, 25, 33, 58)),
)


def past_event(workspace: Workspace) -> int:
    account = add_account(workspace, rights=ORGANIZER_RIGHTS)
    key = add_event(workspace, account, registration(1, days=-9, tracks_contributions=True))
    store_people(workspace, key, [person(number) for number in range(1, 59)])
    return key


def test_the_wikis_own_statistics_are_shown(qtbot: QtBot, show_window: Show, workspace: Workspace) -> None:
    key = past_event(workspace)
    statistics = WikiStatistics(58, (GENDER,), waits_for_agreement=False)
    workspace.mirror.writer.do(page_readings.save_statistics_of_wiki, key, statistics, times.now())
    window = show_window()
    window.event_list.choose(key)
    tab = window.event_pane.demographics
    window.event_pane.go_to(3)
    qtbot.waitUntil(lambda: tab.findChild(QTableView, "questionTable1") is not None, timeout=LONG)
    model = child(tab, QTableView, "questionTable1").model()
    rows = [[model.data(model.index(row, column)) for column in range(2)] for row in range(3)]
    assert rows == [["Man", "12"], ["Agender", "fewer than 5"], ["No response", "25–33"]]
    assert any("as the wiki summed them up" in label.text() for label in tab.findChildren(QLabel))
    assert tab.findChild(QPushButton, "openStatistics") is None


def test_statistics_that_wait_for_agreement_link_to_the_wikis_page(
    qtbot: QtBot, show_window: Show, workspace: Workspace
) -> None:
    key = past_event(workspace)
    statistics = WikiStatistics(58, (), waits_for_agreement=True)
    workspace.mirror.writer.do(page_readings.save_statistics_of_wiki, key, statistics, times.now())
    window = show_window()
    window.event_list.choose(key)
    window.event_pane.go_to(3)
    tab = window.event_pane.demographics
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "openStatistics") is not None, timeout=LONG)


def test_contributions_of_an_event_are_shown(show_window: Show, workspace: Workspace) -> None:
    key = past_event(workspace)
    totals = Contributions((("articles-created", (4,)), ("bytes-changed", (7812, 9))))
    workspace.mirror.writer.do(page_readings.save_contributions, key, totals, times.now())
    window = show_window()
    window.event_list.choose(key)
    window.event_pane.go_to(0)
    texts = {label.text() for label in window.event_pane.overview.findChildren(QLabel)}
    assert {"What came of it", "Articles created", "4"} <= texts
    assert "+7812 / −9" in texts


def test_a_check_can_be_copied_and_names_nobody(
    qtbot: QtBot, show_window: Show, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    facts = workspace.wikis().find(practice_wiki.base)
    token = practice_wiki.token(kind="limited_token")
    workspace.wikis().sign_in_with_token(facts, token)
    workspace.reload()
    window = show_window()
    (account,) = workspace.accounts
    dialog = CheckWikiDialog(WikiControl(workspace, window), [account], account, window)
    dialog.show()
    copy = child(dialog, QPushButton, "copyCheck")
    qtbot.waitUntil(copy.isEnabled, timeout=LONG)
    copy.click()
    report = QGuiApplication.clipboard().text()
    assert "PROBLEM  Rights: you are an organizer here, but no sign-in of yours carries the rights" in report
    assert "GOOD  MediaWiki: 1.45.0" in report
    assert account.identity.name not in report
    assert token not in report
    about = AboutWikiDialog(
        WikiControl(workspace, window), [account], account, lambda _: None, lambda *_: None, window
    )
    asked = child(about, QLabel, "wikiTraffic").text()
    assert re.fullmatch(r"\d+ requests, \d+ kB received", asked)
    assert not asked.startswith("0 ")
    dialog.reject()
    about.reject()


def test_checking_an_offline_wiki_shows_a_sentence(
    qtbot: QtBot, show_window: Show, workspace: Workspace, practice_wiki: PracticeServer
) -> None:
    workspace.wikis().sign_in_with_token(workspace.wikis().find(practice_wiki.base), practice_wiki.token())
    workspace.reload()
    window = show_window()
    (account,) = workspace.accounts
    practice_wiki.fault("wrong-shape")
    dialog = CheckWikiDialog(WikiControl(workspace, window), [account], account, window)
    dialog.show()
    qtbot.waitUntil(child(dialog, QPushButton, "checkAgain").isEnabled, timeout=LONG)
    practice_wiki.calm()
    assert "makes no sense" in dialog.report()
    dialog.reject()
