"""Choosing a row of a table."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView


def choose_row(table: QTableView, row: int) -> None:
    """Choose a row. `QTableView.selectRow` chooses none in a mirrored window whose columns fill it."""
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(row, 0), flags)
