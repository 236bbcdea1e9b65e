"""Changes as text: their event, their details, and each part of an event before and after."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QLocale, QObject

from app.domain import names, times
from app.domain.changes.change import Change
from app.domain.changes.operations import CreateEvent, EditEvent, Operation, Register, SendEmail
from app.domain.events import vocabulary
from app.domain.events.event_fields import CLOSED, EVERY_WIKI, OPEN, EventPart, PartValues
from app.domain.wording import change_texts
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText, clock, country_name, day
from app.models.workspace import Workspace

Detail = tuple[str, str]
#: A longer list is useless on screen; the complete one can be copied and exported.


class ChangeText(QObject):
    """Text for changes, in the user's language."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._words = EventText(self)

    def target(self, change: Change) -> str:
        """Return the name of the event that a change is for."""
        event = self._workspace.find_event(change.event_key)
        return self._workspace.event_name(event) if event else ""

    def age(self, change: Change) -> str:
        """Return how long ago a change was made, or done."""
        return self._words.ago(datetime.fromtimestamp(change.ended_at or change.made_at, UTC))

    def note(self, change: Change) -> str:
        """Return the wiki's last message about a change, or why it is not sent."""
        return change_texts.change_note(change, blocked=self._workspace.projection.waits_for_earlier(change))

    def details(self, operation: Operation) -> list[Detail]:
        """Return everything that a change does, as labels and texts; empty if its summary is complete."""
        describe = _DETAILS.get(type(operation))
        return describe(self, operation) if describe else []

    def _edit(self, operation: EditEvent) -> list[Detail]:
        return [
            (change_texts.part_label(part), self._from_to(part, change.base, change.mine))
            for part, change in operation.edit.items()
        ]

    def _creation(self, operation: CreateEvent) -> list[Detail]:
        fields = operation.fields
        rows = [
            (change_texts.part_label(part), self.part(part, fields.part(part)))
            for part in EventPart
            if part is not EventPart.STATUS
        ]
        return [(_("page"), names.safe(fields.page)), *((label, text) for label, text in rows if text)]

    def _email(self, operation: SendEmail) -> list[Detail]:
        return [
            (_("copy to me"), self.yes_or_no(operation.copy_to_me)),
            (_("message"), names.safe_lines(operation.message)),
        ]

    def _registration(self, operation: Register) -> list[Detail]:
        how = _("private") if operation.registration.private else _("public")
        count = len(operation.registration.answers)
        answers = ngettext("{count} question answered", "{count} questions answered", count)
        return [(_("registration"), how), (_("answers"), answers.format(count=count))]

    def part(self, part: EventPart, values: PartValues) -> str:
        """Return a part of an event as text, empty if it has no value."""
        if part is EventPart.WHEN:
            return self._when(*values)
        if part is EventPart.STATUS:
            known = {OPEN: _("open"), CLOSED: _("closed")}
            return known.get(values[0], names.safe(str(values[0])))
        if part is EventPart.ONLINE:
            online, link = values
            return (names.safe(link or "") or _("yes")) if online else _("no")
        if part is EventPart.PLACE:
            in_person, code, address = values
            where = [listed((address or "").splitlines()), country_name(code) or ""]
            return listed(names.safe(one) for one in where if one) if in_person else _("not in person")
        if part is EventPart.GOAL:
            return self._words.goal(*values)
        (value,) = values
        if part in (EventPart.TYPES, EventPart.TOPICS, EventPart.WIKIS):
            return self._listed(part, value)
        if isinstance(value, bool):
            return self.yes_or_no(value)
        return names.safe(value or "")

    def yes_or_no(self, value: bool) -> str:
        """Return "yes" or "no"."""
        return _("yes") if value else _("no")

    def _from_to(self, part: EventPart, base: PartValues, mine: PartValues) -> str:
        before, after = self.part(part, base) or "–", self.part(part, mine) or "–"
        return _("{before} → {after}").format(before=before, after=after)

    def _listed(self, part: EventPart, keys: tuple[str, ...]) -> str:
        if part is EventPart.WIKIS and keys == (EVERY_WIKI,):
            return _("all wikis")
        words = {EventPart.TYPES: vocabulary.event_type, EventPart.TOPICS: vocabulary.topic}.get(part)
        return QLocale().createSeparatedList([names.safe(words(key) if words else key) for key in keys])

    def _when(self, zone: str, start: str, end: str) -> str:
        try:
            begins, ends = times.local_time(start), times.local_time(end)
        except ValueError:
            return names.safe(f"{start} – {end}")
        if begins.date() == ends.date():
            return f"{day(begins)}, {clock(begins)}–{clock(ends)} ({names.safe(zone)})"
        return f"{day(begins)}, {clock(begins)} – {day(ends)}, {clock(ends)} ({names.safe(zone)})"


_DETAILS: dict[type[Operation], Callable[[ChangeText, Any], list[Detail]]] = {
    CreateEvent: ChangeText._creation,
    EditEvent: ChangeText._edit,
    SendEmail: ChangeText._email,
    Register: ChangeText._registration,
}
