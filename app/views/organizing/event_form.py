"""The form of an event: every field that the wiki accepts, each with its validation message."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.choosing import Entry
from app.domain.events import vocabulary
from app.domain.events.countries import OTHER_NAMES
from app.domain.events.event_checks import FormField, Problem, course_slug, may_track
from app.domain.events.event_fields import EVERY_WIKI, OPEN, EventFields, tidy
from app.domain.wording.organizing_texts import problem_sentence
from app.i18n import _
from app.models.events.country_names import country_names
from app.views.forms.check_list import CheckList
from app.views.forms.problem_label import ProblemLabel
from app.views.forms.search_choice import SearchChoice
from app.views.look.text import secondary, strong
from app.views.organizing.event_times import EventTimes
from app.views.organizing.goal_choice import GoalChoice
from app.views.organizing.wiki_chips import WikiChips

#: The namespace of event pages, by the canonical name that every wiki accepts.
NAMESPACE = "Event:"


class EventForm(QWidget):
    """All fields of an event. Only `new` events have a field for the title; the page of others is fixed."""

    edited = Signal()

    def __init__(
        self,
        *,
        new: bool,
        tracks: bool,
        grants: bool,
        goals: bool = False,
        types: bool = True,
        wikis: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Make the form. `tracks`: the wiki counts contributions; `grants`, `goals` and `types`: it has these
        fields. `wikis`: the ids of the wikis that are offered, by host.
        """
        super().__init__(parent)
        self.setObjectName("eventForm")
        self._new = new
        self._tracks = tracks
        self._filled: EventFields | None = None
        self._problems: dict[FormField, ProblemLabel] = {}
        self._widgets: dict[FormField, QWidget] = {}
        self.title = self._line("eventTitleField", _("Title"))
        self.times = EventTimes(self)
        self.same_days = secondary(QLabel(self))
        self.same_days.setObjectName("eventSameDays")
        self.same_days.setTextFormat(Qt.TextFormat.PlainText)
        self.same_days.setWordWrap(True)
        self.same_days.hide()
        self.online = self._box("eventOnline", _("&Online"))
        self.meeting_url = self._line("eventMeetingLink", _("Meeting link"))
        self.meeting_url.setPlaceholderText("https://")
        self.in_person = self._box("eventInPerson", _("In &person"))
        self.country = self._countries()
        self.address = QPlainTextEdit(self)
        self.address.setObjectName("eventAddress")
        self.address.setAccessibleName(_("Address"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 14)
        self.chat_url = self._line("eventChatLink", _("Chat link"))
        self.chat_url.setPlaceholderText("https://")
        self.types = CheckList("eventTypes", _("Types"), vocabulary.event_types(), self)
        self.types.show_rows(4)
        self.topics = CheckList("eventTopics", _("Topics"), vocabulary.topics(), self)
        self.topics.show_rows(5)
        self.every_wiki = self._box("eventEveryWiki", _("A&ll wikis"))
        self.wikis = WikiChips(wikis, self)
        self.wikis.line.setAccessibleName(_("Wikis"))
        self.wikis.line.setPlaceholderText(_("Add a wiki by its name"))
        self.contributions = self._box("eventContributions", _("&Count contributions during the event"))
        self.course = self._line("eventCourse", _("Dashboard course"))
        self.course.setPlaceholderText("https://outreachdashboard.wmflabs.org/courses/…")
        self.grant = self._line("eventGrant", _("Grant ID"))
        self.test_event = self._box("eventTest", _("This is a &test event, not to be listed among real ones"))
        self._contributions_note = secondary(QLabel(self))
        self._contributions_note.setWordWrap(True)
        self._grants = grants
        self._goals = goals
        self._has_types = types
        self.goal = GoalChoice(self)
        self._lay_out()
        self._connect()
        self._enable()

    def fill(self, fields: EventFields) -> None:
        """Show an event."""
        self._filled = fields
        self.title.setText(fields.page.removeprefix(NAMESPACE))
        self.times.fill(fields.timezone, fields.start, fields.end)
        self.online.setChecked(fields.online)
        self.meeting_url.setText(fields.meeting_url or "")
        self.in_person.setChecked(fields.in_person)
        self._choose_country(fields.country_code)
        self.address.setPlainText(fields.address or "")
        self.chat_url.setText(fields.chat_url or "")
        self.types.choose(fields.types)
        self.topics.choose(fields.topics)
        self.every_wiki.setChecked(fields.wikis == (EVERY_WIKI,))
        self.wikis.set_wikis(wiki for wiki in fields.wikis if wiki != EVERY_WIKI)
        self.contributions.setChecked(bool(fields.tracks_contributions))
        self.course.setText(fields.course or "")
        self.grant.setText(fields.grant_id or "")
        self.test_event.setChecked(fields.is_test)
        self.goal.fill(fields.goal_type, fields.goal_target)
        for line in (self.title, self.meeting_url, self.chat_url, self.course):
            line.setCursorPosition(0)
        self._enable()

    def fields(self) -> EventFields:
        """Return the values of the form."""
        zone, start, end = self.times.values()
        filled = self._filled
        page = filled.page if filled and not self._new else self._typed_page()
        wikis = (EVERY_WIKI,) if self.every_wiki.isChecked() else self.wikis.wikis()
        tracks = self.contributions.isChecked() and self.contributions.isEnabled() if self._tracks else None
        goal_type, goal_target = self.goal.values()
        return tidy(
            EventFields(
                page=page,
                timezone=zone,
                start=start,
                end=end,
                status=filled.status if filled else OPEN,
                types=self.types.chosen(),
                wikis=wikis,
                topics=self.topics.chosen(),
                online=self.online.isChecked(),
                in_person=self.in_person.isChecked(),
                meeting_url=self.meeting_url.text(),
                country_code=self.country.currentData(),
                address=self.address.toPlainText(),
                chat_url=self.chat_url.text(),
                is_test=self.test_event.isChecked(),
                tracks_contributions=tracks,
                course=course_slug(self.course.text()),
                grant_id=self.grant.text(),
                goal_type=goal_type if tracks else None,
                goal_target=goal_target if tracks else None,
            )
        )

    def show_problems(
        self, sentences: Mapping[FormField, str], wiki_said: Mapping[FormField, str | None] | None = None
    ) -> None:
        """Show each validation message beside its field, and what the wiki itself said about it."""
        for field, label in self._problems.items():
            label.say(sentences.get(field, ""), (wiki_said or {}).get(field))

    def go_to(self, field: FormField) -> QWidget | None:
        """Focus a field; return the widget to scroll to."""
        widget = self._widgets.get(field)
        if widget is None:
            return None
        widget.setFocus()
        return self._problems.get(field, widget)

    def _typed_page(self) -> str:
        title = " ".join(self.title.text().split())
        return title if title.startswith(NAMESPACE) else NAMESPACE + title

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        if self._new:
            form = self._section(column, _("Page"))
            self._row(form, _("Title"), self.title, FormField.TITLE)
        form = self._section(column, _("When"))
        self._row(form, _("Time zone"), self.times.zone, FormField.TIMEZONE)
        self._row(form, _("Beginning"), self.times.start, FormField.START)
        self._row(form, _("End"), self.times.end, FormField.END)
        form.addRow("", self.times.here)
        form.addRow("", self.same_days)
        form = self._section(column, _("Where"))
        self._row(form, _("People meet"), self.online, FormField.PARTICIPATION)
        self._row(form, _("Meeting link"), self.meeting_url, FormField.MEETING_URL)
        form.addRow("", self.in_person)
        self._row(form, _("Country"), self.country, FormField.COUNTRY)
        self._row(form, _("Address"), self.address, FormField.ADDRESS)
        self._row(form, _("Chat link"), self.chat_url, FormField.CHAT_URL)
        form = self._section(column, _("About"))
        if self._has_types:
            self._row(form, _("Types, at most two"), self.types, FormField.TYPES)
        else:
            self.types.hide()
        self._row(form, _("Topics, at most five"), self.topics, FormField.TOPICS)
        wikis = QHBoxLayout()
        wikis.setSpacing(12)
        wikis.addWidget(self.wikis, 1)
        wikis.addWidget(self.every_wiki)
        self._row(form, _("Wikis"), self.wikis, FormField.WIKIS, wikis)
        if self._tracks:
            self._row(form, "", self.contributions, FormField.CONTRIBUTIONS)
            form.addRow("", self._contributions_note)
            if self._goals:
                self._row(form, _("Goal"), self.goal, FormField.GOAL)
        else:
            self.contributions.hide()
            self._contributions_note.hide()
        self._row(form, _("Dashboard course"), self.course, FormField.COURSE)
        if self._grants:
            self._row(form, _("Grant ID"), self.grant, FormField.GRANT)
        else:
            self.grant.hide()
        self.goal.setVisible(self._tracks and self._goals)
        form.addRow("", self.test_event)
        if not self._new:
            self.title.hide()
        column.addStretch(1)

    def _section(self, column: QVBoxLayout, heading: str) -> QFormLayout:
        column.addWidget(strong(QLabel(heading, self)))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column.addLayout(form)
        return form

    def _row(
        self,
        form: QFormLayout,
        label: str,
        widget: QWidget,
        field: FormField,
        layout: QHBoxLayout | None = None,
    ) -> None:
        name = QLabel(label, self)
        name.setBuddy(widget)
        name.setMinimumWidth(130)
        name.setWordWrap(True)
        name.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 4, 0, 0)
        problem = ProblemLabel(f"problem-{field.value}", self)
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(layout) if layout else box.addWidget(widget)
        box.addWidget(problem)
        form.addRow(name, box)
        self._problems[field] = problem
        self._widgets[field] = widget

    def _line(self, name: str, label: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(label)
        return line

    def _box(self, name: str, label: str) -> QCheckBox:
        box = QCheckBox(label, self)
        box.setObjectName(name)
        return box

    def _countries(self) -> SearchChoice:
        english, listed = country_names("en"), country_names(QLocale().name())
        entries = [
            Entry(words, code, (code, english[code], *OTHER_NAMES.get(code, ())))
            for code, words in sorted(listed.items(), key=lambda entry: vocabulary.sorting(entry[1]))
        ]
        return SearchChoice("eventCountry", _("Country"), [Entry(""), *entries], strict=True, parent=self)

    def _choose_country(self, code: str | None) -> None:
        index = self.country.findData(code)
        if index < 0 and code:
            self.country.addItem(code, code)
            index = self.country.count() - 1
        self.country.setCurrentIndex(max(index, 0))

    def _connect(self) -> None:
        for box in (self.online, self.in_person, self.every_wiki, self.contributions, self.test_event):
            box.toggled.connect(self._on_edited)
        for line in (self.title, self.meeting_url, self.chat_url, self.course, self.grant):
            line.textChanged.connect(self._on_edited)
        self.wikis.edited.connect(self._on_edited)
        self._say_when_not_found(self.wikis, FormField.WIKIS, Problem.WIKIS_UNKNOWN)
        self._say_when_not_found(self.country, FormField.COUNTRY, Problem.COUNTRY_UNKNOWN)
        self.address.textChanged.connect(self._on_edited)
        self.country.currentIndexChanged.connect(self._on_edited)
        for chosen in (self.types, self.topics):
            chosen.ticked.connect(self._on_edited)
        self.times.changed.connect(self._on_edited)
        self.goal.changed.connect(self._on_edited)

    def _say_when_not_found(
        self, choice: WikiChips | SearchChoice, field: FormField, problem: Problem
    ) -> None:
        """Say at once, under its field, that nothing is called what was entered."""
        label = self._problems[field]
        choice.not_found.connect(lambda: label.say(problem_sentence(problem)))
        choice.edited.connect(lambda: label.say(""))

    @Slot()
    def _on_edited(self) -> None:
        self._enable()
        self.edited.emit()

    def _enable(self) -> None:
        """Enable only the fields that apply to the chosen kinds of meeting and of counting."""
        self.meeting_url.setEnabled(self.online.isChecked())
        for widget in (self.country, self.address):
            widget.setEnabled(self.in_person.isChecked())
        self.wikis.setEnabled(not self.every_wiki.isChecked())
        allowed = may_track(self.types.chosen())
        self.contributions.setEnabled(allowed)
        self.goal.setEnabled(allowed and self.contributions.isChecked())
        self._contributions_note.setVisible(self._tracks and not allowed)
        self._contributions_note.setText(
            _("Only for editing events, media uploads, backlog drives and contests.")
        )
