"""Which handler sends which kind of change."""

from collections.abc import Callable
from typing import Any

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
from app.sync.sending.contribution_handlers import (
    send_article_list,
    send_association,
    send_contribution_removal,
    send_edits,
)
from app.sync.sending.event_handlers import send_creation, send_deletion, send_edit
from app.sync.sending.people_handlers import send_email, send_organizers, send_own_registration, send_removal
from app.sync.sending.send_context import SendContext, Sent

#: A handler takes the context and the operation of its kind.
HANDLERS: dict[type[Operation], Callable[[SendContext, Any], Sent]] = {
    CreateEvent: send_creation,
    EditEvent: send_edit,
    DeleteRegistration: send_deletion,
    ChangeOrganizers: send_organizers,
    RemoveParticipants: send_removal,
    SendEmail: send_email,
    Register: send_own_registration,
    CancelRegistration: send_own_registration,
    AssociateEdit: send_association,
    CountEdits: send_edits,
    RemoveContribution: send_contribution_removal,
    ChangeArticleList: send_article_list,
}
