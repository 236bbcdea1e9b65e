"""The keyboard shortcuts: one list for menus, tool tips and the guide (tools/shortcuts_page.py)."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = QKeySequence.StandardKey | Qt.Key | str


@dataclass(frozen=True)
class Shortcut:
    """The keys of an action, by its object name. `what` says what it does, for the page of shortcuts."""

    action: str
    keys: Keys
    what: str


SHORTCUTS = (
    Shortcut("syncAll", "F5", "Sync all events"),
    Shortcut("syncOne", "Shift+F5", "Sync the event shown"),
    Shortcut("stop", "Esc", "Stop the sync"),
    Shortcut("findAnything", "Ctrl+K", "Find an event, a person or an action"),
    Shortcut("showToday", "Ctrl+0", "Show Today"),
    Shortcut("preferences", "Ctrl+,", "Open the preferences"),
    Shortcut("guide", "F1", "Open the guide"),
    Shortcut("findEvent", "Ctrl+Shift+F", "Find an event"),
    Shortcut("findParticipant", QKeySequence.StandardKey.Find, "Find a participant"),
    Shortcut("tab1", "Ctrl+1", "Show the overview"),
    Shortcut("tab2", "Ctrl+2", "Show the participants"),
    Shortcut("tab3", "Ctrl+3", "Show the desk of the event"),
    Shortcut("tab4", "Ctrl+4", "Show the demographics"),
    Shortcut("tab5", "Ctrl+5", "Show what came of the event"),
    Shortcut("tab6", "Ctrl+6", "Show the history of the event"),
    Shortcut("newEvent", "Ctrl+N", "Make a new event"),
    Shortcut("editEvent", "F2", "Edit the event shown"),
    Shortcut("emailPeople", "Ctrl+Shift+M", "E-mail participants"),
    Shortcut("export", "Ctrl+E", "Export participants"),
    Shortcut("report", "Ctrl+Shift+R", "Write a report"),
    Shortcut("copyRows", QKeySequence.StandardKey.Copy, "Copy the selected participants"),
    Shortcut("openPage", Qt.Key.Key_Return, "Open the user page of the selected participant"),
    Shortcut("removeRow", QKeySequence.StandardKey.Delete, "Remove what is selected, after a question"),
    Shortcut("undoChange", QKeySequence.StandardKey.Undo, "Undo the last change that was not sent"),
    Shortcut("redoChange", "Ctrl+Shift+Z", "Queue the change anew that was undone last"),
    Shortcut("showChanges", "Ctrl+Shift+O", "Show all changes"),
    Shortcut("addEventAction", "Ctrl+Shift+A", "Add an event by its number or link"),
    Shortcut("addWiki", "Ctrl+Shift+N", "Add a wiki"),
    Shortcut("quit", "Ctrl+Q", "Quit"),
)
_BY_ACTION = {shortcut.action: shortcut for shortcut in SHORTCUTS}


def keys_of(action: str) -> QKeySequence | None:
    """Return the keys of an action, None if it has none."""
    shortcut = _BY_ACTION.get(action)
    return QKeySequence(shortcut.keys) if shortcut else None


def all_keys_of(action: str) -> list[QKeySequence]:
    """Return the keys of an action with the others that the system uses for it, such as Enter and Return."""
    keys = _BY_ACTION[action].keys
    if isinstance(keys, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(keys)
    found = [QKeySequence(keys)]
    if keys == Qt.Key.Key_Return:
        found.append(QKeySequence(Qt.Key.Key_Enter))
    return found


def on_delete_key(widget: QWidget, callback: Callable[[], object]) -> None:
    """Call something when the user presses the key for removing while the widget has the focus."""
    shortcut = QShortcut(QKeySequence(_BY_ACTION["removeRow"].keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(callback)
