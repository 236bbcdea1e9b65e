"""Handlers for contributions and the list of articles to work on."""

from functools import partial

from app.domain import times
from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import (
    AssociateEdit,
    ChangeArticleList,
    CountEdits,
    RemoveContribution,
)
from app.domain.events.article_list import SUBPAGE, by_wiki
from app.domain.faults import KnownFault
from app.domain.wording.change_texts import already_counted, counted_note
from app.store.impact.counted_edits import mark_counted, mark_refused
from app.sync.sending.send_context import SendContext, Sent
from app.wiki.http.answers import NoAnswer

_GONE = "campaignevents-rest-contribution-not-found"
#: Why a wiki refuses one edit, but maybe not the next one (CONTRACT §6).
_OF_ONE_EDIT = frozenset(
    f"campaignevents-event-contribution-{reason}"
    for reason in (
        "user-not-global",
        "already-associated",
        "not-target-wiki",
        "revision-not-found",
        "edit-deleted",
        "not-participant",
    )
)
#: The parameters of the request that name the edit.
_EDIT_PARAMETERS = frozenset(("wiki", "revid"))
_SECONDS_BETWEEN_EDITS = 1.0


def send_association(context: SendContext, operation: AssociateEdit) -> Sent:
    """Associate an edit. The request is idempotent, so that nothing needs to be read first."""
    was_unsure = context.again
    context.begin_new_attempt()
    new = context.changing.associate_edit(context.event_id, operation.wiki_id, operation.revision_id)
    # After an earlier attempt that may have arrived, "already counted" is expected.
    return Sent(note=already_counted() if new is False and not was_unsure else None)


def send_edits(context: SendContext, operation: CountEdits) -> Sent:
    """Count edits one by one, each once: a refused one is not tried again (CONTRACT §6).

    After each it is saved how far it came, so that it goes on there when it is stopped. Raises KnownFault for
    a refusal that concerns all that are left, such as the end of the event.
    """
    event_id, event_key = context.event_id, context.known_event().key
    edits, count = operation.edits, EditCount.of(context.progress)
    was_unsure = context.again
    context.begin_new_attempt()
    while left := count.left(edits):
        edit = left[0]
        was_unsure = was_unsure or count.may_have_arrived(edits)
        context.changing.client.enforce_interval("counting edits", _SECONDS_BETWEEN_EDITS)
        try:
            new = context.changing.associate_edit(event_id, edit.wiki_id, edit.revision_id)
        except NoAnswer:
            context.note(**count.with_lost(edits).as_progress())
            raise
        except KnownFault as fault:
            key = fault.error_key or ""
            if key not in _OF_ONE_EDIT and not _EDIT_PARAMETERS.intersection(fault.parameters):
                raise
            count = count.with_refused(edits, key)
            save = partial(mark_refused, event_key=event_key, edit=edit, at=times.now())
        else:
            # After an attempt that may have arrived, "already counted" is expected.
            count = count.with_counted(edits, new=new is not False or was_unsure)
            save = partial(mark_counted, event_key=event_key, edits=[edit], at=times.now())
        context.step(save, **count.as_progress())
        was_unsure = False
    return Sent(note=counted_note(count))


def send_article_list(context: SendContext, operation: ChangeArticleList) -> Sent:
    """Change an article list. The request is idempotent, so that nothing needs to be read first."""
    context.begin_new_attempt()
    page = context.known_event().registration.page + SUBPAGE
    context.changing.change_article_list(page, by_wiki(operation.add), by_wiki(operation.remove))
    return Sent()


def send_contribution_removal(context: SendContext, operation: RemoveContribution) -> Sent:
    """Remove a contribution; if an earlier attempt has removed it, the change is done."""
    try:
        context.changing.remove_contribution(operation.contribution_id)
    except KnownFault as fault:
        if not context.again or fault.error_key != _GONE:
            raise
    return Sent()
