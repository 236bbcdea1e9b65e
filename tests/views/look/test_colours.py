import pytest
from PySide6.QtGui import QColor, QPalette

from app.views.look.colours import READABLE, Accent, accent_colour, contrast, tint

ROLES = QPalette.ColorRole


def palette_of(window: QColor, base: QColor, text: QColor) -> QPalette:
    palette = QPalette(window)
    palette.setColor(ROLES.Base, base)
    palette.setColor(ROLES.Text, text)
    palette.setColor(ROLES.WindowText, text)
    return palette


# Fusion's own palettes, and backgrounds of other styles and of high contrast.
LIGHT = palette_of(QColor(239, 239, 239), QColor("white"), QColor("black"))
DARK = palette_of(QColor(50, 50, 50), QColor(50, 50, 50).darker(140), QColor(240, 240, 240))
PALETTES = {
    "fusion light": LIGHT,
    "fusion dark": DARK,
    "breeze light": palette_of(QColor("#eff0f1"), QColor("white"), QColor("#232629")),
    "breeze dark": palette_of(QColor("#202326"), QColor("#141618"), QColor("#fcfcfc")),
    "classic grey": palette_of(QColor("#d4d0c8"), QColor("white"), QColor("black")),
    "high contrast": palette_of(QColor("black"), QColor("black"), QColor("white")),
}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
@pytest.mark.parametrize("accent", Accent)
class TestReadable:
    def test_accent_on_window_and_base(self, palette, accent):
        colour = accent_colour(palette, accent)
        assert contrast(colour, palette.color(ROLES.Window)) >= READABLE
        assert contrast(colour, palette.color(ROLES.Base)) >= READABLE

    def test_text_and_accent_on_the_tint(self, palette, accent):
        ground = tint(palette, accent)
        assert contrast(palette.color(ROLES.WindowText), ground) >= READABLE
        assert contrast(accent_colour(palette, accent), ground) >= READABLE - 0.05

    def test_the_tint_is_visible_but_soft(self, palette, accent):
        assert 1.03 < contrast(tint(palette, accent), palette.color(ROLES.Window)) < 1.7


def test_accents_differ_from_each_other():
    for palette in (LIGHT, DARK):
        assert len({accent_colour(palette, accent).name() for accent in Accent}) == len(Accent)


def test_contrast_of_black_and_white_is_the_greatest():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("white"), QColor("white")) == pytest.approx(1)
