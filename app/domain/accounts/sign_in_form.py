"""The form of a sign-in with a session: the fields as the wiki describes them (CONTRACT §5)."""

from dataclasses import dataclass
from enum import StrEnum

#: The wiki's names of the fields "keep me logged in" and user name.
REMEMBER = "rememberMe"
USER_NAME = "username"


class FieldKind(StrEnum):
    """The kinds of fields, by MediaWiki's names."""

    TEXT = "string"
    PASSWORD = "password"  # noqa: S105 - a name of a kind, no secret
    TICK = "checkbox"
    CHOICE = "select"
    SEVERAL = "multiselect"
    BUTTON = "button"
    HIDDEN = "hidden"
    NOTE = "null"


@dataclass(frozen=True)
class SignInField:
    """A field. `value` is the initial value, or a note's text; `picture` a note's image.

    Text or images that the user needs to fill in a field, such as the task of a captcha, are a note.
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
        """Whether the input must be hidden."""
        return self.sensitive or self.kind is FieldKind.PASSWORD


@dataclass(frozen=True)
class SignInStep:
    """One step of a sign-in: fields and the wiki's message. `refused`: the previous input was wrong."""

    fields: tuple[SignInField, ...]
    message: str = ""
    refused: bool = False

    @property
    def has_task(self) -> bool:
        """Whether the step contains a task, such as a captcha."""
        return any(field.kind is FieldKind.NOTE for field in self.fields)
