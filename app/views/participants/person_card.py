"""The details of the person selected in the table, in large text."""

import re
import unicodedata
from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain import names
from app.domain.people.participant import AnswersState, Participant
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.wording import people_texts
from app.i18n import _
from app.models.people.person_text import PersonText, is_named
from app.views.widgets.colours import Accent, accent_colour
from app.views.widgets.icons import icon
from app.views.widgets.text import title

_LONGEST_PIECE = 16


class PersonCard(QScrollArea):
    """A person's name, registration and answers."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personCard")
        self.setAccessibleName(_("Chosen participant"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._words = PersonText(self)
        self._shown: tuple[Participant | None, tzinfo | None] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_person(None, None)

    def show_person(self, person: Participant | None, zone: tzinfo | None) -> None:
        """Show a person, or the hint to select one."""
        if self._shown == (person, zone):
            return
        self._shown = (person, zone)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        if person is None:
            hint = QLabel(_("Choose a participant to see their details here."), page)
            hint.setObjectName("personHint")
            hint.setWordWrap(True)
            hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._quieten(hint)
            column.addStretch(1)
            column.addWidget(hint)
            column.addStretch(2)
        else:
            self._fill(page, column, person, zone)
        self.setWidget(page)

    def changeEvent(self, event: QEvent) -> None:
        """Rebuild the card when the palette changes."""
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            shown, self._shown = self._shown, None
            self.show_person(*shown)
        super().changeEvent(event)

    def _fill(self, page: QWidget, column: QVBoxLayout, person: Participant, zone: tzinfo | None) -> None:
        whole = names.set_apart(people_texts.person_name(person))
        shown = _breakable(whole)
        name = title(QLabel(shown, page))
        name.setAccessibleName(whole)
        name.setObjectName("personName")
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        if shown == whole:
            # The invisible breaks of a long word must not be copied.
            name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(name)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        rows = [
            (_("Registered"), self._words.registered(person, zone)),
            (
                _("Listed as"),
                _("Private: only organizers see this name") if person.private else _("Public"),
            ),
            (_("E-mail"), self._email(person)),
        ]
        if person.answers_state is AnswersState.NOT_SHOWN:
            rows.append((_("Answers"), _("The wiki does not show them.")))
        else:
            rows += [
                (
                    people_texts.question_label(number),
                    people_texts.answer_text(person, number) or _("No response"),
                )
                for number in SHOWN_QUESTIONS
            ]
        for label, text in rows:
            caption = QLabel(label, page)
            self._quieten(caption)
            value = QLabel(text, page)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{label}: {text}")
            form.addRow(caption, value)
        column.addLayout(form)
        if is_named(person) and person.name:
            button = QPushButton(icon("external"), _("User page"), page)
            button.setObjectName("openUserPage")
            button.setToolTip(_("Open the user's page in the browser (Enter)"))
            button.clicked.connect(lambda _checked=False, user=person.name: self.page_requested.emit(user))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)

    def _email(self, person: Participant) -> str:
        if person.can_email is None:
            return _("The wiki does not tell.")
        return _("Can be e-mailed") if person.can_email else _("Cannot be e-mailed: no valid address")

    def _quieten(self, label: QLabel) -> None:
        palette = label.palette()
        palette.setColor(label.foregroundRole(), accent_colour(self.palette(), Accent.QUIET))
        label.setPalette(palette)


def _breakable(name: str) -> str:
    """Return a name whose long words may wrap, so that it never widens the card."""
    return re.sub(r"\S{17,}", lambda word: _broken(word[0]), name)


def _broken(word: str) -> str:
    """Return a word with invisible breaks, none between a letter and its combining marks."""
    pieces: list[str] = []
    length = 0
    for letter in word:
        joined = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf", "Sk")
        after_joiner = bool(pieces) and pieces[-1] == "\u200d"
        if length >= _LONGEST_PIECE and not joined and not after_joiner:
            pieces.append("\u200b")
            length = 0
        pieces.append(letter)
        length += 1
    return "".join(pieces)
