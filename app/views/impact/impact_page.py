"""What came of an event, on one page: figures, edits over time, pages, who stayed, others' figures."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain import names, times
from app.domain.events.event import Event, Phase
from app.domain.impact.figures import (
    DAY_SECONDS,
    USUAL_NEWCOMER_DAYS,
    Impact,
    PersonImpact,
    Stayed,
    WorkedOn,
    span_of,
)
from app.domain.wikis.page_addresses import page_address
from app.domain.wording.figures import impact_texts
from app.i18n import _, ngettext
from app.models.events.event_text import day
from app.models.impact.byte_text import byte_change
from app.models.impact.impact_control import ImpactFacts
from app.models.impact.impact_people import ImpactPeopleModel
from app.models.workspace import Workspace
from app.views.demographics.timeline import Counted
from app.views.demographics.timeline_chart import TimelineChart
from app.views.events.figure_card import FigureCard
from app.views.forms.fields import wheel_after_focus
from app.views.impact.bar_rows import BarRow, BarRows
from app.views.look.icons import icon
from app.views.look.text import heading, leading, open_link, secondary
from app.views.widgets.table_rows import add_row_action, set_up_rows

_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
#: Narrower than this, the page has one column.
_TWO_COLUMNS = 860
_SHOWN_PAGES = 10
_MOST_NEWCOMER_DAYS = 365


class ImpactPage(QWidget):
    """Is made once and shows one event after the other."""

    #: Other accounts are to count as new: so many days before the event.
    newcomer_days_changed = Signal(int)
    #: What each person did is to be written to a file.
    save_requested = Signal()
    #: The edits that the wiki does not count are to be listed.
    count_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._event: Event | None = None
        self._pages_shown: Sequence[WorkedOn] = ()
        self._cards = {
            name: FigureCard(f"impact-{name}", label, self)
            for name, label in (
                ("editors", _("Edited")),
                ("newcomers", _("Newcomers")),
                ("edits", _("Edits")),
                ("pages", _("Pages made · edited")),
                ("text", _("Text added")),
            )
        }
        for card in self._cards.values():
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._chart = TimelineChart(self, Counted.EDITS)
        self._chart.setObjectName("impactChart")
        self._pages = self._make_pages()
        self._stayed, self._experience = BarRows("impactStayed", self), BarRows("impactExperience", self)
        self._beside = leading(QLabel(self))
        self._beside.setObjectName("impactBeside")
        self._beside.setTextFormat(Qt.TextFormat.PlainText)
        self._beside.setWordWrap(True)
        self._count = QPushButton(icon("check"), _("Count edits of participants…"), self)
        self._count.setObjectName("impactCount")
        self._count.clicked.connect(self.count_requested)
        self._wikis_heading = heading(QLabel(_("By wiki"), self))
        self._wikis = BarRows("impactWikis", self)
        self._days = wheel_after_focus(QSpinBox(self))
        self._days.setObjectName("impactNewcomerDays")
        self._days.setAccessibleName(_("Days before the event from which an account is new"))
        self._days.setRange(0, _MOST_NEWCOMER_DAYS)
        self._days.setValue(USUAL_NEWCOMER_DAYS)
        self._days.editingFinished.connect(lambda: self.newcomer_days_changed.emit(self._days.value()))
        self._save = QPushButton(icon("export"), _("Save as CSV…"), self)
        self._save.setObjectName("impactSave")
        self._save.setToolTip(_("Without people who registered privately"))
        self._save.clicked.connect(self.save_requested)
        self._people = ImpactPeopleModel(self)
        self._filter = QLineEdit(self)
        self._table = self._make_table()
        self._lay_out()

    def _make_pages(self) -> QTableWidget:
        table = QTableWidget(0, 4, self)
        table.setObjectName("impactPages")
        table.setAccessibleName(_("Pages most worked on"))
        for section, text in enumerate((_("Page"), _("Edits"), _("People"), _("Bytes"))):
            item = QTableWidgetItem(text)
            if section:
                item.setTextAlignment(_AT_END)
            table.setHorizontalHeaderItem(section, item)
        _plain(table)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setToolTip(_("Enter or a double click opens the page on the wiki"))
        table.cellActivated.connect(self._open_page)
        return table

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("impactPeople")
        table.setAccessibleName(_("What each participant did"))
        self._filter.setObjectName("impactFilter")
        self._filter.setPlaceholderText(_("Find a name"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._people.show_names)
        table.setModel(self._people)
        _plain(table)
        table.setSortingEnabled(True)
        table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
        header = table.horizontalHeader()
        # Not as wide as what the others leave: nothing would be left in a narrow window.
        table.setColumnWidth(0, 24 * table.fontMetrics().averageCharWidth())
        for section in range(1, self._people.columnCount()):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        add_row_action(table, _("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self._copy)
        table.setMinimumHeight(12 * table.verticalHeader().defaultSectionSize())
        return table

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in self._cards.values():
            cards.addWidget(card)
        self._left, self._right = QWidget(self), QWidget(self)
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        left.addWidget(self._chart)
        left.addSpacing(12)
        left.addWidget(heading(QLabel(_("Most worked on"), self)))
        left.addWidget(self._pages)
        left.addSpacing(12)
        left.addWidget(self._wikis_heading)
        left.addWidget(self._wikis)
        left.addStretch(1)
        days = QHBoxLayout()
        label = secondary(QLabel(_("New: account made at most so many days before the event"), self))
        label.setWordWrap(True)
        days.addWidget(label, 1)
        days.addWidget(self._days)
        for text, part in (
            (_("Who stayed"), self._stayed),
            (_("Experience before the event"), self._experience),
            (_("Beside others’ figures"), self._beside),
        ):
            right.addWidget(heading(QLabel(text, self)))
            right.addWidget(part)
            if part is self._stayed:
                right.addLayout(days)
            if part is self._beside:
                right.addWidget(self._count, 0, Qt.AlignmentFlag.AlignLeading)
            right.addSpacing(12)
        right.addStretch(1)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(24)
        self._columns.setVerticalSpacing(16)
        row = QHBoxLayout()
        row.addWidget(heading(QLabel(_("The people"), self)))
        row.addStretch(1)
        row.addWidget(self._filter)
        row.addWidget(self._save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        outer.addLayout(cards)
        outer.addLayout(self._columns)
        outer.addLayout(row)
        outer.addWidget(self._table, 1)
        self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Put the columns side by side if they fit into a width."""
        beside = width >= _TWO_COLUMNS
        self._columns.addWidget(self._left, 0, 0)
        self._columns.addWidget(self._right, 0 if beside else 1, 1 if beside else 0)
        self._columns.setColumnStretch(0, 3)
        self._columns.setColumnStretch(1, 2 if beside else 0)

    def show_impact(self, event: Event, facts: ImpactFacts, impact: Impact) -> None:
        """Show what came of an event."""
        self._event = event
        self._show_cards(impact)
        self._show_chart(event, impact)
        self._show_pages(impact.pages[:_SHOWN_PAGES])
        people = max(1, impact.newcomers)
        self._stayed.set_rows([self._stayed_row(event, one, impact, people) for one in impact.stayed])
        known = sum(impact.experience)
        self._experience.set_rows(
            [
                BarRow(_(label), number / max(1, known), self.locale().toString(number))
                for label, number in zip(impact_texts.EXPERIENCES, impact.experience, strict=True)
            ]
        )
        edits = max(1, impact.totals.edits)
        number = self.locale().toString
        text = _("{edits} edits by {people} people")
        for widget in (self._wikis_heading, self._wikis):
            widget.setVisible(len(impact.wikis) > 1)
        self._wikis.set_rows(
            [
                BarRow(
                    one.wiki,
                    one.edits / edits,
                    text.format(edits=number(one.edits), people=number(one.editors)),
                )
                for one in impact.wikis
            ]
        )
        goes_on = event.registration.phase(datetime.now(UTC)) is Phase.NOW
        tracks = bool(event.registration.tracks_contributions)
        self._count.setVisible(goes_on and tracks)
        self._beside.setText("\n\n".join(_beside(facts, impact, self.locale(), tracks=tracks)))
        self._people.show_people(impact.persons, event.registration.zone())

    def _show_cards(self, impact: Impact) -> None:
        number, totals = self.locale().toString, impact.totals
        of_people = ngettext("of {count} person", "of {count} people", impact.people)
        self._cards["editors"].say(totals.editors, of_people.format(count=number(impact.people)))
        edited = ngettext("{count} of them edited", "{count} of them edited", impact.newcomers_edited)
        self._cards["newcomers"].say(impact.newcomers, edited.format(count=number(impact.newcomers_edited)))
        reverted = _("at least {count} reverted").format(count=number(totals.reverted))
        self._cards["edits"].say(totals.edits, reverted if totals.reverted else "")
        files = ngettext("{count} file", "{count} files", totals.uploads)
        self._cards["pages"].say(
            f"{number(totals.pages_made)} · {number(totals.pages_edited)}",
            files.format(count=number(totals.uploads)),
        )
        size = self.locale().formattedDataSize
        less = _("{size} removed").format(size=_size(size(totals.bytes_removed, 1)))
        self._cards["text"].say(_size(size(totals.bytes_added, 1)), less)

    def _show_chart(self, event: Event, impact: Impact) -> None:
        if impact.hours:
            zone = event.registration.zone()
            first = datetime.fromtimestamp(impact.period.first, UTC).astimezone(zone).date()
            self._chart.set_hours(first, impact.hours if any(impact.hours) else ())
            return
        self._chart.set_days(impact.days)
        span = span_of(event)
        beyond = impact.period.last > span.ends
        self._chart.set_marker(event.registration.ends_at().date() if beyond else None, _("End"))

    def _show_pages(self, pages: Sequence[WorkedOn]) -> None:
        self._pages_shown = pages
        table, number = self._pages, self.locale().toString
        table.setRowCount(len(pages))
        for row, page in enumerate(pages):
            texts = (
                names.safe(page.title),
                number(page.edits),
                number(page.people),
                byte_change(self.locale(), page.size_diff),
            )
            for section, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if section:
                    item.setTextAlignment(_AT_END)
                table.setItem(row, section, item)
        height = table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(height * max(1, len(pages)) + table.horizontalHeader().sizeHint().height() + 4)

    def _stayed_row(self, event: Event, one: Stayed, impact: Impact, people: int) -> BarRow:
        label = impact_texts.stayed_label(one)
        number = self.locale().toString
        if one.newcomers is None or one.people is None:
            ends = span_of(event).ends + (one.last + 1) * DAY_SECONDS
            until = day(times.here(datetime.fromtimestamp(ends, UTC)))
            return BarRow(label, None, _("known from {day}").format(day=until))
        if not impact.newcomers:
            text = _("{count} of {people}")
            return BarRow(
                label,
                one.people / max(1, impact.people),
                text.format(count=number(one.people), people=number(impact.people)),
            )
        text = _("{count} of {people} newcomers, {all} of {everybody} in all")
        return BarRow(
            label,
            one.newcomers / people,
            text.format(
                count=number(one.newcomers),
                people=number(impact.newcomers),
                all=number(one.people),
                everybody=number(impact.people),
            ),
        )

    def offer_counting(self, offered: bool, why_not: str) -> None:
        """Offer to count edits for the event, or say why that is not possible."""
        self._count.setEnabled(offered)
        self._count.setToolTip("" if offered else why_not)

    @property
    def people(self) -> Sequence[PersonImpact]:
        """The people in the order of their rows."""
        return self._people.shown()

    @Slot()
    def _copy(self) -> None:
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        if text := self._people.text_of(rows):
            QGuiApplication.clipboard().setText(text)

    @Slot(int, int)
    def _open_page(self, row: int, _column: int) -> None:
        if self._event is None or row >= len(self._pages_shown):
            return
        page = self._pages_shown[row]
        account = self._workspace.account(self._event.wiki_key)
        if account and (place := account.address_of(page.wiki)):
            open_link(page_address(place, page.title))


