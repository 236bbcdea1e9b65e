"""Handlers for contributions and the list of articles to work on."""

from app.domain.changes.operations import AssociateEdit, ChangeArticleList, RemoveContribution
from app.domain.events.article_list import SUBPAGE, by_wiki
from app.domain.faults import KnownFault
from app.domain.wording.change_texts import already_counted
from app.sync.sending.send_context import SendContext, Sent

_GONE = "campaignevents-rest-contribution-not-found"


def send_association(context: SendContext, operation: AssociateEdit) -> Sent:
    """Associate an edit. The request is idempotent, so that nothing needs to be read first."""
    was_unsure = context.again
    context.begin_new_attempt()
    new = context.changing.associate_edit(context.event_id, operation.wiki_id, operation.revision_id)
    # After an earlier attempt that may have arrived, "already counted" is expected.
    return Sent(note=already_counted() if new is False and not was_unsure else None)


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
