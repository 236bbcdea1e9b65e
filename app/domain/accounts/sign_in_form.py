"""What a wiki asks for when somebody signs in with a session: fields as it describes them (CONTRACT §5)."""

from dataclasses import dataclass
from enum import StrEnum

#: The wiki's names for the field that makes a session outlive the browser, and for the one with her name.
REMEMBER = "rememberMe"
USER_NAME = "username"


class FieldKind(StrEnum):
    """The kinds of field that a wiki can ask for, by MediaWiki's own names."""

    TEXT = "string"
    PASSWORD = "password"  # noqa: S105 - a name of a kind, no secret
    TICK = "checkbox"
    CHOICE = "select"
    SEVERAL = "multiselect"
    BUTTON = "button"
    HIDDEN = "hidden"
    NOTE = "null"


@dataclass(frozen=True, slots=True)
class SignInField:
    """A field. `value` is what it begins with, or what a note says; `picture` a note's picture.

    What she must read before she fills in a field, as the task of a captcha, is a note.
    """

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    optional: bool = False
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    picture: bytes | None = None
    sensitive: bool = False

    @property
    def is_secret(self) -> bool:
        """Whether what is typed must not be shown."""
        return self.sensitive or self.kind is FieldKind.PASSWORD


@dataclass(frozen=True, slots=True)
class SignInStep:
    """What the wiki asks for now, and what it says about it. `refused`: what was given before did not do."""

    fields: tuple[SignInField, ...]
    message: str = ""
    refused: bool = False

    @property
    def has_task(self) -> bool:
        """Whether a task is to be solved before the sign-in, as a captcha."""
        return any(field.kind is FieldKind.NOTE for field in self.fields)
