"""The foot of the sidebar: who is signed in where, the state of the sync in words, and its menu."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, QLocale, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QProgressBar, QToolButton, QWidget

from app.domain import names
from app.domain.accounts.account import Account
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText, moment_here
from app.models.plain_text import tool_tip
from app.models.sync_control import SyncPhase, SyncState
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.margins import set_margins
from app.views.look.text import leading, secondary, size_text
from app.views.widgets.elided_label import ElidedLabel

#: After this time, the data is not said to be in order any more.
_OLD = timedelta(days=1)
#: The lines of text for which there is room.
_LINES, _LINES_WHILE_BUSY = 3, 4


class SyncBar(QWidget):
    """Shows when the wiki was last fetched, the progress of a sync, or since when the wiki is offline."""

    sync_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("syncBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = SyncState()
        self._icon = QLabel(self)
        self._icon.setFixedSize(16, 16)
        self._words = EventText(self)
        self._furthest = 0
        self._waiting = 0, 0
        self._counted = 0, 0
        self._who = ElidedLabel(self)
        size_text(self._who, 0.9)
        self._who.setObjectName("syncWho")
        self._text = secondary(QLabel(self))
        self._text.setObjectName("syncText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        leading(self._text)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("syncProgress")
        self._bar.setAccessibleName(_("Progress of the sync"))
        self._bar.setTextVisible(False)
        self._button = QToolButton(self)
        self._button.setObjectName("syncButton")
        self._button.setAutoRaise(True)
        self._button.clicked.connect(self._on_button)
        self._menu_button = QToolButton(self)
        self._menu_button.setObjectName("syncMenu")
        self._menu_button.setAutoRaise(True)
        self._menu_button.setIcon(icon("more"))
        self._menu_button.setAccessibleName(_("Sync and wikis"))
        self._menu_button.setToolTip(_("Sync and wikis"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.setInterval(30_000)
        self._clock.timeout.connect(self._update)
        self._clock.start()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        set_margins(grid, 20, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self._who, 0, 1)
        grid.addWidget(self._button, 0, 2)
        grid.addWidget(self._menu_button, 0, 3)
        grid.addWidget(self._text, 1, 1, 1, 3)
        grid.addWidget(self._bar, 2, 1, 1, 3)
        grid.setColumnStretch(1, 1)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """The buttons, in the order of Tab."""
        return self._button, self._menu_button

    def set_menu(self, menu: QMenu) -> None:
        """Set what the menu button opens."""
        self._menu_button.setMenu(menu)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show who is signed in, and where."""
        people = [(one.identity.name, one.wiki.site_name) for one in accounts]
        self._who.say(listed(f"{names.set_apart(name)} · {names.set_apart(wiki)}" for name, wiki in people))

    @property
    def text(self) -> str:
        """The text of the bar."""
        return self._text.text()

    def show_state(self, state: SyncState) -> None:
        """Show the state of the sync."""
        self._state = state
        self._update()

    def show_pending(self, waiting: int, stuck: int) -> None:
        """Show how many changes are pending, and how many of them need the user."""
        if (waiting, stuck) != self._waiting:
            self._waiting = waiting, stuck
            self._update()

    def show_counted(self, done: int, edits: int) -> None:
        """Show how many of the edits to be counted for events are done."""
        if (done, edits) != self._counted:
            self._counted = done, edits
            self._update()

    @Slot()
    def _on_button(self) -> None:
        if self._state.phase is SyncPhase.IDLE:
            self.sync_requested.emit()
        else:
            self.stop_requested.emit()

    @Slot()
    def _update(self) -> None:
        state = self._state
        busy = state.phase is not SyncPhase.IDLE
        self._bar.setVisible(busy)
        if busy:
            self._button.setAccessibleName(_("Stop"))
            self._button.setIcon(icon("stop"))
            self._button.setToolTip(
                _("Stop counting; the next sync goes on with it (Esc)")
                if state.counting
                else _("Stop the sync; what was fetched is kept (Esc)")
            )
            self._button.setEnabled(state.phase is SyncPhase.SYNCING)
        else:
            self._button.setAccessibleName(_("Try again") if state.offline_since else _("Sync"))
            self._button.setIcon(icon("sync"))
            self._button.setToolTip(_("Fetch what is new in all your events (F5)"))
            self._button.setEnabled(True)
        text = self._sentence()[0]
        self._text.setText(text)
        self._text.setToolTip(tool_tip("\n".join(filter(None, (text, self._exact_time())))))
        self._show_icon()
        # The list above must not move with every word of a sync.
        lines = _LINES_WHILE_BUSY if busy else _LINES
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing())
        self._show_progress()

    def _show_icon(self) -> None:
        _text, sign, accent = self._sentence()
        self._icon.setPixmap(icon(sign, accent).pixmap(QSize(16, 16), self.devicePixelRatioF()))

    def _sentence(self) -> tuple[str, str, Accent]:
        state = self._state
        if state.phase is SyncPhase.STOPPING:
            return _("Stopping…"), "sync", Accent.PROGRESSIVE
        if state.phase is SyncPhase.SYNCING and state.counting:
            return self._counting_sentence(), "sync", Accent.PROGRESSIVE
        if state.phase is SyncPhase.SYNCING and state.sending:
            return _("Sending your changes…"), "sync", Accent.PROGRESSIVE
        if state.phase is SyncPhase.SYNCING:
            return self._progress_sentence(), "sync", Accent.PROGRESSIVE
        if state.offline_since:
            since = moment_here(state.offline_since)
            waiting = self._pending_sentence()
            text = (
                _("Offline since {since}. You can go on; {state}")
                if waiting
                else _("Offline since {since}. You can go on with what was fetched; {state}")
            )
            text = text.format(since=since, state=waiting or self._last_synced())
            return text, "offline", Accent.WARNING
        waiting = self._pending_sentence(capital=True)
        wrong = bool(self._waiting[1]) or state.trouble is not None
        if state.last_synced is None:
            text = " ".join(part for part in (_("Not synced yet."), waiting) if part)
            return text, "warning" if wrong else "sync", Accent.WARNING if wrong else Accent.QUIET
        text = " ".join(part for part in (self._last_synced(capital=True), waiting) if part)
        if wrong:
            return text, "warning", Accent.WARNING
        old = datetime.now(UTC) - state.last_synced > _OLD
        return text, "sync" if old else "check", Accent.QUIET if old else Accent.SUCCESS

    def _pending_sentence(self, *, capital: bool = False) -> str:
        """Return the pending changes in a sentence, empty if there are none."""
        waiting, stuck = self._waiting
        parts = []
        if waiting - stuck:
            parts.append(
                ngettext("{count} change waiting", "{count} changes waiting", waiting - stuck).format(
                    count=waiting - stuck
                )
            )
        if stuck:
            parts.append(
                ngettext(
                    "{count} change to be decided by you", "{count} changes to be decided by you", stuck
                ).format(count=stuck)
            )
        text = listed(parts)
        return (text[:1].upper() + text[1:] if capital else text) + "." if text else ""

    def _last_synced(self, *, capital: bool = False) -> str:
        moment = self._state.last_synced
        if moment is None:
            return _("not synced yet.")
        when = self._words.ago(moment)
        sentence = _("Last synced {when}.") if capital else _("last synced {when}.")
        return sentence.format(when=when)

    def _progress_sentence(self) -> str:
        progress = self._state.progress
        if progress is None or progress.event_name is None:
            return _("Syncing: asking for your events…")
        locale = QLocale()
        event = names.set_apart(progress.event_name)
        parts = [_("Syncing “{event}”").format(event=event)]
        if progress.events > 1:
            number = locale.toString(min(progress.events_done + 1, progress.events))
            events = locale.toString(progress.events)
            parts = [
                _("Syncing “{event}” ({number} of {events})").format(
                    event=event, number=number, events=events
                )
            ]
        people = locale.toString(progress.people)
        if progress.expected:
            expected = locale.toString(max(progress.expected, progress.people))
            parts.append(_("{people} of about {expected} people").format(people=people, expected=expected))
        else:
            parts.append(
                ngettext("{count} person fetched", "{count} people fetched", progress.people).format(
                    count=progress.people
                )
            )
        if progress.rate >= 1:
            parts.append(_("{rate} a second").format(rate=locale.toString(round(progress.rate))))
        if progress.seconds_left is not None and progress.seconds_left >= 1:
            parts.append(self._left(progress.seconds_left))
        return " · ".join(parts)

    def _counting_sentence(self) -> str:
        done, edits = self._counted
        number = self.locale().toString
        text = _("Counting edits: {done} of {edits}").format(done=number(done), edits=number(edits))
        return f"{text} · {self._left(edits - done)}"

    def _left(self, seconds: float) -> str:
        if seconds < 90:
            return ngettext("{count} second left", "{count} seconds left", round(seconds)).format(
                count=round(seconds)
            )
        return ngettext("{count} minute left", "{count} minutes left", round(seconds / 60)).format(
            count=round(seconds / 60)
        )

    def _show_progress(self) -> None:
        progress = self._state.progress
        if self._state.counting:
            done, edits = self._counted
            self._bar.setRange(0, max(1, edits))
            self._bar.setValue(done)
            return
        if progress is None:
            self._furthest = 0
        if progress is None or not (progress.expected or progress.events > 1):
            self._bar.setRange(0, 0 if self._state.phase is SyncPhase.SYNCING else 1)
            return
        within = min(1.0, progress.people / progress.expected) if progress.expected else 0.0
        self._bar.setRange(0, 1000)
        # Events are fetched before their people, and totals are estimates: the bar must not go back.
        done = round(1000 * min(1.0, (progress.events_done + within) / max(1, progress.events)))
        self._furthest = max(self._furthest, done)
        self._bar.setValue(self._furthest)

    def _exact_time(self) -> str:
        moment = self._state.last_synced
        if moment is None:
            return ""
        here = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
        exact = QLocale().toString(here, QLocale.FormatType.LongFormat)
        return _("Last synced: {exact}").format(exact=exact)

    def changeEvent(self, event: QEvent) -> None:
        """Update the icon for the new palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()
        super().changeEvent(event)
