"""Pictures of organizing: every form, the questions before an operation, and the outbox in each state."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QDialog, QMenu

from app.domain import times
from app.domain.changes.change import Question
from app.domain.changes.merge import edit_between
from app.domain.changes.operations import (
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    SendEmail,
)
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.wording import change_texts, refusal_texts
from app.store.changes import outbox
from app.views.widgets.table_rows import choose_row
from app.views.window.main_window import MainWindow
from tests.support.table_columns import Column

_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
DAY, HOUR = 86_400, 3_600


class OrganizingPictures:
    """Takes them with what `screenshots.Pictures` offers, in an open window."""

    def __init__(self, pictures: Any, window: MainWindow) -> None:
        self.pictures = pictures
        self.window = window
        self.workspace = window._workspace
        # What is pictured waits for ever.
        window.sync._soon.setInterval(10**9)

    def dialog(self, name: str, objects: str, then: Callable[[Any], object] = lambda _: None) -> None:
        """Picture the dialog that was opened last, after `then` has filled it, and close it."""
        self.pictures.settle(lambda: self._opened(objects) is not None)
        opened = self._opened(objects)
        assert opened is not None, objects
        then(opened)
        self.pictures.take(name, opened)
        QDialog.reject(opened)
        self.pictures.settle()

    def _opened(self, objects: str) -> QDialog | None:
        found = self.window.findChildren(QDialog, objects)
        return next((one for one in found if one.isVisible()), None)

    def forms(self) -> None:
        operations = self.window.event_actions
        self.pictures.choose(self.window, 1, 1)
        operations.edit.trigger()
        self.dialog("edit-event", "eventDialog")
        operations.edit.trigger()
        self.dialog(
            "edit-event-below", "eventDialog", lambda one: one._scroll.verticalScrollBar().setValue(9999)
        )
        operations.new_event()
        self.dialog("new-event-problems", "eventDialog", lambda one: one._on_accept())
        operations.copy_event()
        self.dialog("new-event-like", "eventDialog")
        operations.new_event()
        self.dialog("new-event-text", "eventDialog", _to_page_text)
        self.select(3, 9)
        operations.email_people()
        self.dialog("email", "emailDialog", _write_email)
        operations.remove_people()
        self.dialog("remove-people", "removePeopleDialog")
        operations.email_people()
        self.ask_everybody()
        operations.organizers.trigger()
        self.dialog("organizers", "organizersDialog")
        self.pictures.choose(self.window, 2, 0)
        operations.register_me()
        self.dialog("register", "registerDialog")
        operations.delete.trigger()
        self.dialog("ask-delete", "askDelete")
        menu = self.window.event_pane.findChild(QMenu, "eventActsMenu")
        menu.popup(self.window.mapToGlobal(self.window.rect().center()))
        self.pictures.take("event-menu", menu)
        menu.close()

    def ask_everybody(self) -> None:
        """Picture the question that an e-mail to everybody is asked about."""
        self.pictures.settle(lambda: self._opened("emailDialog") is not None)
        email: Any = self._opened("emailDialog")
        _write_email(email)
        email.to_found.setChecked(True)
        email._on_send()
        self.dialog("ask-everybody", "askEverybody")
        QDialog.reject(email)
        self.pictures.settle()

    def select(self, first: int, last: int) -> None:
        table = self.window.event_pane.participants.table
        model = self.window.event_pane.participants.model
        chosen = QItemSelection(model.index(first, 0), model.index(last, len(Column) - 1))
        table.selectionModel().select(chosen, _ROWS)

    def outbox(self) -> None:
        self.pictures.choose(self.window, 1, 1)
        key = self.window.event_pane.event_key
        assert key is not None
        self.select(3, 6)
        self.window.event_actions.remove_people()
        self.pictures.settle(lambda: self._opened("removePeopleDialog") is not None)
        removing: Any = self._opened("removePeopleDialog")
        removing._on_accept()
        self.pictures.settle(lambda: bool(self.workspace.projection.removals(key)))
        choose_row(self.window.event_pane.participants.table, 10)
        self.pictures.take("people-leaving", self.window)
        conflict, email, new = self._fill(key)
        self.window.show_changes(email)
        self.pictures.take("changes-email", self.window)
        self.window.changes.choose(conflict)
        self.pictures.take("changes-conflict", self.window)
        self.window.event_actions.dialogs.resolve(
            next(one for one in self.workspace.changes if one.number == conflict)
        )
        self.dialog("conflict", "conflictDialog")
        self.pictures.choose(self.window, 1, 0)
        self.pictures.take("overview-waiting", self.window)
        self.window.event_list.choose(-new)
        self.window.event_pane.tabs.setCurrentIndex(0)
        self.pictures.take("event-to-be-made", self.window)
        self._throw_away()

    def new_event(self, name: str) -> None:
        """Picture the form of a new event, filled in."""
        self.window.event_actions.new_event()
        self.dialog(name, "eventDialog", _fill_in_event)

    def waiting(self, name: str) -> None:
        """Picture the changes of all events, and throw them away."""
        key = self.window.event_pane.event_key
        assert key is not None
        conflict, _email, _new = self._fill(key)
        self.window.show_changes(conflict)
        self.pictures.settle()
        self.window.banner.hide()
        self.pictures.take(name, self.window)
        self._throw_away()

    def _throw_away(self) -> None:
        for change in self.workspace.changes:
            self._keep(outbox.discard, change.number)
        self._keep(outbox.forget_done, times.now() + 1)
        self.workspace.reload_outbox()

    def _fill(self, key: int) -> tuple[int, int, int]:
        """Put a change in each state; return the numbers of the conflict, the e-mail and the new event."""
        event = self.workspace.find_event(key)
        assert event is not None
        now, before = times.now(), fields_of(event.registration)
        when = ("Asia/Kolkata", "20261204100000", "20261205180000")
        theirs = ["Asia/Kolkata", "20261210100000", "20261211180000"]
        after = before.with_part(EventPart.CHAT, ("https://t.me/mine",)).with_part(EventPart.WHEN, when)
        conflict = self._add(key, EditEvent(edit_between(before, after)), now - 2 * DAY)
        parts = (EventPart.WHEN, EventPart.CHAT)
        met = {
            "theirs": {"when": theirs, "chat": ["https://chat.example.org/a-rather-long-address/and/more"]}
        }
        self._keep(outbox.ask, conflict, Question.CONFLICT, change_texts.asks_conflict(parts), met)
        people = (ChosenPerson(5, 5, 5, "Jun"), ChosenPerson(6, 6, 6, "Maria"))
        mail = SendEmail("Programme of the week-end", "Dear all,\n\nthe programme is online.", people, True)
        email = self._add(key, mail, now - HOUR)
        self._keep(outbox.ask, email, Question.MAYBE_SENT, change_texts.asks_maybe_sent(), {})
        refused = self._add(key, ChangeOrganizers(add=("Nobody Here",)), now - 300)
        error_key = "edit-organizers-not-allowed"
        refusal = KnownFault(
            Fault.INVALID,
            refusal_texts.refused(error_key),
            error_key=error_key,
            wiki_said="Nobody Here doesn't have the needed permissions to be an organizer.",
        )
        self._keep(outbox.fail, refused, refusal, None, {})
        place = EventFields(
            "Event:Kampala Book Day",
            "Africa/Kampala",
            "20270305100000",
            "20270305180000",
            types=("workshop",),
            in_person=True,
            country_code="UG",
            address="National Library",
        )
        new = self._add(0, CreateEvent(place, "Text"), now)
        self._add(key, DeleteRegistration(), now)
        other = next(one for one in self.workspace.events if one.event_id == 4)
        closing = edit_between(before, before.with_part(EventPart.STATUS, ("closed",)))
        done = self._add(other.key, EditEvent(closing), now - HOUR)
        self._keep(outbox.finish, done, now - HOUR)
        self.workspace.reload_outbox()
        return conflict, email, new

    def _add(self, key: int, operation: Operation, at: int) -> int:
        return int(self._keep(outbox.add_change, 1, key, operation, at))

    def _keep(self, operation: Callable[..., Any], *arguments: object) -> Any:
        return self.workspace.mirror.writer.do_durably(operation, *arguments)


def _fill_in_event(form: Any) -> None:
    form.form.title.setText("Kampala Book Day")
    form.form.in_person.setChecked(True)
    form.form.country.setCurrentIndex(form.form.country.findData("UG"))
    form.form.address.setPlainText("National Library")
    form.form.types.choose(("workshop",))
    form.form.wikis.set_wikis(["enwiki"])


def _to_page_text(form: Any) -> None:
    form.form.title.setText("Kampala Book Day")
    form.form.in_person.setChecked(True)
    if form._tabs:
        form._tabs.setCurrentIndex(1)


def _write_email(form: Any) -> None:
    form.to_found.setChecked(True)
    form.subject.setText("Programme of the week-end")
    form.message.setPlainText("Dear all,\n\nthe programme is online.")
