"""What the Dashboard counts for an event, in the window."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.demographics.course_box import CourseBox
from app.views.demographics.demographics_tab import DemographicsTab
from app.views.widgets.banner import Banner
from tests.support.servers.scripted_wiki import ScriptedWiki, scripted_wiki
from tests.support.window_kit import (
    LONG,
    add_account,
    add_event,
    child,
    crowd,
    registration,
    store_people,
    wiki_facts,
)
from tests.wiki.test_dashboard import COURSE, SLUG


@pytest.fixture
def dashboard():
    with scripted_wiki() as scripted:
        yield scripted


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, dashboard: ScriptedWiki) -> DemographicsTab:
    tool = {"tool_id": "wikimedia-pe-dashboard", "tool_event_id": SLUG}
    account = add_account(workspace, wiki_facts(dashboard.base))
    key = add_event(workspace, account, registration(4, "Photo Walk", tracking_tools=(tool,)))
    store_people(workspace, key, crowd(30))
    workspace.reload()
    tab = DemographicsTab(workspace)
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    event = workspace.find_event(key)
    assert event is not None
    tab.show_event(event)
    qtbot.waitUntil(lambda: bool(tab.findChildren(CourseBox)), timeout=LONG)
    return tab


def test_figures_are_read_on_request_and_a_fault_keeps_them(
    qtbot: QtBot, tab, dashboard: ScriptedWiki
) -> None:
    assert not dashboard.asked
    dashboard.always({"course": COURSE})
    child(tab, QPushButton, "readCourse").click()
    qtbot.waitUntil(lambda: tab.findChild(QLabel, "courseTitle") is not None, timeout=LONG)
    assert child(tab, QLabel, "courseTitle").text() == "Nairobi"
    assert child(tab, QLabel, "course-edits").text() == f"about {QLocale().toString(1_230)}"
    assert child(tab, QLabel, "course-articles_edited").text() == "987"
    dashboard.always(b"<html></html>", 404)
    child(tab, QPushButton, "readCourse").click()
    qtbot.waitUntil(child(tab, Banner, "courseResult").isVisible, timeout=LONG)
    assert child(tab, QLabel, "course-edits").text() == f"about {QLocale().toString(1_230)}"
    assert child(tab, QPushButton, "readCourse").isEnabled()
