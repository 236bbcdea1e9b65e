"""How far the counting of edits for an event came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.domain.changes.change import Change
from app.domain.changes.operations import AssociateEdit, CountEdits, WikiEdit

#: So often the answer about an edit may be lost before the others go first.
_MOST_LOST = 3


@dataclass(frozen=True)
class EditCount:
    """Edits that count now, that were counted before, that were refused, by the wiki's key, or are not known.

    The first `passed` edits of the change are answered or were put off: `later` are the places of those,
    which come last. `lost`: how often the answer about the next edit was lost.
    """

    counted: int = 0
    known: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    passed: int = 0
    later: tuple[int, ...] = ()
    lost: int = 0

    @classmethod
    def of(cls, progress: Mapping[str, Any]) -> "EditCount":
        """Return what the saved progress of a change says."""
        saved = dict(progress.get(_KEY, {}))
        return cls(**{**saved, "later": tuple(saved.get("later", ()))})

    def as_progress(self) -> dict[str, Any]:
        """Return it as a part of a change's progress."""
        return {_KEY: asdict(self)}

    @property
    def tried(self) -> int:
        """The number of edits that are done with."""
        return self.counted + self.known + sum(self.refused.values()) + self.unknown

    def left(self, edits: Sequence[WikiEdit]) -> tuple[WikiEdit, ...]:
        """Return which of a change's edits are not done with, the next one first."""
        return (*edits[self.passed :], *(edits[place] for place in self.later))

    def may_have_arrived(self, edits: Sequence[WikiEdit]) -> bool:
        """Return whether the next edit was sent before, and its answer was lost."""
        return self.lost > 0 or self.passed >= len(edits)

    def with_counted(self, edits: Sequence[WikiEdit], *, new: bool) -> "EditCount":
        """Return it with the next edit counted, now or before."""
        return replace(self._without_next(edits), counted=self.counted + new, known=self.known + (not new))

    def with_refused(self, edits: Sequence[WikiEdit], error_key: str) -> "EditCount":
        """Return it with the next edit refused by the wiki."""
        refused = {**self.refused, error_key: self.refused.get(error_key, 0) + 1}
        return replace(self._without_next(edits), refused=refused)

    def with_lost(self, edits: Sequence[WikiEdit]) -> "EditCount":
        """Return it after the answer about the next edit was lost: it is put off, and in the end given up."""
        if self.lost + 1 < _MOST_LOST:
            return replace(self, lost=self.lost + 1)
        if self.passed < len(edits):
            return replace(self._without_next(edits), later=(*self.later, self.passed))
        return replace(self._without_next(edits), unknown=self.unknown + 1)

    def _without_next(self, edits: Sequence[WikiEdit]) -> "EditCount":
        if self.passed < len(edits):
            return replace(self, passed=self.passed + 1, lost=0)
        return replace(self, later=self.later[1:], lost=0)


def counted_of(changes: Iterable[Change]) -> tuple[int, int]:
    """Return of how many edits to be counted the wiki has answered, and how many there are in all."""
    counts = [
        (EditCount.of(change.progress).tried, len(change.operation.edits))
        for change in changes
        if isinstance(change.operation, CountEdits) and not change.stuck
    ]
    return sum(done for done, _edits in counts), sum(edits for _done, edits in counts)


def waiting_edits(changes: Iterable[Change]) -> set[WikiEdit]:
    """Return the edits that changes of an event are still to count."""
    found: set[WikiEdit] = set()
    for change in changes:
        if change.stuck:
            continue
        if isinstance(change.operation, CountEdits):
            found.update(EditCount.of(change.progress).left(change.operation.edits))
        elif isinstance(change.operation, AssociateEdit):
            found.add(WikiEdit(change.operation.wiki_id, change.operation.revision_id))
    return found


_KEY = "edits"
