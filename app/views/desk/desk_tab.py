"""The desk's tab of an event: opening the desk, what was noted day by day, and the walk-ins."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
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
from app.domain.desk.readiness import ReadinessAction
from app.domain.events.calendar import on_same_days
from app.domain.events.event import Event, Listing
from app.i18n import _, ngettext
from app.models.desk.desk_facts import DeskFacts, ShownWalkIn
from app.models.desk.event_checks import EventChecks
from app.models.events.event_text import day_of_year
from app.models.workspace import Workspace
from app.views.desk.hand_over_dialog import HandOverDialog
from app.views.desk.open_desk_dialog import OpenDeskDialog
from app.views.desk.print_dialog import PrintDialog
from app.views.desk.readiness_list import ReadinessList
from app.views.desk.reconcile_dialog import ReconcileDialog
from app.views.desk.shared_desk_dialog import SharedDeskDialog
from app.views.desk.venue_dialog import VenueDialog
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.text import heading, lead_paragraphs, leading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.retired import retire_all

#: The columns of the table of days: what is counted, and its heading.
_COLUMNS = ("arrived", "walk_ins", "no_shows", "to_come")


class DeskTab(QScrollArea):
    """Everything about the desk that is not the desk itself."""

    #: A desk is to be opened; passes `OpenDesk`.
    desk_requested = Signal(object)
    sync_requested = Signal()
    sign_in_requested = Signal()
    changes_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskTab")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._workspace = workspace
        self._event: Event | None = None
        self.facts = DeskFacts(workspace, self)
        self.facts.changed.connect(self._fill)
        self.facts.failed.connect(self._on_failed)
        self._banner = Banner("deskTabBanner", self)
        self._open = QPushButton(_("Open the desk…"), self)
        self._open.setObjectName("deskTabOpen")
        set_role(self._open, "primary")
        self._open.clicked.connect(self._ask_open)
        self._checks = EventChecks(workspace, self)
        self._readiness = ReadinessList(self)
        self._readiness.action_requested.connect(self._on_action)
        self._days = QWidget(self)
        self._days_grid = QGridLayout(self._days)
        self._days_grid.setContentsMargins(0, 0, 0, 0)
        self._days_grid.setHorizontalSpacing(28)
        self._days_grid.setVerticalSpacing(8)
        self._walk_ins_title = heading(QLabel(_("Walk-ins"), self))
        self._walk_ins = QWidget(self)
        self._walk_ins_column = QVBoxLayout(self._walk_ins)
        self._walk_ins_column.setContentsMargins(0, 0, 0, 0)
        self._walk_ins_column.setSpacing(8)
        self._nothing = QLabel(_("Nobody has been checked in yet."), self)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._banner)
        column.addWidget(heading(QLabel(_("At the door"), page)))
        text = QLabel(
            _(
                "The desk checks people in by a few letters of their name, with or without a network. "
                "Who came is kept on this computer: the wiki knows no attendance."
            ),
            page,
        )
        text.setWordWrap(True)
        column.addWidget(text)
        column.addLayout(self._buttons_row(page, self._open, ("deskTabPrint", _("Print…"), self._ask_print)))
        column.addSpacing(12)
        column.addWidget(heading(QLabel(_("Before you leave"), page)))
        column.addWidget(self._readiness)
        column.addLayout(
            self._buttons_row(page, None, ("deskTabVenue", _("Check the network here…"), self._ask_venue))
        )
        column.addSpacing(12)
        column.addWidget(heading(QLabel(_("Who came"), page)))
        column.addWidget(self._nothing)
        column.addWidget(self._days, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(
            self._buttons_row(
                page,
                None,
                ("deskTabReconcile", _("Read a list of those who came…"), self._ask_reconcile),
                ("deskTabHandOver", _("Hand over to another computer…"), self._ask_hand_over),
                ("deskTabShare", _("Share live…"), self._ask_share),
            )
        )
        column.addSpacing(12)
        column.addWidget(self._walk_ins_title)
        column.addWidget(self._walk_ins)
        column.addStretch(1)
        self.setWidget(page)
        lead_paragraphs(page)

    def _buttons_row(
        self,
        page: QWidget,
        first: QPushButton | None,
        *others: tuple[str, str, Callable[[], None]],
    ) -> QHBoxLayout:
        """Return a row of buttons: the one that is made already, and others by name, text and action."""
        row = QHBoxLayout()
        if first is not None:
            row.addWidget(first)
        for name, text, action in others:
            button = QPushButton(text, page)
            button.setObjectName(name)
            button.clicked.connect(action)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_event(self, event: Event) -> None:
        """Show what belongs to the desk of an event."""
        self._event = event
        self._open.setEnabled(event.listing is not Listing.NOT_YET_CREATED)
        self.facts.show_event(event)
        self._checks.readiness(event, self._readiness.show_readiness)

    def focus_content(self) -> None:
        """Give the focus to what is done first here."""
        self._open.setFocus()

    @Slot()
    def _ask_open(self) -> None:
        event = self._event
        if event is None:
            return
        others = [one for one in on_same_days(event, self._workspace.events) if one.key != event.key]
        dialog = OpenDeskDialog(self.facts, event, others, self)
        dialog.chosen.connect(self.desk_requested)
        _open(dialog)

    @Slot()
    def _ask_print(self) -> None:
        if self._event is not None:
            _open(PrintDialog(self._workspace, self._event, self))

    @Slot()
    def _ask_venue(self) -> None:
        if self._event is not None:
            _open(VenueDialog(self._workspace, self._event, self))

    @Slot()
    def _ask_hand_over(self) -> None:
        if self._event is not None:
            _open(HandOverDialog(self._workspace, self._event, self.facts.desk_name(), self))

    @Slot()
    def _ask_share(self) -> None:
        if self._event is not None:
            _open(SharedDeskDialog(self._workspace, self._event, self))

    @Slot()
    def _ask_reconcile(self) -> None:
        if self._event is None:
            return
        dialog = ReconcileDialog(self._workspace, self._event, self)
        dialog.noted.connect(self._on_noted)
        _open(dialog)

    @Slot(int)
    def _on_noted(self, people: int) -> None:
        text = ngettext("{count} person noted", "{count} people noted", people)
        self._banner.say(text.format(count=people), Accent.SUCCESS, closable=True)

    @Slot(object)
    def _on_action(self, action: ReadinessAction) -> None:
        """Do what mends something that is missing."""
        match action:
            case ReadinessAction.SYNC:
                self.sync_requested.emit()
            case ReadinessAction.SIGN_IN:
                self.sign_in_requested.emit()
            case ReadinessAction.SHOW_CHANGES:
                self.changes_requested.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._banner.say(sentence, Accent.ERROR, closable=True)

    @Slot()
    def _fill(self) -> None:
        self._fill_days()
        retire_all(self._walk_ins_column)
        for walk_in in self.facts.walk_ins:
            self._walk_ins_column.addWidget(self._walk_in_row(walk_in))
        self._walk_ins_title.setVisible(bool(self.facts.walk_ins))

    def _fill_days(self) -> None:
        retire_all(self._days_grid)
        days = self.facts.days
        self._nothing.setVisible(not days)
        self._days.setVisible(bool(days))
        if not days:
            return
        headings = (_("Day"), _("Arrived"), _("Walk-ins"), _("No-shows"), _("Did not come or not yet"))
        for column, text in enumerate(headings):
            self._days_grid.addWidget(secondary(QLabel(text, self._days)), 0, column)
        number = self.locale().toString
        for row, (day, counts) in enumerate(days.items(), 1):
            when = date(int(day[:4]), int(day[4:6]), int(day[6:]))
            self._days_grid.addWidget(
                QLabel(day_of_year(QLocale(), when, same_year=when.year == date.today().year), self._days),
                row,
                0,
            )
            for column, name in enumerate(_COLUMNS, 1):
                label = QLabel(number(getattr(counts, name)), self._days)
                label.setObjectName(f"deskDay-{day}-{name}")
                self._days_grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTrailing)

    def _walk_in_row(self, shown: ShownWalkIn) -> QWidget:
        row = QWidget(self._walk_ins)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = ElidedLabel(row)
        leading(name)
        name.say(names.set_apart(shown.walk_in.name))
        words.addWidget(name)
        kind = _("user name, not registered yet") if shown.walk_in.is_user_name else _("no user name")
        detail = ElidedLabel(row)
        secondary(detail)
        detail.say(" · ".join(filter(None, (kind, names.set_apart(shown.note)))))
        words.addWidget(detail)
        layout.addLayout(words, 1)
        if shown.proposal is not None:
            proposal = shown.proposal
            same = QPushButton(_("This is {name}").format(name=names.set_apart(proposal.name)), row)
            same.setObjectName(f"walkInIs-{proposal.user_id}")
            same.clicked.connect(lambda: self.facts.match(shown.person, proposal.user_id))
            other = QPushButton(_("Somebody else"), row)
            set_role(other, "quiet")
            other.clicked.connect(lambda: self.facts.refuse(shown.person, proposal.user_id))
            layout.addWidget(same)
            layout.addWidget(other)
        return row


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