def _plain(table: QTableView) -> None:
    set_up_rows(table)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setWordWrap(False)
    # Widths follow from the rows in sight: a thousand of them would be asked for otherwise.
    table.horizontalHeader().setResizeContentsPrecision(0)


def _size(text: str) -> str:
    """Return a size in the words that organizers know."""
    return text.replace("kiB", "kB").replace("KiB", "kB").replace("MiB", "MB").replace("GiB", "GB")


def _beside(facts: ImpactFacts, impact: Impact, locale: QLocale, *, tracks: bool) -> list[str]:
    """Return what the wiki and the Dashboard count, and why that differs."""
    found = []
    contributions, contributions_at = facts.contributions or (None, 0)
    totals = dict(contributions.totals) if contributions else {}
    if edits := totals.get("edit-count"):
        text = _(
            "The wiki counts {count} edits by {people} people ({day}): those that somebody has associated "
            "with the event."
        )
        people = locale.toString(totals.get("participants", (0,))[0])
        when = day(times.here(datetime.fromtimestamp(contributions_at, UTC)))
        found.append(text.format(count=locale.toString(edits[0]), people=people, day=when))
    if facts.uncounted:
        text = ngettext(
            "Of the edits made during the event, {count} is not counted there.",
            "Of the edits made during the event, {count} are not counted there.",
            facts.uncounted,
        )
        found.append(text.format(count=locale.toString(facts.uncounted)))
    if contributions and (goal := contributions.goal):
        text = _("Its goal: {reached} of {target}.")
        found.append(text.format(reached=locale.toString(goal.reached), target=locale.toString(goal.target)))
    if facts.course:
        course, read_at = facts.course
        text = _(
            "The Dashboard counted {count} edits ({day}): those of the people of its course, in its time."
        )
        count = f"{locale.toString(course.edits.value)}"
        when = day(times.here(datetime.fromtimestamp(read_at, UTC)))
        found.append(text.format(count=count, day=when))
    if not found and tracks:
        found.append(_("How many edits the wiki counts for this event can be read with a password only."))
    elif not found:
        found.append(
            _("Neither the wiki nor the Dashboard counts edits for this event, as far as is known here.")
        )
    if impact.totals.edits:
        found.append(_("The figures on this page are all edits of the participants in the chosen time."))
    return found
