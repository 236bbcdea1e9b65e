"""The colours of both schemes, and what is made from them."""

import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from app.views.look.colours import Accent, accent_colour, contrast, tint, tokens_of
from app.views.look.sheet import style_sheet
from app.views.look.style import palette_of
from app.views.look.tokens import DARK, LIGHT, MEETINGS, Meeting, Tokens

SCHEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = {"surface", "raised", "neutral", *(field.name for field in fields(Tokens) if "_soft" in field.name)}


@pytest.mark.parametrize("tokens", SCHEMES.values(), ids=SCHEMES.keys())
@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.over)
def test_every_pair_that_meets_has_the_contrast_it_needs(tokens: Tokens, meeting: Meeting) -> None:
    for ground in meeting.grounds:
        met = contrast(QColor(getattr(tokens, meeting.over)), QColor(getattr(tokens, ground)))
        assert meeting.least is None or met >= meeting.least, ground


def test_every_token_is_a_ground_or_has_its_meetings() -> None:
    met = {meeting.over for meeting in MEETINGS}
    assert met | GROUNDS == {field.name for field in fields(Tokens)}


@pytest.mark.parametrize("tokens", SCHEMES.values(), ids=SCHEMES.keys())
def test_accents_and_their_grounds_are_tokens(tokens: Tokens) -> None:
    palette = palette_of(tokens)
    assert tokens_of(palette) is tokens
    for accent in Accent:
        colour, ground = (getattr(tokens, name) for name in accent.value)
        assert accent_colour(palette, accent).name() == colour
        assert tint(palette, accent).name() == ground


@pytest.mark.parametrize("tokens", SCHEMES.values(), ids=SCHEMES.keys())
def test_the_style_sheet_has_colours_of_its_scheme_only(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    known = {getattr(tokens, field.name) for field in fields(Tokens)}
    assert "$" not in sheet
    assert set(re.findall("#[0-9a-f]{6}", sheet)) <= known


def test_a_system_palette_with_a_white_window_is_not_taken_for_the_programs() -> None:
    palette = QPalette(QColor("white"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("black"))
    assert tokens_of(palette) is None
