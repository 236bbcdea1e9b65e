"""A participant as text, for the table and the card."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QObject

from app.domain import names, wording
from app.domain.people.participant import NO_RESPONSE, AnswersState, Participant, Presence
from app.i18n import _
from app.models.events.event_text import clock, day

_NOTHING = "–"


class PersonText(QObject):
    """Text for a person, in the user's language."""

    def cells(self, person: Participant, zone: tzinfo, *, leaving: bool = False) -> tuple[str, ...]:
        """Return the texts of a person's row, in the order of the table's columns.

        `leaving`: an open change of the user removes this person.
        """
        return (
            names.set_apart(wording.person_name(person)),
            self.registered(person, zone),
            self._listed(person, leaving=leaving),
            self._email(person),
            answer_text(person, 4) or _NOTHING,
            answer_text(person, 5) or _NOTHING,
        )

    def registered(self, person: Participant, zone: tzinfo | None) -> str:
        """Return when a person registered, in the event's time zone."""
        moment = datetime.fromtimestamp(person.registered_at, zone)
        return f"{day(moment)}, {clock(moment)}"

    def _listed(self, person: Participant, *, leaving: bool) -> str:
        if leaving:
            return _("To be removed")
        return _("Private") if person.private else _("Public")

    def _email(self, person: Participant) -> str:
        if person.can_email is None:
            return _NOTHING
        return _("Yes") if person.can_email else _("No address")


def answer_text(person: Participant, question: int) -> str:
    """Return a person's answer to a question as text, empty if the wiki shows none."""
    if person.answers_state is AnswersState.AGGREGATED:
        return wording.aggregated()
    for answer in person.answers:
        if answer.question == question:
            if answer.option == NO_RESPONSE:
                return ""
            label = names.safe(wording.option_label(question, answer.option))
            return f"{label}: {names.set_apart(answer.text)}" if answer.text else label
    return ""


def is_named(person: Participant) -> bool:
    """Return whether the wiki still shows a person's name."""
    return person.presence is Presence.NAMED
