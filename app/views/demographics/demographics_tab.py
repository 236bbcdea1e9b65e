"""The statistics of an event: answers, registrations over time, public and private participants."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.domain import names
from app.domain.events.event import Event
from app.domain.events.series import series_of
from app.domain.faults import KnownFault
from app.domain.people.question import UNSHOWN_QUESTIONS
from app.domain.statistics.release import MIN_ANSWERS, Release
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.domain.wikis.page_addresses import page_address
from app.domain.wording import people_texts
from app.i18n import _, ngettext
from app.models.statistics.course_control import CourseControl
from app.models.statistics.lead_text import demographics_lead
from app.models.statistics.statistics_loader import EventFigures, StatisticsLoader
from app.models.statistics.statistics_model import StatisticsModel
from app.models.workspace import Workspace
from app.views.demographics.bar_chart import BarChart
from app.views.demographics.chart_box import ChartBox
from app.views.demographics.course_box import CourseBox
from app.views.demographics.timeline import EarlierDays
from app.views.demographics.timeline_chart import TimelineChart
from app.views.forms.fields import wheel_after_focus
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import heading, open_link, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.empty_state import EmptyState
from app.views.widgets.table_rows import set_up_rows

#: In a list of more events nobody finds one.
_MOST_COMPARED = 30


class DemographicsTab(QScrollArea):
    """A chart and a table per question, subject to the thresholds that protect privacy."""

    #: The user wants to sign in with a password, to see what the wiki has summed up; passes the account.
    sign_in_requested = Signal(object)
    report_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setObjectName("demographicsTab")
        self.setAccessibleName(_("Demographics of the event"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._loader = StatisticsLoader(workspace, self)
        self._courses = CourseControl(workspace, self)
        self._shown: tuple[Event, EventFigures] | None = None
        #: What the user has chosen to compare events with, by their keys.
        self._compared: dict[int, int | None] = {}

    def show_event(self, event: Event) -> None:
        """Compute an event's statistics in the background, and show them."""
        if self._shown and self._shown[0].key != event.key:
            # The charts of another event must not be mistaken for this one's, even for a moment.
            self._shown = None
            self.takeWidget()
        self._loader.load(event, lambda figures: self._show(event, figures), self._compared_with(event))

    def focus_content(self) -> None:
        """Focus the charts, so that the arrow keys scroll them."""
        self.setFocus()

    def _show(self, event: Event, figures: EventFigures) -> None:
        if self._shown and self._shown[0].registration == event.registration and self._shown[1] == figures:
            return
        found, of_wiki = figures.statistics, figures.of_wiki
        scrolled = self.verticalScrollBar().value() if self._shown else 0
        self._shown = (event, figures)
        if not found.people:
            empty = EmptyState("demographicsEmpty", "chart", self)
            empty.say(
                _("Nothing to sum up yet"),
                _("Charts of answers and registrations appear here when people have registered."),
            )
            self.setWidget(empty)
            return
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._head(page, figures))
        column.addWidget(self._result)
        column.addSpacing(4)
        timeline = TimelineChart(page)
        timeline.setObjectName("registrationsChart")
        timeline.set_days(found.days, datetime.now(event.registration.zone()).date())
        if compared := figures.compared:
            timeline.set_earlier(EarlierDays(compared.name, compared.days))
        column.addWidget(self._box(page, event, timeline, {}))
        if earlier := self._loader.earlier(event):
            column.addLayout(self._compare_row(page, event, earlier))
        column.addSpacing(12)
        split = BarChart(page)
        split.setObjectName("privacyChart")
        split.set_shares(_("Public and private"), self._split(found), self._split_label)
        column.addWidget(self._box(page, event, split, {}))
        if of_wiki:
            column.addSpacing(12)
            column.addWidget(self._note(page, self._summed_up(of_wiki)))
        for question in of_wiki.questions if of_wiki else found.questions:
            column.addSpacing(12)
            label = self._workspace.question_label(event.wiki_key, question.question)
            self._add_question(page, column, event, label, question)
        column.addSpacing(12)
        if of_wiki and of_wiki.waits_for_agreement:
            column.addWidget(self._note(page, self._agreement()))
            column.addWidget(self._agreement_button(page, event), 0, Qt.AlignmentFlag.AlignLeading)
        elif not of_wiki:
            column.addWidget(self._note(page, self._unshown(event, found)))
            if self._needs_session(event, found):
                column.addWidget(self._session_note(page, event))
        if event.registration.course is not None:
            column.addSpacing(12)
            column.addWidget(self._course_box(page, event, figures))
        column.addStretch(1)
        charts = page.findChildren(BarChart)
        labels = [row.label for chart in charts for row in chart.chart.rows]
        for chart in charts:
            chart.align_with(labels)
        focused = self.focusWidget()
        name = focused.objectName() if focused and focused is not self else ""
        self.setWidget(page)
        if name and (again := page.findChild(QWidget, name)):
            again.setFocus()
        # The page has its height only after its layout is done.
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(scrolled))

    def _head(self, page: QWidget, figures: EventFigures) -> QHBoxLayout:
        """Return the sentence that says the most, with the button for a report."""
        self._result = Banner("demographicsResult", page)
        lead = QLabel(demographics_lead(figures, self.locale()), page)
        lead.setObjectName("demographicsLead")
        lead.setTextFormat(Qt.TextFormat.PlainText)
        lead.setWordWrap(True)
        report = QPushButton(icon("export"), _("Report…"), page)
        report.setObjectName("reportButton")
        report.setToolTip(_("Write a report about this event (Ctrl+Shift+R)"))
        report.clicked.connect(self.report_requested)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(lead, 1)
        row.addWidget(report, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _compare_row(self, page: QWidget, event: Event, earlier: Sequence[Event]) -> QHBoxLayout:
        """Return the choice of the event whose registrations are shown as a line."""
        choice = wheel_after_focus(QComboBox(page))
        choice.setObjectName("comparedEvent")
        choice.addItem(_("Nothing"), None)
        compared = self._compared_with(event)
        for one in earlier:
            if choice.count() <= _MOST_COMPARED or one is compared:
                choice.addItem(names.safe(one.registration.name), one.key)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(24)
        choice.setCurrentIndex(choice.findData(compared.key) if compared else 0)

        def choose(index: int) -> None:
            self._compared[event.key] = choice.itemData(index)
            self.show_event(event)

        choice.activated.connect(choose)
        label = secondary(QLabel(_("&Compare with"), page))
        label.setBuddy(choice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(choice)
        row.addStretch(1)
        return row

    def _compared_with(self, event: Event) -> Event | None:
        """Return the event to compare with: the chosen one, else the latest of the same series."""
        earlier = self._loader.earlier(event)
        if event.key in self._compared:
            chosen = self._compared[event.key]
            return next((one for one in earlier if one.key == chosen), None)
        series = series_of(event.registration.name)
        same = (one for one in earlier if series and series_of(one.registration.name) == series)
        return next(same, None)

    def _course_box(self, page: QWidget, event: Event, figures: EventFigures) -> CourseBox:
        box = CourseBox(figures.course, page)

        def ended() -> None:
            if isValid(box):
                box.on_ended()

        def failed(fault: KnownFault) -> None:
            if isValid(box):
                box.on_failed(fault)

        def ask() -> None:
            # Another event may be shown by then.
            self._courses.refresh(
                event, lambda: self.show_event(event) if isValid(box) else None, failed, ended
            )

        box.refresh_requested.connect(ask)
        return box

    def _box(
        self,
        page: QWidget,
        event: Event,
        chart: BarChart | TimelineChart,
        releases: Mapping[int, Release],
    ) -> ChartBox:
        """Return a chart with its menu; `releases`: what it tells of answers when it is passed on."""

        def tell(then: Callable[[], None]) -> None:
            self._loader.tell(event, releases, then, self._on_failed)

        def write(path: Path, data: bytes) -> None:
            text = _("Chart written to {path}.").format(path=str(path))
            self._loader.write(
                path, data, lambda: self._result.say(text, Accent.SUCCESS, closable=True), self._on_failed
            )

        return ChartBox(chart, chart.paint_on, tell, write, page)

    def _on_failed(self, fault: KnownFault) -> None:
        self._result.report(fault)

    def _summed_up(self, of_wiki: WikiStatistics) -> str:
        return ngettext(
            "The answers of {count} participant, as the wiki summed them up when the event was over; then it "
            "deleted them.",
            "The answers of {count} participants, as the wiki summed them up when the event was over; then "
            "it deleted them.",
            of_wiki.people,
        ).format(count=of_wiki.people)

    def _agreement(self) -> str:
        return _(
            "Gender, age and profession are shown here once you have agreed, on the wiki’s own page, to "
            "handle them with care. Sync this event afterwards."
        )

    def _needs_session(self, event: Event, found: EventStatistics) -> bool:
        """Return whether only a session shows what the wiki has summed up (CONTRACT §1)."""
        account = self._workspace.account(event.wiki_key)
        return bool(found.aggregated and account and not account.has_session)

    def _session_note(self, page: QWidget, event: Event) -> QWidget:
        box = QWidget(page)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        text = _("The wiki shows the sums only after a sign-in with your password, and so does Event Center.")
        column.addWidget(self._note(box, text))
        button = QPushButton(icon("sign-in"), _("Sign in with your password…"), box)
        button.setObjectName("signInForSums")
        button.clicked.connect(lambda: self._ask_sign_in(event))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return box

    def _ask_sign_in(self, event: Event) -> None:
        if account := self._workspace.account(event.wiki_key):
            self.sign_in_requested.emit(account)

    def _agreement_button(self, page: QWidget, event: Event) -> QPushButton:
        account = self._workspace.account(event.wiki_key)
        base = (account and account.address_of(event.registration.page_wiki)) or ""
        button = QPushButton(icon("external"), _("Open the wiki’s page"), page)
        button.setObjectName("openStatistics")
        address = page_address(base, f"Special:EventDetails/{event.event_id}", tab="StatsPanel")
        button.clicked.connect(lambda: open_link(address))
        return button

    def _add_question(
        self, page: QWidget, column: QVBoxLayout, event: Event, label: str, question: QuestionStatistics
    ) -> None:
        if question.shares is None:
            caption = heading(QLabel(label, page))
            caption.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(caption)
            text = _("Fewer than {least} people have answered, so nothing is shown.")
            column.addWidget(self._note(page, text.format(least=QLocale().toString(MIN_ANSWERS))))
            return
        chart = BarChart(page)
        chart.setObjectName(f"questionChart{question.question}")
        chart.set_shares(
            label, question.shares, lambda option: people_texts.option_label(question.question, option)
        )
        releases = self._shown[1].statistics.releases if self._shown else {}
        of_question = {one: release for one, release in releases.items() if one == question.question}
        column.addWidget(self._box(page, event, chart, of_question))
        column.addWidget(self._table(page, label, question))

    def _table(self, page: QWidget, label: str, question: QuestionStatistics) -> QTableView:
        table = QTableView(page)
        table.setObjectName(f"questionTable{question.question}")
        table.setAccessibleName(label)
        model = StatisticsModel(question, table)
        table.setModel(model)
        set_up_rows(table)
        table.setFrameShape(QFrame.Shape.NoFrame)
        height = table.verticalHeader().defaultSectionSize()
        header = table.horizontalHeader()
        header.setMinimumSectionSize(9 * table.fontMetrics().averageCharWidth() * 2)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFixedHeight(height * model.rowCount() + header.sizeHint().height() + 4)
        return table

    def _split(self, found: EventStatistics) -> list[Share]:
        return [
            Share("public", found.public, found.public, found.people),
            Share("private", found.private, found.private, found.people),
        ]

    def _split_label(self, option: str) -> str:
        return _("Public") if option == "public" else _("Private")

    def _unshown(self, event: Event, found: EventStatistics) -> str:
        sentences = []
        if found.aggregated:
            sentences.append(
                ngettext(
                    "The answers of {count} participant have been summed up and deleted by the wiki.",
                    "The answers of {count} participants have been summed up and deleted by the wiki.",
                    found.aggregated,
                ).format(count=found.aggregated)
            )
        if found.not_shown:
            over = event.registration.ends_at() < datetime.now(UTC)
            sentences.append(
                _("The wiki deletes people's answers when an event has ended.")
                if over
                else ngettext(
                    "The wiki does not show this sign-in the answers of {count} participant.",
                    "The wiki does not show this sign-in the answers of {count} participants.",
                    found.not_shown,
                ).format(count=found.not_shown)
            )
        asked = [people_texts.question_label(number) for number in UNSHOWN_QUESTIONS]
        sentences.append(
            _("{questions}: the wiki gives these answers to nobody person by person.").format(
                questions=QLocale().createSeparatedList(asked)
            )
        )
        return "\n".join(sentences)

    @staticmethod
    def _note(page: QWidget, text: str) -> QLabel:
        note = secondary(QLabel(text, page))
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        return note
