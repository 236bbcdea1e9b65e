"""The questions that participants may answer (CONTRACT §3, Questions)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question whose answers the wiki may show, and the keys of its options in order."""

    question_id: int
    name: str
    options: tuple[str, ...]


CONFIDENCE = Question(4, "confidence", ("none", "some-not-confident", "some-confident", "confident"))
AFFILIATE = Question(5, "affiliate", ("affiliate", "none"))
#: The questions whose individual answers the wiki shows to organizers.
SHOWN_QUESTIONS: dict[int, Question] = {4: CONFIDENCE, 5: AFFILIATE}
#: The questions whose individual answers the wiki shows to nobody.
UNSHOWN_QUESTIONS: dict[int, str] = {1: "gender", 2: "age", 3: "profession"}
#: All questions by number and name, with the number of options; the wiki counts options from 1.
QUESTION_OPTIONS: dict[tuple[int, str], int] = {
    (1, "gender"): 5,
    (2, "age"): 8,
    (3, "profession"): 10,
    (4, "confidence"): 4,
    (5, "affiliate"): 2,
}


#: The keys of all options, in the wiki's order.
OPTION_KEYS: dict[int, tuple[str, ...]] = {
    1: ("man", "woman", "agender", "nonbinary", "other"),
    2: ("under-25", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85-plus"),
    3: (
        *("artist-creative", "educator", "librarian", "mass-media", "museum-archive", "nonprofit"),
        *("researcher", "software-engineer", "student", "other"),
    ),
    4: CONFIDENCE.options,
    5: AFFILIATE.options,
}


def with_own_words(name: str) -> bool:
    """Return whether a question allows free text with its first option."""
    return name == AFFILIATE.name
