"""Text fits into its box: made smaller, then wrapped, then elided."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from app.models.desk.printing.fitted_text import FittedText, TextStyle, fitted
from app.models.desk.printing.paper import MM
from app.models.desk.printing.printed_people import printed_text
from tests.support.examples import examples
from tests.support.printed_pages import odd_names

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
BOX = QSizeF(60 * MM, 12 * MM)
STYLE = TextStyle(14, 7, lines=2)


def in_box(text: str, style: TextStyle = STYLE, direction: Qt.LayoutDirection = LTR) -> FittedText:
    return fitted(printed_text(text), style, BOX, direction)


def check_fits(laid_out: FittedText, style: TextStyle) -> None:
    layout = laid_out.layout
    lines = [layout.lineAt(place) for place in range(layout.lineCount())]
    assert 1 <= len(lines) <= style.lines
    assert all(line.naturalTextWidth() <= BOX.width() for line in lines)
    assert (style.smallest or style.largest) <= laid_out.points <= style.largest
    top = laid_out.top(BOX.height(), Qt.AlignmentFlag.AlignVCenter)
    if len(lines) == 1:
        ink = QFontMetricsF(layout.font()).tightBoundingRect(laid_out.text)
        ink.translate(0.0, top + lines[0].ascent())
        assert ink.isEmpty() or (ink.top() > -1 and ink.bottom() < BOX.height() + 1)
    else:
        assert top >= 0
        assert laid_out.height <= BOX.height()


@pytest.mark.parametrize("direction", [LTR, RTL])
@pytest.mark.parametrize(
    "style", [STYLE, TextStyle(14, 7), TextStyle(9), TextStyle(14, 7, lines=3, bold=True)]
)
def test_names_of_all_scripts_fit(style: TextStyle, direction: Qt.LayoutDirection) -> None:
    for name in odd_names():
        check_fits(in_box(name, style, direction), style)


@settings(max_examples=examples(100), deadline=None)
@given(some.text(some.characters(codec="utf-8", max_codepoint=0x24F), max_size=120))
def test_any_latin_text_fits(text: str) -> None:
    check_fits(in_box(text), STYLE)


def test_what_fits_stays_as_large_as_it_can() -> None:
    assert in_box("Zoë").points == STYLE.largest
    assert in_box("Zoë").layout.lineCount() == 1


def test_a_text_that_is_a_little_too_long_becomes_smaller_and_stays_on_one_line() -> None:
    little = in_box("Maria Fernanda Gonzalez R")
    assert STYLE.smallest < little.points < STYLE.largest
    assert little.layout.lineCount() == 1


def test_a_longer_text_is_wrapped_between_words() -> None:
    longer = in_box("Maria Fernanda Gonzalez Rodriguez of Lagos")
    assert longer.layout.lineCount() == 2
    second = longer.layout.lineAt(1).textStart()
    assert longer.text[second - 1] == " "
    assert "…" not in longer.text


def test_an_overlong_text_is_elided_at_its_end() -> None:
    overlong = in_box("Maria " * 60)
    assert overlong.text.startswith(printed_text("Maria Maria")[:-1])
    assert "…" in overlong.text
    assert overlong.points == STYLE.smallest


def test_text_of_different_scripts_stands_on_one_line() -> None:
    def baseline(name: str) -> float:
        laid_out = in_box(name)
        return laid_out.top(BOX.height(), Qt.AlignmentFlag.AlignVCenter) + laid_out.layout.lineAt(0).ascent()

    assert len({round(baseline(name)) for name in ("Zoë", "Ελένη", "محمد", "שרה", "नमस्ते", "王小明")}) == 1
