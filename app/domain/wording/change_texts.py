"""Texts about changes: what each will do, its state, and its result."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import (
    AssociateEdit,
    CancelRegistration,
    ChangeArticleList,
    ChangeOrganizers,
    CountEdits,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveContribution,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_fields import CLOSED, OPEN, EventPart
from app.domain.names import set_apart
from app.domain.people.chosen_people import ChosenPerson
from app.i18n import N_, _, listed, ngettext

_MOST_NAMES = 3


def change_summary(change: Change) -> str:
    """Return a one-line summary of a change."""
    return _SUMMARIES[type(change.operation)](change.operation)


def people_listed(people: Sequence[ChosenPerson], most: int = _MOST_NAMES) -> str:
    """Return the names of the first chosen people, and how many more there are."""
    shown = [set_apart(person.name) if person.name else _("(no name)") for person in people[:most]]
    more = len(people) - len(shown)
    if more:
        shown.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return listed(shown)


def part_label(part: str) -> str:
    """Return the label of a part of an event."""
    return _(_PARTS[EventPart(part)])


def change_state(change: Change) -> str:
    """Return the label of a change's state."""
    if change.state is ChangeState.ASKS and change.question is Question.MAYBE_SENT:
        return _("May have been sent")
    if change.state is ChangeState.SENDING and change.sentence:
        return _("Answer lost")
    return _(_STATES[change.state])


def asks_maybe_sent() -> str:
    """Return the question about an e-mail whose answer was lost."""
    return _(
        "The connection broke while this e-mail was being sent. It may have reached the participants, so it "
        "is never sent again by itself. Look whether the copy came, or ask a participant; then mark it as "
        "sent, or send it again."
    )


def asks_conflict(parts: Sequence[str]) -> str:
    """Return the question about an edit that conflicts with somebody else's."""
    return _(
        "Somebody else changed the same on the wiki meanwhile: {parts}. Nothing was sent; decide what holds."
    ).format(parts=listed(map(part_label, parts)))


def removed_note(removed: int, asked: int, again: int) -> str | None:
    """Return the note on a removal, None if everybody was removed."""
    notes = []
    if gone := asked - removed - again:
        text = ngettext("{n} person had gone already.", "{n} people had gone already.", gone)
        notes.append(text.format(n=gone))
    if again:
        text = ngettext(
            "{n} person registered again meanwhile and was left alone.",
            "{n} people registered again meanwhile and were left alone.",
            again,
        )
        notes.append(text.format(n=again))
    return "\n".join(notes) or None


def emailed_note(sent: int, asked: int) -> str:
    """Return the note on how many people the wiki sent an e-mail to."""
    text = ngettext("Sent to {n} person of {asked}.", "Sent to {n} people of {asked}.", sent)
    return text.format(n=sent, asked=asked)


def blocked_no_edit() -> str:
    """Return why no page is created for a blocked account."""
    return _(
        "Your account is blocked on this wiki, so the event page was not made: a blocked account’s try to "
        "edit can block everybody at the same address for a day. Nothing was sent."
    )


def already_counted() -> str:
    """Return the note on an edit that was counted already."""
    return _("The wiki says that this edit was counted for the event already.")


def counted_note(count: EditCount) -> str:
    """Return the note on how many edits count now, and why others do not."""
    text = ngettext("{n} edit counts now.", "{n} edits count now.", count.counted)
    notes = [text.format(n=count.counted)]
    if count.known:
        text = ngettext("{n} was counted before.", "{n} were counted before.", count.known)
        notes.append(text.format(n=count.known))
    if count.unknown:
        text = ngettext("The answer about {n} was lost.", "The answers about {n} were lost.", count.unknown)
        notes.append(text.format(n=count.unknown))
    for key, number in sorted(count.refused.items(), key=lambda item: -item[1]):
        text = _("Not counted: {n} ({reason}).")
        reason = _(_NOT_COUNTED.get(key.removeprefix(_CONTRIBUTION), N_("refused by the wiki")))
        notes.append(text.format(n=number, reason=reason))
    return " ".join(notes)


def counting_stopped() -> str:
    """Return what is said when the counting of edits was stopped."""
    return _(
        "Stopped. What is counted stays counted; the next sync goes on with the rest, unless the change is "
        "discarded."
    )


def change_note(change: Change, *, blocked: bool) -> str:
    """Return how far a change came, the wiki's last message about it, or why it is not sent."""
    if change.sentence is None and blocked:
        return waits_for_earlier()
    notes = [change.sentence] if change.sentence else []
    if isinstance(change.operation, CountEdits) and change.open:
        count, edits = EditCount.of(change.progress), len(change.operation.edits)
        if count.tried:
            notes.insert(0, _("{n} of {edits} done.").format(n=count.tried, edits=edits))
    return " ".join(notes)


def confirmed_but_not_shown() -> str:
    """Return the sentence for a change that the wiki confirms but does not show."""
    return _(
        "The wiki confirmed this change several times and still shows everything as before. Nothing is lost: "
        "look at the event on the wiki, then retry it or discard it."
    )


def being_sent() -> str:
    """Return the sentence for a change that can no longer be undone."""
    return _("This change is being sent or was sent already, so it can no longer be taken back or edited.")


def waits_for_earlier() -> str:
    """Return the note on a change that waits for an earlier one."""
    return _("Held back until the change before it is settled.")


