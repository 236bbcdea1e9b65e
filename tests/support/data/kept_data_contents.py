"""The contents of a data folder as plain values, for any version of the program."""

import json
from contextlib import closing
from dataclasses import asdict
from typing import Any

from app.domain.desk.log import DeskLog
from app.store.accounts import accounts, sign_ins
from app.store.changes import outbox
from app.store.changes.change_rows import operation_to_json
from app.store.desk.acts import read_acts
from app.store.desk.shared_desk import read_shared_desk
from app.store.events import drafts, events, page_readings
from app.store.mirror import Mirror
from app.store.people import own_registrations, participants

#: The passphrase of the folders in `kept_data`, which contain nobody's data.
PASSPHRASE = "the quick brown heron"
#: The day of which something is noted at the desk.
DAY = "20261212"
_FIELDS_OF_A_CHANGE = (
    "number",
    "account_key",
    "event_key",
    "made_at",
    "attempts",
    "tried_at",
    "ended_at",
    "sentence",
    "error_key",
    "error_field",
)


def contents(mirror: Mirror) -> dict[str, Any]:
    """Return everything that later versions must preserve, as JSON values."""
    with closing(mirror.reader()) as reader:
        found: dict[str, Any] = {"accounts": [], "events": [], "changes": []}
        for account in accounts.read_accounts(reader):
            found["accounts"].append(
                {
                    "key": account.key,
                    "address": account.wiki.base_url,
                    "wiki": account.wiki.wiki_id,
                    "name": account.identity.name,
                    "central_id": account.identity.central_id,
                    "family": dict(account.family),
                    "family_read_at": accounts.read_family_age(reader, account.key),
                    "questions": accounts.read_question_labels(reader, account.key),
                    "emails_sent": outbox.read_emails_since(reader, account.key, 0),
                    "sign_ins": [
                        {
                            "kind": one.kind.value,
                            "address": one.address,
                            "rights": sorted(one.rights),
                            "ended": one.ended,
                            "secrets": [
                                asdict(secret) if secret else None
                                for secret in sign_ins.read_secrets(reader, account.key, one)
                            ],
                        }
                        for one in account.sign_ins
                    ],
                }
            )
        for event in events.read_events(reader):
            draft = drafts.read_draft(reader, event.key)
            own = own_registrations.read_own(reader, event.key)
            statistics, read_at = page_readings.read_statistics_of_wiki(reader, event.key)
            totals, _at = page_readings.read_contributions(reader, event.key) or (None, None)
            found["events"].append(
                {
                    "key": event.key,
                    "registration": asdict(event.registration),
                    "place": event.listing.value,
                    "counts": [event.participants, event.private_participants],
                    "complete_at": event.participants_complete_at,
                    "unfinished": event.pass_unfinished,
                    "organizers": [asdict(one) for one in events.read_organizers(reader, event.key)],
                    "people": [
                        # What was noted at the desk is below, under "desks".
                        list(one[:9])
                        for one in participants.stream_people(reader, event.key, private=True)
                    ],
                    "draft": asdict(draft) if draft else None,
                    "own": asdict(own) if own else None,
                    "statistics": asdict(statistics) if statistics else None,
                    "statistics_read_at": read_at,
                    "contributions": asdict(totals) if totals else None,
                }
            )
        for change in outbox.read_changes(reader):
            kind, operation = operation_to_json(change.operation)
            fields = {name: getattr(change, name) for name in _FIELDS_OF_A_CHANGE}
            question = change.question.value if change.question else None
            found["changes"].append(
                {
                    **fields,
                    "kind": kind,
                    "act": json.loads(operation),
                    "state": change.state.value,
                    "question": question,
                    "progress": dict(change.progress),
                }
            )
        found["page_template"] = drafts.read_page_template(reader)
        if desks := [_desk(reader, event.key) for event in events.read_events(reader)]:
            noted = [one for one in desks if one["people"]]
            found |= {"desks": noted} if noted else {}
        shared = [read_shared_desk(reader, event.key) for event in events.read_events(reader)]
        if servers := [asdict(one) for one in shared if one]:
            found["shared_desks"] = servers
    return dict(json.loads(json.dumps(found)))


def _desk(reader: Any, event_key: int) -> dict[str, Any]:
    """Return who came to an event on its day, and the walk-ins."""
    log = DeskLog(read_acts(reader, event_key))
    known = {person: log.day(person, DAY) for person in log.people()}
    people = [[str(person), day.attendance.value, list(day.visits)] for person, day in known.items()]
    walk_ins = [[one.name, one.is_user_name, log.note(person)] for person, one in log.walk_ins().items()]
    return {"event": event_key, "people": sorted(people), "walk_ins": sorted(walk_ins)}
