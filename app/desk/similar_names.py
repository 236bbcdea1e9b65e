"""Finds names that are nearly the same: a letter wrong, words in another order, a part left out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, combinations
from math import ceil
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from app.domain.names import folded_words

#: One letter of five may be wrong, missing, or exchanged with its neighbour.
_LEAST: Final = 0.8
MOST_CANDIDATES: Final = 5
#: How many pairs of names are compared letter by letter in all: some 0.5 s.
_MOST_COMPARISONS: Final = 5_000_000
#: Of longer names, only the first words are looked at for words in another order.
_MOST_WORDS: Final = 8
#: Two words that more names have in common, as in “Test User 17”, say nothing.
_MOST_WANTED_OF_PAIR: Final = 50
_MOST_KNOWN_OF_PAIR: Final = 1_000


class Similar(NamedTuple):
    """A known name by its place among the known ones, and its likeness: 1 where only signs differ."""

    place: int
    likeness: float


def similar_names(wanted: Collection[str], known: Sequence[str]) -> dict[str, list[Similar]]:
    """Return for each wanted name the known names like it, the most similar first, at most five.

    To be fast among 200,000 names, those are compared that have their beginning or their end in common with
    the wanted one. Names are compared by their folded letters, without blanks and signs.
    """
    words = {name: folded_words(name) for name in wanted}
    if not words:
        return {}
    by_key: dict[str, list[int]] = defaultdict(list)
    shared = _SharedWords(words)
    for place, name in enumerate(known):
        known_words = folded_words(name)
        by_key["".join(known_words)].append(place)
        if len(known_words) > 1:
            shared.add(place, known_words)
    keys = {name: "".join(parts) for name, parts in words.items()}
    near = _near_keys(set(keys.values()), by_key)
    found = {}
    for name, key in keys.items():
        likeness = dict(shared.found[name])
        for other, similarity in near[key]:
            for place in by_key[other]:
                likeness[place] = max(similarity, likeness.get(place, 0.0))
        found[name] = _best(name, likeness, known)
    return found


def _best(name: str, likeness: dict[int, float], known: Sequence[str]) -> list[Similar]:
    order = sorted(
        likeness, key=lambda place: (-likeness[place], Indel.distance(name, known[place]), known[place])
    )
    return [Similar(place, likeness[place]) for place in order[:MOST_CANDIDATES]]


class _SharedWords:
    """Known names that hold all words of a wanted one in any order, or the other way round; at least two."""

    def __init__(self, wanted: dict[str, list[str]]) -> None:
        self.found: dict[str, dict[int, float]] = {name: {} for name in wanted}
        self._by_pair: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
        for name, words in wanted.items():
            for pair in combinations(sorted(set(words[:_MOST_WORDS])), 2):
                self._by_pair[pair].append((name, words))
        for pair, names in list(self._by_pair.items()):
            if len(names) > _MOST_WANTED_OF_PAIR:
                del self._by_pair[pair]
        self._words = {word for pair in self._by_pair for word in pair}
        self._known_of_pair: Counter[tuple[str, str]] = Counter()

    def add(self, place: int, words: list[str]) -> None:
        shared = self._words.intersection(words[:_MOST_WORDS])
        if len(shared) < 2:
            return
        for pair in combinations(sorted(shared), 2):
            if pair not in self._by_pair:
                continue
            self._known_of_pair[pair] += 1
            if self._known_of_pair[pair] > _MOST_KNOWN_OF_PAIR:
                del self._by_pair[pair]
                continue
            for name, wanted in self._by_pair[pair]:
                fewer, more = sorted((wanted, words), key=len)
                if set(fewer) <= set(more):
                    length, other_length = sum(map(len, fewer)), sum(map(len, more))
                    self.found[name][place] = max(_LEAST, 2 * length / (length + other_length))


def _near_keys(wanted: Collection[str], known: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
    """Return for each wanted text the known texts that are nearly the same, with their similarity."""
    blocks = _Blocks(wanted, known)
    most = _MOST_COMPARISONS // max(1, len(wanted))
    found = {}
    for text in wanted:
        best = process.extract(
            text,
            blocks.like(text, most),
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST,
            limit=2 * MOST_CANDIDATES,
        )
        found[text] = list({other: (other, similarity) for other, similarity, _place in best}.values())
    return found


class _Blocks:
    """Known texts by their beginnings and ends, as far as a wanted text has the same.

    Where one of five letters is wrong, the beginning or the end is seldom among them.
    """

    def __init__(self, wanted: Iterable[str], known: Iterable[str]) -> None:
        self._same: dict[str, list[str]] = {}
        self._starts: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(dict)
        self._ends: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(dict)
        for text in wanted:
            self._same[text] = []
            piece = _piece(text)
            for length in _lengths(text):
                self._starts[length, piece].setdefault(text[:piece], [])
                self._ends[length, piece].setdefault(text[-piece:], [])
        by_length: dict[int, list[str]] = defaultdict(list)
        for text in known:
            by_length[len(text)].append(text)
            if text in self._same:
                self._same[text].append(text)
        for (length, piece), starts in self._starts.items():
            ends = self._ends[length, piece]
            for text in by_length.get(length, ()):
                if (block := starts.get(text[:piece])) is not None:
                    block.append(text)
                if (block := ends.get(text[-piece:])) is not None:
                    block.append(text)

    def like(self, text: str, most: int) -> list[str]:
        """Return the known texts to compare with a wanted one, at most so many; some of them twice.

        Small blocks first: of 200,000 names that all begin with “Participant”, only the ends say anything.
        """
        piece = _piece(text)
        blocks = [self._same[text]]
        for length in _lengths(text):
            blocks += [self._starts[length, piece][text[:piece]], self._ends[length, piece][text[-piece:]]]
        taken, count = [], 0
        for block in sorted(blocks, key=len):
            count += len(block)
            if count > most:
                break
            taken.append(block)
        return list(chain.from_iterable(taken))


def _piece(text: str) -> int:
    """Return how long the beginnings and ends are that a text shares with others."""
    return max(2, len(text) // 3)


def _lengths(text: str) -> range:
    """Return the lengths of the texts that can be nearly the same."""
    return range(ceil(len(text) * _LEAST), int(len(text) / _LEAST) + 1) if len(text) > 3 else range(0)
