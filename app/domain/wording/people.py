"""People and their answers."""

from gettext import gettext as _

from app.domain.people.participant import NO_RESPONSE, UNRECOGNISED, Participant, Presence


def person_name(person: Participant) -> str:
    """Return a person's name, or the words that stand for a name the wiki does not give."""
    if person.name:
        return person.name
    if person.presence is Presence.HIDDEN:
        return hidden_name()
    return _("(account no longer exists)")


def option_label(question: int, option: str) -> str:
    """Return an option's words; its key where the program does not know it."""
    return _OPTIONS.get((question, option)) or _ANY_OPTION.get(option) or option


def hidden_name() -> str:
    """Return what stands for the name of a person whom the wiki hides."""
    return _("(name hidden by the wiki)")


def question_label(question: int, otherwise: str = "") -> str:
    """Return a question's short name; of one the program does not know, the wiki's own words if given."""
    return _QUESTIONS.get(question) or otherwise or _("Question {number}").format(number=question)


def own_option_label(question: int, value: int) -> str:
    """Return the words of an option by the wiki's number, for whoever answers herself."""
    return _OWN_OPTIONS[question][value - 1]


def contribution_total(name: str) -> str:
    """Return a total of an event's contributions in words; its name where the program does not know it."""
    return _TOTALS.get(name, name)


_TOTALS = {
    "participants": _("Participants who edited"),
    "wikis-edited": _("Wikis edited"),
    "articles-created": _("Articles created"),
    "articles-edited": _("Articles edited"),
    "edit-count": _("Edits"),
    "bytes-changed": _("Bytes added and removed"),
    "links-changed": _("Links added and removed"),
}
_QUESTIONS = {
    1: _("Gender"),
    2: _("Age"),
    3: _("Profession"),
    4: _("Confidence in contributing"),
    5: _("Member of an affiliate"),
}
_OPTIONS = {
    (1, "man"): _("Man"),
    (1, "woman"): _("Woman"),
    (1, "agender"): _("Agender"),
    (1, "nonbinary"): _("Non-binary"),
    (1, "other"): _("Gender not listed"),
    (2, "under-25"): _("Under 25"),
    (2, "25-34"): _("25–34"),
    (2, "35-44"): _("35–44"),
    (2, "45-54"): _("45–54"),
    (2, "55-64"): _("55–64"),
    (2, "65-74"): _("65–74"),
    (2, "75-84"): _("75–84"),
    (2, "85-plus"): _("85 or older"),
    (3, "artist-creative"): _("Artist or creative professional"),
    (3, "educator"): _("Educator"),
    (3, "librarian"): _("Librarian"),
    (3, "mass-media"): _("Mass media professional"),
    (3, "museum-archive"): _("Museum or archive professional"),
    (3, "nonprofit"): _("Non-profit professional"),
    (3, "researcher"): _("Researcher"),
    (3, "software-engineer"): _("Software engineer"),
    (3, "student"): _("Student"),
    (3, "other"): _("Profession not listed"),
    (4, "none"): _("Never contributed"),
    (4, "some-not-confident"): _("Some experience, not confident"),
    (4, "some-confident"): _("Some experience, wants to learn more"),
    (4, "confident"): _("Confident without support"),
    (5, "affiliate"): _("Yes"),
    (5, "none"): _("No"),
}
_ANY_OPTION = {NO_RESPONSE: _("No response"), UNRECOGNISED: _("Another answer")}
_OWN_OPTIONS = {
    1: (_("Man"), _("Woman"), _("Agender"), _("Non-binary"), _("Gender not listed")),
    2: (
        _("Under 25"),
        _("25–34"),
        _("35–44"),
        _("45–54"),
        _("55–64"),
        _("65–74"),
        _("75–84"),
        _("85 and over"),
    ),
    3: (
        _("Artist or creative professional"),
        _("Educator"),
        _("Librarian"),
        _("Mass media professional"),
        _("Museum or archive professional"),
        _("Non-profit professional"),
        _("Researcher"),
        _("Software engineer"),
        _("Student"),
        _("Profession not listed"),
    ),
    4: (
        _("I have never contributed"),
        _("Some experience, but not confident"),
        _("Some experience, confident, would like to learn more"),
        _("Confident without support"),
    ),
    5: (_("Yes"), _("No")),
}
