"""What `--json` prints: the keys, in the glossary's words, and times in ISO 8601 (the guide's json.md)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.desk.person_data import PersonAtEvent
from app.domain.accounts.account import Account, SignInLack
from app.domain.accounts.wiki_check import Finding
from app.domain.changes.change import Change, ChangeState
from app.domain.changes.operations import ChangeOrganizers, Operation
from app.domain.events.event import Event, Listing
from app.domain.faults import KnownFault
from app.domain.impact.figures import EXPERIENCE, Impact
from app.domain.people.attendance import AttendanceCounts
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.participant import Participant, Presence
from app.domain.privacy.retention import Holding, RetentionRule
from app.domain.statistics.course import CourseFigures
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics
from app.domain.wording import change_texts
from app.domain.wording.figures import course_texts
from app.store.changes.change_rows import kind_of
from app.store.impact.edits import EditsReading

#: The words of what the program keeps under older ones.
_STATES = {ChangeState.WAITING: "pending", ChangeState.ASKS: "undecided"}
_LISTINGS = {Listing.NOT_YET_CREATED: "not-yet-created"}
_VISIBILITIES = {Presence.NAMED: "named", Presence.HIDDEN: "hidden", Presence.VANISHED: "vanished"}


def event(known: Event, wiki: str, now: datetime) -> dict[str, Any]:
    """Return an event; `wiki` is the label by which commands know its account."""
    registration = known.registration
    return {
        "wiki": wiki,
        "event_id": known.event_id,
        "name": registration.name,
        "page": registration.page,
        "status": registration.status,
        "timezone": registration.timezone,
        "starts_at": registration.starts_at().isoformat(),
        "ends_at": registration.ends_at().isoformat(),
        "phase": registration.phase(now).value,
        "listing": _LISTINGS.get(known.listing, known.listing.value),
        "participants": known.participants,
        "private_participants": known.private_participants,
        "complete": complete(known),
        "full_check_at": moment(known.participants_complete_at),
        "quick_check_at": moment(known.looked_at),
    }


def participants(known: Event, matching: int, people: Sequence[Participant]) -> dict[str, Any]:
    """Return participants of an event; `matching` is how many the search found, before any limit."""
    return {
        "event_id": known.event_id,
        "complete": complete(known),
        "matching": matching,
        "participants": [participant(person) for person in people],
    }


def participant(person: Participant) -> dict[str, Any]:
    """Return a participant with their answers, by the names of questions and options."""
    return {
        "participant_id": person.participant_id,
        "central_user_id": person.user_id,
        "name": person.name,
        "visibility": _VISIBILITIES[person.presence],
        "registered_at": moment(person.registered_at),
        "private": person.private,
        "can_email": person.can_email,
        "attendance": person.attended.attendance.value if person.attended else None,
        "arrived_at": moment(person.attended.came) if person.attended and person.attended.came else None,
        "answers_state": person.answers_state.name.lower().replace("_", "-"),
        "answers": [
            {"question": answer.question, "option": answer.option, "text": answer.text}
            for answer in person.answers
        ],
    }


def statistics(
    known: Event,
    found: EventStatistics,
    questions: Sequence[QuestionStatistics],
    came: AttendanceCounts,
    *,
    by_wiki: bool,
) -> dict[str, Any]:
    """Return an event's statistics under the thresholds; `by_wiki`: the questions are the wiki's own sums."""
    return {
        "event_id": known.event_id,
        "complete": complete(known),
        "participants": found.people,
        "public_participants": found.public,
        "private_participants": found.private,
        "aggregated_participants": found.aggregated,
        "arrived": came.arrived,
        "walk_ins": came.walk_ins,
        "no_shows": came.no_shows,
        "participants_without_visible_answers": found.not_shown,
        "aggregated_by_wiki": by_wiki,
        "questions": [
            {
                "question": question.question,
                "participants": question.people,
                "options": None
                if question.shares is None
                else [
                    {"option": share.option, "at_least": share.least, "at_most": share.most}
                    for share in question.shares
                ],
            }
            for question in questions
        ],
        "registrations_by_day": [
            {"day": day.isoformat(), "registrations": people} for day, people in found.days
        ],
    }


def dashboard(known: Event, course: CourseFigures, read_at: int, failed: KnownFault | None) -> dict[str, Any]:
    """Return the figures of an event's course; `failed`: why the Dashboard's latest could not be read."""
    return {
        "event_id": known.event_id,
        "course": course.slug,
        "title": course.title,
        "address": course.address,
        "read_at": moment(read_at),
        "counted_at": moment(course.as_of),
        "figures": {key: count._asdict() for key, _label, count in course_texts.course_rows(course)},
        "failed": fault(failed.fault.value, failed.sentence, failed.wiki_said) if failed else None,
    }


def impact(known: Event, found: Impact, reading: EditsReading) -> dict[str, Any]:
    """Return what came of an event, without private participants."""
    return {
        "event_id": known.event_id,
        "first": moment(found.period.first),
        "last": moment(found.period.last),
        "read_at": moment(reading.read_at),
        "problems": list(reading.problems),
        "participants": found.people,
        **found.totals._asdict(),
        "newcomers": found.newcomers,
        "newcomers_who_edited": found.newcomers_edited,
        "first_edits": found.first_edits,
        "edits_before": [
            {"at_least": least, "participants": people}
            for least, people in zip(EXPERIENCE, found.experience, strict=True)
        ],
        "stayed": [one._asdict() for one in found.stayed],
        "days": [{"day": day.isoformat(), "edits": edits} for day, edits in found.days],
        "wikis": [one._asdict() for one in found.wikis],
        "pages": [one._asdict() for one in found.pages],
        "people": [
            {
                "central_user_id": one.user_id,
                "name": one.name,
                "registered_at": moment(one.registered_at),
                "edits_before": one.edits_before,
                "edits": one.edits,
                "pages": one.pages,
                "size_diff": one.size_diff,
                "uploads": one.uploads,
                "last_edit": moment(one.last_edit),
                "stayed": list(one.stayed),
            }
            for one in found.persons
        ],
    }


def report(known: Sequence[Event], kind: str, path: Path, personal_data: str) -> dict[str, Any]:
    """Return what a report was written about; `personal_data`: whose data is in it, empty if nobody's."""
    return {
        "events": [{"event_id": event.event_id, "complete": complete(event)} for event in known],
        "format": kind,
        "personal_data": personal_data,
        "path": str(path),
    }


