"""The e-mailed code of the sign-in, as in the EmailAuth extension.

Not backed by a recording: the names of the field and of the messages, and that the fourth wrong code ends
the sign-in, are from the extension's source. The English texts are the practice wiki's own.
"""

import hmac
import json
import secrets
from collections.abc import Mapping

from app.practice.ground.vocabulary import SITE_NAME
from app.practice.identity.login_forms import Form, emailed_code_form
from app.practice.identity.login_texts import Text
from app.practice.identity.visitors import Account
from app.practice.login.login_steps import LoginFailedError
from app.practice.wiki import PracticeWiki

RETRIES = 3
_OF_NO_EVENT, _BY_NOBODY = 0, 0


class EmailedCodeStep:
    """Sends a code and asks for it."""

    def __init__(self) -> None:
        self._code = f"{secrets.randbelow(1_000_000):06d}"
        self._wrong = 0

    def begin(self, wiki: PracticeWiki, account: Account) -> Text:
        """Store the e-mail with the code in `mails`; return the message for the form."""
        with wiki.store.write() as connection:
            connection.execute(
                "INSERT INTO mails (event_id, sender_id, subject, message, recipients, copy_to_sender,"
                " sent_at) VALUES (?, ?, ?, ?, ?, 0, ?)",
                (
                    _OF_NO_EVENT,
                    _BY_NOBODY,
                    f"Your verification code for {SITE_NAME}",
                    f"Hello {account.name}, this is your verification code: {self._code}",
                    json.dumps([account.user_id]),
                    wiki.clock.seconds(),
                ),
            )
        return Text("emailauth-login-message", (_masked(account.email or ""),))

    def forms(self, _account: Account) -> list[Form]:
        """Return the forms of the step."""
        return [emailed_code_form()]

    def check(self, _wiki: PracticeWiki, _account: Account, parameters: Mapping[str, str]) -> Text | None:
        """Check the code; too many wrong ones end the sign-in."""
        given = parameters.get("token", "").encode("utf-8", "surrogatepass")
        if hmac.compare_digest(given, self._code.encode()):
            return None
        if self._wrong >= RETRIES:
            raise LoginFailedError(Text("emailauth-login-retry-limit"))
        self._wrong += 1
        return Text("emailauth-login-failure")


def _masked(address: str) -> str:
    return f"{address[:1]}***@***.***"
