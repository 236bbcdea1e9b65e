"""The password change of the sign-in: the old one is expired or too short (CONTRACT §5, clientlogin)."""

from collections.abc import Mapping

from app.practice.identity.login_forms import Form, new_password_forms
from app.practice.identity.login_texts import Text
from app.practice.identity.sign_in_accounts import SHORTEST_PASSWORD
from app.practice.identity.visitors import Account
from app.practice.wiki import PracticeWiki

_TOO_SHORT = Text("passwordtooshort", (SHORTEST_PASSWORD,))


class PasswordChangeStep:
    """Asks for a new password; with `may_skip` the user can skip it."""

    def __init__(self, *, expired: bool, may_skip: bool) -> None:
        soft = "-soft" if may_skip else ""
        self._may_skip = may_skip
        self._reason = (
            Text(f"resetpass-expired{soft}") if expired else Text(f"resetpass-validity{soft}", (_TOO_SHORT,))
        )

    def begin(self, _wiki: PracticeWiki, _account: Account) -> Text:
        """Return why a new password is needed."""
        return self._reason

    def forms(self, account: Account) -> list[Form]:
        """Return the forms of the step."""
        return new_password_forms(account.name, may_skip=self._may_skip)

    def check(self, wiki: PracticeWiki, account: Account, parameters: Mapping[str, str]) -> Text | None:
        """Set the new password, or skip the step."""
        password, again = parameters.get("password", ""), parameters.get("retype", "")
        if self._may_skip and "skipReset" in parameters:
            return None
        if not password and not again:
            return self._reason
        if password != again:
            return Text("badretype")
        if len(password) < SHORTEST_PASSWORD:
            return _TOO_SHORT
        set_password(wiki, account.user_id, password)
        return None


def set_password(wiki: PracticeWiki, user_id: int, password: str) -> None:
    """Set the password of an account."""
    with wiki.store.write() as connection:
        connection.execute("UPDATE users SET password = ? WHERE user_id = ?", (password, user_id))
