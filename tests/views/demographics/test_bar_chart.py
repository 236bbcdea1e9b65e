from itertools import pairwise

import pytest
from PySide6.QtCore import QLocale, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.statistics import Share, question_statistics
from app.domain.wording.people_texts import option_label
from app.views.demographics.bar_chart import BarChart
from app.views.demographics.bars import BarLayout, bars, bars_height, paint_bars

BRITISH = QLocale("en_GB")
LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze mit sehr langer Beschreibung dahinter " * 2


def confidence(option: str) -> str:
    return option_label(4, option)


def some_shares() -> tuple[Share, ...]:
    chosen = {"none": 37, "some-not-confident": 12, "some-confident": 3, "confident": 8}
    shares = question_statistics(4, chosen, 90).shares
    assert shares is not None
    return shares


def values(*shares: Share, locale: QLocale = BRITISH) -> list[str]:
    return [row.value for row in bars("", shares, str, locale).rows]


def painted(shares: list[Share], direction: Qt.LayoutDirection = LTR, current: int | None = None) -> QImage:
    chart = bars("", shares, lambda _: "", BRITISH)
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_bars(painter, QRectF(image.rect()), chart, QPalette(), QFont(), direction, current)
    painter.end()
    return image


def along_first_bar(shares: list[Share], direction: Qt.LayoutDirection = LTR) -> list[str]:
    """Return the colours along the middle of the first bar, from left to right."""
    image = painted(shares, direction)
    font = QGuiApplication.font()
    bar = BarLayout(bars("", shares, lambda _: "", BRITISH), 600, font, image).rows[0].bar
    left = round(bar.left() if direction == LTR else 600 - bar.right())
    y = round(bar.center().y())
    return [image.pixelColor(x, y).name() for x in range(left + 4, left + round(bar.width()) - 4)]


@pytest.fixture
def chart(qtbot):
    """A chart of a question, on the screen."""
    widget = BarChart()
    widget.setLocale(BRITISH)
    widget.set_shares("Confidence", some_shares(), confidence)
    qtbot.addWidget(widget)
    widget.resize(700, widget.heightForWidth(700))
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


class TestWords:
    def test_an_exact_number_has_its_percentage(self):
        assert values(Share("a", 37, 37, 90)) == ["37 (41.1 %)"]

    def test_a_small_number_is_not_shown(self):
        assert values(Share("a", 0, 4, 90)) == ["fewer than 5 (0.0–4.4 %)"]

    def test_people_without_an_answer_are_a_range(self):
        assert values(Share(NO_RESPONSE, 25, 33, 90)) == ["25–33 (27.8–36.7 %)"]

    def test_a_narrow_range_is_shown_with_decimals(self):
        assert values(Share(NO_RESPONSE, 2500, 2504, 10000)) == ["2,500–2,504 (25.0–25.0 %)"]

    def test_a_range_from_nothing_stays_a_range(self):
        assert values(Share(NO_RESPONSE, 0, 4, 40)) == ["0–4 (0.0–10.0 %)"]

    def test_numbers_follow_the_locale(self):
        assert values(Share("a", 1234, 1234, 2000), locale=QLocale("de_DE")) == ["1.234 (61,7 %)"]
        assert values(Share("a", 37, 37, 90), locale=QLocale("ar_EG"))[0].startswith("٣٧")

    def test_no_people_are_no_error(self):
        assert values(Share("a", 0, 0, 0)) == ["0 (0.0 %)"]

    def test_the_hatching_is_explained_only_where_it_is_used(self):
        assert bars("", some_shares(), str, BRITISH).hatched
        assert not bars("", [Share("a", 37, 37, 90)], str, BRITISH).hatched

    def test_without_shares_the_reason_is_shown(self):
        assert "10 people" in bars("Confidence", (), str, BRITISH).note

    @pytest.mark.parametrize(("people", "words"), [(1, "Of 1 participant"), (1200, "Of 1,200 participants")])
    def test_the_total_is_named(self, people, words):
        assert bars("", [Share("a", 1, 1, people)], str, BRITISH).note == words


class TestLayout:
    def test_labels_are_beside_the_bars_or_above_them(self, qapp):
        chart = bars("Confidence", some_shares(), confidence, BRITISH)
        wide = BarLayout(chart, 900, QGuiApplication.font()).rows[0]
        narrow = BarLayout(chart, 300, QGuiApplication.font()).rows[0]
        assert wide.label.right() < wide.bar.left() < wide.bar.right() < wide.value.left()
        assert narrow.label.bottom() <= narrow.bar.top()

    @pytest.mark.parametrize("width", [200, 380, 900, 2000])
    @pytest.mark.parametrize("factor", [1, 2])
    def test_rows_follow_each_other_inside_the_frame(self, qapp, width, factor):
        font = QGuiApplication.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        layout = BarLayout(bars("Confidence", some_shares(), confidence, BRITISH), width, font)
        for above, below in pairwise(layout.rows):
            assert above.whole.bottom() <= below.whole.top()
        for placed in layout.rows:
            for part in (placed.label, placed.bar, placed.value):
                assert placed.whole.contains(part)
        assert layout.rows[-1].whole.bottom() <= layout.hatched[0].top() < layout.height

    def test_a_long_label_is_shortened_in_its_middle(self, qapp):
        chart = bars("", some_shares(), lambda _: LONG, BRITISH)
        shown = BarLayout(chart, 500, QGuiApplication.font()).rows[0].shown
        assert "…" in shown
        assert (shown[:5], shown[-5:]) == (LONG[:5], LONG[-5:])

    def test_less_width_needs_more_height(self, qapp):
        chart = bars("Confidence", some_shares(), lambda _: LONG, BRITISH)
        font = QGuiApplication.font()
        assert bars_height(chart, 300, font) > bars_height(chart, 900, font)

    def test_paper_needs_as_many_more_units_as_it_has_dots(self, qapp):
        chart = bars("Confidence", some_shares(), confidence, BRITISH)
        paper = QImage(10, 10, QImage.Format.Format_RGB32)
        screen = QImage(10, 10, QImage.Format.Format_RGB32)
        paper.setDotsPerMeterX(4 * screen.dotsPerMeterX())
        paper.setDotsPerMeterY(4 * screen.dotsPerMeterY())
        font = QGuiApplication.font()
        small, large = (bars_height(chart, width, font, on) for width, on in ((800, screen), (3200, paper)))
        assert large == pytest.approx(4 * small, rel=0.1)


