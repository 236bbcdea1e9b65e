"""The details of an event's registration, its organizers, and its links."""

from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
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
from app.domain.accounts.account import RIGHT_INVITE, RIGHT_ORGANIZE
from app.domain.events.event import Event, Listing
from app.domain.statistics.people_counts import PeopleCounts, PeopleGroup
from app.domain.wikis.page_addresses import page_address
from app.domain.wording.people_texts import walk_ins
from app.i18n import _, ngettext
from app.models.events.event_facts import EventFacts, Facts, other_address
from app.models.events.event_text import EventText
from app.models.people.people_counter import PeopleCounter
from app.models.plain_text import tool_tip
from app.models.workspace import Workspace
from app.views.events.figure_card import FigureCard
from app.views.forms.flow_layout import FlowLayout
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.facts import BETWEEN, fact, say
from app.views.look.icons import icon
from app.views.look.text import is_link, open_link, strong
from app.views.widgets.retired import retire


class OverviewTab(QScrollArea):
    """The event's numbers, its links, and facts whose text can be selected."""

    #: The user wants to sign in on another wiki of the account's family; the account and the wiki's address.
    sign_in_requested = Signal(object, str)
    #: The user wants to see the people of a figure.
    people_requested = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overviewTab")
        self.setAccessibleName(_("Overview of the event"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._workspace = workspace
        self._event_facts = EventFacts(workspace, EventText(self))
        self._shown: Event | None = None
        self._layout: object = None
        self._values: list[QLabel] = []
        self._counter = PeopleCounter(workspace, self)
        self._figures = {
            chip: FigureCard(f"figure-{chip.value}", label, self)
            for chip, label in (
                (PeopleGroup.ALL, _("People")),
                (PeopleGroup.PRIVATE, _("Private")),
                (PeopleGroup.WITH_EMAIL, _("Reachable by e-mail")),
                (PeopleGroup.NEVER_CONTRIBUTED, _("Never contributed")),
                (PeopleGroup.ARRIVED, _("Arrived")),
            )
        }
        for chip, card in self._figures.items():
            card.clicked.connect(partial(self.people_requested.emit, chip))
        self._facts = QWidget(self)
        self._lay_out_page()

    def _lay_out_page(self) -> None:
        page = QWidget(self)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for card in self._figures.values():
            figures.addWidget(card)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(16)
        self._column.addLayout(figures)
        self._column.addWidget(self._facts, 1)
        self.setWidget(page)

    def _show_counts(self, counts: PeopleCounts) -> None:
        locale = self.locale()
        new = _("+{count} within a day").format(count=locale.toString(counts.new)) if counts.new else ""
        self._figures[PeopleGroup.ALL].say(counts.people, new, Accent.SUCCESS)
        share = locale.toString(round(100 * counts.private / counts.people)) if counts.people else "0"
        private = counts.private if counts.people else None
        self._figures[PeopleGroup.PRIVATE].say(private, _("{share} %").format(share=share))
        known = counts.with_email + counts.without_email
        without = ngettext("{count} has no address", "{count} have no address", counts.without_email)
        self._figures[PeopleGroup.WITH_EMAIL].say(
            counts.with_email if known else None,
            without.format(count=locale.toString(counts.without_email)) if counts.without_email else "",
        )
        answered = ngettext("of {count} who answered", "of {count} who answered", counts.answered_confidence)
        self._figures[PeopleGroup.NEVER_CONTRIBUTED].say(
            counts.never_contributed, answered.format(count=locale.toString(counts.answered_confidence))
        )

        came = counts.attendance
        self._figures[PeopleGroup.ARRIVED].say(
            came.arrived if any(came) else None,
            walk_ins(came.walk_ins, locale.toString) if came.walk_ins else "",
        )

    def show_event(self, event: Event) -> None:
        """Show an event's details; for the same event, update only the labels that differ."""
        if self._shown is None or self._shown.key != event.key:
            for card in self._figures.values():
                card.say(None, "")
        self._shown = event
        if event.listing is not Listing.NOT_YET_CREATED:
            self._counter.count(event, self._show_counts)
        groups = self._event_facts.groups(event)
        links = self._event_links(event)
        there = self._address_to_sign_in(event)
        labels = [(heading, [label for label, _unused in rows]) for heading, rows in groups]
        layout = (event.key, there, links, labels)
        if layout != self._layout:
            self._layout = layout
            self._lay_out(there, links, groups)
            return
        texts = [text for _unused, rows in groups for _unused, text in rows]
        for value, text in zip(self._values, texts, strict=True):
            if value.text() != text:
                say(value, text)

    def focus_content(self) -> None:
        """Focus the details, so that the arrow keys scroll them."""
        self.setFocus()

    def _lay_out(
        self,
        there: str | None,
        links: list[tuple[str, str, str]],
        groups: list[tuple[str, Facts]],
    ) -> None:
        self._values.clear()
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._links(page, links))
        if there:
            column.addWidget(self._sign_in_row(page, there))
        for heading, rows in groups:
            column.addWidget(strong(QLabel(heading, page)))
            column.addLayout(self._form(page, rows))
        column.addStretch(1)
        self._column.replaceWidget(self._facts, page)
        retire(self._facts)
        self._facts = page

    def _address_to_sign_in(self, event: Event) -> str | None:
        """Return the wiki of an event that the user organizes without a sign-in with the right there."""
        account, address = self._workspace.account(event.wiki_key), other_address(self._workspace, event)
        organizers = {person.user_id for person in self._workspace.organizers(event.key)}
        if account is None or address is None or account.identity.central_id not in organizers:
            return None
        return None if RIGHT_ORGANIZE in account.rights_at(address) else address

    def _sign_in_row(self, page: QWidget, address: str) -> QWidget:
        box = QWidget(page)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        note = QLabel(
            _("This event is on {netloc}. Sign in there with your password to organize it.").format(
                netloc=urlsplit(address).netloc
            ),
            box,
        )
        note.setObjectName("eventElsewhere")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        button = QPushButton(icon("sign-in"), _("Sign in there…"), box)
        button.setObjectName("signInThere")
        button.clicked.connect(lambda: self._ask_sign_in(address))
        row.addWidget(note, 1)
        row.addWidget(button)
        return box

    def _ask_sign_in(self, address: str) -> None:
        account = self._workspace.account(self._shown.wiki_key) if self._shown else None
        if account:
            self.sign_in_requested.emit(account, address)

    def _form(self, page: QWidget, rows: Facts) -> QGridLayout:
        """Return facts in two columns, each label above its value."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(BETWEEN)
        for number, (label, text) in enumerate(rows):
            cell, value = fact(page, label, text)
            self._values.append(value)
            cell.addStretch(1)
            grid.addLayout(cell, number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 120)
        return grid

    def _event_links(self, event: Event) -> list[tuple[str, str, str]]:
        """Return the links of an event: the buttons' object names, texts and addresses."""
        account = self._workspace.account(event.wiki_key)
        registration = event.registration
        base = (account and account.address_of(registration.page_wiki)) or ""
        links = [
            *self._wiki_links(event, base),
            ("openMeeting", _("Meeting"), registration.meeting_url or ""),
            ("openChat", _("Chat"), registration.chat_url or ""),
        ]
        return [link for link in links if is_link(link[2])]

    def _wiki_links(self, event: Event, base: str) -> list[tuple[str, str, str]]:
        if event.listing is Listing.NOT_YET_CREATED:
            return []
        special = f"Special:EventDetails/{event.event_id}"
        details = page_address(base, special)
        links = [
            ("openEventPage", _("Event page"), page_address(base, event.registration.page)),
            ("openEventDetails", _("Event details"), details),
        ]
        if event.registration.tracks_contributions:
            links.append(("openContributions", _("Contributions"), details + "&tab=ContributionsPanel"))
        account = self._workspace.account(event.wiki_key)
        if account and RIGHT_INVITE in account.rights_at(base):
            written = event.registration.page.replace(" ", "_")
            invite = page_address(base, "Special:GenerateInvitationList", wpEventPage=written)
            links.append(("openInvitations", _("Invite people"), invite))
        return links

    def _links(self, page: QWidget, links: list[tuple[str, str, str]]) -> QWidget:
        row = QWidget(page)
        policy = row.sizePolicy()
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        flow = FlowLayout(row, spacing=4, stretch_last=False)
        for name, text, address in links:
            button = QPushButton(icon("external", Accent.PROGRESSIVE), text, row)
            button.setObjectName(name)
            set_role(button, "quiet")
            button.setToolTip(tool_tip(names.safe(address)))
            button.setAccessibleName(_("Open in the browser: {text}").format(text=text))
            button.clicked.connect(lambda _checked=False, target=address: open_link(target))
            flow.addWidget(button)
        return row
