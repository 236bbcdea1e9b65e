from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette

from app.views.demographics.timeline import (
    MOST_DAYS,
    MOST_DAYS_IN_WEEKS,
    EarlierDays,
    Marker,
    Step,
    group_days,
    timeline,
)
from app.views.demographics.timeline_chart import TimelineChart
from app.views.demographics.timeline_painting import TimelineLayout, paint_timeline, ticks

BRITISH = QLocale("en_GB")
START = date(2026, 8, 1)  # a Saturday
LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def some_days(length: int, people: int = 3) -> list[tuple[date, int]]:
    return [(START + timedelta(number), people) for number in range(length)]


def painted(
    days: list[tuple[date, int]], direction: Qt.LayoutDirection = LTR, marker: Marker | None = None
) -> QImage:
    image = QImage(600, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    chart = timeline(days, marker, BRITISH)
    font = QGuiApplication.font()
    paint_timeline(painter, QRectF(image.rect()), chart, QPalette(), font, direction)
    painter.end()
    return image


@pytest.fixture
def chart(qtbot):
    """A chart of ten days, on the screen."""
    widget = TimelineChart()
    widget.setLocale(BRITISH)
    widget.set_days([(START + timedelta(number), number) for number in range(10)])
    qtbot.addWidget(widget)
    widget.resize(600, 240)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


class TestGrouping:
    @pytest.mark.parametrize(
        ("length", "step"),
        [
            (1, Step.DAY),
            (MOST_DAYS, Step.DAY),
            (MOST_DAYS + 1, Step.WEEK),
            (MOST_DAYS_IN_WEEKS, Step.WEEK),
            (MOST_DAYS_IN_WEEKS + 1, Step.MONTH),
        ],
    )
    def test_the_step_follows_the_length(self, length, step):
        assert group_days(some_days(length))[0] is step

    def test_days_are_not_grouped(self):
        assert group_days(some_days(5)) == (Step.DAY, some_days(5))

    def test_weeks_begin_on_monday(self):
        _, columns = group_days(some_days(200))
        assert columns[:2] == [(date(2026, 7, 27), 6), (date(2026, 8, 3), 21)]

    def test_months_begin_on_their_first_day(self):
        _, columns = group_days(some_days(800))
        assert columns[:2] == [(date(2026, 8, 1), 93), (date(2026, 9, 1), 90)]
        assert all(start.day == 1 for start, _ in columns)

    def test_days_left_out_count_nobody(self):
        assert group_days([(START, 2), (START + timedelta(2), 1)])[1] == [
            (START, 2),
            (START + timedelta(1), 0),
            (START + timedelta(2), 1),
        ]

    def test_no_days_are_no_columns(self):
        assert group_days([]) == (Step.DAY, [])

    @given(st.lists(st.tuples(st.dates(date(2015, 1, 1), date(2027, 1, 1)), st.integers(0, 50)), max_size=20))
    def test_every_registration_is_counted(self, days):
        _, columns = group_days(days)
        assert sum(people for _, people in columns) == sum(people for _, people in days)
        starts = [start for start, _ in columns]
        assert starts == sorted(set(starts))


class TestTicks:
    @pytest.mark.parametrize(
        ("most", "expected"),
        [
            (0, [0, 1]),
            (1, [0, 1]),
            (4, [0, 1, 2, 3, 4]),
            (5, [0, 2, 4, 6]),
            (38, [0, 10, 20, 30, 40]),
            (1001, [0, 500, 1000, 1500]),
        ],
    )
    def test_they_are_round(self, most, expected):
        assert ticks(most) == expected

    @given(st.integers(0, 10**7))
    def test_they_are_few_and_reach_the_most(self, most):
        found = ticks(most)
        assert 2 <= len(found) <= 5
        assert found[-1] >= most


class TestWords:
    def test_a_day(self):
        words = timeline([(date(2026, 9, 12), 14)], None, BRITISH).column_words(0)
        assert words.endswith("12 September 2026: 14 registrations")

    def test_one_person(self):
        assert timeline(some_days(1, 1), None, BRITISH).column_words(0).endswith(": 1 registration")

    def test_a_week_and_a_month_are_named(self):
        weeks = timeline(some_days(200), None, BRITISH)
        assert weeks.title == "Registrations per week"
        assert weeks.column_words(1) == "Week from Monday, 3 August 2026: 21 registrations"
        months = timeline(some_days(800), None, BRITISH)
        assert months.title == "Registrations per month"
        assert months.column_words(1) == "September 2026: 90 registrations"

    def test_the_total_and_the_maximum(self):
        chart = timeline(
            [*some_days(9), (date(2026, 8, 10), 7)], Marker(date(2026, 8, 12), "Event starts"), BRITISH
        )
        assert chart.summary == "34 registrations from 1 Aug to 10 Aug"
        assert "10 August 2026: 7 registrations" in chart.words
        assert "Event starts: 12 Aug" in chart.words


class TestMarker:
    def test_columns_extend_to_a_near_marker(self):
        chart = timeline(some_days(10), Marker(date(2026, 8, 20), "Event starts"), BRITISH)
        assert len(chart.columns) == 20
        assert chart.known == 10
        assert chart.marked_column() == 19

    def test_a_marker_before_the_first_registration(self):
        chart = timeline(some_days(10), Marker(date(2026, 7, 30), "Event starts"), BRITISH)
        assert (chart.marked_column(), chart.known) == (0, 12)

    def test_a_distant_marker_does_not_narrow_the_columns(self):
        chart = timeline(some_days(10), Marker(date(2028, 8, 1), "Event starts"), BRITISH)
        assert len(chart.columns) == 10
        assert chart.marked_column() is None

    @pytest.mark.parametrize("day", [date(2026, 8, 3), date(2026, 8, 20), date(2020, 1, 1), date(2030, 1, 1)])
    def test_it_is_painted(self, qapp, day):
        assert painted(some_days(10), marker=Marker(day, "Event starts")) != painted(some_days(10))


class TestLayout:
    @pytest.mark.parametrize("width", [240, 380, 900, 1800])
    @pytest.mark.parametrize("length", [1, 2, 30, MOST_DAYS, 400, MOST_DAYS_IN_WEEKS, 4000])
    @pytest.mark.parametrize("locale", ["en_GB", "de_DE", "ar_EG", "zh_CN"])
    def test_dates_never_overlap(self, qapp, width, length, locale):
        chart = timeline(some_days(length), None, QLocale(locale))
        frame = QRectF(0, 0, width, 240)
        labels = [place for place, _ in TimelineLayout(chart, frame, QGuiApplication.font()).dates()]
        assert labels
        assert all(frame.contains(place) for place in labels)
        assert all(one.right() < other.left() for one, other in pairwise(labels))

    def test_columns_are_as_high_as_their_people(self, qapp):
        chart = timeline([(START, 1), (START + timedelta(1), 4)], None, BRITISH)
        layout = TimelineLayout(chart, QRectF(0, 0, 600, 240), QGuiApplication.font())
        assert layout.column(1).height() == pytest.approx(4 * layout.column(0).height())
        assert layout.column(1).height() == pytest.approx(layout.plot.height())


class TestPainting:
    def test_right_to_left_begins_at_the_right(self, qapp):
        days = [(START, 9), *((START + timedelta(number), 0) for number in range(1, 10))]
        layout = TimelineLayout(timeline(days, None, BRITISH), QRectF(0, 0, 600, 240), QGuiApplication.font())
        place = layout.column(0).center().toPoint()
        left, right = painted(days), painted(days, RTL)
        assert left.pixelColor(place) == right.pixelColor(600 - place.x(), place.y())
        assert left.pixelColor(place) != right.pixelColor(place)

    def test_no_registrations_yet_is_shown_inside(self, qapp):
        blank = QImage(600, 240, QImage.Format.Format_RGB32)
        blank.fill(QColor("white"))
        inside = QRectF(100, 80, 400, 120).toRect()
        assert painted([]).copy(inside) != blank.copy(inside)


class TestWidget:
    def test_a_screen_reader_gets_the_whole_chart(self, chart):
        assert chart.accessibleName() == "Registrations per day"
        assert chart.accessibleDescription().startswith("45 registrations from 1 Aug to 10 Aug")

    def test_the_keyboard_starts_at_the_latest_column(self, qtbot, chart):
        chart.setFocus()
        assert chart.current == 9
        qtbot.keyClick(chart, Qt.Key.Key_Left)
        assert chart.current == 8
        qtbot.keyClick(chart, Qt.Key.Key_Home)
        qtbot.keyClick(chart, Qt.Key.Key_Left)
        assert chart.current == 0

    def test_the_keys_are_mirrored(self, qtbot, chart):
        chart.setLayoutDirection(RTL)
        chart.setFocus()
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        assert chart.current == 8

    def test_the_mouse_highlights_a_column(self, qtbot, chart):
        chart.clearFocus()
        plain = chart.grab().toImage()
        layout = TimelineLayout(chart.chart, QRectF(chart.rect()), chart.font(), chart)
        qtbot.mouseMove(chart, layout.whole_slot(4).center().toPoint())
        qtbot.waitUntil(lambda: chart.current == 4)
        assert chart.grab().toImage() != plain

    def test_a_position_beside_the_columns_has_no_column(self, chart):
        assert chart.column_at(QPointF(1, 1)) is None
        assert chart.column_at(QPointF(1, 120)) is None

    def test_days_after_the_last_registration_have_no_text(self, qtbot, chart):
        chart.set_marker(date(2026, 8, 20), "Event starts")
        chart.setFocus()
        qtbot.keyClick(chart, Qt.Key.Key_End)
        assert chart.current == 9
        layout = TimelineLayout(chart.chart, QRectF(chart.rect()), chart.font(), chart)
        assert chart.column_at(layout.whole_slot(15).center()) is None

    def test_without_days_there_is_nothing_to_focus(self, chart):
        chart.set_days(())
        assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert "When people register" in chart.accessibleDescription()


@pytest.mark.parametrize(("length", "step"), [(20, Step.DAY), (200, Step.WEEK), (900, Step.MONTH)])
def test_the_column_of_today_is_said_to_be_unfinished(length: int, step: Step) -> None:
    days = some_days(length)
    last = days[-1][0]
    made = timeline(days, None, QLocale("en_GB"), today=last)
    assert made.step is step
    assert made.unfinished == made.known - 1
    assert ", so far:" in made.column_words(made.known - 1)
    assert ", so far:" not in made.column_words(0)
    after = timeline(days, None, QLocale("en_GB"), today=last + timedelta(40))
    assert after.unfinished is None
    assert ", so far:" not in after.column_words(after.known - 1)


@pytest.mark.usefixtures("qapp")
class TestEarlierEvent:
    EARLIER = EarlierDays("Photo Walk 2025", tuple(some_days(20, 7)))

    def test_each_column_says_its_own_number_and_the_earlier_one(self) -> None:
        shown = timeline(some_days(10), None, BRITISH, None, self.EARLIER)
        assert shown.known == 10
        assert len(shown.columns) == len(shown.earlier) == 20
        assert "(Photo Walk 2025: 7)" in shown.column_words(0)
        assert "Photo Walk 2025" in shown.words
        # The columns after the last registration have no number of their own.
        assert sum(people for _day, people in shown.columns) == 30

    def test_weeks_are_summed_up_for_both(self) -> None:
        shown = timeline(some_days(MOST_DAYS + 1, 1), None, BRITISH, None, self.EARLIER)
        assert shown.step is Step.WEEK
        assert sum(shown.earlier) == 20 * 7

    def test_days_far_from_the_own_ones_are_left_out(self) -> None:
        far = EarlierDays("Long ago", ((START - timedelta(2_000), 5),))
        shown = timeline(some_days(10), None, BRITISH, None, far)
        assert not shown.earlier
        assert not shown.earlier_words
        assert len(shown.columns) == 10

    def test_the_line_is_painted_above_the_columns(self) -> None:
        shown = timeline(some_days(20), None, BRITISH, None, self.EARLIER)
        layout = TimelineLayout(shown, QRectF(0, 0, 600, 240), QGuiApplication.font())
        assert layout.ticks[-1] >= 7
        assert layout.plot.top() > layout.line_rect.bottom() > layout.note_rect.bottom()
