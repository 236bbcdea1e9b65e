"""Handlers for people: organizers, removals, e-mails, and the user's own registration."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain import times
from app.domain.changes.change import Question
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Organizer
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson, chosen
from app.domain.people.participant import Participant
from app.domain.wording import change_texts
from app.i18n import _
from app.store.changes import outbox
from app.store.events import events
from app.store.people import own_registrations, participants
from app.sync.sending.event_handlers import read_back
from app.sync.sending.send_context import NeedsUser, SendContext, Sent
from app.wiki.event_changes import MAX_REMOVED, OrganizerNames
from app.wiki.event_registration import PAGE
from app.wiki.http.answers import NoAnswer

#: Stored with an e-mail: from then on it counts as possibly sent.
_MAYBE_SENT = {"maybe_sent": True}


def send_organizers(context: SendContext, operation: ChangeOrganizers) -> Sent:
    """Read the list, apply the user's changes to it, and send the whole list."""
    event_id, event_key = context.event_id, context.known_event().key
    if not context.progress.get("applied"):
        present = context.reading.organizers(event_id)
        if not _as_wanted(present, operation):
            _set_list(context, event_id, present, operation)
        context.progress["applied"] = True
    fresh = read_back(lambda: context.reading.organizers(event_id))
    as_before = sorted(person.user_id for person in fresh) == context.progress.get("before")
    if as_before and not _as_wanted(fresh, operation):
        raise context.not_shown_fault()
    return Sent(lambda connection: events.save_organizers(connection, event_key, fresh))


def _set_list(
    context: SendContext, event_id: int, present: list[Organizer], operation: ChangeOrganizers
) -> None:
    if not present:
        # Every event has an organizer: the answer is wrong, and a list based on it would remove people.
        raise NoAnswer(context.reading.client.name)
    ids = sorted(person.user_id for person in present)
    if context.again and context.progress.get("before") not in (None, ids):
        raise NeedsUser(
            Question.CHANGED_MEANWHILE,
            _(
                "The answer to this change was lost, and the list of organizers has changed since. "
                "Look at the list; then send the change again, or discard it."
            ),
            {},
        )
    context.begin_new_attempt()
    wanted = _whole_list(present, operation, context.account.identity.central_id)
    context.note(before=ids)
    context.changing.set_organizers(event_id, wanted)


def _as_wanted(present: Sequence[Organizer], operation: ChangeOrganizers) -> bool:
    names = {person.name for person in present}
    ids = {person.user_id for person in present}
    return names.issuperset(operation.add) and ids.isdisjoint(operation.remove)


def _whole_list(present: Sequence[Organizer], operation: ChangeOrganizers, own_id: int) -> OrganizerNames:
    """Return the list to send. Raises KnownFault if it would remove somebody whom the user did not choose."""
    staying = [person for person in present if person.user_id not in operation.remove]
    if any(person.name is None for person in staying):
        raise KnownFault(
            Fault.INVALID,
            _(
                "The wiki hides the name of one of the organizers, so setting the list from here would "
                "remove them. Nothing was sent; change the organizers on the wiki."
            ),
        )
    if own_id in operation.remove and not operation.including_self:
        raise KnownFault(
            Fault.INVALID,
            _(
                "This would remove you yourself from the organizers, and you would lose access to the "
                "event. Nothing was sent."
            ),
        )
    names = [person.name for person in staying if person.name]
    names += [name for name in operation.add if name not in names]
    if not names:
        raise KnownFault(
            Fault.INVALID,
            _("An event needs at least one organizer, so nothing was sent. Add somebody first."),
        )
    return OrganizerNames(tuple(names))


def send_removal(context: SendContext, operation: RemoveParticipants) -> Sent:
    """Remove the chosen people, fifty at a time; save after each batch who was removed."""
    event_id, event_key = context.event_id, context.known_event().key
    gone: list[int] = list(context.progress.get("gone", ()))
    removed = int(context.progress.get("removed", 0))
    again = int(context.progress.get("again", 0))
    left = [person for person in operation.people if person.user_id not in set(gone)]
    if context.again and left:
        part = left[:MAX_REMOVED]
        still, registered_again = _still_registered(context, event_id, part)
        # Missing people were removed by the attempt whose answer was lost, or have cancelled.
        missing = [person.user_id for person in part if person not in still]
        gone += missing
        removed += len(missing) - len(registered_again)
        again += len(registered_again)
        _note_removed(
            context, event_key, [one for one in missing if one not in registered_again], gone, removed, again
        )
        context.begin_new_attempt()
        left = [*still, *left[MAX_REMOVED:]]
    for start in range(0, len(left), MAX_REMOVED):
        part = left[start : start + MAX_REMOVED]
        removed += context.changing.remove_people(event_id, chosen(part))
        ids = [person.user_id for person in part]
        gone += ids
        _note_removed(context, event_key, ids, gone, removed, again)
    return Sent(note=change_texts.removed_note(removed, len(operation.people), again))


