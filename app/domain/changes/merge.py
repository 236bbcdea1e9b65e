"""Three-way merge of an edit with changes by others, part by part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.events.event_fields import EventFields, EventPart, PartValues


@dataclass(frozen=True)
class PartEdit:
    """One part of an edit: the values before the edit, and the user's values."""

    base: PartValues
    mine: PartValues


Edit = Mapping[EventPart, PartEdit]


@dataclass(frozen=True)
class Merged:
    """An edit merged into the current event. If `conflicts` is empty, `fields` can be sent."""

    fields: EventFields
    conflicts: tuple[EventPart, ...]


def edit_between(before: EventFields, after: EventFields) -> dict[EventPart, PartEdit]:
    """Return the edit that turns `before` into `after`; empty if they are equal."""
    return {
        part: PartEdit(before.part(part), after.part(part))
        for part in EventPart
        if before.part(part) != after.part(part)
    }


def merged(edit: Edit, theirs: EventFields) -> Merged:
    """Merge an edit into the current event of the wiki.

    A part that only one side changed gets that side's values. A part that both sides changed differently is a
    conflict and keeps the wiki's values.
    """
    joined, conflicts = theirs, []
    for part, change in edit.items():
        present = theirs.part(part)
        if present == change.base:
            joined = joined.with_part(part, change.mine)
        elif present != change.mine:
            conflicts.append(part)
    return Merged(joined, tuple(conflicts))


def overlaid(edits: Iterable[Edit], fields: EventFields) -> EventFields:
    """Return fields with edits applied, whatever their values; the last edit of a part wins."""
    mine: dict[EventPart, PartValues] = {}
    for edit in edits:
        mine.update((part, change.mine) for part, change in edit.items())
    for part, values in mine.items():
        fields = fields.with_part(part, values)
    return fields


def resolved(edit: Edit, theirs: EventFields, choices: Mapping[EventPart, PartValues]) -> Edit:
    """Return the edit that remains after the conflicts are resolved.

    `choices` holds the chosen values of each part in conflict. A part with the wiki's values is dropped.
    """
    remaining: dict[EventPart, PartEdit] = {}
    for part, change in edit.items():
        present = theirs.part(part)
        mine = choices.get(part, change.mine)
        if mine != present:
            remaining[part] = PartEdit(present if part in choices else change.base, mine)
    return remaining


def rebased(edit: Edit, discarded: Edit) -> Edit:
    """Return a later edit based on the state before an earlier, discarded edit.

    A part without any difference left is dropped.
    """
    remaining: dict[EventPart, PartEdit] = {}
    for part, change in edit.items():
        before = discarded.get(part)
        base = before.base if before and before.mine == change.base else change.base
        if base != change.mine:
            remaining[part] = PartEdit(base, change.mine)
    return remaining
