"""Handlers for events: create, edit, and delete the registration."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain import times
from app.domain.changes.change import REACHED, Question
from app.domain.changes.merge import merged
from app.domain.changes.operations import CreateEvent, DeleteRegistration, EditEvent
from app.domain.events.event import Listing, Organizer, Registration
from app.domain.events.event_fields import DASHBOARD, EventFields, EventPart, changed_parts, fields_of, tidy
from app.domain.faults import REFUSALS, Fault, KnownFault
from app.domain.names import set_apart
from app.domain.wording import change_texts
from app.domain.wording.change_texts import blocked_no_edit
from app.i18n import _
from app.store.changes import outbox
from app.store.events import events
from app.sync.sending.send_context import NeedsUser, NotReadBack, SendContext, Sent
from app.wiki.event_registration import is_deleted
from app.wiki.link_targets import event_on_page

if TYPE_CHECKING:
    from app.store.database.writer import Connection

T = TypeVar("T")

_TAKEN = "campaignevents-error-page-already-registered"
_GONE_ALREADY = "campaignevents-rest-delete-already-deleted"


def send_creation(context: SendContext, operation: CreateEvent) -> Sent:
    """Create the page, enable registration on it, and read back the result."""
    fields = tidy(operation.fields)
    event_id = context.progress.get("event_id")
    if event_id is None:
        event_id = _enabled(context, operation, fields)
        context.note(event_id=event_id)
    if fields.grant_id and "grant" not in context.progress:
        context.note(grant=_is_grant_refused(context, event_id, fields.grant_id))
    registration, organizers = read_back(lambda: _read(context, event_id))
    notes = []
    if context.progress.get("page") == "there":
        text = _("The page “{page}” was there already; its text was left as it is.")
        notes.append(text.format(page=set_apart(fields.page)))
    if context.progress.get("grant"):
        notes.append(
            _(
                "The event was made without its Grant ID, which the wiki did not take. Check it, and add "
                "it by editing the event."
            )
        )

    def save(connection: "Connection") -> None:
        at = times.now()
        key = events.save_event(connection, context.account.key, registration, organizers, at, Listing.LISTED)
        outbox.bind_event(connection, context.change.number, key)

    return Sent(save, "\n".join(notes) or None)


def send_edit(context: SendContext, operation: EditEvent) -> Sent:
    """Merge the edit into the current event of the wiki, and replace the event as a whole (CONTRACT §4.2)."""
    event_id = context.event_id
    if not context.progress.get("applied"):
        current = context.reading.registration(event_id)
        theirs = _with_grant(context, event_id, fields_of(current))
        joined = merged(operation.edit, theirs)
        if joined.conflicts:
            values = {part.value: theirs.part(part) for part in operation.edit}
            sentence = change_texts.asks_conflict(joined.conflicts)
            reached = {REACHED: True} if context.again or REACHED in context.progress else {}
            raise NeedsUser(Question.CONFLICT, sentence, {"theirs": values, **reached})
        context.begin_new_attempt()
        _replace(context, event_id, current, theirs, joined.fields)
        context.progress["applied"] = True
    fresh = read_back(lambda: _fresh(context, event_id))
    shown = fields_of(fresh)
    if any(shown.part(part) == one.base != one.mine for part, one in operation.edit.items()):
        raise context.not_shown_fault()
    return Sent(
        lambda connection: events.save_event(connection, context.account.key, fresh, None, times.now())
    )


def send_deletion(context: SendContext, _: DeleteRegistration) -> Sent:
    """Delete the registration; if it is already deleted, the change is done."""
    event_id = context.event_id
    sent = Sent(lambda connection: events.mark_deleted(connection, context.account.key, event_id))
    if context.again:
        if _is_gone(context, event_id):
            return sent
        context.begin_new_attempt()
    try:
        context.changing.delete(event_id)
    except KnownFault as fault:
        if fault.error_key != _GONE_ALREADY:
            raise
    if not read_back(lambda: _is_gone(context, event_id)):
        raise context.not_shown_fault()
    return sent


def _is_gone(context: SendContext, event_id: int) -> bool:
    """Return whether the registration of an event is deleted."""
    try:
        context.reading.registration(event_id)
    except KnownFault as fault:
        if is_deleted(fault):
            return True
        raise
    return False


def read_back(read: Callable[[], T]) -> T:
    """Read the result of a change that was made. Raises NotReadBack if it cannot be read now."""
    try:
        return read()
    except KnownFault as fault:
        raise NotReadBack(fault) from fault


def _enabled(context: SendContext, operation: CreateEvent, fields: EventFields) -> int:
    """Return the number of the event, created now or by an earlier attempt."""
    before = context.again
    if "page" not in context.progress:
        _refuse_blocked(context)
        made = context.changing.create_page(fields.page, operation.page_text, _("Event page"))
        # After an earlier attempt with a lost answer, an existing page is the one created then.
        context.note(page="made" if made or before else "there")
    elif before and (found := _made_before(context, fields.page)):
        return found
    context.begin_new_attempt()
    try:
        return context.changing.enable(fields)
    except KnownFault as fault:
        if before and fault.error_key == _TAKEN and (found := _made_before(context, fields.page)):
            return found
        raise


def _refuse_blocked(context: SendContext) -> None:
    """Raise NOT_ALLOWED for a blocked account: an attempt to edit would block its IP address for everybody.

    CONTRACT §6, Addresses. Reading has no such effect, so the wiki is asked first.
    """
    if context.account.identity.blocked or context.reading.identity().blocked:
        raise KnownFault(Fault.NOT_ALLOWED, blocked_no_edit(), error_key="blocked")


def _is_grant_refused(context: SendContext, event_id: int, grant_id: str) -> bool:
    """Set the grant of a new event; return whether the wiki refuses it, since the event exists anyway."""
    try:
        context.changing.set_grant_id(event_id, grant_id)
    except KnownFault as fault:
        if fault.fault not in REFUSALS:
            raise
        return True
    return False


def _made_before(context: SendContext, page: str) -> int | None:
    """Return the event on a page if the user organizes it, None otherwise."""
    found = event_on_page(context.reading.client, page)
    if found is None:
        name = page.partition(":")[2]
        listed = context.reading.organized_by(context.account.identity.central_id)
        found = next((one.event_id for one in listed if one.name == name and not one.deleted), None)
    if found is None:
        return None
    organizers = context.reading.organizers(found)
    mine = context.account.identity.central_id in {person.user_id for person in organizers}
    return found if mine else None


def _read(context: SendContext, event_id: int) -> tuple[Registration, list[Organizer]]:
    return _fresh(context, event_id), context.reading.organizers(event_id)


def _fresh(context: SendContext, event_id: int) -> Registration:
    found = context.reading.registration(event_id, as_organizer=True)
    if context.account.wiki.has_grant_ids:
        found = replace(found, grant_id=context.reading.grant_id(event_id))
    return found


def _with_grant(context: SendContext, event_id: int, fields: EventFields) -> EventFields:
    if not context.account.wiki.has_grant_ids:
        return fields
    return fields.with_part(EventPart.GRANT, (context.reading.grant_id(event_id),))


def _replace(
    context: SendContext, event_id: int, current: Registration, theirs: EventFields, wanted: EventFields
) -> None:
    parts = set(changed_parts(theirs, wanted))
    if parts - {EventPart.GRANT}:
        if current.not_shown:
            raise KnownFault(
                Fault.INVALID,
                _(
                    "The wiki does not show this sign-in the event’s links, so saving would erase "
                    "them. Nothing was sent; edit this event on the wiki."
                ),
            )
        if len(current.tracking_tools) > 1:
            raise KnownFault(
                Fault.INVALID,
                _(
                    "This event is tied to several tracking tools, and saving from here would keep "
                    "only one. Nothing was sent; edit this event on the wiki."
                ),
            )
        context.changing.replace(event_id, wanted, _tool(current, wanted), current.unknown)
    if EventPart.GRANT in parts:
        context.changing.set_grant_id(event_id, wanted.grant_id)


def _tool(current: Registration, wanted: EventFields) -> str:
    """Return the tool of the course: an unchanged course keeps its tool."""
    for tool in current.tracking_tools:
        tool_id: Any = tool.get("tool_id")
        if tool.get("tool_event_id") == wanted.course and isinstance(tool_id, str):
            return tool_id
    return DASHBOARD
