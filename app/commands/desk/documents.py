"""What `--json` prints of the desk (the guide's json.md)."""

from collections.abc import Sequence
from typing import Any

from app.commands.documents import moment
from app.domain.desk.desk_day import DeskCounts
from app.domain.desk.readiness import Readiness, ReadinessAction
from app.domain.desk.shared_desk import Compared
from app.domain.desk.venue import VenueCheck, VenueFinding
from app.domain.events.event import Event
from app.store.desk.shared_desk import SharedDeskSettings


def desk(known: Event, day: str, counts: DeskCounts) -> dict[str, Any]:
    """Return the figures of a day at the desk of an event."""
    return {
        "event_id": known.event_id,
        "day": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "registered": counts.registered,
        "arrived": counts.arrived,
        "inside": counts.inside,
        "walk_ins": counts.walk_ins,
        "no_shows": counts.no_shows,
        "to_come": counts.to_come,
        "arrived_recently": counts.recent,
    }


def shared_desk(known: Event, settings: SharedDeskSettings, compared: Compared) -> dict[str, Any]:
    """Return where the desk of an event is shared, and how many acts are where."""
    return {
        "event_id": known.event_id,
        "address": str(settings.address),
        "names_accepted_at": moment(settings.accepted_at),
        "here": compared.here,
        "on_server": compared.there,
        "to_fetch": compared.to_fetch,
        "to_send": compared.to_send,
    }


def venue(known: Event, check: VenueCheck, found: Sequence[VenueFinding]) -> dict[str, Any]:
    """Return a venue check with its findings in words."""
    return {
        "event_id": known.event_id,
        "expected": check.expected,
        "wikis": [
            {
                "wiki": one.wiki,
                "ip_address": one.address,
                "can_create_accounts": one.can_create_accounts,
                "has_no_rate_limit": one.has_no_rate_limit,
                "blocks": [
                    {
                        "target": block.target,
                        "everywhere": block.everywhere,
                        "anonymous_only": block.anonymous_only,
                        "stops_new_accounts": block.stops_new_accounts,
                        "automatic": block.automatic,
                        "partial": block.partial,
                        "ends_at": moment(block.until),
                        "wiki_said": block.wiki_said or None,
                    }
                    for block in one.blocks
                ],
            }
            for one in check.wikis
        ],
        "findings": [
            {
                "wiki": one.wiki or None,
                "outcome": one.outcome.value,
                "message": one.sentence,
                "wiki_said": one.wiki_said or None,
            }
            for one in found
        ],
        "request": check.request,
    }


def readiness(known: Event, found: Readiness, messages: Sequence[str]) -> dict[str, Any]:
    """Return a readiness check; `messages` are its lines in words."""
    return {
        "event_id": known.event_id,
        "ready": found.ready,
        "findings": [
            {
                "checked": line.item.value,
                "state": line.state.value,
                "condition": line.condition.value,
                "action": None if line.action is ReadinessAction.NONE else line.action.value,
                "message": message,
            }
            for line, message in zip(found.lines, messages, strict=True)
        ],
    }