def export(known: Event, people: int, path: Path) -> dict[str, Any]:
    """Return what an export has written."""
    return {
        "event_id": known.event_id,
        "complete": complete(known),
        "participants": people,
        "path": str(path),
    }


def change(one: Change, wiki: str, known: Event | None) -> dict[str, Any]:
    """Return a change with everybody it concerns: the wiki may no longer know them while it is pending."""
    return {
        "number": one.number,
        "kind": kind_of(one.operation),
        "wiki": wiki,
        "event_id": known.event_id if known else None,
        "summary": change_texts.change_summary(one),
        "state": _STATES.get(one.state, one.state.value),
        "question": one.question.value if one.question else None,
        "created_at": moment(one.made_at),
        "attempts": one.attempts,
        "message": one.sentence,
        "wiki_said": one.wiki_said,
        "error_key": one.error_key,
        "field": one.error_field,
        **_people(one.operation),
    }


def account(known: Account) -> dict[str, Any]:
    """Return an account with its sign-ins; no secret is among it."""
    lack = known.lack()
    return {
        "wiki": known.wiki.wiki_id,
        "site_name": known.wiki.site_name,
        "address": known.wiki.base_url,
        "mediawiki_version": known.wiki.version,
        "user_name": known.identity.name,
        "central_user_id": known.identity.central_id,
        "sign_ins": [
            {
                "kind": one.kind.value,
                "address": one.address,
                "ended": one.ended,
                "rights": sorted(one.organizing),
            }
            for one in known.sign_ins
        ],
        "ended": known.ended,
        "lacks": None if lack is SignInLack.NOTHING else lack.value,
    }


def finding(found: Finding) -> dict[str, Any]:
    """Return one finding of the check of a wiki."""
    return {"checked": found.checked.value, "outcome": found.outcome.value, "message": found.sentence}


def fault(kind: str, message: str, wiki_said: str = "") -> dict[str, Any]:
    """Return the fault that ended a command, and what the wiki itself said."""
    return {"fault": kind, "message": message, "wiki_said": wiki_said or None}


def complete(known: Event) -> bool:
    """Return whether all participants of an event were fetched."""
    return known.participants_complete_at is not None and not known.pass_unfinished


def moment(at: int | None) -> str | None:
    """Return seconds since 1970 in ISO 8601, in UTC."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()


def _people(operation: Operation) -> dict[str, Any]:
    if people := operation.concerned():
        return {"participants": [_chosen(person) for person in people]}
    if isinstance(operation, ChangeOrganizers):
        return {"add_organizers": list(operation.add), "remove_organizers": list(operation.remove.values())}
    return {}


def _chosen(person: ChosenPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "central_user_id": person.user_id,
        "private": person.private,
        "can_email": person.can_email,
    }


def privacy(rule: RetentionRule, holdings: Sequence[Holding]) -> dict[str, Any]:
    """Return what personal data is here, event by event."""
    return {
        "keep_days": rule.days,
        "erase_by_itself": rule.agreed,
        "events": [
            {
                "event_id": one.event.event_id,
                "participants": one.participants,
                "private_participants": one.private,
                "answers": one.answers,
                "at_the_desk": one.check_ins,
                "edits": one.edits,
                "notes": one.notes,
                "changes": one.changes,
                "changes_waiting": one.waiting,
                "fetched_at": None if one.since is None else moment(one.since),
                "keep_days": one.days,
                "kept_until": None if one.until is None else moment(one.until),
                "erased_at": None if one.erased_at is None else moment(one.erased_at),
            }
            for one in holdings
        ],
    }


def person_data(name: str, found: Sequence[PersonAtEvent]) -> dict[str, Any]:
    """Return everything that is known of one person."""
    return {
        "name": name,
        "events": [
            {
                "event_id": one.event.event_id,
                "title": one.event.registration.name,
                "registration": participant(one.registration) if one.registration else None,
                "organizer": one.organizes,
                "at_the_desk": [
                    {
                        "act": act.kind.value,
                        "at": moment(act.moment // 1000),
                        "day": act.day,
                        "text": act.text,
                    }
                    for act in one.acts
                ],
                "changes": [change.number for change in one.changes],
            }
            for one in found
        ],
    }
