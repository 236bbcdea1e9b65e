"""Texts about desks that several computers share through a server."""

from app.domain import names
from app.i18n import _


def notice(server: str) -> str:
    """Return what the user has to know before the first name leaves this computer."""
    return _(
        "What is noted at this desk goes to the server {server}: the user names of those who come, also of "
        "those who registered privately, the names of people without a registration, notes about people, and "
        "when each came and left. Whoever runs that server, and everybody who has its password, can read "
        "this. It stays there after the event until somebody erases it there."
    ).format(server=names.set_apart(server))


def not_accepted(server: str) -> str:
    """Return the sentence for a shared desk whose notice nobody has accepted yet."""
    return _(
        "Nobody has accepted yet that names of participants go to the server {server}. Nothing was sent."
    ).format(server=names.set_apart(server))
