"""Labels with bars and numbers, one below the other."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from app.i18n import _
from app.views.look.text import leading, secondary, strong

_WHOLE = 1_000


class BarRow(NamedTuple):
    """A row; `part` is between 0 and 1, None where there is no number yet."""

    label: str
    part: float | None
    value: str


class BarRows(QWidget):
    """Rows that say the same by bars and in words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)

    def set_rows(self, rows: Sequence[BarRow]) -> None:
        """Show other rows."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, row in enumerate(rows):
            label = leading(QLabel(row.label, self))
            value = QLabel(row.value, self)
            value.setObjectName(f"{self.objectName()}-{number}")
            self._grid.addWidget(label, number, 0)
            if row.part is None:
                self._grid.addWidget(leading(secondary(value)), number, 1, 1, 2)
                continue
            bar = QProgressBar(self)
            bar.setRange(0, _WHOLE)
            bar.setValue(round(_WHOLE * row.part))
            bar.setTextVisible(False)
            bar.setMinimumWidth(60)
            bar.setAccessibleName(_("{label}: {value}").format(label=row.label, value=row.value))
            self._grid.addWidget(bar, number, 1, Qt.AlignmentFlag.AlignVCenter)
            value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(strong(value), number, 2)
