"""The choice of the time whose edits are counted."""

from datetime import date, datetime, time, tzinfo

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QHBoxLayout, QLabel, QToolButton, QWidget

from app.domain.events.event import Event
from app.domain.impact.figures import DAY_SECONDS, Period, span_of
from app.i18n import _
from app.views.forms.fields import wheel_after_focus
from app.views.look.appearance import set_role

_DURING, _MONTH_MORE, _DAYS = range(3)
_MORE_DAYS = 30


class PeriodBar(QWidget):
    """During the event, a month more, or days that the user chooses."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Event | None = None
        self._choices = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, (name, text) in enumerate(
            (
                ("impactDuring", _("During the event")),
                ("impactMonthMore", _("+ 30 days")),
                ("impactDays", _("Choose days…")),
            )
        ):
            chip = QToolButton(self)
            chip.setObjectName(name)
            chip.setText(text)
            chip.setCheckable(True)
            set_role(chip, "chip")
            self._choices.addButton(chip, number)
            row.addWidget(chip)
        self._choices.button(_DURING).setChecked(True)
        self._choices.idClicked.connect(self._on_choice)
        self._first, self._last = self._date("impactFirst", _("From")), self._date("impactLast", _("To"))
        self._to = QLabel("–", self)
        for widget in (self._first, self._to, self._last):
            row.addWidget(widget)
        row.addStretch(1)
        self._show_dates()

    def _date(self, name: str, label: str) -> QDateEdit:
        field = wheel_after_focus(QDateEdit(self))
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setCalendarPopup(True)
        field.editingFinished.connect(self._on_dates)
        return field

    def show_event(self, event: Event) -> None:
        """Offer the days of an event."""
        if self._event is None or (self._event.key, span_of(self._event)) != (event.key, span_of(event)):
            zone = event.registration.zone()
            self._set(self._first, event.registration.starts_at().astimezone(zone).date())
            self._set(self._last, event.registration.ends_at().astimezone(zone).date())
            self._choices.button(_DURING).setChecked(True)
        self._event = event
        self._show_dates()

    @property
    def period(self) -> Period | None:
        """The chosen time, None for the event's own."""
        chosen = self._choices.checkedId()
        if self._event is None or chosen == _DURING:
            return None
        span = span_of(self._event)
        if chosen == _MONTH_MORE:
            return Period(span.begins, span.ends + _MORE_DAYS * DAY_SECONDS)
        zone = self._event.registration.zone()
        first = _midnight(self._first.date(), zone)
        return Period(first, max(first, _midnight(self._last.date().addDays(1), zone) - 1))

    @staticmethod
    def _set(field: QDateEdit, day: date) -> None:
        field.setDate(QDate(day.year, day.month, day.day))

    def _show_dates(self) -> None:
        for widget in (self._first, self._to, self._last):
            widget.setVisible(self._choices.checkedId() == _DAYS)

    @Slot(int)
    def _on_choice(self, _number: int) -> None:
        self._show_dates()
        self.changed.emit()

    @Slot()
    def _on_dates(self) -> None:
        if self._choices.checkedId() == _DAYS:
            self.changed.emit()


def _midnight(day: QDate, zone: tzinfo) -> int:
    return int(datetime.combine(date(day.year(), day.month(), day.day()), time(), zone).timestamp())
