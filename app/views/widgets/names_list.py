"""A list of the names of people, as long as it may be."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView, QWidget

from app.domain import names
from app.domain.people.chosen_people import ChosenPerson
from app.i18n import _


class NamesList(QListView):
    """Names that can be read; nothing is chosen in it."""

    def __init__(self, people: Sequence[ChosenPerson], parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        shown = [names.set_apart(one.name) if one.name else _("(no name)") for one in people]
        self.setModel(QStringListModel(shown, self))
