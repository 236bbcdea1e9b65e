"""A month with its events, so that those that overlap are seen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStyle,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.events.calendar import days_of, events_on
from app.domain.events.event import Event
from app.i18n import _, listed, ngettext
from app.models.plain_text import button_text, tool_tip
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import heading, secondary, shortened, sized

_WEEK = 7
#: How many events are named on a day.
_LINES = 2
#: Events longer than this are named below the month, not on each of its days.
_LONGEST_ON_DAYS = timedelta(days=9)


class MonthView(QWidget):
    """The days of a month, with buttons to the months before and after."""

    event_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monthView")
        self._title = heading(QLabel(self))
        self._title.setObjectName("monthTitle")
        self._days = _Days(self)
        self._days.event_requested.connect(self.event_requested)
        self._running = secondary(QLabel(self))
        self._running.setObjectName("monthRunning")
        self._running.setTextFormat(Qt.TextFormat.PlainText)
        self._running.setWordWrap(True)
        before = self._arrow("monthBefore", Qt.ArrowType.LeftArrow, _("The month before"), -1)
        after = self._arrow("monthAfter", Qt.ArrowType.RightArrow, _("The month after"), 1)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(before)
        top.addWidget(after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._days)
        column.addWidget(self._running)
        self._events: list[Event] = []
        self.show_month(date.today())

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these events."""
        self._events = list(events)
        self._update()

    def show_month(self, day: date) -> None:
        """Show the month of a day."""
        self._month = day.replace(day=1)
        self._update()

    def _update(self) -> None:
        locale, first = self.locale(), self._month
        this_year = first.year == date.today().year
        name = locale.standaloneMonthName(first.month)
        self._title.setText(
            name[:1].upper() + name[1:]
            if this_year
            else locale.toString(QDate(first.year, first.month, 1), "MMMM yyyy")
        )
        last = _next_month(first) - timedelta(days=1)
        short: list[Event] = []
        long: list[Event] = []
        for event in events_on(first, last, self._events):
            begins, ends = days_of(event)
            (long if ends - begins > _LONGEST_ON_DAYS else short).append(event)
        self._days.show_days(first, short)
        running = listed(names.set_apart(event.registration.name) for event in long)
        self._running.setText(_("All month: {events}").format(events=running) if long else "")
        self._running.setVisible(bool(long))

    def _arrow(self, name: str, arrow: Qt.ArrowType, text: str, months: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        if self.isRightToLeft():
            arrow = Qt.ArrowType.LeftArrow if arrow is Qt.ArrowType.RightArrow else Qt.ArrowType.RightArrow
        button.setArrowType(arrow)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(lambda: self._go(months))
        return button

    @Slot(int)
    def _go(self, months: int) -> None:
        step = self._month - timedelta(days=1) if months < 0 else _next_month(self._month)
        self.show_month(step)


class _Days(QWidget):
    """The grid of days. Left and Right go through the events, Enter shows one."""

    event_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("monthDays")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._first = date.today()
        self._events: list[Event] = []
        self._by_day: dict[date, list[Event]] = {}
        self._current = 0

    def show_days(self, first: date, events: Sequence[Event]) -> None:
        """Show a month from its first day, with the events on it."""
        current = self._events[self._current].key if self._events else None
        self._first = first
        self._events = sorted(events, key=lambda event: (days_of(event)[0], event.key))
        self._by_day = defaultdict(list)
        for event in self._events:
            begins, ends = days_of(event)
            for number in range((ends - begins).days + 1):
                self._by_day[begins + timedelta(days=number)].append(event)
        keys = [event.key for event in self._events]
        self._current = keys.index(current) if current in keys else 0
        count = ngettext("{count} event", "{count} events", len(events)).format(count=len(events))
        month = QLocale().standaloneMonthName(first.month)
        self.setAccessibleName(_("{month}: {count}").format(month=month, count=count))
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all weeks."""
        return QSize(7 * 52, self._head() + self._weeks() * self._row_height() + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the least width of seven days."""
        return QSize(7 * 34, self.sizeHint().height())

    def _head(self) -> int:
        return QFontMetrics(sized(0.9, bold=True)).height() + 8

    def _row_height(self) -> int:
        return QFontMetrics(sized(0.9)).height() + _LINES * (QFontMetrics(sized(0.8)).height() + 4) + 6

    def _begin(self) -> date:
        """Return the first day shown: the beginning of the first day's week in the user's country."""
        weekday = self.locale().firstDayOfWeek().value
        return self._first - timedelta(days=(self._first.isoweekday() - weekday) % _WEEK)

    def _weeks(self) -> int:
        last = _next_month(self._first) - timedelta(days=1)
        return (last - self._begin()).days // _WEEK + 1

    def _cell(self, day: date) -> QRect:
        number = (day - self._begin()).days
        row, column = divmod(number, _WEEK)
        left, right = (self.width() - 1) * column // _WEEK, (self.width() - 1) * (column + 1) // _WEEK
        place = QRect(left, self._head() + row * self._row_height(), right - left, self._row_height())
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the weekdays, the days and the events on them."""
        painter, palette, locale = QPainter(self), self.palette(), self.locale()
        quiet = accent_colour(palette, Accent.QUIET)
        small, today = sized(0.9), date.today()
        for column in range(_WEEK):
            day = self._begin() + timedelta(days=column)
            head = self._cell(day)
            head.setTop(0)
            head.setHeight(self._head() - 4)
            painter.setFont(sized(0.9, bold=True))
            painter.setPen(quiet)
            name = locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
        day = self._first
        while day.month == self._first.month:
            cell = self._cell(day)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawRect(cell)
            is_today = day == today
            painter.setFont(sized(0.9, bold=is_today))
            painter.setPen(accent_colour(palette, Accent.PROGRESSIVE) if is_today else quiet)
            area = cell.adjusted(5, 2, -5, -2)
            side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, side | Qt.AlignmentFlag.AlignAbsolute, locale.toString(day.day))
            self._paint_events(painter, day, cell, QFontMetrics(small).height())
            day += timedelta(days=1)

    def _paint_events(self, painter: QPainter, day: date, cell: QRect, top: int) -> None:
        font, palette = sized(0.8), self.palette()
        metrics = QFontMetrics(font)
        present = self._by_day.get(day, [])
        shown = present if len(present) <= _LINES else present[: _LINES - 1]
        painter.setFont(font)
        for number, event in enumerate(shown):
            place = QRect(cell.left() + 2, cell.top() + top + 2 + number * (metrics.height() + 4), 0, 0)
            place.setSize(QSize(cell.width() - 3, metrics.height() + 2))
            current = self.hasFocus() and self._events[self._current] is event
            accent = Accent.PROGRESSIVE
            painter.fillRect(place, accent_colour(palette, accent) if current else tint(palette, accent))
            painter.setPen(
                palette.color(QPalette.ColorRole.Base) if current else accent_colour(palette, accent)
            )
            text = shortened(metrics, names.safe(event.registration.name), place.width() - 6)
            painter.drawText(place.adjusted(3, 0, -3, 0), Qt.AlignmentFlag.AlignVCenter, text)
        if len(present) > len(shown):
            below = cell.top() + top + 6 + metrics.height()
            place = QRect(cell.left() + 5, below, cell.width() - 8, metrics.height())
            painter.setPen(accent_colour(palette, Accent.QUIET))
            more = _("+{count}").format(count=self.locale().toString(len(present) - len(shown)))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, more)

    def _day_at(self, x: int, y: int) -> date | None:
        day = self._first
        while day.month == self._first.month:
            if self._cell(day).contains(x, y):
                return day
            day += timedelta(days=1)
        return None

    def _events_at(self, x: int, y: int) -> list[Event]:
        """Return the event at a place, or all of the day where there is no room to name them."""
        day = self._day_at(x, y)
        present = self._by_day.get(day, []) if day else []
        if day is None or not present:
            return []
        top = self._cell(day).top() + QFontMetrics(sized(0.9)).height() + 2
        line = QFontMetrics(sized(0.8)).height() + 4
        number = max(0, (y - top) // line)
        if len(present) > _LINES and number >= _LINES - 1:
            return present
        return [present[min(number, len(present) - 1)]]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the event that was clicked, or a menu of those of the day."""
        found = self._events_at(int(event.position().x()), int(event.position().y()))
        if not found or event.button() is not Qt.MouseButton.LeftButton:
            return
        if len(found) == 1:
            self.event_requested.emit(found[0].key)
            return
        menu = QMenu(self)
        menu.setObjectName("monthDayMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in found:
            action = menu.addAction(button_text(names.set_apart(one.registration.name)))
            action.triggered.connect(lambda *_, key=one.key: self.event_requested.emit(key))
        menu.popup(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        over = self._events_at(int(event.position().x()), int(event.position().y()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the events of the month."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if self._events and event.key() in (forward, back, Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() in (forward, Qt.Key.Key_Down) else -1
            self._current = (self._current + step) % len(self._events)
            self._describe()
            self.update()
        elif self._events and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.event_requested.emit(self._events[self._current].key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show all events of the day under the pointer in a tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos().x(), event.pos().y())
            present = self._by_day.get(day, []) if day else []
            lines = [names.set_apart(one.registration.name) for one in present]
            QToolTip.showText(event.globalPos(), tool_tip("\n".join(lines)) if lines else "", self)
            return True
        return bool(super().event(event))

    def _describe(self) -> None:
        chosen = self._events[self._current] if self._events else None
        self.setAccessibleDescription(names.safe(chosen.registration.name) if chosen else "")


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
