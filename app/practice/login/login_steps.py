"""What a sign-in asks for after the password, step by step; a session remembers where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.practice.identity.login_forms import Form
from app.practice.identity.login_texts import Text
from app.practice.identity.visitors import Account
from app.practice.wiki import PracticeWiki

Parameters = Mapping[str, str]


class LoginFailedError(Exception):
    """The sign-in has come to nothing and begins anew."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.key)
        self.text = text


class Step(Protocol):
    """One step after the password."""

    def begin(self, wiki: PracticeWiki, account: Account) -> Text:
        """Return the sentence that goes with the forms at first."""

    def forms(self, account: Account) -> list[Form]:
        """Return what is asked for."""

    def take(self, wiki: PracticeWiki, account: Account, parameters: Parameters) -> Text | None:
        """Take the answer: None when it is right, else the sentence that goes with asking again."""


@dataclass
class PendingLogin:
    """A sign-in whose password was right."""

    account: Account
    remember: bool
    step: Step

    def forms(self) -> list[Form]:
        """Return what is asked for now."""
        return self.step.forms(self.account)
