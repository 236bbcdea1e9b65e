"""The recommended way to sign in comes first; sums of an ended event lead to the sign-in that shows them."""

import pytest
from PySide6.QtWidgets import QPushButton, QRadioButton, QTextBrowser, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.accounts.account import OAuthClient
from app.domain.people.participant import AnswersState
from app.models.workspace import Workspace
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.sign_in_ways import SignInWays, Way
from app.views.widgets.guide_window import GuideWindow
from tests.support.window_kit import (
    Links,
    Show,
    add_account,
    add_event,
    child,
    person,
    registration,
    settled,
    shown_dialog,
    store_people,
    wiki_facts,
)

CLIENT = OAuthClient("0123", None, "http://127.0.0.1:4711/callback")
BUTTONS = {Way.BROWSER: "wayBrowser", Way.TOKEN: "wayToken", Way.SESSION: "waySession"}


def ways(qtbot: QtBot, client: OAuthClient | None) -> SignInWays:
    shown = SignInWays()
    qtbot.addWidget(shown)
    shown.show_wiki(wiki_facts(), client)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


@pytest.mark.parametrize(("client", "first"), [(None, Way.SESSION), (CLIENT, Way.BROWSER)])
def test_the_recommended_way_is_first_and_the_others_are_shown_on_request(
    qtbot: QtBot, client: OAuthClient | None, first: Way
) -> None:
    shown = ways(qtbot, client)
    assert shown.way is first
    buttons = {way: child(shown, QRadioButton, name) for way, name in BUTTONS.items()}
    assert [way for way, button in buttons.items() if button.isVisible()] == [first]
    child(shown, QToolButton, "otherWays").click()
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons.values()))
    tops = {way: button.mapTo(shown, button.rect().topLeft()).y() for way, button in buttons.items()}
    assert min(tops, key=lambda way: tops[way]) is first
    buttons[Way.TOKEN].setChecked(True)
    assert shown.way is Way.TOKEN
    assert not buttons[first].isChecked()


def test_a_preselected_way_is_shown(qtbot: QtBot) -> None:
    shown = ways(qtbot, None)
    shown.choose(Way.TOKEN)
    assert child(shown, QRadioButton, "wayToken").isVisible()


def test_the_links_lead_to_the_wiki_and_to_the_guide(qtbot: QtBot, links: Links) -> None:
    shown = ways(qtbot, CLIENT)
    child(shown, QToolButton, "registerClient").click()
    assert links.opened == [
        "https://wiki.example.org/w/index.php?title=Special:OAuthConsumerRegistration/propose"
    ]
    child(shown, QToolButton, "clientGuide").click()
    guide = shown_dialog(qtbot, shown.window(), GuideWindow)
    assert "OAuth client" in child(guide, QTextBrowser, "guidePage").toPlainText()


def test_sums_that_only_a_session_shows_lead_to_it(
    qtbot: QtBot, workspace: Workspace, show_window: Show
) -> None:
    key = add_event(workspace, add_account(workspace), registration(1, days=-30))
    people = [person(number, answers_state=AnswersState.AGGREGATED, answers=()) for number in range(1, 31)]
    store_people(workspace, key, people)
    workspace.reload()
    window = show_window()
    window.event_pane.go_to(3)
    settled(qtbot, window)
    qtbot.waitUntil(lambda: bool(window.findChildren(QPushButton, "signInForSums")))
    child(window, QPushButton, "signInForSums").click()
    dialog = shown_dialog(qtbot, window, SignInDialog)
    assert dialog.findChild(QWidget, "signInNext") is not None
