"""View → Look: light, dark or as the system, and the size of text."""

from functools import partial

from PySide6.QtCore import QLocale
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _
from app.views.look.appearance import TEXT_SIZES, Appearance, Scheme


class LookMenu(QMenu):
    """Each entry holds at once."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(_("&Look"), parent)
        self.setObjectName("lookMenu")
        self._appearance = appearance
        self._schemes, self._sizes = QActionGroup(self), QActionGroup(self)
        for scheme, text in (
            (Scheme.SYSTEM, _("As the &system")),
            (Scheme.LIGHT, _("&Light")),
            (Scheme.DARK, _("&Dark")),
        ):
            self._add(self._schemes, f"look-{scheme.value}", text, partial(appearance.choose_scheme, scheme))
        self.addSeparator()
        for percent in TEXT_SIZES:
            text = _("Text {percent} %").format(percent=QLocale().toString(percent))
            self._add(self._sizes, f"text-{percent}", text, partial(appearance.choose_text_size, percent))
        self.aboutToShow.connect(self._mark)
        self._mark()

    def _add(self, group: QActionGroup, name: str, text: str, chosen: partial[None]) -> None:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: chosen())
        group.addAction(action)

    def _mark(self) -> None:
        """Mark what is chosen: the preferences may have changed it."""
        marked = {f"look-{self._appearance.scheme.value}", f"text-{self._appearance.text_size}"}
        for group in (self._schemes, self._sizes):
            for action in group.actions():
                action.setChecked(action.objectName() in marked)
