"""View → Language: the system’s language, English, or one with a catalogue."""

from PySide6.QtCore import QLocale, QSettings
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _, languages
from app.models.plain_text import button_text
from app.views.widgets.message_boxes import inform

#: The key in the settings; without a value the system's language is used.
SETTING = "language"
_ENGLISH = "en"


def language_menu(parent: QWidget, settings: QSettings) -> QMenu:
    """Return the menu. The choice takes effect at the next start: texts are read when windows are made."""
    menu = QMenu(_("&Language"), parent)
    menu.setObjectName("languageMenu")
    group = QActionGroup(menu)
    chosen = str(settings.value(SETTING) or "")
    for code in ("", *sorted({_ENGLISH, *languages()})):
        name = button_text(QLocale(code).nativeLanguageName() or code) if code else _("&System’s language")
        action = menu.addAction(name)
        action.setObjectName(f"language-{code}")
        action.setCheckable(True)
        action.setChecked(code == chosen)
        group.addAction(action)
        action.triggered.connect(lambda _checked=False, code=code: _choose(parent, settings, code))
    return menu


def _choose(parent: QWidget, settings: QSettings, code: str) -> None:
    settings.setValue(SETTING, code)
    settings.sync()
    text = _("Event Center is in this language when it is opened next.")
    inform(parent, "languageChosen", text, "")