def _note_removed(
    context: SendContext, event_key: int, ids: list[int], gone: list[int], removed: int, again: int
) -> None:
    note = context.step if ids else context.note
    note(
        lambda connection: participants.remove_people(connection, event_key, ids),
        gone=gone,
        removed=removed,
        again=again,
    )


def _still_registered(
    context: SendContext, event_id: int, part: Sequence[ChosenPerson]
) -> tuple[list[ChosenPerson], set[int]]:
    """Return who of a batch is still registered as when chosen, and who has registered again since."""
    found = _registered(context, event_id, part)
    if not any(one.user_id in found for one in part):
        # An empty answer from a proxy or filter must not count as a removal: ask once more.
        found = _registered(context, event_id, part)
    still = [
        one for one in part if one.user_id in found and found[one.user_id].registered_at <= one.registered_at
    ]
    registered_again = {one.user_id for one in part if one.user_id in found and one not in still}
    return still, registered_again


def _registered(context: SendContext, event_id: int, part: Sequence[ChosenPerson]) -> dict[int, Participant]:
    """Return the registered people from the pages that would contain a batch, by user id."""
    found: dict[int, Participant] = {}
    seen = 0
    for person in sorted(part, key=lambda one: one.participant_id):
        if person.participant_id <= seen:
            continue
        page = context.reading.participants(event_id, person.participant_id - 1, private=True)
        found.update((one.user_id, one) for one in page)
        seen = page[-1].participant_id if len(page) == PAGE else max(one.participant_id for one in part)
    return found


def send_email(context: SendContext, operation: SendEmail) -> Sent:
    """Send an e-mail once. If it is unknown whether it was sent, ask the user (CONTRACT §4.9)."""
    if context.again:
        raise NeedsUser(Question.MAYBE_SENT, change_texts.asks_maybe_sent(), _MAYBE_SENT)
    people = operation.chosen()
    try:
        sent = context.changing.email(
            context.event_id, operation.subject, operation.message, people, copy=operation.copy_to_me
        )
    except NoAnswer as fault:
        raise NeedsUser(Question.MAYBE_SENT, change_texts.asks_maybe_sent(), _MAYBE_SENT) from fault
    note = change_texts.emailed_note(sent, len(people.user_ids))
    key = context.account.key
    return Sent(lambda connection: outbox.note_email(connection, key, times.now()), note)


def send_own_registration(context: SendContext, operation: Register | CancelRegistration) -> Sent:
    """Register the user, or change or cancel the registration, unless it was changed elsewhere meanwhile."""
    event_id, event_key = context.event_id, context.known_event().key
    wanted = operation.registration if isinstance(operation, Register) else None
    before = operation.before
    if not context.progress.get("applied"):
        present = context.reading.own_registration(event_id)
        if present != wanted:
            if present != operation.before and not context.progress.get("forced"):
                question: dict[str, Any] = {"forced": True}
                raise NeedsUser(
                    Question.CHANGED_MEANWHILE,
                    _(
                        "Your registration was changed elsewhere meanwhile. Nothing was sent. Send it "
                        "again to replace what is there, or discard it."
                    ),
                    question,
                )
            context.begin_new_attempt()
            before = present
            if wanted is None:
                context.changing.cancel_registration(event_id)
            else:
                # This program does not offer the choice of prompts after an edit, so keep the wiki's value.
                prompt = present.prompt if present else wanted.prompt
                context.changing.register(event_id, replace(wanted, prompt=prompt))
        context.progress["applied"] = True
    fresh = read_back(lambda: context.reading.own_registration(event_id))
    if fresh == before != wanted:
        raise context.not_shown_fault()
    return Sent(lambda connection: own_registrations.save_own(connection, event_key, fresh))
