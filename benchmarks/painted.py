"""Noticing that something has been painted."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

_PAINT = QEvent.Type.Paint
_DONE = QEvent.Type.User


class Painted(QObject):
    """Calls `then` with the moment at which a widget's next painting is done, if `ready` holds by then."""

    def __init__(self, then: Callable[[float], None], ready: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self._then = then
        self._ready = ready
        self._asked = False

    def watch(self, widget: QWidget) -> None:
        """Watch a widget too."""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == _PAINT and not self._asked and self._ready():
            self._asked = True
            # Comes right after the painting that is about to happen, before any timer.
            QCoreApplication.postEvent(self, QEvent(_DONE), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _DONE:
            self._asked = False
            self._then(monotonic())
            return True
        return super().event(event)
