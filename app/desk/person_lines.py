"""Everything that is known of a person at an event, in words."""

from collections.abc import Callable, Iterator
from datetime import datetime

from app.desk.person_data import PersonAtEvent
from app.domain.desk.acts import ActKind
from app.domain.wording import people_texts
from app.domain.wording.change_texts import change_summary
from app.i18n import N_, _

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


def lines_about(
    one: PersonAtEvent,
    day: Callable[[datetime], str],
    moment: Callable[[datetime], str],
    show: Callable[[str], str],
) -> Iterator[str]:
    """Yield what is known. `day` and `moment` write times of the event's zone, `show` what people wrote."""
    zone = one.event.registration.zone()
    if (person := one.registration) is not None:
        text = _("Registered on {day}, privately") if person.private else _("Registered on {day}, publicly")
        yield text.format(day=day(datetime.fromtimestamp(person.registered_at, zone)))
        for answer in person.answers:
            if text := people_texts.answer_text(person, answer.question):
                yield f"{people_texts.question_label(answer.question)}: {text}"
    edits, made = one.edits
    if edits or made:
        yield _("Edits read from wikis: {count}").format(count=edits)
    if made:
        day_made = day(datetime.fromtimestamp(made, zone))
        yield _("Account made on {day}, as read from wikis").format(day=day_made)
    if one.organizes:
        yield _("Organizer of the event")
    for act in one.acts:
        what = _(_ACTS[act.kind]) if act.kind in _ACTS else act.kind.value
        if act.kind is ActKind.NOTE and act.text:
            what = f"{what}: {show(act.text)}"
        at = moment(datetime.fromtimestamp(act.moment / 1000, zone))
        yield _("At the desk, {moment}: {act}").format(moment=at, act=what)
    for change in one.changes:
        yield _("In a change: {change}").format(change=change_summary(change))
