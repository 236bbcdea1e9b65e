"""Which events are of one series."""

import pytest

from app.domain.events.series import series_of


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Photo Walk 2025", "Photo Walk"),
        ("Photo Walk (2026)", "Photo Walk"),
        ("Meetup #12", "Meetup"),
        ("Meetup 12: Berlin", "Meetup Berlin"),
        ("Editatón 2025/2", "Editatón"),
        ("2026-05 Wikidata Workshop", "Wikidata Workshop"),
        ("编辑松 3", "编辑松"),
        ("Women in Science", ""),
        ("2026", ""),
        ("", ""),
    ],
)
def test_titles_that_differ_by_a_number_are_of_one_series(title: str, series: str) -> None:
    assert series_of(title) == series
