"""What a change can do on a wiki: one class per kind.

A new kind also needs an entry in the table of each room that treats kinds differently: its JSON
(`store.changes.change_rows`), its handler (`sync.sending.handlers`), its summary
(`domain.wording.change_texts`), and, if it has more to show or a form,
`models.changes.change_text` and `views.organizing.dialog_opener`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from app.domain.changes.merge import Edit, PartEdit
from app.domain.events.article_list import ListedArticle
from app.domain.events.event_fields import EventFields
from app.domain.people.chosen_people import ChosenPeople, ChosenPerson, chosen
from app.domain.people.own_registration import OwnRegistration


class Operation:
    """What a change does. The defaults hold for most kinds."""

    #: Whether a pending change can be opened in its form again.
    may_be_edited: ClassVar[bool] = False
    #: Whether the wiki can be asked if it was done. If not, it is never repeated automatically.
    can_be_read_back: ClassVar[bool] = True
    #: Whether later changes of its event wait for it.
    holds_back: ClassVar[bool] = True
    #: Whether it takes many requests over minutes: it is sent after everything else, and waits for nothing.
    takes_minutes: ClassVar[bool] = False
    #: Whether the event's people must be fetched afterwards.
    changes_people: ClassVar[bool] = False
    #: Whether it concerns the user's own registration.
    is_own_registration: ClassVar[bool] = False
    #: Whether any wiki of the family accepts it, not only that of the event's page (CONTRACT §4.12).
    works_on_any_wiki: ClassVar[bool] = False

    def concerned(self) -> tuple[ChosenPerson, ...]:
        """Return the people that the user has chosen for it."""
        return ()

    def new_event(self) -> EventFields | None:
        """Return the event that it will create."""
        return None

    def edited(self) -> Edit:
        """Return the parts of the event that it edits."""
        return {}

    def inverse(self) -> "Operation | None":
        """Return the operation that takes it back once it is done, None if there is none."""
        return None


class ForPeople(Operation):
    """What is done to people whom the user has chosen; there is always somebody."""

    people: tuple[ChosenPerson, ...]

    def chosen(self) -> ChosenPeople:
        """Return the people as the wiki's calls take them. Raises ValueError if there are none."""
        return chosen(self.people)

    def concerned(self) -> tuple[ChosenPerson, ...]:  # noqa: D102 - see Operation
        return self.people


@dataclass(frozen=True)
class CreateEvent(Operation):
    """Create an event page, and enable registration on it."""

    may_be_edited: ClassVar[bool] = True
    changes_people: ClassVar[bool] = True

    fields: EventFields
    page_text: str

    def new_event(self) -> EventFields:  # noqa: D102 - see Operation
        return self.fields


@dataclass(frozen=True)
class EditEvent(Operation):
    """Change parts of an event; closing and reopening the registration are edits too."""

    may_be_edited: ClassVar[bool] = True

    edit: Edit

    def edited(self) -> Edit:  # noqa: D102 - see Operation
        return self.edit

    def inverse(self) -> Operation:  # noqa: D102 - see Operation
        return EditEvent({part: PartEdit(change.mine, change.base) for part, change in self.edit.items()})


@dataclass(frozen=True)
class DeleteRegistration(Operation):
    """Delete an event's registration permanently (CONTRACT §4.5)."""


@dataclass(frozen=True)
class ChangeOrganizers(Operation):
    """Add and remove organizers. `remove` maps user ids to names.

    The user's own id is only removed with `including_self`.
    """

    add: tuple[str, ...] = ()
    remove: Mapping[int, str] = field(default_factory=dict)
    including_self: bool = False


@dataclass(frozen=True)
class RemoveParticipants(ForPeople):
    """Remove people from an event."""

    people: tuple[ChosenPerson, ...]

    def __post_init__(self) -> None:
        self.chosen()


@dataclass(frozen=True)
class SendEmail(ForPeople):
    """Send an e-mail to participants. Subject and message are both required."""

    may_be_edited: ClassVar[bool] = True
    can_be_read_back: ClassVar[bool] = False
    holds_back: ClassVar[bool] = False

    subject: str
    message: str
    people: tuple[ChosenPerson, ...]
    copy_to_me: bool = False

    def __post_init__(self) -> None:
        if not self.subject.strip() or not self.message.strip():
            raise ValueError("an e-mail needs a subject and a message")
        self.chosen()


@dataclass(frozen=True)
class Register(Operation):
    """Register, or change one's registration. `before` is the registration known at that time."""

    may_be_edited: ClassVar[bool] = True
    changes_people: ClassVar[bool] = True
    is_own_registration: ClassVar[bool] = True

    registration: OwnRegistration
    before: OwnRegistration | None = None

    def inverse(self) -> Operation:  # noqa: D102 - see Operation
        if self.before is None:
            return CancelRegistration(self.registration)
        return Register(self.before, self.registration)


@dataclass(frozen=True)
class CancelRegistration(Operation):
    """Cancel one's registration."""

    changes_people: ClassVar[bool] = True
    is_own_registration: ClassVar[bool] = True
    works_on_any_wiki: ClassVar[bool] = True

    before: OwnRegistration | None = None

    def inverse(self) -> Operation | None:  # noqa: D102 - see Operation
        return Register(self.before) if self.before else None


@dataclass(frozen=True)
class AssociateEdit(Operation):
    """Count one of the user's edits as a contribution to an event: a revision on the wiki of an id."""

    wiki_id: str
    revision_id: int


class WikiEdit(NamedTuple):
    """An edit: a revision on the wiki of an id."""

    wiki_id: str
    revision_id: int


@dataclass(frozen=True)
class CountEdits(Operation):
    """Count edits of participants as contributions to an event, one a second; there is always one."""

    holds_back: ClassVar[bool] = False
    takes_minutes: ClassVar[bool] = True

    edits: tuple[WikiEdit, ...]

    def __post_init__(self) -> None:
        if not self.edits:
            raise ValueError("there must be an edit to count")


@dataclass(frozen=True)
class ChangeArticleList(Operation):
    """Add articles to an event's article list, and take others out; to do it twice changes nothing."""

    add: tuple[ListedArticle, ...] = ()
    remove: tuple[ListedArticle, ...] = ()

    def inverse(self) -> "ChangeArticleList":  # noqa: D102 - see Operation
        return ChangeArticleList(self.remove, self.add)


@dataclass(frozen=True)
class RemoveContribution(Operation):
    """Remove a contribution from an event by its number."""

    contribution_id: int
