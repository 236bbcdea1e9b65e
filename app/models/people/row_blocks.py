"""Rows of participants, read in blocks when they are shown, and kept for a while."""

from collections.abc import Sequence
from datetime import UTC

from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.domain.people.people_columns import TABLE_COLUMNS
from app.models.people.person_text import PersonText
from app.models.workspace import Workspace
from app.store.people.participants import read_people

#: Rows of a block.
BLOCK = 64
_MOST_BLOCKS = 60


class RowBlocks:
    """The texts and people of the rows shown lately. Clear it whenever rows move or their data changes."""

    def __init__(self, workspace: Workspace, text: PersonText) -> None:
        self._workspace = workspace
        self._text = text
        self._texts: dict[int, list[tuple[str, ...]]] = {}
        self._people: dict[int, list[Participant]] = {}

    def clear(self) -> None:
        """Forget all blocks."""
        self._texts.clear()
        self._people.clear()

    def forget(self, number: int) -> None:
        """Forget one block."""
        self._texts.pop(number, None)
        self._people.pop(number, None)

    def get(
        self, number: int, ids: Sequence[int], event: Event | None, leaving: frozenset[int]
    ) -> tuple[list[tuple[str, ...]], list[Participant]]:
        """Return the texts of a block's rows and the people who are still there.

        `ids`: all rows' participant ids; `leaving`: the user ids of those whom an open change removes.
        """
        texts = self._texts.get(number)
        if texts is None or event is None:
            if len(self._texts) >= _MOST_BLOCKS:
                self.clear()
            wanted = ids[number * BLOCK : (number + 1) * BLOCK]
            reader = self._workspace.reader
            nobody: list[Participant] = []
            people = self._workspace.read(
                lambda: read_people(reader, event.key, wanted) if event else nobody, nobody
            )
            zone = event.registration.zone() if event else UTC
            found = {person.participant_id: person for person in people}
            removed = ("",) * len(TABLE_COLUMNS)
            texts = [
                self._text.cells(found[i], zone, leaving=found[i].user_id in leaving)
                if i in found
                else removed
                for i in wanted
            ]
            self._texts[number] = texts
            self._people[number] = list(found.values())
        return texts, self._people[number]
