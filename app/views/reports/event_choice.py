"""The events that a report is about."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain import names
from app.domain.events.event import Event
from app.i18n import _
from app.models.events.event_text import day
from app.models.reports.event_groups import event_groups
from app.views.forms.fields import Choice

_KEY = Qt.ItemDataRole.UserRole
_ROWS = 5


class EventChoice(QWidget):
    """A list with a check box for each event, the latest first, and groups of events to choose at once."""

    changed = Signal()

    def __init__(
        self, events: Sequence[Event], chosen: Collection[int], parent: QWidget, *, grows: bool = False
    ) -> None:
        """Make the list. `grows`: it takes the height that there is, not that of a few rows."""
        super().__init__(parent)
        ordered = sorted(events, key=lambda one: one.registration.starts_at(), reverse=True)
        self._events = {event.key: event for event in ordered if event.event_id}
        self._list = QListWidget(self)
        self._list.setObjectName("reportEvents")
        self._list.setAccessibleName(_("Events of the report"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        height = self._list.fontMetrics().height() + 8
        for event in self._events.values():
            registration = event.registration
            text = _("{event}, {day}").format(
                event=names.set_apart(registration.name), day=day(registration.starts_at())
            )
            item = QListWidgetItem(text)
            item.setToolTip(text)
            item.setData(_KEY, event.key)
            item.setSizeHint(QSize(0, height))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            self._list.addItem(item)
        least = _ROWS * height + 2 * self._list.frameWidth()
        self._list.setMinimumHeight(least)
        if not grows:
            self._list.setMaximumHeight(least)
        self._group = Choice("reportGroup", _("Choose several events at once"), self)
        self._group.addItem(_("Choose several at once…"), frozenset())
        for group in event_groups(list(self._events.values())):
            self._group.addItem(group.label, group.keys)
        self._group.setVisible(self._group.count() > 1)
        self._choose(chosen)
        self._list.itemChanged.connect(lambda _item: self.changed.emit())
        self._group.activated.connect(self._on_group)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._group)
        column.addWidget(self._list)

    def chosen(self) -> list[Event]:
        """Return the chosen events."""
        items = [self._list.item(row) for row in range(self._list.count())]
        return [self._events[item.data(_KEY)] for item in items if item.checkState() == Qt.CheckState.Checked]

    def _choose(self, keys: Collection[int]) -> None:
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            ticked = item.data(_KEY) in keys
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            first = first or (item if ticked else None)
        if first is not None:
            self._list.setCurrentItem(first)
            self._list.scrollToItem(first)

    @Slot()
    def _on_group(self) -> None:
        keys = self._group.currentData()
        if keys:
            self._list.blockSignals(True)
            self._choose(keys)
            self._list.blockSignals(False)
            self.changed.emit()
