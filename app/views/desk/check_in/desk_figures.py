"""The day's figures beside the desk's field, and who arrived lately."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.domain.desk.desk_day import DeskCounts
from app.i18n import _
from app.views.look.colours import Accent
from app.views.look.text import leading, secondary, set_tone, size_text, strong
from app.views.widgets.elided_label import ElidedLabel

#: How many of the latest arrivals are listed.
LATEST = 8


class _Figure(QFrame):
    """A number in a frame, with what it counts above it."""

    def __init__(self, name: str, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._caption = caption
        self._number = QLabel(self)
        self._number.setObjectName(name)
        size_text(leading(self._number), 1.6, bold=True)
        label = secondary(QLabel(caption, self))
        label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(0)
        column.addWidget(label)
        column.addWidget(self._number)

    def say(self, number: int) -> None:
        """Show another number."""
        text = self.locale().toString(number)
        self._number.setText(text)
        self._number.setAccessibleName(f"{self._caption}: {text}")


class DeskFigures(QWidget):
    """How many arrived, are inside, came as walk-ins, are still to come, and who arrived last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskFigures")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._arrived = QLabel(self)
        self._arrived.setObjectName("deskArrived")
        size_text(self._arrived, 3.2, bold=True)
        self._of = set_tone(QLabel(self), Accent.QUIET)
        size_text(self._of, 1.4)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Arrived of those registered"))
        self._figures = {
            "inside": _Figure("deskInside", _("Inside"), self),
            "walk_ins": _Figure("deskWalkIns", _("Walk-ins"), self),
            "to_come": _Figure("deskToCome", _("Still to come"), self),
            "recent": _Figure("deskRecent", _("Last 15 min"), self),
        }
        self._latest_title = strong(QLabel(_("Just now"), self))
        self._latest: list[tuple[QLabel, ElidedLabel, QLabel]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(0)
        column.addWidget(secondary(QLabel(_("Arrived"), self)))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._arrived, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(12)
        column.addWidget(self._bar)
        column.addSpacing(16)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, figure in enumerate(self._figures.values()):
            grid.addWidget(figure, place // 2, place % 2)
        column.addLayout(grid)
        column.addSpacing(24)
        column.addWidget(self._latest_title)
        column.addSpacing(8)
        for number in range(LATEST):
            column.addLayout(self._line(number))
            column.addSpacing(8)
        column.addStretch(1)

    def _line(self, number: int) -> QHBoxLayout:
        tick = set_tone(QLabel("✓", self), Accent.SUCCESS)
        name = ElidedLabel(self)
        leading(name)
        name.setObjectName(f"deskLatest{number}")
        time = secondary(QLabel(self))
        self._latest.append((tick, name, time))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(tick)
        row.addWidget(name, 1)
        row.addWidget(time)
        return row

    def show_counts(self, counts: DeskCounts) -> None:
        """Show the figures."""
        number = self.locale().toString
        self._arrived.setText(number(counts.arrived))
        self._of.setText(_("of {count}").format(count=number(counts.registered)))
        self._bar.setMaximum(max(counts.registered, 1))
        self._bar.setValue(min(counts.arrived - counts.walk_ins, counts.registered))
        for name, figure in self._figures.items():
            figure.say(getattr(counts, name))

    def show_latest(self, arrivals: Sequence[tuple[str, str]]) -> None:
        """Show the latest arrivals: their names and times."""
        self._latest_title.setVisible(bool(arrivals))
        for place, (tick, name, time) in enumerate(self._latest):
            known = arrivals[place] if place < len(arrivals) else None
            for label in (tick, name, time):
                label.setVisible(known is not None)
            if known is not None:
                name.say(known[0])
                time.setText(known[1])
