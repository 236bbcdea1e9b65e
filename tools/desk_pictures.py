"""Pictures of the desk: its page in each state, the kiosk, the codes, its dialogs, and the event's tab."""

from typing import Any

from PySide6.QtCore import QSize

from app.domain.desk.open_desk import OpenDesk, lock_of
from app.domain.desk.walk_ins import WalkIn
from app.views.desk.check_in.desk_window import DeskWindow
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from app.views.desk.check_in.person_dialog import PersonDialog
from app.views.desk.check_in.walk_in_dialog import WalkInDialog
from app.views.desk.hand_over_dialog import HandOverDialog
from app.views.desk.open_desk_dialog import OpenDeskDialog
from app.views.desk.print_dialog import PrintDialog
from app.views.desk.reconcile_dialog import ReconcileDialog
from app.views.desk.shared_desk_dialog import SharedDeskDialog
from app.views.desk.venue_dialog import VenueDialog
from app.views.window.main_window import MainWindow

_EVENT, _OTHER = 13, 10
_LIST = """Name;Here
Mariana O.;yes
mariana s;yes
Marianna O;yes
no tengo todavía;yes
192.0.2.7;yes
somebody@example.org;yes
"""


class DeskPictures:
    """Takes them with what `screenshots.Pictures` offers, in an open window."""

    def __init__(self, pictures: Any, window: MainWindow, size: tuple[int, int] = (1280, 800)) -> None:
        self.pictures = pictures
        self.window = window
        self.workspace = window._workspace
        self.size = size

    def take(self) -> None:
        known = {one.event_id: one.key for one in self.workspace.events}
        keys = [known[_EVENT], known[_OTHER]]
        desk = DeskWindow(self.workspace, self.window.sync, OpenDesk(tuple(keys), lock_of("tea")))
        desk.resize(QSize(*self.size))
        desk.show()
        self.pictures.settle(lambda: desk.control.ready)
        self._picture("desk-empty", desk)
        control, page = desk.control, desk.page
        names = [
            hit
            for typed in ("zo", "ama", "mar", "أح", "山田", "ed", "kw", "ol", "fa")
            for hit in control.find(typed).hits
        ]
        for hit in dict.fromkeys(names[:40:5]):
            if hit.event_key == keys[0]:
                control.check_in(hit)
        control.add_walk_in(WalkIn("Pedro"), "brings a projector")
        page.field.setText("mar")
        page.hits.move_choice(1)
        self._picture("desk-hits", desk)
        page.field.setText("mariaa")
        self.pictures.settle(lambda: page._near_shown)
        self._picture("desk-near", desk)
        page.field.setText("Somebody Else Altogether")
        self._picture("desk-nobody", desk)
        first = control.find("mar").hits[0]
        control.check_in(first)
        self._picture("desk-checked-in", desk)
        control.check_in(first)
        self._picture("desk-already-in", desk)
        control.set_masked(True)
        page.field.setText("mar")
        self._picture("desk-masked", desk)
        control.set_masked(False)
        desk._show_qr()
        self._picture("desk-qr", desk)
        desk._show_kiosk()
        self._picture("desk-kiosk", desk)
        control.set_kiosk(False)
        desk._show_desk()
        for name, dialog in (
            ("desk-walk-in", WalkInDialog(control, "Pedro Infante", desk)),
            ("desk-person", PersonDialog(control, first, desk)),
            ("desk-passphrase", PassphraseDialog(control.desk.lock, desk)),
        ):
            dialog.show()
            self._picture(name, dialog)
            dialog.reject()
        desk._leaving = True
        desk.close()
        control.remember(None)
        self.pictures.choose(self.window, _EVENT, 2)
        self.pictures.settle(lambda: bool(self.window.event_pane.desk.facts.days))
        self._picture("desk-tab", self.window)
        tab = self.window.event_pane.desk
        event = self.workspace.find_event(keys[0])
        self._tab_dialogs(tab, event)
        dialog = OpenDeskDialog(tab.facts, event, [self.workspace.find_event(keys[1])], tab)
        dialog.show()
        self._picture("desk-open", dialog)
        dialog.reject()

    def _picture(self, name: str, widget: Any) -> None:
        self.pictures.take(name, widget)

    def _tab_dialogs(self, tab: Any, event: Any) -> None:
        reconcile = ReconcileDialog(self.workspace, event, tab)
        reconcile.show()
        reconcile._text.setPlainText(_LIST)
        self.pictures.settle(lambda: reconcile._found is not None)
        self._picture("desk-reconcile", reconcile)
        reconcile.reject()
        printing = PrintDialog(self.workspace, event, tab)
        printing.show()
        for number, name in enumerate(("sheet", "checklist", "badges")):
            printing._what.setCurrentIndex(number)
            printing._pages = None
            printing._make()
            self.pictures.settle(lambda: printing._pages is not None)
            self._picture(f"desk-print-{name}", printing)
        printing.reject()
        hand_over = HandOverDialog(self.workspace, event, "Entrance", tab)
        hand_over.show()
        self.pictures.settle(lambda: bool(hand_over._rows))
        self._picture("desk-hand-over", hand_over)
        hand_over.reject()
        shared = SharedDeskDialog(self.workspace, event, tab)
        shared._address.setText("postgresql+psycopg://desk@db.example.org:5432/events")
        shared.show()
        self._picture("desk-share", shared)
        shared.reject()
        venue = VenueDialog(self.workspace, event, tab)
        venue.show()
        self.pictures.settle(venue._request.isVisible)
        self._picture("desk-venue", venue)
        venue.reject()
