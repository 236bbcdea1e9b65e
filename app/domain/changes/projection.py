"""What the panes show: the mirror with the open changes applied. A projection is never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.changes.change import Change, key_of_new_event
from app.domain.changes.merge import overlaid
from app.domain.changes.operations import ChangeOrganizers, DeleteRegistration, Register, RemoveParticipants
from app.domain.events.event import Event, Listing, Organizer, Registration
from app.domain.events.event_fields import EventPart, fields_of, tidy, with_fields
from app.domain.people.own_registration import OwnRegistration


@dataclass(frozen=True)
class ShownOrganizer:
    """An organizer as the panes show them. `waiting`: the open change that adds or removes them."""

    name: str | None
    user_id: int | None
    roles: tuple[str, ...]
    waiting: Change | None = None
    leaves: bool = False


class Projection:
    """Applies the open changes to data of the mirror. Immutable: create a new one after each change."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.changes: tuple[Change, ...] = tuple(
            sorted((change for change in changes if change.open), key=lambda change: change.number)
        )
        self._by_event: dict[int, list[Change]] = {}
        self._creations: dict[int, Change] = {}
        self._removals: dict[int, dict[int, Change]] = {}
        for change in self.changes:
            self._by_event.setdefault(change.event_key, []).append(change)
            if change.operation.new_event():
                self._creations[key_of_new_event(change.number)] = change
            elif isinstance(change.operation, RemoveParticipants):
                leaving = self._removals.setdefault(change.event_key, {})
                leaving.update((person.user_id, change) for person in change.operation.people)

    def of_event(self, event_key: int) -> Sequence[Change]:
        """Return an event's open changes, the oldest first."""
        return self._by_event.get(event_key, ())

    def waits_for_earlier(self, change: Change) -> bool:
        """Return whether a change is blocked by an earlier, stuck change of its event."""
        return (
            change.open
            and not change.stuck
            and not change.operation.takes_minutes
            and any(
                one.stuck and one.number < change.number and one.operation.holds_back
                for one in self.of_event(change.event_key)
            )
        )

    def creation(self, event_key: int) -> Change | None:
        """Return the open change that will create an event."""
        return self._creations.get(event_key)

    def removals(self, event_key: int) -> Mapping[int, Change]:
        """Return the open removals of an event: the change by user id."""
        return self._removals.get(event_key, {})

    def parts_waiting(self, event_key: int) -> frozenset[EventPart]:
        """Return the parts of an event that open changes modify."""
        return frozenset(part for change in self.of_event(event_key) for part in change.operation.edited())

    def deletion(self, event_key: int) -> Change | None:
        """Return the open change that deletes an event's registration."""
        return next(
            (one for one in self.of_event(event_key) if isinstance(one.operation, DeleteRegistration)), None
        )

    def event(self, event: Event) -> Event:
        """Return an event with its open edits applied."""
        edits = [edit for one in self.of_event(event.key) if (edit := one.operation.edited())]
        if not edits:
            return event
        fields = overlaid(edits, fields_of(event.registration))
        return replace(event, registration=with_fields(event.registration, fields))

    def new_events(self, page_wikis: Mapping[int, str]) -> list[Event]:
        """Return the events that are not yet created; `page_wikis` maps account keys to wiki ids."""
        made = []
        for key, change in self._creations.items():
            created = change.operation.new_event()
            if created is None:
                continue
            fields = tidy(created)
            name = fields.page.partition(":")[2] or fields.page
            bare = Registration(
                event_id=0,
                name=name,
                page=fields.page,
                page_wiki=page_wikis.get(change.account_key, ""),
                status=fields.status,
                timezone=fields.timezone,
                start=fields.start,
                end=fields.end,
            )
            made.append(
                Event(
                    key=key,
                    wiki_key=change.account_key,
                    registration=with_fields(bare, fields),
                    listing=Listing.NOT_YET_CREATED,
                    participants=0,
                    private_participants=0,
                    fetched_at=None,
                    participants_complete_at=None,
                    participants_seen_private=False,
                    pass_unfinished=False,
                )
            )
        return made

    def organizers(self, event_key: int, known: Sequence[Organizer]) -> list[ShownOrganizer]:
        """Return an event's organizers with the open changes; those to be removed are included and marked."""
        shown = [ShownOrganizer(person.name, person.user_id, person.roles) for person in known]
        for change in self.of_event(event_key):
            if not isinstance(change.operation, ChangeOrganizers):
                continue
            leaving, coming = change.operation.remove, set(change.operation.add)
            shown = [
                replace(person, waiting=change, leaves=True)
                if person.user_id in leaving
                # Removed and added again: the organizer stays.
                else replace(person, waiting=None, leaves=False)
                if person.leaves and person.name in coming
                else person
                for person in shown
            ]
            present = {person.name for person in shown}
            shown += [
                ShownOrganizer(name, None, ("organizer",), change)
                for name in change.operation.add
                if name not in present
            ]
        return shown

    def own_change(self, event_key: int) -> Change | None:
        """Return the last open change to the user's own registration."""
        own = [one for one in self.of_event(event_key) if one.operation.is_own_registration]
        return own[-1] if own else None

    def own_registration(self, event_key: int, known: OwnRegistration | None) -> OwnRegistration | None:
        """Return the user's own registration with the open changes applied."""
        change = self.own_change(event_key)
        if change is None:
            return known
        return change.operation.registration if isinstance(change.operation, Register) else None
