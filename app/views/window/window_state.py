"""What the window looked like when it was closed: its size, the sidebar, the event and the tab."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from app.views.events.event_list import EventList
from app.views.window.event_pane import EventPane


class WindowState:
    """Kept in the settings, and restored as far as it is valid."""

    def __init__(
        self,
        settings: QSettings,
        window: QMainWindow,
        splitter: QSplitter,
        event_list: EventList,
        event_pane: EventPane,
    ) -> None:
        self._settings = settings
        self._window = window
        self._splitter = splitter
        self._event_list = event_list
        self._event_pane = event_pane

    def save(self) -> None:
        """Store the state."""
        settings, pane = self._settings, self._event_pane
        settings.setValue("window/geometry", self._window.saveGeometry())
        settings.setValue("window/sidebar", self._splitter.saveState())
        settings.setValue("window/event", pane.event_key or "")
        settings.setValue("window/tab", pane.tabs.currentIndex())
        pane.participants.save_layout()
        settings.sync()

    def restore(self) -> None:
        """Restore the state; choose no event if the one that was shown is gone."""
        geometry = self._settings.value("window/geometry")
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        state = self._settings.value("window/sidebar")
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        tab, key = self._number("window/tab"), self._number("window/event")
        if tab is not None:
            self._event_pane.tabs.setCurrentIndex(tab)
        if key is not None and self._event_list.model.index_of(key).isValid():
            self._event_list.choose(key)

    def _number(self, name: str) -> int | None:
        value = str(self._settings.value(name, ""))
        return int(value) if value.isascii() and value.isdigit() else None
