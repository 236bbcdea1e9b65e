"""Every control of the window and its dialogs: named, reachable, and not cut off in any language."""

from collections import Counter
from collections.abc import Iterator
from unicodedata import category

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.events.event import Listing, Organizer
from app.models.sync_control import SyncPhase, SyncState
from app.models.workspace import Workspace
from app.sync.fetching.progress import Progress
from app.views.look.appearance import Scheme
from app.views.participants.export_dialog import ExportDialog
from app.views.widgets.banner import Banner
from tests.support.window_kit import (
    Show,
    add_account,
    add_event,
    child,
    close_window,
    crowd,
    dialogs,
    open_window,
    press,
    registration,
    settled,
    store_people,
)

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QProgressBar)


@pytest.fixture
def full(workspace: Workspace) -> Workspace:
    """Return a workspace with data in every pane."""
    account = add_account(workspace)
    event = add_event(
        workspace,
        account,
        registration(
            1,
            "Women in Science Edit-a-thon",
            timezone="Asia/Kolkata",
            in_person=True,
            address="Indian Institute of Science\nCV Raman Road, Bengaluru 560012",
            meeting_url="https://meet.example.org/women-in-science",
            chat_url="https://t.me/women_in_science",
            types=("editing-event", "training-seminar"),
            topics=("asia", "biography", "women"),
            wikis=("commonswiki", "enwiki"),
        ),
        organizers=[Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, None, ())],
    )
    add_event(workspace, account, registration(2, "Gone", days=-4), Listing.DELETED)
    store_people(workspace, event, crowd(150))
    workspace.reload()
    return workspace


def ours(widget: QWidget) -> bool:
    """Exclude the internal widgets of Qt: arrows of tab bars, list views of combo boxes."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QLineEdit | QTabBar | QDialogButtonBox | QAbstractItemView):
            return isinstance(parent, QDialogButtonBox) and not isinstance(widget, QAbstractItemView)
        parent = parent.parentWidget()
    name = widget.objectName()
    return not (name.startswith("qt_") or isinstance(widget, QHeaderView))


def test_every_control_has_its_names(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    for tab in range(4):
        window.event_pane.go_to(tab)
        settled(qtbot, window)
    unnamed = []
    for root in (window, *dialogs(full, window)):
        for kind in CONTROLS:
            for control in root.findChildren(kind):
                if not ours(control) or control.isHidden():
                    continue
                words = control.accessibleName() or (
                    control.text() if isinstance(control, QAbstractButton) else ""
                )
                standard = isinstance(control.parentWidget(), QDialogButtonBox) and words
                if not words or not (control.objectName() or standard):
                    unnamed.append(f"{type(control).__name__} {control.objectName()!r} {words!r}")
    assert unnamed == []


def test_object_names_are_unique_in_the_window(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    settled(qtbot, window)
    names = [one.objectName() for kind in CONTROLS for one in window.findChildren(kind) if ours(one)]
    assert [name for name, count in Counter(names).items() if count > 1 and name] == []


def test_every_shortcut_is_unique(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    settled(qtbot, window)
    keys = [
        key.toString()
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
    ]
    menus = [action.text() for action in window.menuBar().actions()]
    letters = [text[text.index("&") + 1].lower() for text in menus]
    in_menus = [
        [
            a.text()[a.text().index("&") + 1].lower()
            for a in menu.actions()
            if "&" in a.text().replace("&&", "")
        ]
        for menu in window.menuBar().findChildren(QMenu)
    ]
    assert len(keys) > 10
    assert sorted(keys) == sorted(set(keys))
    assert len(letters) == len(set(letters))
    for one in in_menus:
        assert len(one) == len(set(one)), one


def test_tab_cycles_from_leading_to_trailing(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    settled(qtbot, window)
    start = child(window, QToolButton, "findAnything")
    start.setFocus()
    order = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        order.append(focus.objectName())
        press(qtbot, focus, "Tab")
        if QApplication.focusWidget() is start:
            break
    wanted = [
        "findAnything",
        "addEvent",
        "showToday",
        "showOutbox",
        "eventsView",
        "moreActs",
        "participantSearch",
        "chip-all",
        "chip-private",
        "participantsTable",
    ]
    assert [name for name in order if name in wanted] == wanted
    assert "syncButton" in order
    assert "exportButton" in order


class Longer(QTranslator):
    """A language with words that are two fifths longer, and with unusual diacritics."""

    def isEmpty(self) -> bool:  # noqa: N802 - named by Qt
        return False

    def translate(self, _context: str, source: str, _comment: str | None = None, _number: int = -1) -> str:
        letters = sum(category(letter).startswith("L") for letter in source)
        return source + "ẍ" * (2 * letters // 5) if letters > 1 else source


@pytest.fixture(params=["english", "longer", "mirrored"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    longer = Longer()
    if request.param == "longer":
        QCoreApplication.installTranslator(longer)
    if request.param == "mirrored":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield str(request.param)
    QCoreApplication.removeTranslator(longer)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def cut_off(root: QWidget) -> list[str]:
    """Return the texts that are shown with less room than they need."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not ours(widget):
            continue
        if isinstance(widget, QAbstractButton):
            need = widget.minimumSizeHint() if not widget.text() else widget.sizeHint()
            if widget.width() < need.width() or widget.height() < need.height():
                found.append(f"{widget.objectName()}: {widget.text()}")
        elif isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                short = widget.height() < widget.heightForWidth(widget.width())
            else:
                short = widget.width() < widget.minimumSizeHint().width()
            if short:
                found.append(f"{widget.objectName()}: {widget.text()} {widget.size()} {widget.sizeHint()}")
        elif isinstance(widget, QComboBox) and widget.width() < widget.minimumSizeHint().width():
            found.append(widget.objectName())
    return found


