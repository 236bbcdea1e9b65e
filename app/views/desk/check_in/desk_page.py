"""The desk for its staff: one field, the people found, and what came of the latest action."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.domain.desk.hits import LEAST_LETTERS, Found, Hit
from app.domain.desk.outcomes import Noted
from app.domain.people.attendance import Attendance
from app.domain.wording.desk import hand_over_texts
from app.i18n import _
from app.models.desk import desk_text
from app.models.desk.desk_control import DeskControl
from app.models.desk.noted_person import NotedPerson
from app.models.events.event_text import clock
from app.views.desk.check_in.confirmation import Confirmation
from app.views.desk.check_in.desk_field import DeskField, DeskKey
from app.views.desk.check_in.desk_figures import LATEST, DeskFigures
from app.views.desk.check_in.hit_list import HitList, ShownHit
from app.views.desk.check_in.walk_in_card import WalkInCard
from app.views.look.text import secondary, strong
from app.views.widgets.message_boxes import ask

#: Milliseconds without a letter before names with typing errors are looked for.
_MS_BEFORE_NEAR = 250
#: Milliseconds between updates of "the last 15 minutes".
_MS_BETWEEN_FIGURES = 20_000
_FIGURES_WIDTH = 320


class DeskPage(QWidget):
    """Enter notes the single hit, or the chosen one; with several and none chosen it notes nobody."""

    walk_in_requested = Signal(str)
    note_requested = Signal(object)

    def __init__(self, control: DeskControl, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskPage")
        self._control = control
        self._checking_out = False
        self._found = Found()
        self._near_shown = False
        self.field = DeskField(self)
        self.field.textChanged.connect(self._on_typed)
        self.field.key.connect(self._on_key)
        self._keys = secondary(QLabel(self))
        self._keys.setObjectName("deskKeys")
        self._keys.setWordWrap(True)
        self.confirmation = Confirmation(self)
        self.confirmation.undo_requested.connect(control.undo)
        self._title = strong(QLabel(self))
        self._title.setObjectName("deskHitsTitle")
        self._title.setWordWrap(True)
        self._title.hide()
        self.hits = HitList(self)
        self.hits.action_requested.connect(self._act)
        self.hits.menu_requested.connect(self._show_menu)
        self.hits.selectionModel().currentChanged.connect(lambda *_: self._unmask())
        self.walk_in = WalkInCard(self)
        self.walk_in.add_requested.connect(self._ask_walk_in)
        self._figures = DeskFigures(self)
        self._near = QTimer(self)
        self._near.setSingleShot(True)
        self._near.setInterval(_MS_BEFORE_NEAR)
        self._near.timeout.connect(self._look_near)
        self._clock = QTimer(self)
        self._clock.setInterval(_MS_BETWEEN_FIGURES)
        self._clock.timeout.connect(self._show_figures)
        self._clock.timeout.connect(control.follow_the_day)
        self._clock.start()
        control.changed.connect(self._on_changed)
        control.noted.connect(self._on_noted)
        control.near_found.connect(self._on_near)
        self._lay_out()
        self._say_keys()

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(48, 32, 48, 24)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._keys)
        column.addSpacing(8)
        column.addWidget(self.confirmation)
        column.addWidget(self._title)
        column.addWidget(self.hits)
        column.addWidget(self.walk_in)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QScrollArea(self)
        side.setObjectName("deskSide")
        side.setWidget(self._figures)
        side.setWidgetResizable(True)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setMaximumWidth(_FIGURES_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll, 3)
        row.addWidget(side, 1)

    def focus_field(self) -> None:
        """Let the user type."""
        self.field.setFocus()

    @property
    def checking_out(self) -> bool:
        """Whether Enter checks people out."""
        return self._checking_out

    def check_out(self, checking_out: bool) -> None:
        """Let Enter check people out, or in."""
        self._checking_out = checking_out
        self._say_keys()
        self._show_hits()

    def _say_keys(self) -> None:
        enter = _("Enter: check out") if self._checking_out else _("Enter: check in")
        other = _("F4: check in") if self._checking_out else _("F4: check out")
        parts = (_("↑ ↓: choose"), enter, _("Ctrl+Z: undo"), _("Esc: clear"), other)
        self._keys.setText("    ".join(parts))

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        if typed:
            self.confirmation.hide()
        self._near_shown = False
        self._near.stop()
        self._found = self._control.find(typed)
        self._show_hits()
        if typed and not self._found.hits and len(typed.strip()) > LEAST_LETTERS:
            self._near.start()

    def _show_hits(self) -> None:
        found, typed = self._found, self.field.text().strip()
        self.hits.hits.show_hits([self._shown(hit) for hit in found.hits])
        self.hits.setFixedHeight(self.hits.needed_height())
        self.hits.setVisible(bool(found.hits))
        single = len(found.hits) == 1 and not found.more and not self._near_shown
        scanned = found.exact is not None and self.field.scanned
        self.hits.choose(0 if single or scanned else -1)
        self._title.setText(self._title_text(typed))
        self._title.setVisible(bool(self._title.text()))
        self.walk_in.offer(typed if self._control.ready and len(typed) >= LEAST_LETTERS else "")

    def _title_text(self, typed: str) -> str:
        if not typed:
            return ""
        if not self._control.ready:
            return _("The list is being read…")
        if self._near_shown and not self._found.hits:
            return _("Nobody on the list has such a name.")
        if self._near_shown:
            return _("Nobody is called exactly so. Perhaps one of them?")
        if self._found.more:
            return _("More people match. Type more letters to see them.")
        return ""

    def _shown(self, hit: Hit, *, unmasked: bool = False) -> ShownHit:
        known = self._control.day_of(hit)
        inside = known.attendance is Attendance.PRESENT
        masked = self._control.desk.masked and not unmasked
        action = "" if inside else _("Check in")
        return ShownHit(
            hit,
            desk_text.title_of(hit, masked=masked),
            desk_text.detail_of(hit, known, self._control),
            inside,
            _("Check out") if self._checking_out else action,
        )

    def _unmask(self) -> None:
        """Show the name of a private person who was chosen with the arrows, and hide the others'."""
        if not self._control.desk.masked:
            return
        chosen = self.hits.currentIndex().row()
        several = self.hits.hits.rowCount() > 1
        for row in range(self.hits.hits.rowCount()):
            shown = self.hits.hits.hit(row)
            if shown is not None and shown.hit.private:
                self.hits.hits.replace(row, self._shown(shown.hit, unmasked=several and row == chosen))

    @Slot(object)
    def _on_key(self, key: DeskKey) -> None:
        match key:
            case DeskKey.ENTER:
                self._act()
            case DeskKey.WALK_IN:
                self._ask_walk_in()
            case DeskKey.UP | DeskKey.DOWN:
                self.hits.move_choice(-1 if key is DeskKey.UP else 1)
            case DeskKey.UNDO:
                self._control.undo()
            case DeskKey.REDO:
                self._control.redo()
            case DeskKey.CLEAR:
                self.field.clear()
                self.confirmation.hide()
            case DeskKey.CHANGE_MODE:
                self.check_out(not self._checking_out)
            case DeskKey.MENU:
                rect = self.hits.visualRect(self.hits.currentIndex())
                self._show_menu(self.hits.viewport().mapToGlobal(rect.center()))

    @Slot()
    def _act(self) -> None:
        chosen = self.hits.chosen
        if chosen is None:
            if len(self._found.hits) > 1:
                self._title.setText(
                    _("Several people match. Choose one with the arrow keys, then press Enter.")
                )
                self._title.show()
            return
        if self._checking_out:
            self._control.check_out(chosen.hit)
        else:
            self._control.check_in(chosen.hit)

    @Slot()
    def _ask_walk_in(self) -> None:
        if self._control.ready:
            self.walk_in_requested.emit(self.field.text())

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        """Offer what else can be noted of the chosen person."""
        chosen = self.hits.chosen
        if chosen is None:
            return
        hit = chosen.hit
        menu = QMenu(self)
        menu.setObjectName("deskHitMenu")
        for text, action in (
            (_("Check in"), partial(self._control.check_in, hit)),
            (_("Check out"), partial(self._control.check_out, hit)),
            (_("Mark as a no-show"), partial(self._control.mark_no_show, hit)),
            (_("Times and note…"), partial(self.note_requested.emit, hit)),
            (_("Erase what is noted…"), partial(self._ask_erase, hit)),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, do=action: do())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _ask_erase(self, hit: Hit) -> None:
        name, person = (
            desk_text.title_of(hit, masked=self._control.desk.masked),
            NotedPerson(self._control, hit),
        )
        detail = _(
            "Times, notes and the name of a walk-in go for good, from this computer and wherever it is "
            "merged. The registration on the wiki stays."
        )
        files = hand_over_texts.still_in(person.hand_over_files())
        ask(
            self,
            "askErase",
            _("Erase all that is noted about {name}?").format(name=name),
            f"{detail} {files}".strip(),
            _("Erase"),
            person.erase,
        )

    @Slot(object)
    def _on_noted(self, noted: Noted) -> None:
        self.field.clear()
        masked = self._control.desk.masked
        event = next(
            (one for one in self._control.events if one.key == noted.event_key), self._control.event_at_hand
        )
        self.confirmation.say(
            noted.outcome, desk_text.headline(noted, masked=masked), desk_text.what_came(noted, event)
        )

    @Slot()
    def _look_near(self) -> None:
        if not self._found.hits:
            self._control.find_near(self.field.text())

    @Slot(str, object)
    def _on_near(self, typed: str, hits: tuple[Hit, ...]) -> None:
        if typed == self.field.text() and not self._found.hits:
            self._near_shown = True
            self._found = Found(hits)
            self._show_hits()

    @Slot()
    def _on_changed(self) -> None:
        self._show_figures()
        if self.field.text():
            typed = self.field.text()
            chosen = self.hits.chosen
            if not self._near_shown:
                self._found = self._control.find(typed)
            self._show_hits()
            if chosen is not None:
                rows = [
                    one.hit.person for one in map(self.hits.hits.hit, range(len(self._found.hits))) if one
                ]
                self.hits.choose(rows.index(chosen.hit.person) if chosen.hit.person in rows else -1)

    @Slot()
    def _show_figures(self) -> None:
        if not self._control.ready:
            return
        self._figures.show_counts(self._control.counts())
        event, masked = self._control.event_at_hand, self._control.desk.masked
        self._figures.show_latest(
            [
                (desk_text.arrival_name(one, masked=masked), clock(desk_text.at_event(one.at, event)))
                for one in self._control.arrivals(LATEST)
            ]
        )
