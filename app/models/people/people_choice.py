"""People chosen in the table, with what a removal or an e-mail must know of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.people.chosen_people import ChosenPerson, as_chosen
from app.models.workspace import Workspace
from app.store.people.participants import read_people

People = tuple[ChosenPerson, ...]
_AT_ONCE = 500


class PeopleChoice(QObject):
    """Reads who was chosen, in the background: it may be everybody."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def read(self, event: Event, participant_ids: Sequence[int], done: Callable[[People], None]) -> None:
        """Give the people of these ids to `done`, in their order; those who have gone are left out."""
        ids = list(participant_ids)

        def act(reader: object) -> People:
            return tuple(
                as_chosen(one)
                for start in range(0, len(ids), _AT_ONCE)
                for one in read_people(reader, event.key, ids[start : start + _AT_ONCE])
            )

        self._workspace.read_aside(self, act, done)
