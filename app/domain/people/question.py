"""The questions that participants may answer (CONTRACT §3, Questions)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answers the wiki may show, and the keys of its options in their order."""

    question_id: int
    name: str
    options: tuple[str, ...]


CONFIDENCE = Question(4, "confidence", ("none", "some-not-confident", "some-confident", "confident"))
AFFILIATE = Question(5, "affiliate", ("affiliate", "none"))
#: The questions whose answers the wiki gives to organizers, person by person.
SHOWN_QUESTIONS: dict[int, Question] = {4: CONFIDENCE, 5: AFFILIATE}
#: The questions that the wiki asks but gives to nobody, person by person.
UNSHOWN_QUESTIONS: dict[int, str] = {1: "gender", 2: "age", 3: "profession"}
#: All questions by number and name, with the number of their options; the wiki counts these from 1 on.
QUESTION_OPTIONS: dict[tuple[int, str], int] = {
    (1, "gender"): 5,
    (2, "age"): 8,
    (3, "profession"): 10,
    (4, "confidence"): 4,
    (5, "affiliate"): 2,
}


def with_own_words(name: str) -> bool:
    """Return whether a question takes her own words beside its first option."""
    return name == AFFILIATE.name
