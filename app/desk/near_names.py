"""Names that are nearly what was typed: with typing errors, or with the blanks elsewhere."""

from array import array
from collections.abc import Iterator
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain import names
from app.store.people.people_list import PeopleList

#: Words that are considered for each typed word, and combinations of them that are searched.
_WORDS, _COMBINATIONS = 5, 12
#: Shorter words are nearly everything.
_LEAST_LETTERS = 3


def _errors_in(text: str) -> int:
    """Return how many typing errors a text may have: a letter more, less, other or exchanged."""
    return 1 if len(text) <= 5 else 2


class NearNames:
    """Finds people of a list by names that are nearly what was typed.

    Making one takes half a second for 200,000 people.
    """

    def __init__(self, people: PeopleList) -> None:
        self._people = people
        self._joined: list[str] = []
        self._ids = array("q")
        words: set[str] = set()
        for text, number in people.entries():
            words.update(text.split(names.WORD_START))
            self._joined.append(text.replace(names.WORD_START, ""))
            self._ids.append(number)
        self._words = [word for word in words if len(word) >= _LEAST_LETTERS]

    def find(self, typed: str, limit: int) -> list[int]:
        """Return the participant ids of the nearest, the nearest first."""
        terms = [term.removeprefix(names.WORD_START) for term in names.search_terms(typed)]
        if sum(map(len, terms)) < _LEAST_LETTERS:
            return []
        found = dict.fromkeys(islice(self._by_words(terms), limit))
        for number in self._by_whole_name("".join(terms), limit):
            found.setdefault(number)
        return list(found)[:limit]

    def _by_words(self, terms: list[str]) -> Iterator[int]:
        """Yield people who have a word near each typed one, in any order."""
        near: list[list[tuple[str, float]]] = []
        for term in terms:
            hits = process.extract(
                term,
                self._words,
                scorer=OSA.distance,
                processor=None,
                score_cutoff=_errors_in(term),
                limit=_WORDS,
            )
            near.append([(word, distance) for word, distance, _place in hits])
        combinations = sorted(product(*near), key=lambda words: sum(distance for _word, distance in words))
        for combination in combinations[:_COMBINATIONS]:
            yield from self._people.with_terms([word for word, _distance in combination])

    def _by_whole_name(self, joined: str, limit: int) -> Iterator[int]:
        """Yield people whose whole name, without blanks, is near what was typed."""
        errors = _errors_in(joined)
        hits = process.extract(
            joined, self._joined, scorer=OSA.distance, processor=None, score_cutoff=errors, limit=limit
        )
        for _name, _distance, place in hits:
            yield self._ids[place]
