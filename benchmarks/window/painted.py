"""Measuring when a widget has been painted."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

_PAINT = QEvent.Type.Paint
_DONE = QEvent.Type.User


class Painted(QObject):
    """Calls `then` with the time when a widget's next painting is done, if `ready` returns true."""

    def __init__(self, then: Callable[[float], None], ready: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self._then = then
        self._ready = ready
        self._posted = False

    def watch(self, widget: QWidget) -> None:
        """Watch a further widget."""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == _PAINT and not self._posted and self._ready():
            self._posted = True
            # Is delivered right after this painting, before any timer.
            QCoreApplication.postEvent(self, QEvent(_DONE), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _DONE:
            self._posted = False
            self._then(monotonic())
            return True
        return super().event(event)
