"""What walk-ins scan with their phones: addresses of the event, and the codes that hold them."""

from typing import NamedTuple

from app.domain.events.event import Event
from app.domain.wikis.page_addresses import page_address
from app.i18n import _
from app.models.workspace import Workspace


class QrAddress(NamedTuple):
    """An address, with what a walk-in does there."""

    name: str
    hint: str
    address: str


def qr_addresses(workspace: Workspace, event: Event) -> list[QrAddress]:
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
        QrAddress(
            _("Register for this event"), _("For people who have an account"), page_address(base, register)
        ),
        QrAddress(
            _("Make an account, then register"),
            _("For people who have none yet"),
            page_address(base, "Special:CreateAccount", returnto=register),
        ),
        QrAddress(_("The event’s page"), _("What it is about, when and where"), page_address(base, page)),
    ]


def qr_modules(address: str) -> list[list[bool]]:
    """Return the code of an address: rows of modules, dark ones are true, with the quiet zone around them."""
    import segno  # only when a code is shown

    return [[bool(module) for module in row] for row in segno.make(address, error="m").matrix_iter(border=4)]
