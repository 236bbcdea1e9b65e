"""When a sign-in ends, as far as its secrets tell (CONTRACT §2, Lifetimes; §5, Cookies)."""

import math

from app.domain.accounts.account import Secrets, SessionSecrets, Tokens

#: The suffix of the names of cookies that restore a session, set only where the user stays signed in.
_RESTORING = "token"


def known_end(secrets: Secrets | None) -> float | None:
    """Return when a sign-in ends, in seconds since 1970; infinity if it does not end by itself.

    None if that is not known: the wiki may end a session at any time whose cookies do not restore it, and a
    session without secrets on the disk ends with the program.
    """
    if isinstance(secrets, Tokens):
        # Tokens that can be renewed are renewed long before the wiki forgets them.
        return math.inf if secrets.refresh or secrets.expires_at is None else secrets.expires_at
    if isinstance(secrets, SessionSecrets):
        restoring = (one for one in secrets.cookies if one.name.lower().endswith(_RESTORING))
        return max((one.expires for one in restoring if one.expires is not None), default=None)
    return None if secrets is None else math.inf
