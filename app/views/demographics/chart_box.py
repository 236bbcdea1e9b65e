"""A chart with its menu: copying it, and saving it as a picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QAction, QPainter, QPalette
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QToolButton, QWidget

from app.i18n import _
from app.views.demographics.chart_pictures import KINDS, chart_file, copy_chart
from app.views.forms.file_field import valid_name
from app.views.look.icons import icon


class ChartBox(QWidget):
    """A chart with a button for its menu; the chart's context menu is the same.

    `tell` is given what is to be done with the picture, and does it once what the chart says may be told;
    `write` gets a file and its bytes.
    """

    def __init__(
        self,
        chart: QWidget,
        paint: Callable[[QPainter, QRectF, QPalette], None],
        tell: Callable[[Callable[[], None]], None],
        write: Callable[[Path, bytes], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._chart, self._paint, self._tell, self._write = chart, paint, tell, write
        button = QToolButton(self)
        button.setObjectName(f"{chart.objectName()}Menu")
        button.setIcon(icon("more"))
        button.setAutoRaise(True)
        button.setAccessibleName(_("What can be done with this chart"))
        button.setToolTip(_("Copy or save this chart"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for name, icon_name, text, act in (
            ("copyChart", "copy", _("Copy chart"), self.copy),
            ("saveChart", "export", _("Save chart as picture…"), self._choose_file),
        ):
            action = QAction(icon(icon_name), text, self)
            action.setObjectName(f"{name}-{chart.objectName()}")
            action.triggered.connect(partial(self._do, act))
            button.addAction(action)
            chart.addAction(action)
        chart.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(chart, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @staticmethod
    def _do(act: Callable[[], None], _checked: bool = False) -> None:
        act()

    def copy(self) -> None:
        """Put the chart on the clipboard."""
        self._tell(lambda: copy_chart(self._paint, self._size()))

    def _choose_file(self) -> None:
        name = f"{valid_name(self._chart.accessibleName()) or 'chart'}.png"
        chosen, kind = QFileDialog.getSaveFileName(self, _("Save chart as picture"), name, ";;".join(KINDS))
        if chosen:
            path = Path(chosen)
            self.save(path.with_suffix(".svg" if kind.startswith("SVG") else path.suffix or ".png"))

    def save(self, path: Path) -> None:
        """Write the chart to a file: SVG if it is called so, else PNG."""
        title = self._chart.accessibleName()
        self._tell(lambda: self._write(path, chart_file(path, self._paint, self._size(), title)))

    def _size(self) -> QSizeF:
        return QSizeF(self._chart.size())
