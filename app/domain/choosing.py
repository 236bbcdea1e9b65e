"""Finding an entry of a long list by what people call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain import names


@dataclass(frozen=True)
class Entry:
    """An entry: the text shown, its value, and the other names by which it is found."""

    text: str
    value: Any = None
    other_names: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return text without case and accents, with single blanks."""
    plain = names.search_text(text.replace("/", " ").replace("_", " "))
    return plain.replace(names.WORD_START, " ").strip() if text.strip() else ""


class Choices:
    """Entries with their folded names."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    @cached_property
    def _names(self) -> list[list[str]]:
        # Not before something is typed: folding a thousand names would slow every form that opens.
        return [[folded(one) for one in (entry.text, *entry.other_names)] for entry in self.entries]

    def found(self, typed: str, most: int) -> list[Entry]:
        """Return the entries whose names hold what was typed: whole names first, then beginnings."""
        wanted = folded(typed)
        if not wanted:
            return []
        ranks = [(_rank(wanted, known), place) for place, known in enumerate(self._names)]
        hits = sorted((rank, place) for rank, place in ranks if rank is not None)
        return [self.entries[place] for _rank_unused, place in hits[:most]]

    def meant(self, typed: str) -> Entry | None:
        """Return the only entry that has exactly this name, None if it is not certain which is meant."""
        exact = [entry for entry in self.entries if entry.text == typed.strip()]
        wanted = folded(typed)
        hits = exact or [
            entry for entry, known in zip(self.entries, self._names, strict=True) if wanted in known
        ]
        return hits[0] if len(hits) == 1 and wanted else None


def _rank(wanted: str, known: Sequence[str]) -> int | None:
    """Return how well a name fits: 0 the whole, 1 its beginning, 2 a word's beginning, 3 anywhere."""
    if wanted in known:
        return 0
    if any(name.startswith(wanted) for name in known):
        return 1
    if any(f" {wanted}" in name for name in known):
        return 2
    return 3 if any(wanted in name for name in known) else None