class TestPainting:
    def test_a_certain_bar_is_solid_and_ends(self, qapp):
        colours = along_first_bar([Share("a", 50, 50, 100)])
        assert len(set(colours[: len(colours) // 2 - 4])) == 1
        assert colours[0] != colours[-1]

    def test_an_uncertain_part_is_hatched(self, qapp):
        colours = along_first_bar([Share(NO_RESPONSE, 30, 80, 100)])
        solid = colours[: round(len(colours) * 0.28)]
        hatched = colours[round(len(colours) * 0.35) : round(len(colours) * 0.75)]
        rest = colours[round(len(colours) * 0.85) :]
        assert len(set(solid)) == len(set(rest)) == 1
        changes = sum(one != other for one, other in pairwise(hatched))
        assert changes > len(hatched) / 10

    def test_people_without_an_answer_are_quieter(self, qapp):
        assert (
            along_first_bar([Share("a", 50, 50, 100)])[0]
            != along_first_bar([Share(NO_RESPONSE, 50, 50, 100)])[0]
        )

    def test_right_to_left_is_mirrored(self, qapp):
        share = Share("a", 40, 40, 100)
        leading, mirrored = along_first_bar([share]), along_first_bar([share], RTL)[::-1]
        differing = sum(one != other for one, other in zip(leading, mirrored, strict=True))
        assert differing <= 2  # the pixel that the end of the bar shares with the track
        assert leading != mirrored[::-1]

    def test_the_current_row_is_visible(self, qapp):
        shares = [Share("a", 40, 40, 100)]
        assert painted(shares) != painted(shares, current=0)


class TestWidget:
    def test_a_screen_reader_gets_every_value(self, chart):
        assert chart.accessibleName() == "Confidence"
        spoken = chart.accessibleDescription()
        assert "Never contributed: 37 (41.1 %)" in spoken
        assert "Some experience, wants to learn more: fewer than 5 (0.0–4.4 %)" in spoken
        assert "No response: 29–33 (32.2–36.7 %)" in spoken

    def test_arrow_keys_move_the_row(self, qtbot, chart):
        chart.setFocus()
        first = chart.grab().toImage()
        qtbot.keyClick(chart, Qt.Key.Key_Down)
        second = chart.grab().toImage()
        qtbot.keyClick(chart, Qt.Key.Key_Up)
        assert first != second
        assert chart.grab().toImage() == first

    def test_keys_stop_at_the_ends(self, qtbot, chart):
        chart.setFocus()
        qtbot.keyClick(chart, Qt.Key.Key_End)
        last = chart.grab().toImage()
        qtbot.keyClick(chart, Qt.Key.Key_Down)
        assert chart.grab().toImage() == last

    def test_the_tool_tip_of_a_row_is_complete(self, chart):
        chart.set_shares("Confidence", some_shares(), lambda _: LONG)
        layout = BarLayout(chart.chart, chart.width(), chart.font(), chart)
        inside = layout.rows[1].label.center().toPoint()
        assert chart.text_at(inside) == f"{LONG}: 12 (13.3 %)"
        assert chart.text_at(QPoint(5, 1)) == ""

    def test_a_layout_gives_the_height_that_its_width_needs(self, qtbot):
        pane = QWidget()
        qtbot.addWidget(pane)
        column = QVBoxLayout(pane)
        chart = BarChart()
        chart.set_shares("Confidence", some_shares(), lambda _: LONG)
        column.addWidget(chart)
        pane.resize(340, column.heightForWidth(340))
        column.activate()
        assert chart.height() >= chart.heightForWidth(chart.width())

    def test_a_larger_font_needs_more_height(self, chart):
        before = chart.heightForWidth(700)
        font = chart.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        chart.setFont(font)
        assert chart.heightForWidth(700) > before * 1.5

    def test_a_new_locale_changes_the_numbers(self, chart):
        chart.setLocale(QLocale("de_DE"))
        assert "37 (41,1 %)" in chart.accessibleDescription()

    def test_without_shares_there_is_nothing_to_focus(self, chart):
        chart.set_shares("Confidence", (), confidence)
        assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert "Fewer than 10" in chart.accessibleDescription()


def test_all_bars_of_a_page_begin_at_one_line(qtbot) -> None:
    """The labels of one chart are short, those of the other long."""
    charts = []
    for labels in (("Yes", "No"), ("Some experience, wants to learn more", "Never")):
        chart = BarChart()
        qtbot.addWidget(chart)
        shares = tuple(Share(label, 40, 40, 80) for label in labels)
        chart.set_shares("Title", shares, str)
        charts.append(chart)
    every = [row.label for chart in charts for row in chart.chart.rows]
    for chart in charts:
        chart.align_with(every)
    starts = {
        placed.bar.left()
        for chart in charts
        for placed in BarLayout(chart.chart, 800, chart.font(), chart).rows
    }
    assert len(starts) == 1
