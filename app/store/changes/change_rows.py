"""Convert changes to database rows with JSON, and back."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.changes.change import Change, ChangeState, Question, key_of_new_event
from app.domain.changes.merge import Edit, PartEdit
from app.domain.changes.operations import (
    AssociateEdit,
    CancelRegistration,
    ChangeArticleList,
    ChangeOrganizers,
    CountEdits,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveContribution,
    RemoveParticipants,
    SendEmail,
    WikiEdit,
)
from app.domain.events.article_list import ListedArticle
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration

#: The columns that `change_of` reads, in this order.
COLUMNS = (
    "number, account_key, event_key, creation, kind, act, made_at, state, question, progress, attempts, "
    "tried_at, ended_at, sentence, wiki_said, error_key, error_field"
)
_FIELD_NAMES = tuple(EventFields.__dataclass_fields__)
_LISTS = ("types", "wikis", "topics")


def kind_of(operation: Operation) -> str:
    """Return the stored word for the kind of an operation."""
    return _KINDS[type(operation)]


def operation_to_json(operation: Operation) -> tuple[str, str]:
    """Return the kind of an operation, and its JSON."""
    kind = kind_of(operation)
    return kind, json.dumps(_WRITE[kind](operation), ensure_ascii=False, separators=(",", ":"))


def change_of(row: tuple[Any, ...]) -> Change:
    """Return the change of a row with the columns of COLUMNS."""
    number, account_key, event_key, creation, kind, act, made_at, state, question, progress, *rest = row
    attempts, tried_at, ended_at, sentence, wiki_said, error_key, error_field = rest
    if event_key is None:
        event_key = key_of_new_event(creation if creation is not None else number)
    return Change(
        number=number,
        account_key=account_key,
        event_key=event_key,
        operation=_READ[kind](json.loads(act)),
        made_at=made_at,
        state=ChangeState(state),
        question=Question(question) if question else None,
        progress=json.loads(progress),
        attempts=attempts,
        tried_at=tried_at,
        ended_at=ended_at,
        sentence=sentence,
        wiki_said=wiki_said,
        error_key=error_key,
        error_field=error_field,
    )


def fields_to_json(fields: EventFields) -> dict[str, Any]:
    """Return an event's fields as JSON values."""
    return {name: getattr(fields, name) for name in _FIELD_NAMES}


def fields_from_json(value: Mapping[str, Any]) -> EventFields:
    """Return an event's fields from JSON values."""
    known: dict[str, Any] = {name: value[name] for name in _FIELD_NAMES if name in value}
    return EventFields(**known | {name: tuple(known[name]) for name in _LISTS if name in known})


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as JSON values."""
    return {part.value: [change.base, change.mine] for part, change in edit.items()}


def own_to_json(own: OwnRegistration | None) -> dict[str, Any] | None:
    """Return the user's own registration as JSON values."""
    if own is None:
        return None
    answers = {name: [answer.value, answer.other] for name, answer in sorted(own.answers.items())}
    return {"private": own.private, "answers": answers}


def own_from_json(value: Mapping[str, Any] | None) -> OwnRegistration | None:
    """Return the user's own registration from JSON values."""
    if value is None:
        return None
    answers = {name: OwnAnswer(number, other) for name, (number, other) in value["answers"].items()}
    return OwnRegistration(value["private"], answers)


def _edit_from_json(value: Mapping[str, Any]) -> Edit:
    return {EventPart(part): PartEdit(_values(base), _values(mine)) for part, (base, mine) in value.items()}


def _values(values: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _people_from_json(rows: list[list[Any]]) -> tuple[ChosenPerson, ...]:
    return tuple(ChosenPerson(*row) for row in rows)


def _email_from_json(value: dict[str, Any]) -> SendEmail:
    people = _people_from_json(value["people"])
    return SendEmail(value["subject"], value["message"], people, value["copy_to_me"])


def _register_from_json(value: dict[str, Any]) -> Register:
    wanted = own_from_json(value["registration"])
    assert wanted is not None  # noqa: S101 - as it was written
    return Register(wanted, own_from_json(value["before"]))


_KINDS: dict[type[Operation], str] = {
    CreateEvent: "create",
    EditEvent: "edit",
    DeleteRegistration: "delete",
    ChangeOrganizers: "organizers",
    RemoveParticipants: "remove",
    SendEmail: "email",
    Register: "register",
    CancelRegistration: "cancel",
    AssociateEdit: "associate-edit",
    CountEdits: "count-edits",
    RemoveContribution: "remove-contribution",
    ChangeArticleList: "article-list",
}
_WRITE: dict[str, Callable[[Any], Any]] = {
    "create": lambda operation: {
        "fields": fields_to_json(operation.fields),
        "page_text": operation.page_text,
    },
    "edit": lambda operation: edit_to_json(operation.edit),
    "delete": lambda _: {},
    "organizers": lambda operation: {
        "add": operation.add,
        "remove": {str(user_id): name for user_id, name in operation.remove.items()},
        "herself": operation.including_self,
    },
    "remove": lambda operation: operation.people,
    "email": lambda operation: {
        "subject": operation.subject,
        "message": operation.message,
        "people": operation.people,
        "copy_to_me": operation.copy_to_me,
    },
    "register": lambda operation: {
        "registration": own_to_json(operation.registration),
        "before": own_to_json(operation.before),
    },
    "cancel": lambda operation: {"before": own_to_json(operation.before)},
    "associate-edit": lambda operation: {"wiki": operation.wiki_id, "revision": operation.revision_id},
    "count-edits": lambda operation: operation.edits,
    "remove-contribution": lambda operation: {"contribution": operation.contribution_id},
    "article-list": lambda operation: {"add": operation.add, "remove": operation.remove},
}
_READ: dict[str, Callable[[Any], Operation]] = {
    "create": lambda value: CreateEvent(fields_from_json(value["fields"]), value["page_text"]),
    "edit": lambda value: EditEvent(_edit_from_json(value)),
    "delete": lambda _: DeleteRegistration(),
    "organizers": lambda value: ChangeOrganizers(
        tuple(value["add"]),
        {int(user_id): name for user_id, name in value["remove"].items()},
        value["herself"],
    ),
    "remove": lambda value: RemoveParticipants(_people_from_json(value)),
    "email": _email_from_json,
    "register": _register_from_json,
    "cancel": lambda value: CancelRegistration(own_from_json(value["before"])),
    "associate-edit": lambda value: AssociateEdit(value["wiki"], value["revision"]),
    "count-edits": lambda rows: CountEdits(tuple(WikiEdit(*row) for row in rows)),
    "remove-contribution": lambda value: RemoveContribution(value["contribution"]),
    "article-list": lambda value: ChangeArticleList(
        tuple(ListedArticle(*one) for one in value["add"]),
        tuple(ListedArticle(*one) for one in value["remove"]),
    ),
}
