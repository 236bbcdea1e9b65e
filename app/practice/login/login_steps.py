"""The steps of a sign-in after the password; the session holds the current one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.practice.identity.login_forms import Form
from app.practice.identity.login_texts import Text
from app.practice.identity.visitors import Account
from app.practice.wiki import PracticeWiki

Parameters = Mapping[str, str]


class LoginFailedError(Exception):
    """Raised when a sign-in fails and must start again."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.key)
        self.text = text


class Step(Protocol):
    """A step of the sign-in after the password."""

    def begin(self, wiki: PracticeWiki, account: Account) -> Text:
        """Start the step; return the first message for its forms."""

    def forms(self, account: Account) -> list[Form]:
        """Return the forms of the step."""

    def check(self, wiki: PracticeWiki, account: Account, parameters: Parameters) -> Text | None:
        """Check the answer; return None if it is correct, else the message for asking again."""


@dataclass
class PendingLogin:
    """A sign-in with a correct password that needs another step."""

    account: Account
    remember: bool
    step: Step

    def forms(self) -> list[Form]:
        """Return the forms of the current step."""
        return self.step.forms(self.account)
