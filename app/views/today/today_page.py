"""Today: what needs the organizer, what comes next, who is new, and the month."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QDate, QEvent, QLocale, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.changes.needs import Need
from app.domain.events.event import Event
from app.domain.people.attendance import AttendanceCounts
from app.domain.people.new_person import NewPerson
from app.i18n import _, ngettext
from app.models.events.event_text import EventText
from app.models.today.card_text import CardText, card_text, countdown
from app.models.today.need_text import NeedText, need_text
from app.models.today.today_facts import TodayFacts, TodayReader
from app.models.workspace import Workspace
from app.views.look.appearance import set_role
from app.views.look.text import heading, secondary, title
from app.views.today.event_card import EventCard
from app.views.today.line_button import LineButton
from app.views.today.month_view import MonthView
from app.views.today.need_row import NeedRow
from app.views.widgets.retired import retire

#: Pixels: the least width of a card, and the width from which the month stands beside the lists.
_CARD_WIDTH, _WIDE = 250, 860
_MOST_NEEDS = 6
_MS_BETWEEN_UPDATES = 60_000


class TodayPage(QScrollArea):
    """The start page. What is known is shown at once, the people as soon as they are read."""

    event_requested = Signal(int)
    #: The button of something that needs the organizer was pressed.
    need_requested = Signal(object)
    changes_requested = Signal()
    #: A new participant is to be shown: the event's key, and their name.
    person_requested = Signal(int, str)

    def __init__(self, workspace: Workspace, new_event: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("todayPage")
        self.setAccessibleName(_("Today"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._workspace = workspace
        self._reader = TodayReader(workspace, self)
        self._words = EventText(self)
        self._shown: object = None
        self._title = title(QLabel(self))
        self._title.setObjectName("todayTitle")
        self._sentence = secondary(QLabel(self))
        self._sentence.setObjectName("todaySentence")
        self._sentence.setWordWrap(True)
        self._cards: list[EventCard] = []
        self._card_grid = QGridLayout()
        self._card_grid.setSpacing(12)
        self._needs = _Section(_("Needs you"), "todayNeeds", self)
        self._people = _Section(_("New people"), "todayPeople", self)
        self._ended = _Section(_("Recently ended"), "todayEnded", self)
        self._month = MonthView(self)
        self._month.event_requested.connect(self.event_requested)
        self._lay_out(new_event)
        self._stale = True
        self._clock = QTimer(self)
        self._clock.setInterval(_MS_BETWEEN_UPDATES)
        self._clock.timeout.connect(self._on_changed)
        self._clock.start()
        workspace.events_changed.connect(self._on_changed)
        workspace.accounts_changed.connect(self._on_changed)
        workspace.outbox_changed.connect(self._on_outbox)
        workspace.event_changed.connect(lambda _key: self._on_changed())

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while another page was shown."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Show what is known, and read the rest."""
        self._stale = False
        self._show(self._reader.at_once(datetime.now(UTC)))
        self._reader.read(self._show)

    def focus_content(self) -> None:
        """Focus the page, so that the arrow keys scroll it."""
        self.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_outbox(self) -> None:
        """Show what the user's own changes need; the people are as they were."""
        if self.isVisible():
            self._show(self._reader.at_once(datetime.now(UTC)))
        else:
            self._stale = True

    def _show(self, facts: TodayFacts) -> None:
        now = datetime.now(UTC)
        here = now.astimezone()
        date = QLocale().toString(QDate(here.year, here.month, here.day), QLocale.FormatType.LongFormat)
        self._title.setText(date)
        self._sentence.setText(self._summary(facts, now))
        self._month.show_events(self._workspace.events)
        cards = [
            card_text(
                event,
                facts.growth.get(event.key, ()),
                facts.new.get(event.key, 0),
                facts.came.get(event.key, AttendanceCounts()),
                facts.readiness.get(event.key),
                self._words,
                now,
            )
            for event in facts.next
        ]
        needs = [(need, need_text(need, self._words, now)) for need in facts.needs[:_MOST_NEEDS]]
        people, ended = self._people_lines(facts.new_people), self._ended_lines(facts.ended)
        shown = (cards, needs, len(facts.needs), people, ended)
        if shown == self._shown:
            return
        self._shown = shown
        focus = QApplication.focusWidget()
        focused = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        self._show_cards(cards)
        self._needs.show_rows(self._need_rows(needs, len(facts.needs)), _("Nothing needs you now."))
        self._people.show_rows(
            [
                self._line(f"newPerson{number}", texts, partial(self.person_requested.emit, key, name))
                for number, (key, name, texts) in enumerate(people)
            ],
            "",
        )
        self._ended.show_rows(
            [
                self._line(f"endedEvent{key}", texts, partial(self.event_requested.emit, key))
                for key, texts in ended
            ],
            "",
        )
        if focused and (again := self.findChild(QWidget, focused)) is not None:
            again.setFocus()

    def _need_rows(self, needs: Sequence[tuple[Need, NeedText]], count: int) -> list[QWidget]:
        rows: list[QWidget] = []
        for number, (need, text) in enumerate(needs):
            row = NeedRow(need, text, number, self)
            row.requested.connect(self.need_requested)
            rows.append(row)
        if more := count - len(needs):
            words = ngettext("{count} more…", "{count} more…", more).format(count=more)
            rows.append(self._line("needsMore", (words, "", ""), self.changes_requested.emit))
        return rows

    def _line(self, name: str, texts: tuple[str, str, str], callback: Callable[[], object]) -> LineButton:
        line = LineButton(name, texts, self)
        line.clicked.connect(lambda _checked=False: callback())
        return line

    def _summary(self, facts: TodayFacts, now: datetime) -> str:
        """Return what there is to do, and when the next event begins, in a sentence each."""
        said = []
        if count := len(facts.needs):
            said.append(
                ngettext("{count} thing needs you.", "{count} things need you.", count).format(count=count)
            )
        upcoming = [event for event in facts.next if event.registration.starts_at() > now]
        if upcoming:
            begins = countdown(upcoming[0], now)
            said.append(_("The next event begins {when}.").format(when=begins))
        return " ".join(said) or ("" if facts.next else _("Nothing is planned."))

    def _show_cards(self, texts: Sequence[CardText]) -> None:
        for card in self._cards:
            self._card_grid.removeWidget(card)
            retire(card)
        self._cards = []
        for text in texts:
            card = EventCard(text, self)
            card.clicked.connect(partial(self.event_requested.emit, text.key))
            self._cards.append(card)
        self._place_cards()

    def _place_cards(self) -> None:
        """Put as many cards side by side as there is room for, in one row."""
        room = max(1, (self.viewport().width() - 40) // _CARD_WIDTH)
        columns = min(room, len(self._cards))
        for number, card in enumerate(self._cards):
            self._card_grid.addWidget(card, 0, number)
            self._card_grid.setColumnStretch(number, 1 if number < columns else 0)
            card.setVisible(number < max(columns, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more cards, and the month beside the lists, where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= _WIDE
        self._below.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._place_cards()

    def changeEvent(self, event: QEvent) -> None:
        """Show the date in another language's format when it changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LocaleChange:
            self._shown = None

    def _people_lines(self, people: Sequence[NewPerson]) -> list[tuple[int, str, tuple[str, str, str]]]:
        """Return for each new person their event, their name, and the texts of the line."""
        lines = []
        for person in people:
            if event := self._workspace.find_event(person.event_key):
                ago = self._words.ago(datetime.fromtimestamp(person.registered_at, UTC))
                name = names.set_apart(person.name)
                shown = _("{name} (private)").format(name=name) if person.private else name
                texts = (shown, names.set_apart(event.registration.name), ago)
                lines.append((event.key, person.name, texts))
        return lines

    def _ended_lines(self, events: Sequence[Event]) -> list[tuple[int, tuple[str, str, str]]]:
        """Return for each ended event the texts of its line."""
        lines = []
        for event in events:
            ago = self._words.ago(event.registration.ends_at().astimezone(UTC))
            lines.append((event.key, (names.set_apart(event.registration.name), self._outcome(event), ago)))
        return lines

    def _outcome(self, event: Event) -> str:
        """Return what came of an event, as far as it is known."""
        people = self._words.people(event.participants)
        found = self._workspace.contributions(event.key)
        edits = dict(found.totals).get("edit-count") if found else None
        if not edits:
            return people
        number = QLocale().toString(float(edits[0]), "f", 0)
        return _("{people} · {number} edits").format(people=people, number=number)

    def _lay_out(self, new_event: QPushButton) -> None:
        page = QWidget(self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        set_role(new_event, "primary")
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(new_event)
        lists = QVBoxLayout()
        lists.setSpacing(20)
        for section in (self._needs, self._people, self._ended):
            lists.addWidget(section)
        lists.addStretch(1)
        aside = QVBoxLayout()
        aside.addWidget(self._month)
        aside.addStretch(1)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(24)
        self._below.addLayout(lists, 6)
        self._below.addLayout(aside, 5)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(20)
        column.addLayout(top)
        column.addLayout(self._card_grid)
        column.addLayout(self._below, 1)
        self.setWidget(page)


class _Section(QWidget):
    """A heading, and rows on a card."""

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows: list[QWidget] = []
        self._empty = secondary(QLabel(self))
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(QLabel(text, self)))
        column.addWidget(self._card)
        column.addWidget(self._empty)

    def show_rows(self, rows: Sequence[QWidget], empty: str) -> None:
        """Show other rows; without any, a sentence, or nothing at all."""
        for row in self._rows:
            self._inside.removeWidget(row)
            retire(row)
        self._rows = list(rows)
        for row in rows:
            self._inside.addWidget(row)
            row.show()
        self._card.setVisible(bool(rows))
        self._empty.setText(empty)
        self._empty.setVisible(not rows and bool(empty))
        self.setVisible(bool(rows or empty))
