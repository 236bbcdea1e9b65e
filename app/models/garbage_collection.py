"""Python's garbage collector, kept on the window's thread."""

import gc
import sys

from PySide6.QtCore import QObject, Qt, QTimer, Slot

#: Milliseconds from one look to the next: seldom enough to cost nothing, often enough to stop nobody.
_INTERVAL = 2_000


class GarbageCollection(QObject):
    """Collects garbage on the window's thread, and keeps Python from doing it on another one.

    Python collects on whichever thread happens to make objects. A widget of a class of ours that is collected
    on another thread is deleted there, which ends the program with a crash or blocks it for ever. What was
    made before this stays, and is not looked at.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._modules = len(sys.modules)
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self._look)
        timer.start(_INTERVAL)

    @Slot()
    def _look(self) -> None:
        """Collect what is due, unless libraries were imported: to look at all of theirs takes 60 ms."""
        modules = len(sys.modules)
        if modules > self._modules:
            self._modules = modules
            gc.freeze()
        else:
            collect_if_due()


def collect_if_due() -> None:
    """Collect garbage on this thread if Python itself would have done so by now."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return
