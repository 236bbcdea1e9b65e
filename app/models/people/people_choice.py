"""The people selected in the table, as a removal or an e-mail needs them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.people.chosen_people import ChosenPerson, as_chosen
from app.models.workspace import Workspace
from app.store.people.participants import people_of_ids

People = tuple[ChosenPerson, ...]


class PeopleChoice(QObject):
    """Reads the selected people in the background: there may be thousands."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def read(self, event: Event, participant_ids: Sequence[int], done: Callable[[People], None]) -> None:
        """Pass the people of these ids to `done` in their order, without those who were removed since."""
        ids = list(participant_ids)

        def query(reader: object) -> People:
            return tuple(as_chosen(one) for one in people_of_ids(reader, event.key, ids))

        self._workspace.read_in_background(self, query, done)
