"""The five accents and their soft backgrounds, readable on the program's palettes and on the system's."""

from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

from app.views.look.tokens import DARK, LIGHT, READABLE, Tokens

_TOKENS = {tokens.surface: tokens for tokens in (LIGHT, DARK)}
#: The part of an accent in the background of a banner.
_SOFT = 0.12
_STEP = 0.08


class Accent(Enum):
    """What a colour means; the values are the names of its token and of its soft ground."""

    PROGRESSIVE = ("progressive", "progressive_soft")
    SUCCESS = ("success", "success_soft")
    WARNING = ("warning", "warning_soft")
    ERROR = ("error", "error_soft")
    QUIET = ("secondary", "neutral")


def tokens_of(palette: QPalette) -> Tokens | None:
    """Return the tokens that a palette was made from, None for one of the system."""
    tokens = _TOKENS.get(palette.color(QPalette.ColorRole.Window).name())
    own = tokens and palette.color(QPalette.ColorRole.WindowText).name() == tokens.text
    return tokens if own else None


def accent_colour(palette: QPalette, accent: Accent) -> QColor:
    """Return an accent for text, icons and bars on the palette's `window`, `base` and its own tint."""
    if tokens := tokens_of(palette):
        return QColor(getattr(tokens, accent.value[0]))
    return QColor(_readable(accent, *_grounds(palette)))


def tint(palette: QPalette, accent: Accent) -> QColor:
    """Return the soft background for a banner; the palette's text and the accent are readable on it."""
    if tokens := tokens_of(palette):
        return QColor(getattr(tokens, accent.value[1]))
    return _soft(palette.color(QPalette.ColorRole.Window), accent_colour(palette, accent))


def mixed(ground: QColor, colour: QColor, part: float) -> QColor:
    """Return `ground` mixed with a part (0 to 1) of another colour."""
    return QColor.fromRgbF(
        ground.redF() + (colour.redF() - ground.redF()) * part,
        ground.greenF() + (colour.greenF() - ground.greenF()) * part,
        ground.blueF() + (colour.blueF() - ground.blueF()) * part,
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _grounds(palette: QPalette) -> tuple[int, int, int]:
    roles = QPalette.ColorRole
    return (
        palette.color(roles.Window).rgb(),
        palette.color(roles.Base).rgb(),
        palette.color(roles.WindowText).rgb(),
    )


@lru_cache(maxsize=64)
def _readable(accent: Accent, window: int, base: int, text: int) -> int:
    """Return the accent, moved towards the text's colour as far as the contrast requires."""
    ground, ink = QColor(window), QColor(text)
    colour = QColor(getattr(DARK if ground.lightnessF() < 0.5 else LIGHT, accent.value[0]))
    for _ in range(round(1 / _STEP)):
        if min(contrast(colour, on) for on in (ground, QColor(base), _soft(ground, colour))) >= READABLE:
            break
        colour = mixed(colour, ink, _STEP)
    return colour.rgb()


def _soft(window: QColor, colour: QColor) -> QColor:
    return mixed(window, colour, _SOFT)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
