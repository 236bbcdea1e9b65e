"""The dialog for a conflict: two people changed the same event, and the user decides part by part."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialogButtonBox, QGridLayout, QLabel, QRadioButton, QWidget

from app.domain.changes.change import Change
from app.domain.changes.merge import resolved
from app.domain.changes.operations import EditEvent
from app.domain.events.event import Event
from app.domain.events.event_fields import EventPart, fields_of
from app.domain.faults import KnownFault
from app.domain.wording import change_texts
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.changes.outbox_control import OutboxControl
from app.models.workspace import Workspace
from app.views.look.text import secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class ConflictDialog(Dialog):
    """A row for each part that both changed: before, on the wiki now, and the user's change."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        change: Change,
        event: Event,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("conflictDialog", _("Changed on both sides"), parent)
        assert isinstance(change.operation, EditEvent)  # noqa: S101 - the caller checks this
        self._workspace = workspace
        self._outbox = outbox
        self._change = change
        self._edit = change.operation.edit
        self._event = event
        self._words = ChangeText(workspace, self)
        self._theirs = change.theirs
        self._choices: dict[EventPart, QButtonGroup] = {}
        self._banner = Banner("conflictBanner", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = self._buttons.addButton(_("Go on like this"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("conflictAccept")
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._update_buttons()
        first = next(iter(self._choices.values()), None)
        if first is not None:
            first.buttons()[0].setFocus()

    def _lay_out(self) -> None:
        intro = QLabel(
            _(
                "While your change to “{name}” was waiting, somebody else changed the same on the wiki. "
                "Choose what holds; everything else of your change stays as you made it."
            ).format(name=self._workspace.event_name(self._event)),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for column_number, text in enumerate(("", _("Before"), _("On the wiki now"), _("Your change"))):
            grid.addWidget(strong(QLabel(text, page)), 0, column_number)
        for row, part in enumerate(self._conflicts(), 1):
            self._add_row(page, grid, row, part)
        for column_number in (1, 2, 3):
            grid.setColumnStretch(column_number, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        column = self.content(width=760, height=190 + 64 * len(self._conflicts()), spacing=16)
        column.addWidget(self._banner)
        column.addWidget(intro)
        column.addWidget(page, 1)
        self.add_buttons(self._buttons)

    def _conflicts(self) -> list[EventPart]:
        return [
            part
            for part, change in self._edit.items()
            if part in self._theirs and self._theirs[part] not in (change.base, change.mine)
        ]

    def _add_row(self, page: QWidget, grid: QGridLayout, row: int, part: EventPart) -> None:
        label = change_texts.part_label(part)
        name = QLabel(label[:1].upper() + label[1:], page)
        name.setWordWrap(True)
        before = secondary(QLabel(self._words.part(part, self._edit[part].base) or "–", page))
        before.setTextFormat(Qt.TextFormat.PlainText)
        before.setWordWrap(True)
        group = QButtonGroup(self)
        self._choices[part] = group
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, row, 0, top)
        grid.addWidget(before, row, 1, top)
        for column_number, values, side in (
            (2, self._theirs[part], "theirs"),
            (3, self._edit[part].mine, "mine"),
        ):
            text = self._words.part(part, values) or _("(nothing)")
            choice = _Choice(f"{side}-{part.value}", label, text, page)
            group.addButton(choice.button, column_number)
            grid.addWidget(choice, row, column_number, top)
        group.idToggled.connect(self._update_buttons)

    @Slot()
    def _update_buttons(self) -> None:
        self._accept.setEnabled(all(group.checkedId() >= 0 for group in self._choices.values()))

    @Slot()
    def _on_accept(self) -> None:
        current = fields_of(self._event.registration)
        for part, values in self._theirs.items():
            current = current.with_part(part, values)
        chosen = {
            part: self._edit[part].mine if group.checkedId() == 3 else self._theirs[part]
            for part, group in self._choices.items()
        }
        edit = resolved(self._edit, current, chosen)
        self._accept.setEnabled(False)
        if edit:
            self._outbox.replace(self._change.number, EditEvent(edit), self.accept, self._on_fault)
        else:
            self._outbox.discard(self._change.number)
            self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._update_buttons()
        self._banner.report(fault)


class _Choice(QWidget):
    """A radio button whose text may wrap; a click on the text selects it too."""

    def __init__(self, name: str, part: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QRadioButton(self)
        self.button.setObjectName(name)
        self.button.setAccessibleName(f"{part}: {text}")
        words = QLabel(text, self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.mousePressEvent = lambda _event: self.button.setChecked(True)  # type: ignore[method-assign]
        column = QGridLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(words, 0, 1)
        column.setColumnStretch(1, 1)
