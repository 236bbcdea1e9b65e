"""What is printed for the desk: which pages, of whom, and writing them to a file."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPageSize

from app.desk.event_desk import EventDesk
from app.domain import names
from app.domain.desk.acts import PersonKey
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Participant, Presence
from app.domain.wikis.page_addresses import page_address
from app.domain.wording import wiki_fault_texts
from app.i18n import N_
from app.models.background import Ended, Failed
from app.models.desk.desk_text import at_event
from app.models.desk.printing.badge_formats import BADGE_FORMATS
from app.models.desk.printing.checklist import Checklist
from app.models.desk.printing.name_badges import NameBadges
from app.models.desk.printing.printed_pages import PrintedPages, write_pdf
from app.models.desk.printing.printed_people import PrintedEvent, PrintedPerson
from app.models.desk.printing.sign_in_sheet import SignInSheet
from app.models.events.event_text import EventText, clock
from app.models.workspace import Workspace
from app.reports.participants.people_cells import provenance
from app.store.mirror import Mirror, Reader
from app.store.people.participants import stream_people


class Print(StrEnum):
    """What can be printed."""

    SHEET = "sheet"
    CHECKLIST = "checklist"
    BADGES = "badges"


PRINT_LABELS = {
    Print.SHEET: N_("Sign-in sheet"),
    Print.CHECKLIST: N_("Checklist"),
    Print.BADGES: N_("Name badges"),
}


@dataclass(frozen=True)
class PrintChoices:
    """What the organizer chooses: private people only if they say so; `labels` is a key of BADGE_FORMATS."""

    what: Print
    include_private: bool
    paper: QPageSize.PageSizeId
    labels: str
    direction: Qt.LayoutDirection


def printed_pages(
    mirror: Mirror,
    reader: Reader,
    event: Event,
    wiki: tuple[str, str],
    choices: PrintChoices,
    shown: Callable[[str], str] = names.set_apart,
) -> PrintedPages:
    """Return the pages of an event's people. `wiki`: the name and the address of the event's wiki."""
    site_name, base = wiki
    words = EventText()
    registration = event.registration
    desk = EventDesk(mirror, reader, event)

    def printed(person: Participant) -> PrintedPerson:
        known = desk.of(PersonKey.of_user(person.user_id))
        return PrintedPerson(
            person.name or "",
            person.private,
            clock(at_event(known.came, event)) if known.came is not None else "",
            page_address(base, f"User:{person.name}"),
        )

    people = [
        printed(person)
        for person in stream_people(reader, event.key, private=choices.include_private)
        if person.presence is Presence.NAMED and (choices.include_private or not person.private)
    ]
    source = provenance(event, site_name, shown)
    head = PrintedEvent(registration.name, words.dates(registration), words.place(registration), source)
    match choices.what:
        case Print.SHEET:
            return SignInSheet(head, people, choices.paper, choices.direction)
        case Print.CHECKLIST:
            return Checklist(head, people, choices.paper, choices.direction)
    return NameBadges(head, people, BADGE_FORMATS[choices.labels], choices.direction)


class PrintControl(QObject):
    """Makes pages in the background, and writes them."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0
        self._cancel = threading.Event()

    def make(self, event: Event, choices: PrintChoices, done: Callable[[PrintedPages], None]) -> None:
        """Pass the pages to `done`; only those asked for last."""
        self._request += 1
        request, workspace = self._request, self._workspace
        account = workspace.account(event.wiki_key)
        if account is None:
            return
        base = account.address_or_own(event.registration.page_wiki)
        wiki = (account.wiki.site_name, base)

        def deliver(pages: PrintedPages) -> None:
            if request == self._request:
                done(pages)

        workspace.read_in_background(
            self, lambda reader: printed_pages(workspace.mirror, reader, event, wiki, choices), deliver
        )

    def write(
        self, pages: PrintedPages, path: Path, done: Callable[[None], None], failed: Failed, ended: Ended
    ) -> None:
        """Write pages as PDF."""
        self._cancel = cancel = threading.Event()
        mirror = self._workspace.mirror

        def before_page(_number: int) -> None:
            if cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())

        self._workspace.jobs.run(
            self, lambda: write_pdf(pages, path, mirror, before_page), done, failed, ended
        )

    def cancel(self) -> None:
        """Stop writing; an earlier file stays."""
        self._cancel.set()
