"""Sending what concerns contributions: an edit associated with an event, or taken out again."""

from app.domain.changes.change import AssociateEdit, RemoveContribution
from app.domain.faults import KnownFault
from app.domain.wording.changes import counted_before
from app.sync.sending.send_context import SendContext, Sent

_GONE = "campaignevents-rest-contribution-not-found"


def send_association(context: SendContext, act: AssociateEdit) -> Sent:
    """Associate an edit. The wiki takes it twice as it takes it once: there is nothing to look for first."""
    was_unsure = context.again
    context.settled()
    new = context.changing.associate_edit(context.event_id, act.wiki_id, act.revision_id)
    # Of an earlier try that may have arrived this is no news.
    return Sent(note=counted_before() if new is False and not was_unsure else None)


def send_contribution_removal(context: SendContext, act: RemoveContribution) -> Sent:
    """Take an edit out; one that an earlier try has taken out is what she wanted."""
    try:
        context.changing.remove_contribution(act.contribution_id)
    except KnownFault as fault:
        if not context.again or fault.error_key != _GONE:
            raise
    return Sent()
