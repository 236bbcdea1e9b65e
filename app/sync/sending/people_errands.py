"""Sending what concerns people: organizers, removals, e-mails, and her own registration."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain import times, wording
from app.domain.changes.change import (
    CancelRegistration,
    ChangeOrganizers,
    Question,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Organizer
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson, chosen
from app.domain.people.participant import Participant
from app.store.changes import outbox
from app.store.events import events
from app.store.people import own_registrations, participants
from app.sync.sending.errand import Errand, NeedsHer, Sent
from app.sync.sending.event_errands import read_back
from app.wiki.event_changes import MOST_REMOVED, OrganizerNames
from app.wiki.event_registration import PAGE
from app.wiki.http.answers import NoAnswer

#: Kept with an e-mail, so that it is never again said to have left no trace.
_MAYBE_SENT = {"maybe_sent": True}


def send_organizers(errand: Errand, act: ChangeOrganizers) -> Sent:
    """Read the list, put her changes into it, and set it whole."""
    event_id, event_key = errand.event_id, errand.known_event().key
    if not errand.progress.get("applied"):
        present = errand.reading.organizers(event_id)
        if not _as_wanted(present, act):
            _set_list(errand, event_id, present, act)
        errand.progress["applied"] = True
    fresh = read_back(lambda: errand.reading.organizers(event_id))
    as_before = sorted(person.user_id for person in fresh) == errand.progress.get("before")
    if as_before and not _as_wanted(fresh, act):
        raise errand.not_made()
    return Sent(lambda connection: events.save_organizers(connection, event_key, fresh))


def _set_list(errand: Errand, event_id: int, present: list[Organizer], act: ChangeOrganizers) -> None:
    if not present:
        # No event is without one: whatever answered, setting a list that was not read would remove people.
        raise NoAnswer(errand.reading.client.name)
    ids = sorted(person.user_id for person in present)
    if errand.again and errand.progress.get("before") not in (None, ids):
        raise NeedsHer(Question.CHANGED_MEANWHILE, wording.asks_organizers(), {})
    errand.settled()
    wanted = _whole_list(present, act, errand.account.identity.central_id)
    errand.note(before=ids)
    errand.changing.set_organizers(event_id, wanted)


def _as_wanted(present: Sequence[Organizer], act: ChangeOrganizers) -> bool:
    names = {person.name for person in present}
    ids = {person.user_id for person in present}
    return names.issuperset(act.add) and ids.isdisjoint(act.remove)


def _whole_list(present: Sequence[Organizer], act: ChangeOrganizers, herself: int) -> OrganizerNames:
    """Return the list to set. Raises KnownFault where it would remove somebody whom she did not name."""
    staying = [person for person in present if person.user_id not in act.remove]
    if any(person.name is None for person in staying):
        raise KnownFault(Fault.INVALID, wording.hidden_organizer())
    if herself in act.remove and not act.herself:
        raise KnownFault(Fault.INVALID, wording.oneself_by_accident())
    names = [person.name for person in staying if person.name]
    names += [name for name in act.add if name not in names]
    if not names:
        raise KnownFault(Fault.INVALID, wording.last_organizer())
    return OrganizerNames(tuple(names))


def send_removal(errand: Errand, act: RemoveParticipants) -> Sent:
    """Remove the people chosen, fifty at a time; what was removed is kept after each part."""
    event_id, event_key = errand.event_id, errand.known_event().key
    gone: list[int] = list(errand.progress.get("gone", ()))
    removed = int(errand.progress.get("removed", 0))
    again = int(errand.progress.get("again", 0))
    left = [person for person in act.people if person.user_id not in set(gone)]
    if errand.again and left:
        part = left[:MOST_REMOVED]
        still, anew = _still_there(errand, event_id, part)
        # Whoever is not there any more went by the try whose answer was lost, or by herself.
        away = [person.user_id for person in part if person not in still]
        gone += away
        removed += len(away) - len(anew)
        again += len(anew)
        _note_removed(errand, event_key, [one for one in away if one not in anew], gone, removed, again)
        errand.settled()
        left = [*still, *left[MOST_REMOVED:]]
    for start in range(0, len(left), MOST_REMOVED):
        part = left[start : start + MOST_REMOVED]
        removed += errand.changing.remove_people(event_id, chosen(part))
        ids = [person.user_id for person in part]
        gone += ids
        _note_removed(errand, event_key, ids, gone, removed, again)
    return Sent(note=wording.removed_note(removed, len(act.people), again))


def _note_removed(
    errand: Errand, event_key: int, ids: list[int], gone: list[int], removed: int, again: int
) -> None:
    errand.note(
        lambda connection: participants.remove_people(connection, event_key, ids),
        gone=gone,
        removed=removed,
        again=again,
    )


def _still_there(
    errand: Errand, event_id: int, part: Sequence[ChosenPerson]
) -> tuple[list[ChosenPerson], set[int]]:
    """Return who of a part is still registered as when she was chosen, and who has registered anew since."""
    found = _registered(errand, event_id, part)
    if not any(one.user_id in found for one in part):
        # One empty answer by something on the way must not pass for a removal: the wiki is asked once more.
        found = _registered(errand, event_id, part)
    still = [
        one for one in part if one.user_id in found and found[one.user_id].registered_at <= one.registered_at
    ]
    anew = {one.user_id for one in part if one.user_id in found and one not in still}
    return still, anew


def _registered(errand: Errand, event_id: int, part: Sequence[ChosenPerson]) -> dict[int, Participant]:
    """Return the people registered around those of a part, by user id."""
    found: dict[int, Participant] = {}
    seen = 0
    for person in sorted(part, key=lambda one: one.participant_id):
        if person.participant_id <= seen:
            continue
        page = errand.reading.participants(event_id, person.participant_id - 1, private=True)
        found.update((one.user_id, one) for one in page)
        seen = page[-1].participant_id if len(page) == PAGE else max(one.participant_id for one in part)
    return found


def send_email(errand: Errand, act: SendEmail) -> Sent:
    """Send an e-mail once. Where nobody can tell whether it went out, she is asked (CONTRACT §4.9)."""
    if errand.again:
        raise NeedsHer(Question.MAYBE_SENT, wording.asks_maybe_sent(), _MAYBE_SENT)
    people = act.chosen()
    try:
        sent = errand.changing.email(errand.event_id, act.subject, act.message, people, copy=act.copy_to_me)
    except NoAnswer as fault:
        raise NeedsHer(Question.MAYBE_SENT, wording.asks_maybe_sent(), _MAYBE_SENT) from fault
    note = wording.emailed_note(sent, len(people.user_ids))
    key = errand.account.key
    return Sent(lambda connection: outbox.note_email(connection, key, times.now()), note)


def send_own_registration(errand: Errand, act: Register | CancelRegistration) -> Sent:
    """Register, change or cancel her registration, unless it was changed elsewhere meanwhile."""
    event_id, event_key = errand.event_id, errand.known_event().key
    wanted = act.registration if isinstance(act, Register) else None
    before = act.before
    if not errand.progress.get("applied"):
        present = errand.reading.own_registration(event_id)
        if present != wanted:
            if present != act.before and not errand.progress.get("forced"):
                question: dict[str, Any] = {"forced": True}
                raise NeedsHer(Question.CHANGED_MEANWHILE, wording.asks_registration(), question)
            errand.settled()
            before = present
            if wanted is None:
                errand.changing.cancel_registration(event_id)
            else:
                # She was not asked whether the wiki should ask her after an edit: that stays as it is.
                prompt = present.prompt if present else wanted.prompt
                errand.changing.register(event_id, replace(wanted, prompt=prompt))
        errand.progress["applied"] = True
    fresh = read_back(lambda: errand.reading.own_registration(event_id))
    if fresh == before != wanted:
        raise errand.not_made()
    return Sent(lambda connection: own_registrations.save_own(connection, event_key, fresh))
