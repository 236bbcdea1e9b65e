"""The filters of the participants: chips with the number of people that each would show."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from app.domain.statistics.people_counts import PeopleCounts, PeopleGroup
from app.i18n import _
from app.views.forms.flow_layout import FlowLayout
from app.views.look.appearance import set_role

#: The chips that contradict each other.
_OPPOSITES = (
    {PeopleGroup.PUBLIC, PeopleGroup.PRIVATE},
    {PeopleGroup.WITH_EMAIL, PeopleGroup.WITHOUT_EMAIL},
    {PeopleGroup.ARRIVED, PeopleGroup.NOT_ARRIVED},
)


class FilterChips(QWidget):
    """Chips that narrow the list together; "All" unmarks them. One that would show nobody is hidden."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleChips")
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, spacing=8, stretch_last=False)
        self._labels = {
            PeopleGroup.ALL: _("All"),
            PeopleGroup.NEW: _("New"),
            PeopleGroup.PUBLIC: _("Public"),
            PeopleGroup.PRIVATE: _("Private"),
            PeopleGroup.WITH_EMAIL: _("Can be e-mailed"),
            PeopleGroup.WITHOUT_EMAIL: _("No e-mail"),
            PeopleGroup.ANSWERED: _("Answered"),
            PeopleGroup.NEVER_CONTRIBUTED: _("Never contributed"),
            PeopleGroup.ARRIVED: _("Arrived"),
            PeopleGroup.NOT_ARRIVED: _("Not arrived"),
            PeopleGroup.NO_SHOW: _("No-shows"),
        }
        self._chips: dict[PeopleGroup, QToolButton] = {}
        self._counts = PeopleCounts()
        for kind, label in self._labels.items():
            chip = QToolButton(self)
            chip.setObjectName(f"chip-{kind.value}")
            chip.setText(label)
            chip.setCheckable(True)
            set_role(chip, "chip")
            chip.clicked.connect(lambda _checked=False, kind=kind: self._on_clicked(kind))
            self._chips[kind] = chip
            flow.addWidget(chip)
        self._chips[PeopleGroup.NEW].setToolTip(_("Registered within the last day"))
        self._mark_all()

    def marked(self, kind: PeopleGroup) -> bool:
        """Return whether a filter is set."""
        return self._chips[kind].isChecked()

    def either(self, yes: PeopleGroup, no: PeopleGroup) -> bool | None:
        """Return what a pair of opposite filters asks for, None if neither is set."""
        return True if self.marked(yes) else False if self.marked(no) else None

    def choose(self, *kinds: PeopleGroup) -> None:
        """Set these filters only."""
        for kind, chip in self._chips.items():
            chip.setChecked(kind in kinds)
        self._mark_all()
        self._show_those_of_use()
        self.changed.emit()

    def show_counts(self, counts: PeopleCounts) -> None:
        """Show how many people each filter has; few who gave one answer are not counted (CONTRACT §3)."""
        self._counts = counts
        numbers = self._numbers()
        for kind, chip in self._chips.items():
            number = numbers[kind]
            label = self._labels[kind]
            if number:
                label = _("{label} {count}").format(label=label, count=self.locale().toString(number))
            chip.setText(label)
        self._show_those_of_use()

    def _numbers(self) -> dict[PeopleGroup, int | None]:
        counts = self._counts
        return {
            PeopleGroup.ALL: counts.people,
            PeopleGroup.NEW: counts.new,
            PeopleGroup.PUBLIC: counts.public if counts.private else 0,
            PeopleGroup.PRIVATE: counts.private,
            PeopleGroup.WITH_EMAIL: counts.with_email,
            PeopleGroup.WITHOUT_EMAIL: counts.without_email,
            PeopleGroup.ANSWERED: counts.answered,
            PeopleGroup.NEVER_CONTRIBUTED: counts.never_contributed,
            PeopleGroup.ARRIVED: counts.attendance.arrived,
            PeopleGroup.NOT_ARRIVED: counts.not_arrived,
            PeopleGroup.NO_SHOW: counts.attendance.no_shows,
        }

    def _show_those_of_use(self) -> None:
        numbers = self._numbers()
        for kind, chip in self._chips.items():
            chip.setVisible(kind is PeopleGroup.ALL or bool(numbers[kind]) or chip.isChecked())
        self.updateGeometry()

    @Slot()
    def _on_clicked(self, kind: PeopleGroup) -> None:
        if kind is PeopleGroup.ALL:
            self.choose()
            return
        for pair in _OPPOSITES:
            if kind in pair and self.marked(kind):
                for other in pair - {kind}:
                    self._chips[other].setChecked(False)
        self._mark_all()
        self._show_those_of_use()
        self.changed.emit()

    def _mark_all(self) -> None:
        others = any(chip.isChecked() for kind, chip in self._chips.items() if kind is not PeopleGroup.ALL)
        self._chips[PeopleGroup.ALL].setChecked(not others)