def waits_for_undone() -> str:
    """Return the sentence for a change of an event whose creation is undone."""
    return _("This change waits for an event that you have undone too. Redo the event first.")


def done_already() -> str:
    """Return the sentence for an Undo of what is on the wiki and has no inverse here."""
    return _("It was sent and is on the wiki, so it cannot be taken back here.")


def done_with_inverse() -> str:
    """Return the sentence for an Undo of what is on the wiki and has an inverse."""
    return _("It was sent, so it cannot be taken back. You can do the opposite; that is sent in its turn.")


def nothing_to_change() -> str:
    """Return the sentence for an edit that changes nothing."""
    return _("Nothing would change: the event is already like that.")


def _edit_summary(operation: EditEvent) -> str:
    parts = tuple(operation.edit)
    if parts == (EventPart.STATUS,):
        (status,) = operation.edit[EventPart.STATUS].mine
        return {CLOSED: _("Close registration"), OPEN: _("Reopen registration")}.get(
            status, _("Change the status")
        )
    return _("Change {parts}").format(parts=listed(part_label(part) for part in parts))


def _organizers_summary(operation: ChangeOrganizers) -> str:
    said = []
    if operation.add:
        said.append(_("add {names}").format(names=listed(map(set_apart, operation.add))))
    if operation.remove:
        said.append(_("remove {names}").format(names=listed(map(set_apart, operation.remove.values()))))
    return _("Organizers: {changes}").format(changes=listed(said, apart=True))


def _removal_summary(operation: RemoveParticipants) -> str:
    count = len(operation.people)
    text = ngettext("Remove {n} participant: {names}", "Remove {n} participants: {names}", count)
    return text.format(n=count, names=people_listed(operation.people))


def _email_summary(operation: SendEmail) -> str:
    count = len(operation.people)
    text = ngettext(
        "E-mail to {n} participant: “{subject}”", "E-mail to {n} participants: “{subject}”", count
    )
    return text.format(n=count, subject=set_apart(operation.subject))


def _registration_summary(operation: Register) -> str:
    if operation.before is not None:
        return _("Change my registration")
    return _("Register me privately") if operation.registration.private else _("Register me publicly")


def _article_list_summary(operation: ChangeArticleList) -> str:
    added, removed = len(operation.add), len(operation.remove)
    parts = []
    if added:
        text = ngettext("add {n} article to the list", "add {n} articles to the list", added)
        parts.append(text.format(n=added))
    if removed:
        text = ngettext("take {n} article out of the list", "take {n} articles out of the list", removed)
        parts.append(text.format(n=removed))
    return _("Articles: {parts}").format(parts=listed(parts))


def _counting_summary(operation: CountEdits) -> str:
    edits = len(operation.edits)
    text = ngettext("Count {n} edit for the event", "Count {n} edits for the event", edits)
    return text.format(n=edits)


_SUMMARIES: dict[type[Operation], Callable[[Any], str]] = {
    CreateEvent: lambda one: _("Make the event “{title}”").format(
        title=set_apart(one.fields.page.partition(":")[2])
    ),
    EditEvent: _edit_summary,
    DeleteRegistration: lambda _one: _("Delete the registration for ever"),
    ChangeOrganizers: _organizers_summary,
    RemoveParticipants: _removal_summary,
    SendEmail: _email_summary,
    Register: _registration_summary,
    CancelRegistration: lambda _one: _("Cancel my registration"),
    AssociateEdit: lambda one: _("Count edit {revision} on {wiki} as a contribution").format(
        revision=one.revision_id, wiki=one.wiki_id
    ),
    ChangeArticleList: _article_list_summary,
    CountEdits: _counting_summary,
    RemoveContribution: lambda one: _("Take contribution {n} out of the event").format(n=one.contribution_id),
}
_CONTRIBUTION = "campaignevents-event-contribution-"
_NOT_COUNTED = {
    "already-associated": N_("they count for another event"),
    "not-target-wiki": N_("not on a wiki of the event"),
    "revision-not-found": N_("no longer on the wiki"),
    "edit-deleted": N_("hidden on the wiki"),
    "not-participant": N_("by people who take no part any more"),
    "user-not-global": N_("by accounts that are only on one wiki"),
}
_STATES = {
    ChangeState.WAITING: N_("Waiting"),
    ChangeState.SENDING: N_("Sending…"),
    ChangeState.FAILED: N_("Failed"),
    ChangeState.ASKS: N_("Needs you"),
    ChangeState.DONE: N_("Done"),
    ChangeState.UNDONE: N_("Undone"),
}
_PARTS = {
    EventPart.STATUS: N_("registration status"),
    EventPart.WHEN: N_("dates"),
    EventPart.TYPES: N_("types"),
    EventPart.WIKIS: N_("wikis"),
    EventPart.TOPICS: N_("topics"),
    EventPart.ONLINE: N_("online meeting"),
    EventPart.PLACE: N_("place"),
    EventPart.CHAT: N_("chat link"),
    EventPart.TEST: N_("test event"),
    EventPart.CONTRIBUTIONS: N_("contribution tracking"),
    EventPart.COURSE: N_("Dashboard course"),
    EventPart.GRANT: N_("Grant ID"),
    EventPart.GOAL: N_("goal"),
}
