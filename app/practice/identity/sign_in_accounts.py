"""Accounts whose sign-in has an additional step: a second factor, an e-mailed code, a new password."""

import sqlite3
from dataclasses import dataclass
from typing import Any

# Above the ids of all other accounts (world.FIRST_PERSON), whose ids thus stay the same.
FIRST_OF_THEM = 500_001
SHORTEST_PASSWORD = 10
MAILS = "/practice/mails"


@dataclass(frozen=True)
class SignInAccount:
    """An account, and what its sign-in requires after the password.

    A password counts as expired, or as too short, until another one is set; with `may_skip` the user may skip
    that step.
    """

    role: str
    name: str
    password: str
    totp_secret: str | None = None
    recovery_codes: tuple[str, ...] = ()
    emailed_code: bool = False
    expired: bool = False
    may_skip: bool = False

    @property
    def hint(self) -> str:
        """Return what the user needs besides the password."""
        if self.totp_secret:
            codes = f"; recovery codes {', '.join(self.recovery_codes)}" if self.recovery_codes else ""
            return f"authenticator secret {self.totp_secret}{codes}"
        if self.emailed_code:
            return f"the code lands in {MAILS}"
        return "a new password is asked for" + (", which can be skipped" if self.may_skip else "")


SIGN_IN_ACCOUNTS = (
    SignInAccount(
        "second_factor", "Noor Rahimi", "practice-second-factor", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    ),
    SignInAccount(
        "recovery_codes",
        "Sipho Mokoena",
        "practice-recovery-codes",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        tuple(f"PRACTICE{letter * 8}" for letter in "ABCDEFGHIJ"),
    ),
    SignInAccount("emailed_code", "Elif Aydın", "practice-emailed-code", emailed_code=True),
    SignInAccount("expired_password", "Mateo Quispe", "practice-expired-password", expired=True),
    SignInAccount("old_password", "Hana Kovács", "practice-old-password", expired=True, may_skip=True),
    SignInAccount("short_password", "Tala Faleolo", "practice"),
    SignInAccount("weak_password", "Rasmus Ilves", "practice", may_skip=True),
)
_BY_ID = dict(enumerate(SIGN_IN_ACCOUNTS, FIRST_OF_THEM))


def sign_in_account(user_id: int) -> SignInAccount | None:
    """Return what the sign-in of an account requires, None if the password is enough."""
    return _BY_ID.get(user_id)


def add_sign_in_accounts(connection: sqlite3.Connection, registered: str) -> dict[str, Any]:
    """Create these accounts, all of them organizers; return their entries of the start-up line."""
    described: dict[str, Any] = {}
    for user_id, one in _BY_ID.items():
        email = f"{one.role.replace('_', '.')}@mail.example"
        connection.execute(
            "INSERT INTO users (user_id, name, password, groups, email, editcount, registered)"
            " VALUES (?, ?, ?, 'event-organizer', ?, 88, ?)",
            (user_id, one.name, one.password, email, registered),
        )
        account: dict[str, Any] = {"name": one.name, "password": one.password, "central_id": user_id}
        if one.totp_secret:
            account["totp_secret"] = one.totp_secret
        if one.recovery_codes:
            account["recovery_codes"] = list(one.recovery_codes)
        described[one.role] = {**account, "hint": one.hint}
    return described
