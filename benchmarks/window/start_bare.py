"""A bare PySide6 window with the widgets of ours: tree, tabs, table, search field, menu bar.

Nothing of the program is imported. Prints when the table was painted.
"""

import sys

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QTableView,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from benchmarks.window.painted import Painted

_ROWS, _COLUMNS = 40, 6


def main() -> None:
    """Open the window, print the time, and quit."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    for title in ("File", "Edit", "View", "Help"):
        menu = window.menuBar().addMenu(title)
        for number in range(4):
            menu.addAction(f"{title} {number}")
    events = QStandardItemModel()
    for number in range(3):
        group = QStandardItem(f"Group {number}")
        group.appendRows([QStandardItem(f"Event {number}.{place}") for place in range(4)])
        events.appendRow(group)
    tree = QTreeView(window)
    tree.setModel(events)
    tree.expandAll()
    people = QStandardItemModel(_ROWS, _COLUMNS)
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            people.setItem(row, column, QStandardItem(f"Cell {row}.{column}"))
    table = QTableView(window)
    table.setModel(people)
    page = QWidget(window)
    layout = QVBoxLayout(page)
    layout.addWidget(QLineEdit(page))
    layout.addWidget(table)
    tabs = QTabWidget(window)
    tabs.addTab(page, "Participants")
    for title in ("Overview", "Demographics", "Changes"):
        tabs.addTab(QWidget(tabs), title)
    splitter = QSplitter(window)
    splitter.addWidget(tree)
    splitter.addWidget(tabs)
    window.setCentralWidget(splitter)
    window.resize(1280, 800)

    def report(moment: float) -> None:
        print(moment, flush=True)
        application.quit()

    painted = Painted(report)
    painted.watch(table.viewport())
    window.show()
    application.exec()


main()
