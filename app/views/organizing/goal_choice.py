"""The goal of an event: what is counted, and the target number."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from app.domain.events.event_fields import GOAL_TYPES
from app.domain.wording import organizing_texts
from app.i18n import _
from app.views.forms.fields import Choice, wheel_after_focus

_MOST = 2_000_000_000


class GoalChoice(QWidget):
    """Fields for a goal or none."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Choice("eventGoal", _("What the goal counts"), self)
        self.kind.addItem(_("No goal"), None)
        for name in GOAL_TYPES:
            self.kind.addItem(organizing_texts.goal_type(name), name)
        self.target = wheel_after_focus(QSpinBox(self))
        self.target.setObjectName("eventGoalTarget")
        self.target.setAccessibleName(_("Number to reach"))
        self.target.setRange(1, _MOST)
        self.target.setGroupSeparatorShown(True)
        self.setFocusProxy(self.kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.kind, 1)
        row.addWidget(self.target)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.target.valueChanged.connect(lambda _: self.changed.emit())
        self._on_kind()

    def fill(self, kind: str | None, target: int | None) -> None:
        """Show a goal; a kind that this version does not know is shown by its key."""
        index = self.kind.findData(kind)
        if index < 0 and kind:
            self.kind.addItem(kind, kind)
            index = self.kind.count() - 1
        self.kind.setCurrentIndex(max(index, 0))
        self.target.setValue(min(target or 1, _MOST))

    def values(self) -> tuple[str | None, int | None]:
        """Return what is counted and the number, None both where there is no goal."""
        kind = self.kind.currentData()
        return (kind, self.target.value()) if kind else (None, None)

    def _on_kind(self) -> None:
        self.target.setEnabled(self.kind.currentData() is not None)
        self.changed.emit()
