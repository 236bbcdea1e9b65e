"""What a report says, on the screen: figures, tables that can be copied, and charts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.i18n import _
from app.models.plain_text import tool_tip
from app.models.reports.report_control import (
    Align,
    Block,
    Days,
    Distribution,
    Facts,
    MadeReport,
    Paragraph,
    ReportControl,
    Table,
    cell_text,
)
from app.views.demographics.bar_chart import BarChart
from app.views.look.text import heading, leading, secondary, strong
from app.views.widgets.table_rows import add_row_action, set_up_rows

_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
#: In pixels: longer texts are cut, and shown whole where the pointer is.
_WIDEST_COLUMN = 240


class ReportView(QScrollArea):
    """Shows one report after the other. Before a table is copied, what it tells of answers is kept."""

    #: A table could not be copied; passes the fault.
    failed = Signal(object)

    def __init__(self, control: ReportControl, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._made: MadeReport | None = None
        self.setObjectName(name)
        self.setAccessibleName(_("What is known of these events"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_report(None)

    def show_report(self, made: MadeReport | None) -> None:
        """Show a report, or nothing."""
        self._made = made
        report = made.report if made else None
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for section in report.sections if report else ():
            column.addWidget(heading(QLabel(names.safe(section.heading), page)))
            for block in section.blocks:
                self._add(page, column, block, section.heading)
            column.addSpacing(16)
        column.addStretch(1)
        self.setWidget(page)

    def _add(self, page: QWidget, column: QVBoxLayout, block: Block, above: str) -> None:
        match block:
            case Paragraph(text):
                column.addWidget(_words(page, text))
            case Facts(rows):
                form = QFormLayout()
                form.setHorizontalSpacing(24)
                for _key, label, value in rows:
                    form.addRow(secondary(QLabel(label, page)), _words(page, cell_text(value)))
                column.addLayout(form)
            case Table(caption):
                if caption != above:
                    column.addWidget(strong(QLabel(names.safe(caption), page)))
                table = _table(page, block)
                keys = QKeySequence(QKeySequence.StandardKey.Copy)
                add_row_action(table, _("Copy"), keys, lambda: self._copy(table))
                column.addWidget(table)
            case Distribution(_question, caption, None):
                text = _("{question}: too few people have answered.")
                column.addWidget(_words(page, text.format(question=caption)))
            case Distribution(question, caption, shares):
                chart = BarChart(page)
                chart.setObjectName(f"{self.objectName()}Chart{question}")
                labels = {share.option: label for label, share in shares or ()}
                chart.set_shares(caption, [share for _label, share in shares or ()], labels.__getitem__)
                column.addWidget(chart)
            case Days():
                # Only of single events, which have a tab for it.
                pass

    def _copy(self, table: QTableWidget) -> None:
        if self._made:
            self._control.tell(self._made, lambda: _copy(table), self.failed.emit)


def _words(page: QWidget, text: str) -> QLabel:
    label = leading(QLabel(page))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(names.safe_lines(text))
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _table(page: QWidget, block: Table) -> QTableWidget:
    table = QTableWidget(len(block.rows), len(block.columns), page)
    table.setAccessibleName(block.caption)
    set_up_rows(table)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setWordWrap(False)
    for section, column in enumerate(block.columns):
        item = QTableWidgetItem(names.safe(column.label))
        if column.align is Align.END:
            item.setTextAlignment(_AT_END)
        table.setHorizontalHeaderItem(section, item)
        for row, cells in enumerate(block.rows):
            text = names.safe(cell_text(cells[section]))
            cell = QTableWidgetItem(text)
            cell.setToolTip(tool_tip(text))
            if column.align is Align.END:
                cell.setTextAlignment(_AT_END)
            table.setItem(row, section, cell)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setMaximumSectionSize(_WIDEST_COLUMN)
    rows = max(1, len(block.rows)) * table.verticalHeader().defaultSectionSize()
    # With room for the bar of a table that scrolls sideways.
    table.setFixedHeight(rows + header.sizeHint().height() + table.horizontalScrollBar().sizeHint().height())
    return table


def _copy(table: QTableWidget) -> None:
    """Copy the chosen rows with their headings, all of them where none is chosen, as a table."""
    chosen = sorted(index.row() for index in table.selectionModel().selectedRows())
    headings = [table.horizontalHeaderItem(place) for place in range(table.columnCount())]
    lines = [[item.text() if item else "" for item in headings]]
    lines += [_texts(table, row) for row in chosen or range(table.rowCount())]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


def _texts(table: QTableWidget, row: int) -> list[str]:
    items = [table.item(row, place) for place in range(table.columnCount())]
    return [item.text() if item else "" for item in items]
