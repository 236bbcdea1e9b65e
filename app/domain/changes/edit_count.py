"""How far the counting of edits for an event came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.changes.change import Change
from app.domain.changes.operations import AssociateEdit, CountEdits, WikiEdit


@dataclass(frozen=True)
class EditCount:
    """Edits that count now, that were counted before, and that were refused, by the wiki's key."""

    counted: int = 0
    known: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, progress: Mapping[str, Any]) -> "EditCount":
        """Return what the saved progress of a change says."""
        return cls(**progress.get(_KEY, {}))

    def as_progress(self) -> dict[str, Any]:
        """Return it as a part of a change's progress."""
        return {_KEY: {"counted": self.counted, "known": self.known, "refused": dict(self.refused)}}

    @property
    def tried(self) -> int:
        """The number of edits about which the wiki has answered."""
        return self.counted + self.known + sum(self.refused.values())

    def with_counted(self, *, new: bool) -> "EditCount":
        """Return it with one more edit that counts, now or before."""
        return replace(self, counted=self.counted + new, known=self.known + (not new))

    def with_refused(self, error_key: str) -> "EditCount":
        """Return it with one more edit that the wiki has refused."""
        return replace(self, refused={**self.refused, error_key: self.refused.get(error_key, 0) + 1})


def counted_of(changes: Iterable[Change]) -> tuple[int, int]:
    """Return of how many edits to be counted the wiki has answered, and how many there are in all."""
    counts = [
        (EditCount.of(change.progress).tried, len(change.operation.edits))
        for change in changes
        if isinstance(change.operation, CountEdits) and not change.stuck
    ]
    return sum(done for done, _edits in counts), sum(edits for _done, edits in counts)


def waiting_edits(changes: Iterable[Change]) -> set[WikiEdit]:
    """Return the edits that open changes of an event are to count."""
    found: set[WikiEdit] = set()
    for change in changes:
        if isinstance(change.operation, CountEdits):
            found.update(change.operation.edits)
        elif isinstance(change.operation, AssociateEdit):
            found.add(WikiEdit(change.operation.wiki_id, change.operation.revision_id))
    return found


_KEY = "edits"
