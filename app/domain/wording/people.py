"""People and their answers."""

from gettext import gettext as _

from app.domain.participant import NO_RESPONSE, UNRECOGNISED, Participant, Presence


def person_name(person: Participant) -> str:
    """Return a person's name, or the words that stand for a name the wiki does not give."""
    if person.name:
        return person.name
    if person.presence is Presence.HIDDEN:
        return _("(name hidden by the wiki)")
    return _("(account no longer exists)")


def option_label(question: int, option: str) -> str:
    """Return an option's words; its key where the program does not know it."""
    return _OPTIONS.get((question, option)) or _ANY_OPTION.get(option) or option


def question_label(question: int, otherwise: str = "") -> str:
    """Return a question's short name; of one the program does not know, the wiki's own words if given."""
    return _QUESTIONS.get(question) or otherwise or _("Question {number}").format(number=question)


_QUESTIONS = {
    1: _("Gender"),
    2: _("Age"),
    3: _("Profession"),
    4: _("Confidence in contributing"),
    5: _("Member of an affiliate"),
}
_OPTIONS = {
    (4, "none"): _("Never contributed"),
    (4, "some-not-confident"): _("Some experience, not confident"),
    (4, "some-confident"): _("Some experience, wants to learn more"),
    (4, "confident"): _("Confident without support"),
    (5, "affiliate"): _("Yes"),
    (5, "none"): _("No"),
}
_ANY_OPTION = {NO_RESPONSE: _("No response"), UNRECOGNISED: _("Another answer")}
