"""Who is asking: nobody, a cookie session, or a bearer token; and what they may do."""

import sqlite3
from dataclasses import dataclass, field

from app.practice.ground.versions import Version
from app.practice.identity.rights import groups_of, rights_of

#: The group of the accounts that the wiki makes by itself for those who edit without one.
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
        """Tell whether the account is blocked everywhere on the wiki."""
        return self.blocked_at is not None

    @property
    def temporary(self) -> bool:
        """Tell whether the wiki made the account by itself, for somebody who edited without one."""
        return TEMPORARY in self.groups

    @property
    def can_get_mail(self) -> bool:
        """Tell whether e-mail reaches this person through the wiki."""
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
        """Return the visitor's name; nobody is called by the address."""
        return self.account.name if self.account else NOBODYS_ADDRESS

    def may(self, right: str) -> bool:
        """Tell whether the visitor holds a right and no block takes it away."""
        return right in self.rights and not (self.account is not None and self.account.blocked)


def read_account(row: sqlite3.Row) -> Account:
    """Make an account of a row of `users`."""
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
    """Return the account with a name, which must be written as MediaWiki writes it."""
    row = connection.execute("SELECT * FROM users WHERE name = ?", (name,)).fetchone()
    return read_account(row) if row else None


def visitor_for(
    account: Account, version: Version, *, by_token: bool, grants: tuple[str, ...] | None, secret: str | None
) -> Visitor:
    """Return the visitor that an account is, with rights cut to the grants."""
    groups = groups_of(account.groups)
    rights = rights_of(groups, version, grants)
    return Visitor(account, by_token, grants, secret, tuple(groups), frozenset(rights), tuple(rights))


def anonymous(version: Version, secret: str | None = None) -> Visitor:
    """Return the visitor that is nobody, perhaps with a session that has not signed in yet."""
    rights = rights_of(["*"], version)
    return Visitor(secret=secret, rights=frozenset(rights), ordered_rights=tuple(rights))