def test_nothing_is_cut_off(qtbot: QtBot, full: Workspace, show_window: Show, language: str) -> None:
    window = show_window()
    window.resize(1280, 800)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800
    found = []
    for tab in range(4):
        window.event_pane.go_to(tab)
        settled(qtbot, window)
        if tab == 1:
            window.event_pane.participants.table.selectRow(3)
        window.sync_bar.show_state(
            SyncState(SyncPhase.SYNCING, progress=Progress("A name", 1, 2, 9, 12_000, 20_000, 450.0, 400.0))
        )
        settled(qtbot, window)
        assert (window.width(), window.height()) == (1280, 800)
        found += cut_off(window)
    for dialog in dialogs(full, window):
        dialog.show()
        qtbot.waitExposed(dialog)
        found += cut_off(dialog)
        assert dialog.width() <= 1000, dialog.objectName()
        dialog.hide()
    assert found == [], language


def test_a_long_error_in_a_dialog_is_shown_completely(
    qtbot: QtBot, show_window: Show, full: Workspace
) -> None:
    window = show_window()
    for dialog in dialogs(full, window):
        dialog.show()
        qtbot.waitExposed(dialog)
        fault = next(iter(dialog.findChildren(Banner)), None)
        if fault is None:
            continue
        fault.say("What went wrong, in a sentence that takes its time. " * 6, fault._accent)
        loops = iter(range(4))
        qtbot.waitUntil(lambda loops=loops: next(loops, None) is None)
        assert cut_off(dialog) == []
        dialog.hide()


def test_focus_is_visible_in_both_lists(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    settled(qtbot, window)
    table, events = window.event_pane.participants.table, window.event_list.view
    table.selectRow(0)
    pictures = {}
    for name, view in (("table", table), ("events", events)):
        view.setFocus()
        with_focus = view.viewport().grab().toImage()
        child(window, QLineEdit, "eventFilter").setFocus()
        pictures[name] = with_focus != view.viewport().grab().toImage()
    assert pictures == {"table": True, "events": True}


def test_colours_follow_the_scheme(qtbot: QtBot, show_window: Show, full: Workspace) -> None:
    window = show_window()
    settled(qtbot, window)
    window.event_pane.go_to(0)
    window.appearance.choose_scheme(Scheme.DARK)
    QApplication.sendPostedEvents()
    labels = window.event_pane.overview.widget().findChildren(QLabel)
    inks = {label.palette().color(label.foregroundRole()).lightnessF() > 0.4 for label in labels}
    window.appearance.choose_scheme(Scheme.LIGHT)
    QApplication.sendPostedEvents()
    assert inks == {True}


def test_opening_and_closing_leaks_no_widgets(qtbot: QtBot, full: Workspace, qapp: QApplication) -> None:
    def once() -> int:
        window = open_window(qtbot, full)
        press(qtbot, window, "Ctrl+4")
        settled(qtbot, window)
        press(qtbot, window, "Ctrl+E")
        press(qtbot, child(window, ExportDialog, "exportDialog"), "Esc")
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        close_window(window)
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        return len(qapp.topLevelWidgets())

    first = once()
    assert [once() for _ in range(19)] == [first] * 19
    assert full.jobs.running == 0


def test_dialogs_and_menus_are_deleted(
    qtbot: QtBot, full: Workspace, qapp: QApplication, show_window: Show
) -> None:
    window = show_window()
    settled(qtbot, window)

    def round_trip() -> int:
        full.accounts_changed.emit()
        table = window.event_pane.participants.table
        table.column_menu(window.pos())
        child(window, QMenu, "columnMenu").close()
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        return len(window.findChildren(QAction)) + len(window.findChildren(QWidget))

    round_trip()
    first = round_trip()
    assert [round_trip() for _ in range(5)] == [first] * 5
    assert isinstance(table := window.event_pane.participants.table, QTableView)
    assert isinstance(table, QAbstractScrollArea)
    assert QKeySequence("F5").toString() == "F5"
