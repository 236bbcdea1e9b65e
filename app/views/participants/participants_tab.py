"""The participants of an event: searching, filtering, sorting, copying and exporting them."""

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.statistics.people_counts import PeopleGroup
from app.domain.wikis.page_addresses import page_address
from app.domain.wikis.user_names import searched
from app.i18n import _, ngettext
from app.models.people.participants_model import ParticipantsModel, PeopleFilter
from app.models.people.people_counter import PeopleCounter
from app.models.people.people_scope import PeopleScope
from app.models.workspace import Workspace
from app.views.look.icons import icon
from app.views.look.text import open_link, secondary
from app.views.organizing.event_actions import EventActions
from app.views.participants.filter_chips import FilterChips
from app.views.participants.participants_table import ParticipantsTable
from app.views.participants.person_card import PersonCard
from app.views.widgets.empty_state import EmptyState


class ParticipantsTab(QWidget):
    """A search field, the filters, the table, and the card of the selected person."""

    sync_requested = Signal()
    export_requested = Signal()

    def __init__(
        self,
        workspace: Workspace,
        settings: QSettings,
        event_actions: EventActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("participantsTab")
        self._event_actions = event_actions
        self._workspace = workspace
        self._settings = settings
        self._clearing = False
        self.model = ParticipantsModel(workspace, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("participantSearch")
        self.search.setPlaceholderText(_("Find a name"))
        self.search.setAccessibleName(_("Find a participant by name"))
        self.search.setToolTip(_("Accents, case and the order of words do not matter (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_filter)
        self.search.returnPressed.connect(self._enter_table)
        self.search.installEventFilter(self)
        self.chips = FilterChips(self)
        self.chips.changed.connect(self._on_filter)
        self._counter = PeopleCounter(workspace, self)
        self.count = secondary(QLabel(self))
        self.count.setObjectName("participantCount")
        self.table = ParticipantsTable(self.model, settings, self)
        self.table.add_row_actions((event_actions.email, event_actions.remove))
        event_actions.set_people_callbacks(
            self.table.selectionModel().hasSelection, self.table.chosen_ids, self._found
        )
        self.table.selectionModel().selectionChanged.connect(event_actions.update_removal)
        self.table.choice_changed.connect(self._update_card)
        self.table.page_requested.connect(self._open_page)
        self.card = PersonCard((self.table.copy_names, event_actions.email, event_actions.remove), self)
        self.card.page_requested.connect(self._open_page)
        self._empty = EmptyState("participantsEmpty", "people", self)
        self._empty.requested.connect(self._on_empty)
        self._lay_out()
        self.model.found_changed.connect(self._on_found)

    def show_public_only(self) -> None:
        """Hide private people, for screenshots."""
        self.chips.choose(PeopleGroup.PUBLIC)

    def show_event(self, event: Event) -> None:
        """Show an event's people. The same event again is refreshed in place."""
        shown = self.model.shown_event
        if shown is None or shown.key != event.key:
            self.table.clear_choice()
            self._clear_filters()
        self.model.show_event(event)
        self._counter.count(event, self.chips.show_counts)
        self.table.show_attendance(self._workspace.has_attendance(event.key))

    def show_only(self, *chips: PeopleGroup) -> None:
        """Show the people of these filters, whatever was searched before."""
        self._clearing = True
        self.search.clear()
        self._clearing = False
        self.chips.choose(*chips)

    def focus_content(self) -> None:
        """Focus the table."""
        self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make Down move from the search to the table, and Esc clear the search."""
        if watched is self.search and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and bool(self.search.text())
            if event.type() == QEvent.Type.ShortcutOverride and escape:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                if escape:
                    self.search.clear()
                    return True
                if event.key() == Qt.Key.Key_Down:
                    self._enter_table()
                    return True
        return super().eventFilter(watched, event)

    def scopes(self, event: Event) -> list[PeopleScope]:
        """Return whom a file of an event's people can hold; the last one is everybody."""
        found = [PeopleScope("all", event.participants, event.private_participants)]
        shown = self.model.shown_event
        if shown is None or shown.key != event.key:
            return found
        chosen, (ids, filtered) = self.table.chosen_ids(), self._found()
        if filtered:
            found.insert(0, PeopleScope("shown", len(ids), self.model.private_among(ids), ids))
        if chosen:
            found.insert(0, PeopleScope("chosen", len(chosen), self.model.private_among(chosen), chosen))
        return found

    def _clear_filters(self) -> None:
        """Clear all filters with a single search."""
        self._clearing = True
        self.search.clear()
        self.chips.choose()
        self._clearing = False
        self._on_filter()

    def save_layout(self) -> None:
        """Save the columns' widths and order, and the splitter's position."""
        self.table.save_layout(self._settings)
        self._settings.setValue("participants/splitter", self._splitter.saveState())

    def _lay_out(self) -> None:
        columns = QToolButton(self)
        columns.setObjectName("chooseColumns")
        columns.setIcon(icon("columns"))
        columns.setAutoRaise(True)
        columns.setAccessibleName(_("Choose columns"))
        columns.setToolTip(_("Choose columns"))
        columns.clicked.connect(
            lambda: self.table.column_menu(columns.mapToGlobal(QPoint(0, columns.height())))
        )
        export = QPushButton(icon("export"), _("Export…"), self)
        export.setObjectName("exportButton")
        export.setToolTip(_("Write the participants to a file (Ctrl+E)"))
        export.clicked.connect(self.export_requested)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(columns)
        for name, action, text in (
            ("emailButton", self._event_actions.email, _("E-mail…")),
            ("removeButton", self._event_actions.remove, _("Remove…")),
        ):
            first.addWidget(self._button_for(name, action, text))
        first.addWidget(export)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.chips, 1)
        second.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("participantsSplitter")
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.card)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([760, 220])
        self._splitter.setCollapsible(0, False)
        state = self._settings.value("participants/splitter")
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 12, 20, 8)
        top.setSpacing(8)
        top.addLayout(first)
        top.addLayout(second)
        column.addLayout(top)
        column.addWidget(self._splitter, 1)

    def _button_for(self, name: str, action: QAction, text: str) -> QPushButton:
        """Return a button for an action, with the action's tool tip and enabled state."""
        button = QPushButton(action.icon(), text, self)
        button.setObjectName(name)
        button.clicked.connect(action.trigger)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

        action.changed.connect(follow)
        follow()
        return button

    def _found(self) -> tuple[list[int], bool]:
        """Return the ids of everybody found, and whether a search or filter is set."""
        return self.model.ids(), self.model.filter != PeopleFilter()

    @Slot()
    def _on_filter(self) -> None:
        if self._clearing:
            return
        event = self.model.shown_event
        account = self._workspace.account(event.wiki_key) if event else None
        typed = self.search.text()
        self.model.set_filter(
            PeopleFilter(
                searched(typed, account.wiki.names) if account else typed,
                private=self.chips.either(PeopleGroup.PRIVATE, PeopleGroup.PUBLIC),
                can_email=self.chips.either(PeopleGroup.WITH_EMAIL, PeopleGroup.WITHOUT_EMAIL),
                answered=True if self.chips.marked(PeopleGroup.ANSWERED) else None,
                new=self.chips.marked(PeopleGroup.NEW),
                never_contributed=self.chips.marked(PeopleGroup.NEVER_CONTRIBUTED),
                arrived=self.chips.either(PeopleGroup.ARRIVED, PeopleGroup.NOT_ARRIVED),
                no_show=self.chips.marked(PeopleGroup.NO_SHOW),
            )
        )

    @Slot()
    def _enter_table(self) -> None:
        self.table.enter()

    @Slot()
    def _on_found(self) -> None:
        event = self.model.shown_event
        if event is None:
            return
        locale = self.locale()
        filtered = self.model.filter != PeopleFilter()
        # Without a filter, the first chip says how many there are.
        self.count.setVisible(filtered)
        if filtered:
            found = locale.toString(self.model.found)
            more = "+" if self.model.gathering else ""
            self.count.setText(
                _("{found} of {participants}").format(
                    found=found + more, participants=locale.toString(event.participants)
                )
            )
        else:
            self.count.setText(
                ngettext("{count} participant", "{count} participants", event.participants).format(
                    count=event.participants
                )
            )
        if self.model.rowCount() or self.model.gathering:
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_empty(event, filtered=filtered)
        self._update_card()

    def _show_empty(self, event: Event, *, filtered: bool) -> None:
        self._stack.setCurrentWidget(self._empty)
        if filtered:
            self._empty.say(
                _("Nobody found"),
                _("No participant fits these words and filters."),
                _("Show everybody"),
            )
        elif event.participants_complete_at is None:
            self._empty.say(
                _("Participants not fetched yet"),
                _("A sync brings the list of participants to this computer."),
                _("Sync this event"),
            )
        else:
            self._empty.say(
                _("Nobody has registered yet"),
                _("People who register on the wiki appear here after the next sync."),
                _("Sync this event"),
            )

    @Slot()
    def _on_empty(self) -> None:
        if self.model.filter == PeopleFilter():
            self.sync_requested.emit()
            return
        self._clear_filters()
        self.search.setFocus()

    @Slot()
    def _update_card(self) -> None:
        """Show who is selected, how many are, the only one found, or the event's totals."""
        event = self.model.shown_event
        if event is None:
            return
        chosen = self.table.chosen_count()
        if chosen > 1:
            self.card.show_several(chosen)
            return
        if chosen:
            row = self.model.row_of(self.table.chosen_ids()[0])
        else:
            is_only_hit = self.model.filter != PeopleFilter() and self.model.found == 1
            row = 0 if is_only_hit and not self.model.gathering else -1
        person = self.model.person(row) if row >= 0 else None
        if person is not None:
            self.card.show_person(person, event.registration.zone(), chosen=bool(chosen))
        else:
            self.card.show_totals(event.participants, event.private_participants)

    @Slot(str)
    def _open_page(self, user: str) -> None:
        event = self.model.shown_event
        account = self._workspace.account(event.wiki_key) if event else None
        base = account.address_of(event.registration.page_wiki) if event and account else None
        if base:
            open_link(page_address(base, f"User:{user}"))
