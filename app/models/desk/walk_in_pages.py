"""The pages that walk-ins open with their phones."""

from typing import NamedTuple

from app.domain.events.event import Event
from app.domain.wikis.page_addresses import page_address
from app.i18n import _
from app.models.workspace import Workspace


class WalkInPage(NamedTuple):
    """A page, with what a walk-in does there."""

    name: str
    hint: str
    address: str


def walk_in_pages(workspace: Workspace, event: Event) -> list[WalkInPage]:
    """Return the addresses of an event's page, of registering for it, and of making an account for that.

    Special pages go by their English names on every wiki.
    """
    account = workspace.account(event.wiki_key)
    base = account.address_of(event.registration.page_wiki) if account else None
    if base is None:
        return []
    register = f"Special:RegisterForEvent/{event.event_id}"
    page = event.registration.page
    return [
        WalkInPage(
            _("Register for this event"), _("For people who have an account"), page_address(base, register)
        ),
        WalkInPage(
            _("Make an account, then register"),
            _("For people who have none yet"),
            page_address(base, "Special:CreateAccount", returnto=register),
        ),
        WalkInPage(_("The event’s page"), _("What it is about, when and where"), page_address(base, page)),
    ]
