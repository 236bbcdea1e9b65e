"""Choosing the file of a list."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _


def choose_list(parent: QWidget) -> Path | None:
    """Let the user choose the file of a list; return it, None if they chose none."""
    path, _kind = QFileDialog.getOpenFileName(
        parent, _("Open a list"), "", _("Lists (*.csv *.tsv *.txt);;All files (*)")
    )
    return Path(path) if path else None
