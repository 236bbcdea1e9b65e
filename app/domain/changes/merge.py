"""Joining an edit with what others changed meanwhile: part by part, against what both began with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.events.event_fields import EventFields, EventPart, PartValues


@dataclass(frozen=True, slots=True)
class PartEdit:
    """One part of an edit: what it was when she changed it, and what she made of it."""

    base: PartValues
    mine: PartValues


Edit = Mapping[EventPart, PartEdit]


@dataclass(frozen=True, slots=True)
class Merged:
    """An edit joined with the event as it is now. Where `conflicts` is empty, `fields` can be sent."""

    fields: EventFields
    conflicts: tuple[EventPart, ...]


def edit_between(before: EventFields, after: EventFields) -> dict[EventPart, PartEdit]:
    """Return the edit that makes one description into the other; empty where they say the same."""
    return {
        part: PartEdit(before.part(part), after.part(part))
        for part in EventPart
        if before.part(part) != after.part(part)
    }


def merged(edit: Edit, theirs: EventFields) -> Merged:
    """Join an edit with the event as the wiki has it now.

    A part that only one side changed is taken from that side. One that both changed, differently, is a
    conflict and stays as theirs.
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
    """Return a description with edits on top of it, whatever stands there; the last one holds."""
    mine: dict[EventPart, PartValues] = {}
    for edit in edits:
        mine.update((part, change.mine) for part, change in edit.items())
    for part, values in mine.items():
        fields = fields.with_part(part, values)
    return fields


def resolved(edit: Edit, theirs: EventFields, choices: Mapping[EventPart, PartValues]) -> Edit:
    """Return the edit that remains when each conflict has been decided.

    `choices` holds the values chosen for each part in conflict. A part decided as theirs drops out.
    """
    remaining: dict[EventPart, PartEdit] = {}
    for part, change in edit.items():
        present = theirs.part(part)
        mine = choices.get(part, change.mine)
        if mine != present:
            remaining[part] = PartEdit(present if part in choices else change.base, mine)
    return remaining


def rebased(edit: Edit, discarded: Edit) -> Edit:
    """Return a later edit whose base no longer holds an earlier one that was taken back.

    A part that only repeats what was taken back to drops out.
    """
    remaining: dict[EventPart, PartEdit] = {}
    for part, change in edit.items():
        before = discarded.get(part)
        base = before.base if before and before.mine == change.base else change.base
        if base != change.mine:
            remaining[part] = PartEdit(base, change.mine)
    return remaining
