"""The details of the change selected in the outbox, and the buttons for it."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.changes.change import Change, ChangeState, Question
from app.domain.people.chosen_people import ChosenPerson
from app.domain.wording import change_texts
from app.i18n import _, ngettext
from app.models.changes.change_text import ChangeText
from app.views.look.icons import icon
from app.views.look.text import copy_names, heading, leading, secondary, show_text, strong
from app.views.outbox.change_delegate import SIGNS
from app.views.widgets.names_list import NamesList
from app.views.widgets.wiki_words import WikiWords

#: Rows of names that are shown at once.
_MOST_ROWS = 8


class ChangeCard(QScrollArea):
    """Shows what a change does, its state, and the possible actions."""

    send_requested = Signal(object)
    retry_requested = Signal(object)
    redo_requested = Signal(object)
    edit_requested = Signal(object)
    discard_requested = Signal(object)
    resolve_requested = Signal(object)
    mark_sent_requested = Signal(object)
    #: The user wants to export the people whom a change concerns.
    export_requested = Signal(object)

    def __init__(self, words: ChangeText, name: str, parent: QWidget | None = None) -> None:
        """Show nothing yet. `name` begins the object names of a card that is not in the outbox."""
        super().__init__(parent)
        self._prefix = "change" if name == "changes" else name
        self.setObjectName(f"{self._prefix}Card")
        self.setAccessibleName(_("Chosen change"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = words
        self._shown: tuple[Change, str] | None = None
        self.setWidget(QWidget(self))

    def show_change(self, change: Change | None) -> None:
        """Show a change, or nothing."""
        shown = (change, self._words.note(change)) if change else None
        if shown != self._shown:
            self._shown = shown
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Rebuild the card when the palette changes, but not while Qt goes through the widgets."""
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            QTimer.singleShot(0, self, self._lay_out)
        super().changeEvent(event)

    def _lay_out(self) -> None:
        page = QWidget(self)
        if self._shown is not None:
            self._fill(page, *self._shown)
        self.setWidget(page)

    def _fill(self, page: QWidget, change: Change, note: str) -> None:
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        title = heading(QLabel(change_texts.change_summary(change), page))
        title.setObjectName(f"{self._prefix}Title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        column.addWidget(title)
        column.addLayout(self._state_line(page, change))
        if note:
            column.addWidget(self._text(page, note, f"{self._prefix}Note"))
        if change.wiki_said:
            words = WikiWords(f"{self._prefix}Wiki", page)
            words.show_words(change.wiki_said)
            column.addWidget(words)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        for label, text in self._words.details(change.operation):
            caption = secondary(QLabel(label[:1].upper() + label[1:], page))
            caption.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            value = self._text(page, text, "")
            value.setAccessibleName(f"{label}: {text}")
            form.addRow(caption, value)
        column.addLayout(self._buttons(page, change))
        column.addLayout(form)
        if people := change.operation.concerned():
            column.addLayout(self._people(page, people))
        column.addStretch(1)

    def _state_line(self, page: QWidget, change: Change) -> QHBoxLayout:
        name, accent = SIGNS[change.state]
        sign = QLabel(page)
        sign.setPixmap(icon(name, accent).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        parts = [change_texts.change_state(change), self._words.target(change), self._words.age(change)]
        state = leading(QLabel(" · ".join(part for part in parts if part), page))
        state.setObjectName(f"{self._prefix}State")
        state.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(sign)
        line.addWidget(state, 1)
        return line

    def _text(self, page: QWidget, text: str, name: str) -> QLabel:
        label = QLabel(page)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        show_text(label, names.safe_lines(text))
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _people(self, page: QWidget, people: tuple[ChosenPerson, ...]) -> QVBoxLayout:
        """Return the change's people, to be copied and exported: it may be the only list of them."""
        text = ngettext("{count} participant", "{count} participants", len(people))
        listed = NamesList(people, page)
        listed.setObjectName(f"{self._prefix}People")
        listed.setAccessibleName(_("Whom the change concerns"))
        rows = min(len(people), _MOST_ROWS)
        listed.setFixedHeight(rows * (self.fontMetrics().height() + 4) + 2 * listed.frameWidth() + 4)
        copy = QPushButton(_("Copy the names"), page)
        copy.setObjectName(f"{self._prefix}CopyNames")
        copy.clicked.connect(lambda: copy_names(people))
        export = QPushButton(_("Export the names…"), page)
        export.setObjectName(f"{self._prefix}ExportNames")
        export.clicked.connect(lambda: self.export_requested.emit(people))
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(export)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(strong(QLabel(text.format(count=self.locale().toString(len(people))), page)))
        column.addWidget(listed)
        column.addLayout(row)
        return column

    def _buttons(self, page: QWidget, change: Change) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        maybe_sent = change.question is Question.MAYBE_SENT
        conflict = change.question is Question.CONFLICT
        may_edit = change.operation.may_be_edited
        waiting = change.state is ChangeState.WAITING
        undone = change.state is ChangeState.UNDONE
        offered = (
            (f"{self._prefix}Decide", "", _("Decide…"), self.resolve_requested, conflict),
            (f"{self._prefix}MarkSent", "check", _("It was sent"), self.mark_sent_requested, maybe_sent),
            (f"{self._prefix}Send", "send", _("Send now"), self.send_requested, waiting),
            (
                f"{self._prefix}Retry",
                "sync",
                _("Send again") if change.state is ChangeState.ASKS else _("Retry"),
                self.retry_requested,
                change.stuck and not conflict,
            ),
            (f"{self._prefix}Redo", "sync", _("Redo"), self.redo_requested, undone),
            (
                f"{self._prefix}Edit",
                "edit",
                _("Edit…"),
                self.edit_requested,
                may_edit and (waiting or change.stuck or undone),
            ),
            (
                f"{self._prefix}Discard",
                "remove",
                _("Take back") if change.untouched else _("Discard"),
                self.discard_requested,
                waiting or change.stuck or undone,
            ),
        )
        for name, icon_name, text, signal, wanted in offered:
            if not wanted:
                continue
            button = QPushButton(text, page)
            button.setObjectName(name)
            if icon_name:
                button.setIcon(icon(icon_name))
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(change))
            row.addWidget(button)
        row.addStretch(1)
        return row
