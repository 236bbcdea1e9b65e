"""The details of the person selected in the table, in large text."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.people.participant import AnswersState, Participant
from app.domain.people.question import SHOWN_QUESTIONS
from app.domain.wording import people_texts
from app.i18n import _, ngettext
from app.models.people.person_text import PersonText, is_named
from app.views.look.facts import BETWEEN, fact
from app.views.look.icons import icon
from app.views.look.text import breakable, leading, secondary, title


class PersonCard(QScrollArea):
    """A person's name, registration and answers; how many are chosen; or the event's totals."""

    page_requested = Signal(str)

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        """Make the card. `actions`: what can be done with the chosen people; the first copies their names."""
        super().__init__(parent)
        self.setObjectName("personCard")
        self.setAccessibleName(_("Chosen participant"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = PersonText(self)
        self._actions = actions
        self._shown: tuple[object, ...] = ()
        self._filling: Callable[[QWidget, QVBoxLayout], None] = lambda _page, _column: None

    def show_person(self, person: Participant, zone: tzinfo, *, chosen: bool) -> None:
        """Show a person, who is chosen in the table or the only one found."""
        self._show((person, zone, chosen), partial(self._fill, person, zone, chosen))

    def show_several(self, count: int) -> None:
        """Show how many people are chosen, and what can be done with them."""
        self._show((count,), partial(self._fill_several, count))

    def show_totals(self, people: int, private: int) -> None:
        """Show the event's numbers of people."""
        self._show((people, private), partial(self._fill_totals, people, private))

    def _show(self, shown: tuple[object, ...], filling: Callable[[QWidget, QVBoxLayout], None]) -> None:
        if self._shown != shown:
            self._shown, self._filling = shown, filling
            self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self._filling(page, column)
        self.setWidget(page)

    def _fill_several(self, count: int, page: QWidget, column: QVBoxLayout) -> None:
        chosen = ngettext("{count} participant chosen", "{count} participants chosen", count)
        column.addWidget(self._title(page, chosen.format(count=self.locale().toString(count)), "chosenCount"))
        for action in self._actions:
            column.addWidget(self._button(page, action), 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)

    def _fill_totals(self, people: int, private: int, page: QWidget, column: QVBoxLayout) -> None:
        text = ngettext("{count} participant", "{count} participants", people)
        column.addWidget(self._title(page, text.format(count=self.locale().toString(people)), "peopleTotal"))
        hint = QLabel(_("Choose a participant to see their details here."), page)
        hint.setObjectName("personHint")
        hint.setWordWrap(True)
        secondary(hint)
        if private:
            text = ngettext("{count} of them private", "{count} of them private", private)
            column.addWidget(leading(QLabel(text.format(count=self.locale().toString(private)), page)))
        column.addWidget(hint)
        column.addStretch(1)

    def _title(self, page: QWidget, text: str, name: str) -> QLabel:
        label = title(QLabel(text, page))
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _button(self, page: QWidget, action: QAction) -> QToolButton:
        button = QToolButton(page)
        button.setDefaultAction(action)
        button.setObjectName(f"card-{action.objectName()}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _fill(
        self, person: Participant, zone: tzinfo, chosen: bool, page: QWidget, column: QVBoxLayout
    ) -> None:
        whole = names.set_apart(people_texts.person_name(person))
        shown = breakable(whole)
        name = self._title(page, shown, "personName")
        name.setAccessibleName(whole)
        if shown == whole:
            # The invisible breaks of a long word must not be copied.
            name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(name)
        if not chosen:
            note = QLabel(_("The only one found. Click the row to choose it."), page)
            note.setObjectName("onlyHit")
            note.setWordWrap(True)
            secondary(note)
            column.addWidget(note)
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
        facts = QVBoxLayout()
        facts.setSpacing(BETWEEN)
        for label, text in rows:
            facts.addLayout(fact(page, label, text)[0])
        column.addLayout(facts)
        if chosen and is_named(person):
            column.addWidget(self._button(page, self._actions[0]), 0, Qt.AlignmentFlag.AlignLeading)
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
