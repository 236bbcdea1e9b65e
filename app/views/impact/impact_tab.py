"""The tab that says what came of an event, and reads it."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain import times
from app.domain.events.event import Event, Listing
from app.domain.faults import Fault, KnownFault
from app.domain.impact.figures import USUAL_NEWCOMER_DAYS, read_until, span_of
from app.domain.wording.figures import impact_texts
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText
from app.models.impact.impact_control import EditsReading, ImpactChoice, ImpactControl, ImpactFacts
from app.models.workspace import Workspace
from app.views.forms.file_field import valid_name
from app.views.impact.impact_page import ImpactPage
from app.views.impact.period_bar import PeriodBar
from app.views.look.colours import Accent
from app.views.look.text import leading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.message_boxes import ask


class ImpactTab(QScrollArea):
    """Shows what was read before at once; reads more on request."""

    #: The edits that the wiki does not count are to be listed.
    count_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setObjectName("impactTab")
        self.setAccessibleName(_("What came of the event"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._control = ImpactControl(workspace, self)
        self._control.progress.connect(self._on_progress)
        self._text = EventText(self)
        self._event: Event | None = None
        self._facts: ImpactFacts | None = None
        self._reading: int | None = None
        self._failed: KnownFault | None = None
        self._reads_when_shown = False
        self._page = QWidget(self)
        self._banner = Banner("impactResult", self._page)
        self._period = PeriodBar(self._page)
        self._period.changed.connect(self._load)
        self._everything = QCheckBox(_("Other pages and discussions too"), self._page)
        self._everything.setObjectName("impactEverything")
        self._everything.toggled.connect(self._load)
        self._private = QCheckBox(_("Private participants too…"), self._page)
        self._private.setObjectName("impactPrivate")
        self._private.clicked.connect(self._on_private)
        self._state = leading(secondary(QLabel(self._page)))
        self._state.setObjectName("impactState")
        self._state.setWordWrap(True)
        self._read_button = QPushButton(_("Read again"), self._page)
        self._read_button.setObjectName("impactRead")
        self._read_button.clicked.connect(self._read)
        self._bar = QProgressBar(self._page)
        self._bar.setObjectName("impactProgress")
        self._bar.setTextVisible(False)
        self._stop = QPushButton(_("Stop"), self._page)
        self._stop.setObjectName("impactStop")
        self._stop.clicked.connect(self._control.cancel)
        self._empty = EmptyState("impactEmpty", "chart", self._page)
        self._empty.requested.connect(self._read)
        self._content = ImpactPage(workspace, self._page)
        self._newcomer_days = USUAL_NEWCOMER_DAYS
        self._content.newcomer_days_changed.connect(self._on_newcomer_days)
        self._content.count_requested.connect(self.count_requested)
        self._content.save_requested.connect(self._choose_file)
        #: What is shown once something was read.
        self._controls = (self._period, self._everything, self._private, self._read_button)
        self._lay_out()
        self._show_progress()

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(16)
        state.addWidget(self._everything)
        state.addWidget(self._private)
        self._state.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        state.addWidget(self._state, 1)
        state.addWidget(self._bar, 1)
        state.addWidget(self._stop)
        state.addWidget(self._read_button)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._banner)
        column.addWidget(self._period)
        column.addLayout(state)
        column.addWidget(self._content)
        column.addWidget(self._empty, 1)
        self.setWidget(self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the page's columns side by side where they fit."""
        super().resizeEvent(event)
        self._content.arrange(self.viewport().width())

    def show_event(self, event: Event) -> None:
        """Show what was read of an event."""
        if self._event is None or self._event.key != event.key:
            # What belongs to another event must neither be seen nor pressed.
            self._facts = None
            self._reads_when_shown = False
            for widget in (self._banner, self._content, self._empty, *self._controls):
                widget.hide()
            self._state.clear()
        self._event = event
        self._period.show_event(event)
        self._show_progress()
        if event.listing is Listing.NOT_YET_CREATED:
            self._empty.say(
                _("Nothing to read yet"),
                _("This event is not on the wiki yet. When it has taken place, its edits are read here."),
            )
            self._empty.show()
            return
        self._load()

    def offer_counting(self, offered: bool, why_not: str) -> None:
        """Offer to count edits for the event, or say why that is not possible."""
        self._content.offer_counting(offered, why_not)

    @property
    def is_reading(self) -> bool:
        """Whether edits are being read, of this event or another one."""
        return self._reading is not None

    def focus_content(self) -> None:
        """Focus the page, so that the arrow keys scroll it."""
        self.setFocus()

    @property
    def _choice(self) -> ImpactChoice:
        return ImpactChoice(self._period.period, self._everything.isChecked(), self._newcomer_days)

    @Slot(int)
    def _on_newcomer_days(self, days: int) -> None:
        if days != self._newcomer_days:
            self._newcomer_days = days
            self._load()

    @Slot()
    def _choose_file(self) -> None:
        if (event := self._event) is None:
            return
        name = valid_name(_("Impact {event}").format(event=event.registration.name))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save what each participant did"), f"{name}.csv", _("CSV (*.csv)")
        )
        if chosen:
            path = Path(chosen)
            self.save_people(path if path.suffix else path.with_suffix(".csv"))

    def save_people(self, path: Path) -> None:
        """Write what each person did to a file, without those who registered privately."""
        if (event := self._event) is None:
            return

        def done(count: int) -> None:
            text = ngettext(
                "{count} participant written to {path}", "{count} participants written to {path}", count
            )
            said = text.format(count=self.locale().toString(count), path=str(path))
            self._banner.say(said, Accent.SUCCESS, closable=True)

        zone = event.registration.zone()
        self._control.write_people(path, self._content.people, zone, done, self._banner.report)

    @Slot()
    def _load(self) -> None:
        if (event := self._event) is not None and event.listing is not Listing.NOT_YET_CREATED:
            self._control.load(event, self._choice, lambda facts: self._show(event, facts))

    def _show(self, event: Event, facts: ImpactFacts) -> None:
        if self._event is None or event.key != self._event.key:
            return
        self._facts = facts
        impact, reading = facts.impact, facts.reading
        for widget in (self._content, *self._controls):
            widget.setVisible(impact is not None)
        self._private.setVisible(impact is not None and bool(facts.private))
        self._private.setChecked(bool(reading and reading.agreed))
        self._show_progress()
        if impact is None or reading is None:
            self._say_not_read(event)
        else:
            self._empty.hide()
            if self._reading != event.key:
                self._state.setText(self._state_text(facts))
            self._content.show_impact(event, facts, impact)
            self._warn(event, reading)
        if self._reads_when_shown:
            self._reads_when_shown = False
            self._read()

    def _say_not_read(self, event: Event) -> None:
        self._empty.show()
        if self._reading == event.key:
            return
        if self._failed is not None:
            self._banner.report(self._failed)
            self._failed = None
        if span_of(event).begins > times.now():
            self._empty.say(_("Nothing to read yet"), impact_texts.not_begun())
            return
        self._empty.say(
            _("What did the participants edit?"),
            _(
                "Their public edits on the event’s wikis are read, from two weeks before the event to "
                "90 days after it: who is new, what was written, who stayed. Private participants are "
                "left out unless you say otherwise."
            ),
            _("Read from the wikis"),
        )

    def _warn(self, event: Event, reading: EditsReading) -> None:
        """Say what is missing in the figures."""
        chosen = self._choice.period
        if self._reading == event.key:
            return
        if self._failed is not None:
            self._banner.report(self._failed)
            self._failed = None
        elif chosen and chosen.first < reading.since:
            text = _("Edits of the first of these days were not read yet.")
            self._banner.say(text, Accent.WARNING, _("Read"), self._read)
        elif chosen and reading.read_at and chosen.last > read_until(span_of(event), reading.read_at):
            self._banner.say(_("The last of these days were not read."), Accent.WARNING)
        elif reading.problems:
            self._banner.say("\n".join(reading.problems), Accent.WARNING)
        else:
            self._banner.hide()

    def _state_text(self, facts: ImpactFacts) -> str:
        reading, impact = facts.reading, facts.impact
        if reading is None or impact is None:
            return ""
        if reading.read_at is None:
            return _("Reading was stopped before its end; what was read is shown.")
        ago = self._text.ago(datetime.fromtimestamp(reading.read_at, UTC))
        wikis = listed(one.wiki for one in impact.wikis)
        later = len(facts.private - reading.agreed) if reading.agreed else 0
        if later:
            text = ngettext(
                "Read {ago}, without {count} person who registered privately since you were asked",
                "Read {ago}, without {count} people who registered privately since you were asked",
                later,
            )
            return text.format(ago=ago, count=self.locale().toString(later))
        return (
            _("{wikis} · read {ago}").format(wikis=wikis, ago=ago)
            if wikis
            else _("Read {ago}").format(ago=ago)
        )

    @Slot()
    def read(self) -> None:
        """Read what is new, once it is known what was read before."""
        if self._facts is not None:
            self._read()
        else:
            self._reads_when_shown = True
            self._load()

    @Slot()
    def _read(self) -> None:
        reading = self._facts.reading if self._facts else None
        self._start(reading.agreed if reading else frozenset())

    @Slot(bool)
    def _on_private(self, checked: bool) -> None:
        if not checked:
            self._start(frozenset())
            return
        # Stays as it was until the question is answered.
        self._private.setChecked(False)
        people, event = self._facts.private if self._facts else frozenset[int](), self._event
        text = ngettext(
            "The name of {count} person who registered privately is sent to the event’s wikis, to ask what "
            "they edited. Whoever runs them could see that these names are asked for together.",
            "The names of {count} people who registered privately are sent to the event’s wikis, to ask what "
            "they edited. Whoever runs them could see that these names are asked for together.",
            len(people),
        )

        def agree() -> None:
            # For this event, and for nobody who registers privately later.
            if event is not None and self._event is not None and event.key == self._event.key:
                self._start(people)

        ask(
            self,
            "impactPrivateBox",
            _("Ask about private participants too?"),
            text.format(count=self.locale().toString(len(people))),
            _("Ask about them too"),
            agree,
            loses=False,
        )

    def _start(self, agreed: frozenset[int]) -> None:
        event = self._event
        if event is None or self._reading is not None or event.listing is Listing.NOT_YET_CREATED:
            return
        self._reading = event.key
        self._bar.setRange(0, 0)
        self._state.setText(_("Reading what the participants edited…"))
        self._show_progress()
        if self._facts is None or self._facts.impact is None:
            self._empty.say(
                _("Reading…"), _("You can go on with other things; what was read stays if you stop.")
            )
        self._control.read(event, self._choice, agreed, partial(self._on_failed, event.key), self._on_ended)

    def _show_progress(self) -> None:
        """Show what may be pressed: only one event is read at a time."""
        here = self._event is not None and self._reading == self._event.key
        self._bar.setVisible(here)
        self._stop.setVisible(here)
        idle = self._reading is None
        self._private.setEnabled(idle)
        self._read_button.setEnabled(idle)
        self._read_button.setToolTip("" if idle or here else _("Another event is being read."))
        self._empty.setEnabled(idle or here)
        if here:
            self._read_button.hide()

    @Slot(int, int, str)
    def _on_progress(self, done: int, people: int, wiki: str) -> None:
        if self._event is None or self._reading != self._event.key:
            return
        self._bar.setRange(0, people)
        self._bar.setValue(done)
        text = _("{wiki}: {done} of {people} participants").format(
            wiki=wiki, done=self.locale().toString(done), people=self.locale().toString(people)
        )
        self._bar.setAccessibleName(text)
        self._state.setText(text)

    def _on_failed(self, key: int, fault: KnownFault) -> None:
        if fault.fault is not Fault.CANCELLED and self._event is not None and self._event.key == key:
            self._failed = fault

    def _on_ended(self) -> None:
        self._reading = None
        self._show_progress()
        self._load()
