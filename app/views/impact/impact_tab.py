"""The tab that says what came of an event, and reads it."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event import Event, Listing
from app.domain.faults import Fault, KnownFault
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText
from app.models.impact.impact_control import ImpactChoice, ImpactControl, ImpactFacts
from app.models.workspace import Workspace
from app.views.impact.impact_page import ImpactPage
from app.views.impact.period_bar import PeriodBar
from app.views.look.colours import Accent
from app.views.look.text import leading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.message_boxes import ask


class ImpactTab(QScrollArea):
    """Shows what was read before at once; reads more on request."""

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
        self._lay_out()
        self._show_progress(False)

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
            self._facts = None
            self._banner.hide()
            self._content.hide()
            self._empty.hide()
        self._event = event
        self._period.show_event(event)
        self._show_progress(self._reading == event.key)
        self._load()

    def focus_content(self) -> None:
        """Focus the page, so that the arrow keys scroll it."""
        self.setFocus()

    @property
    def _choice(self) -> ImpactChoice:
        return ImpactChoice(self._period.period, self._everything.isChecked())

    @Slot()
    def _load(self) -> None:
        if (event := self._event) is not None and event.listing is not Listing.NOT_YET_CREATED:
            self._control.load(event, self._choice, lambda facts: self._show(event, facts))

    def _show(self, event: Event, facts: ImpactFacts) -> None:
        if self._event is None or event.key != self._event.key:
            return
        self._facts = facts
        impact, reading = facts.impact, facts.reading
        for widget in (self._content, self._period, self._everything, self._read_button):
            widget.setVisible(impact is not None)
        self._read_button.setVisible(impact is not None and self._reading != event.key)
        self._empty.setVisible(impact is None)
        self._private.setVisible(impact is not None and facts.private > 0)
        self._private.setChecked(bool(reading and reading.with_private))
        if self._reading == event.key and impact is None:
            return
        if impact is None or reading is None:
            self._state.clear()
            self._empty.say(
                _("What did the participants edit?"),
                _(
                    "Their public edits on the event’s wikis are read, from two weeks before the event to "
                    "90 days after it: who is new, what was written, who stayed. Private participants are "
                    "left out unless you say otherwise."
                ),
                _("Read from the wikis"),
            )
            return
        if self._reading != event.key:
            self._state.setText(self._state_text(facts))
        self._content.show_impact(event, facts, impact)
        chosen = self._choice.period
        if chosen and chosen.first < reading.since:
            text = _("Edits of the first of these days were not read yet.")
            self._banner.say(text, Accent.WARNING, _("Read"), self._read)
        elif reading.problems:
            self._banner.say("\n".join(reading.problems), Accent.WARNING)
        elif self._reading != event.key:
            self._banner.hide()

    def _state_text(self, facts: ImpactFacts) -> str:
        reading, impact = facts.reading, facts.impact
        if reading is None or impact is None:
            return ""
        if reading.read_at is None:
            return _("Reading was stopped before its end; what was read is shown.")
        ago = self._text.ago(datetime.fromtimestamp(reading.read_at, UTC))
        wikis = listed(one.wiki for one in impact.wikis)
        return (
            _("{wikis} · read {ago}").format(wikis=wikis, ago=ago)
            if wikis
            else _("Read {ago}").format(ago=ago)
        )

    @Slot()
    def read(self) -> None:
        """Read what is new, once it is known what was read before."""
        if (event := self._event) is not None:
            self._control.load(event, self._choice, lambda facts: self._show_and_read(event, facts))

    def _show_and_read(self, event: Event, facts: ImpactFacts) -> None:
        self._show(event, facts)
        self._read()

    @Slot()
    def _read(self) -> None:
        reading = self._facts.reading if self._facts else None
        self._start(with_private=bool(reading and reading.with_private))

    @Slot(bool)
    def _on_private(self, checked: bool) -> None:
        if not checked:
            self._start(with_private=False)
            return
        # Stays as it was until the question is answered.
        self._private.setChecked(False)
        count = self._facts.private if self._facts else 0
        text = ngettext(
            "The name of {count} person who registered privately is sent to the event’s wikis, to ask what "
            "they edited. Whoever runs them could see that these names are asked for together.",
            "The names of {count} people who registered privately are sent to the event’s wikis, to ask what "
            "they edited. Whoever runs them could see that these names are asked for together.",
            count,
        )
        ask(
            self,
            "impactPrivateBox",
            _("Ask about private participants too?"),
            text.format(count=self.locale().toString(count)),
            _("Ask about them too"),
            lambda: self._start(with_private=True),
            loses=False,
        )

    def _start(self, *, with_private: bool) -> None:
        event = self._event
        if event is None or self._reading is not None:
            return
        self._reading = event.key
        self._bar.setRange(0, 0)
        self._state.setText(_("Reading what the participants edited…"))
        self._show_progress(True)
        if self._facts is None or self._facts.impact is None:
            self._empty.say(
                _("Reading…"), _("You can go on with other things; what was read stays if you stop.")
            )
        self._control.read(
            event,
            self._choice,
            with_private=with_private,
            done=lambda: None,
            failed=self._on_failed,
            ended=self._on_ended,
        )

    def _show_progress(self, under_way: bool) -> None:
        self._bar.setVisible(under_way)
        self._stop.setVisible(under_way)
        self._private.setEnabled(not under_way)
        if under_way:
            self._read_button.hide()

    @Slot(int, int, str)
    def _on_progress(self, done: int, people: int, wiki: str) -> None:
        self._bar.setRange(0, people)
        self._bar.setValue(done)
        text = _("{wiki}: {done} of {people} participants").format(
            wiki=wiki, done=self.locale().toString(done), people=self.locale().toString(people)
        )
        self._bar.setAccessibleName(text)
        self._state.setText(text)

    def _on_failed(self, fault: KnownFault) -> None:
        if fault.fault is not Fault.CANCELLED:
            self._banner.report(fault)

    def _on_ended(self) -> None:
        self._reading = None
        self._show_progress(False)
        self._load()
