"""Everything that is known of a person, in words."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from app.desk.person_data import PersonAtEvent
from app.domain import names
from app.domain.desk.acts import Act, ActKind
from app.domain.wording import people_texts
from app.domain.wording.change_texts import change_summary
from app.i18n import N_, _
from app.models.events.event_text import clock, day

_ACTS = {
    ActKind.CHECK_IN: N_("checked in"),
    ActKind.CHECK_OUT: N_("checked out"),
    ActKind.NO_SHOW: N_("marked as no-show"),
    ActKind.UNDO: N_("taken back"),
    ActKind.NOTE: N_("note"),
    ActKind.WALK_IN: N_("walk-in"),
    ActKind.MATCH: N_("matched with a registration"),
    ActKind.ERASE: N_("erased"),
}


def person_lines(found: Sequence[PersonAtEvent]) -> str:
    """Return what is known, event by event, as plain text."""
    parts = []
    for one in found:
        lines = [names.safe(one.event.registration.name), *(f"  {line}" for line in _lines(one))]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _lines(one: PersonAtEvent) -> Iterator[str]:
    zone = one.event.registration.zone()
    if (person := one.registration) is not None:
        registered = day(datetime.fromtimestamp(person.registered_at, UTC).astimezone(zone))
        text = _("Registered on {day}, privately") if person.private else _("Registered on {day}, publicly")
        yield text.format(day=registered)
        for answer in person.answers:
            if text := people_texts.answer_text(person, answer.question):
                yield f"{people_texts.question_label(answer.question)}: {text}"
    if one.organizes:
        yield _("Organizer of the event")
    for act in one.acts:
        yield _act_line(act, datetime.fromtimestamp(act.moment / 1000, zone))
    for change in one.changes:
        yield _("In a change: {change}").format(change=change_summary(change))


def _act_line(act: Act, moment: datetime) -> str:
    what = _(_ACTS[act.kind]) if act.kind in _ACTS else act.kind.value
    if act.kind is ActKind.NOTE and act.text:
        what = f"{what}: {names.safe(act.text)}"
    return _("At the desk, {day}, {clock}: {act}").format(day=day(moment), clock=clock(moment), act=what)
