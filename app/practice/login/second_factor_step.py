"""The second factor of the sign-in, as in the OATHAuth extension (CONTRACT §5, clientlogin)."""

from collections.abc import Mapping

from app.practice.identity.login_forms import RECOVERY, TOTP, Form, module_form, recovery_form, totp_form
from app.practice.identity.login_texts import Text, minutes
from app.practice.identity.visitors import Account
from app.practice.wiki import PracticeWiki

_ASKING = {TOTP: Text("oathauth-auth-ui"), RECOVERY: Text("oathauth-auth-recovery-code-help")}
_WRONG = {TOTP: Text("oathauth-login-failed"), RECOVERY: Text("oathauth-recovery-code-login-failed")}


class SecondFactorStep:
    """Asks for a TOTP code, or for a recovery code if the account has any."""

    def __init__(self, secret: str, recovery_codes: tuple[str, ...]) -> None:
        self._secret = secret
        self._recovery_codes = recovery_codes
        self._module = TOTP

    def begin(self, _wiki: PracticeWiki, _account: Account) -> Text:
        """Return the first message for the forms."""
        return _ASKING[self._module]

    def forms(self, account: Account) -> list[Form]:
        """Return the forms of the step."""
        asked = totp_form(account.name) if self._module == TOTP else recovery_form(account.name)
        return [asked, module_form(self._module)] if self._recovery_codes else [asked]

    def check(self, wiki: PracticeWiki, account: Account, parameters: Mapping[str, str]) -> Text | None:
        """Check a code, or switch to the other kind."""
        wanted = parameters.get("newModule")
        if self._recovery_codes and wanted in _ASKING and wanted != self._module:
            self._module = wanted
            return _ASKING[wanted]
        factors, now = wiki.second_factors, wiki.clock.seconds()
        if factors.is_throttled(account.user_id, now):
            return Text("oathauth-throttled", (minutes(1),))
        code = parameters.get("OATHToken" if self._module == TOTP else "RecoveryCode", "")
        # The field for a TOTP code accepts a recovery code too.
        right = factors.accept_recovery_code(account.user_id, self._recovery_codes, code) or (
            self._module == TOTP and factors.accept_code(account.user_id, self._secret, code, now)
        )
        if right:
            return None
        factors.note_wrong(account.user_id, now)
        return _WRONG[self._module]
