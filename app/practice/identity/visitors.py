"""The sender of a request (anonymous, cookie session or access token) and their rights."""

import sqlite3
from dataclasses import dataclass, field

from app.practice.ground.versions import Version
from app.practice.identity.rights import groups_of, rights_of

#: The group of temporary accounts, which the wiki creates for anonymous editors.
TEMPORARY = "temp"
NOBODYS_ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Account:
    """An account of the wiki."""

    user_id: int
    name: str
    groups: tuple[str, ...]
    email: str | None
    email_confirmed: bool
    editcount: int
    registered: str
    gender: str
    blocked_at: str | None
    hidden: bool

    @property
    def blocked(self) -> bool:
        """Return whether the account is blocked everywhere on the wiki."""
        return self.blocked_at is not None

    @property
    def temporary(self) -> bool:
        """Return whether the account is a temporary one, created for an anonymous editor."""
        return TEMPORARY in self.groups

    @property
    def can_get_mail(self) -> bool:
        """Return whether the user can receive e-mail through the wiki."""
        return self.email is not None and self.email_confirmed


@dataclass(frozen=True)
class Visitor:
    """The sender of a request."""

    account: Account | None = None
    by_token: bool = False
    grants: tuple[str, ...] | None = None
    secret: str | None = None
    groups: tuple[str, ...] = ("*",)
    rights: frozenset[str] = field(default=frozenset())
    ordered_rights: tuple[str, ...] = ()

    @property
    def user_id(self) -> int:
        """Return the visitor's user id, 0 for nobody."""
        return self.account.user_id if self.account else 0

    @property
    def name(self) -> str:
        """Return the visitor's name, the IP address for an anonymous one."""
        return self.account.name if self.account else NOBODYS_ADDRESS

    def may(self, right: str) -> bool:
        """Return whether the visitor has a right that no block takes away."""
        return right in self.rights and not (self.account is not None and self.account.blocked)


def read_account(row: sqlite3.Row) -> Account:
    """Return the account of a row of `users`."""
    return Account(
        user_id=row["user_id"],
        name=row["name"],
        groups=tuple(row["groups"].split()),
        email=row["email"],
        email_confirmed=bool(row["email_confirmed"]),
        editcount=row["editcount"],
        registered=row["registered"],
        gender=row["gender"],
        blocked_at=row["blocked_at"],
        hidden=bool(row["hidden"]),
    )


def account_by_id(connection: sqlite3.Connection, user_id: int) -> Account | None:
    """Return the account with a central id."""
    row = connection.execute("SELECT * FROM users WHERE user_id = ?", (user_id,)).fetchone()
    return read_account(row) if row else None


def account_by_name(connection: sqlite3.Connection, name: str) -> Account | None:
    """Return the account with a canonical name."""
    row = connection.execute("SELECT * FROM users WHERE name = ?", (name,)).fetchone()
    return read_account(row) if row else None


def visitor_for(
    account: Account, version: Version, *, by_token: bool, grants: tuple[str, ...] | None, secret: str | None
) -> Visitor:
    """Return the visitor for an account, with rights restricted to the grants."""
    groups = groups_of(account.groups)
    rights = rights_of(groups, version, grants)
    return Visitor(account, by_token, grants, secret, tuple(groups), frozenset(rights), tuple(rights))


def anonymous(version: Version, secret: str | None = None) -> Visitor:
    """Return an anonymous visitor, perhaps with a session that is not signed in."""
    rights = rights_of(["*"], version)
    return Visitor(secret=secret, rights=frozenset(rights), ordered_rights=tuple(rights))
