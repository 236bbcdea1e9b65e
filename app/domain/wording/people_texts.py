"""Texts about people and their answers."""

from collections.abc import Callable

from app.domain.names import safe, set_apart
from app.domain.people.attendance import Attendance, Attended
from app.domain.people.participant import NO_RESPONSE, UNRECOGNISED, AnswersState, Participant, Presence
from app.domain.people.people_columns import ColumnKind, PeopleColumn
from app.i18n import N_, _, ngettext


def person_name(person: Participant) -> str:
    """Return a person's name, or a placeholder if the wiki does not show it."""
    if person.name:
        return person.name
    if person.presence is Presence.HIDDEN:
        return hidden_name()
    return _("(account no longer exists)")


def option_label(question: int, option: str) -> str:
    """Return an option's label; its key if the program does not know it."""
    known = _OPTIONS.get((question, option)) or _ANY_OPTION.get(option)
    return _(known) if known else option


def cell_text(
    column: PeopleColumn, person: Participant, moment: Callable[[int], str], *, short: bool = False
) -> str:
    """Return a cell of a table of people, empty if there is nothing to show. `moment` formats a time.

    `short`: long answers are shortened to what distinguishes them.
    """
    value = column.value(person)
    if column.kind is ColumnKind.NAME:
        return set_apart(person_name(person))
    if column.kind is ColumnKind.MOMENT:
        return moment(value) if value else ""
    if column.kind is ColumnKind.ATTENDANCE:
        return attendance_text(value)
    if column.kind is ColumnKind.FLAG:
        return _(column.words[0 if value else 1]) if column.words and value is not None else ""
    if column.kind is ColumnKind.NUMBER:
        return str(value)
    return answer_text(person, column.question, short=short)


def attendance_text(attended: Attended | None, *, walk_in: bool = False) -> str:
    """Return what was noted of somebody at the desk, in a word or two; empty if nothing was."""
    if attended is None:
        return ""
    if attended.days > 1:
        days = ngettext("Came on {count} day", "Came on {count} days", attended.days)
        return days.format(count=attended.days)
    if walk_in:
        return _("Walk-in")
    match attended.attendance:
        case Attendance.NO_SHOW if not attended.days:
            return _("No-show")
        case Attendance.ABSENT:
            return ""
        case Attendance.LEFT:
            return _("Left")
    return _("Arrived")


def answer_text(person: Participant, question: int, *, short: bool = False) -> str:
    """Return a person's answer to a question as text, empty if the wiki shows none."""
    if person.answers_state is AnswersState.AGGREGATED:
        return aggregated()
    for answer in person.answers:
        if answer.question == question:
            if answer.option == NO_RESPONSE:
                return ""
            known = _SHORT_OPTIONS.get((question, answer.option)) if short else None
            label = _(known) if known else safe(option_label(question, answer.option))
            return f"{label}: {set_apart(answer.text)}" if answer.text else label
    return ""


def aggregated() -> str:
    """Return the text for answers that the wiki has summed up and deleted."""
    return _("summed up")


def hidden_name() -> str:
    """Return the placeholder for a name that the wiki hides."""
    return _("(name hidden by the wiki)")


def question_label(question: int, otherwise: str = "") -> str:
    """Return a question's short name; for an unknown question, the wiki's label if given."""
    if question in _QUESTIONS:
        return _(_QUESTIONS[question])
    return otherwise or _("Question {number}").format(number=question)


def own_option_label(question: int, value: int) -> str:
    """Return the label of an option by the wiki's number, for the user's own answers."""
    return _(_OWN_OPTIONS[question][value - 1])


def contribution_total(name: str) -> str:
    """Return the label of a total of contributions; its name if the program does not know it."""
    return _(_TOTALS[name]) if name in _TOTALS else name


_TOTALS = {
    "participants": N_("Participants who edited"),
    "wikis-edited": N_("Wikis edited"),
    "articles-created": N_("Articles created"),
    "articles-edited": N_("Articles edited"),
    "edit-count": N_("Edits"),
    "bytes-changed": N_("Bytes added and removed"),
    "links-changed": N_("Links added and removed"),
}
_QUESTIONS = {
    1: N_("Gender"),
    2: N_("Age"),
    3: N_("Profession"),
    4: N_("Confidence in contributing"),
    5: N_("Member of an affiliate"),
}
_OPTIONS = {
    (1, "man"): N_("Man"),
    (1, "woman"): N_("Woman"),
    (1, "agender"): N_("Agender"),
    (1, "nonbinary"): N_("Non-binary"),
    (1, "other"): N_("Gender not listed"),
    (2, "under-25"): N_("Under 25"),
    (2, "25-34"): N_("25–34"),
    (2, "35-44"): N_("35–44"),
    (2, "45-54"): N_("45–54"),
    (2, "55-64"): N_("55–64"),
    (2, "65-74"): N_("65–74"),
    (2, "75-84"): N_("75–84"),
    (2, "85-plus"): N_("85 or older"),
    (3, "artist-creative"): N_("Artist or creative professional"),
    (3, "educator"): N_("Educator"),
    (3, "librarian"): N_("Librarian"),
    (3, "mass-media"): N_("Mass media professional"),
    (3, "museum-archive"): N_("Museum or archive professional"),
    (3, "nonprofit"): N_("Non-profit professional"),
    (3, "researcher"): N_("Researcher"),
    (3, "software-engineer"): N_("Software engineer"),
    (3, "student"): N_("Student"),
    (3, "other"): N_("Profession not listed"),
    (4, "none"): N_("Never contributed"),
    (4, "some-not-confident"): N_("Some experience, not confident"),
    (4, "some-confident"): N_("Some experience, wants to learn more"),
    (4, "confident"): N_("Confident without support"),
    (5, "affiliate"): N_("Yes"),
    (5, "none"): N_("No"),
}
#: The answers that are too long for a column of a table.
_SHORT_OPTIONS = {
    (4, "some-not-confident"): N_("Some, not confident"),
    (4, "some-confident"): N_("Some, learning more"),
    (4, "confident"): N_("Confident"),
}
_ANY_OPTION = {NO_RESPONSE: N_("No response"), UNRECOGNISED: N_("Another answer")}
_OWN_OPTIONS = {
    1: (N_("Man"), N_("Woman"), N_("Agender"), N_("Non-binary"), N_("Gender not listed")),
    2: (
        N_("Under 25"),
        N_("25–34"),
        N_("35–44"),
        N_("45–54"),
        N_("55–64"),
        N_("65–74"),
        N_("75–84"),
        N_("85 and over"),
    ),
    3: (
        N_("Artist or creative professional"),
        N_("Educator"),
        N_("Librarian"),
        N_("Mass media professional"),
        N_("Museum or archive professional"),
        N_("Non-profit professional"),
        N_("Researcher"),
        N_("Software engineer"),
        N_("Student"),
        N_("Profession not listed"),
    ),
    4: (
        N_("I have never contributed"),
        N_("Some experience, but not confident"),
        N_("Some experience, confident, would like to learn more"),
        N_("Confident without support"),
    ),
    5: (N_("Yes"), N_("No")),
}


def walk_ins(count: int, number: Callable[[int], str] = str) -> str:
    """Return how many walk-ins there are; `number` writes it."""
    return ngettext("{count} walk-in", "{count} walk-ins", count).format(count=number(count))


def no_shows(count: int) -> str:
    """Return how many no-shows there are."""
    return ngettext("{count} no-show", "{count} no-shows", count).format(count=count)
