"""In a right-to-left window, headings and notes stand on the same side as their fields."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.look.text import heading, secondary, strong, title
from tests.support.window_kit import add_account, add_event, dialogs, registration


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("style", [heading, title, strong, secondary])
def test_styled_labels_begin_at_the_leading_side(qtbot: QtBot, style) -> None:
    label = style(QLabel("Latin letters"))
    qtbot.addWidget(label)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignVCenter


@pytest.mark.usefixtures("mirrored")
def test_headings_of_dialogs_are_on_the_side_of_their_fields(qtbot: QtBot, workspace: Workspace) -> None:
    add_event(workspace, add_account(workspace), registration(1))
    workspace.reload()
    owner = QWidget()
    qtbot.addWidget(owner)
    found = []
    for dialog in dialogs(workspace, owner):
        found += [label for label in dialog.findChildren(QLabel) if label.text() and label.font().bold()]
    assert len(found) > 3
    left = [label.text() for label in found if not label.alignment() & Qt.AlignmentFlag.AlignRight]
    assert left == []
