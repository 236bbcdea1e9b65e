"""The look that the user chose: light, dark or the system's, the size of text, and motion."""

from enum import StrEnum

from PySide6.QtCore import QObject, QSettings, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.views.look.sheet import style_sheet
from app.views.look.style import LookStyle, palette_of
from app.views.look.text import polish_again, set_text_size
from app.views.look.tokens import DARK, LIGHT, Tokens

#: The sizes of text that can be chosen, in per cent of the system's.
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
_SCHEME, _TEXT_SIZE, _REDUCE_MOTION = "look/scheme", "look/text-size", "look/reduce-motion"

#: What Qt lets fade or slide where the system does.
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
#: The property of the application that keeps which of them the system had at the start.
_SYSTEM_EFFECTS = "systemEffects"
_style: LookStyle | None = None


class Scheme(StrEnum):
    """Whether the window is light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """Applies the chosen look to the application, at once, and follows the system.

    Where the system asks for high contrast, its own colours win.
    """

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("appearance")
        self._settings = settings
        application = _application()
        if application.property(_SYSTEM_EFFECTS) is None:
            application.setProperty(_SYSTEM_EFFECTS, [application.isEffectEnabled(one) for one in _EFFECTS])
        self._system_effects = dict(zip(_EFFECTS, application.property(_SYSTEM_EFFECTS), strict=True))
        # Before there are other widgets: they take the style when they are made.
        _style_of(application)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system)

    @property
    def scheme(self) -> Scheme:
        """Whether the window is light, dark or as the system is."""
        value = str(self._settings.value(_SCHEME) or "")
        return Scheme(value) if value in list(Scheme) else Scheme.SYSTEM

    @property
    def text_size(self) -> int:
        """The size of text in per cent of the system's."""
        value = str(self._settings.value(_TEXT_SIZE) or "")
        return int(value) if value.isascii() and value.isdigit() and int(value) in TEXT_SIZES else 100

    @property
    def reduces_motion(self) -> bool:
        """Whether nothing fades or slides."""
        return self._settings.value(_REDUCE_MOTION) in (True, "true")

    def choose_scheme(self, scheme: Scheme) -> None:
        """Show another scheme from now on."""
        self._settings.setValue(_SCHEME, scheme.value)
        self.apply()

    def choose_text_size(self, percent: int) -> None:
        """Show larger or smaller text from now on."""
        self._settings.setValue(_TEXT_SIZE, percent)
        self.apply()

    def reduce_motion(self, reduce: bool) -> None:
        """Let nothing fade or slide from now on."""
        self._settings.setValue(_REDUCE_MOTION, reduce)
        self.apply()

    @Slot()
    def _on_system(self) -> None:
        self.apply()

    def apply(self) -> None:
        """Show the chosen look."""
        application = _application()
        show_look(application, self._tokens())
        for effect in _EFFECTS:
            application.setEffectEnabled(effect, self._system_effects[effect] and not self.reduces_motion)
        set_text_size(application, self.text_size)

    def _tokens(self) -> Tokens | None:
        """Return the tokens to show, None for the system's high contrast."""
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return None
        dark = hints.colorScheme() is Qt.ColorScheme.Dark if self.scheme is Scheme.SYSTEM else False
        return DARK if dark or self.scheme is Scheme.DARK else LIGHT


def show_look(application: QApplication, tokens: Tokens | None) -> None:
    """Show a scheme in all windows; without tokens, Fusion with the system's palette."""
    style = _style_of(application)
    if style.shown is tokens and application.styleSheet():
        return
    style.shown = tokens
    application.setPalette(palette_of(tokens) if tokens else QPalette())
    application.setStyleSheet(style_sheet(tokens) if tokens else "")


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - there are windows
    return application


def _style_of(application: QApplication) -> LookStyle:
    """Return the application's one style: Qt does not survive another while windows are open."""
    global _style
    if _style is None or not isValid(_style):
        _style = LookStyle()
        application.setStyle(_style)
    return _style


def set_role(widget: QWidget, role: str) -> None:
    """Give a button its role in the style sheet: primary, destructive, quiet or chip."""
    widget.setProperty("role", role)
    polish_again(widget)
