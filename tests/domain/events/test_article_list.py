"""Titles in lists that people paste."""

import pytest

from app.domain.events.article_list import titles_in


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("ada_Lovelace", "Ada Lovelace"),
        ("[[Ada Lovelace|Ada]]", "Ada Lovelace"),
        ("* [[Ada Lovelace]]", "Ada Lovelace"),
        ("## [[:Ada Lovelace]] (1815)", "Ada Lovelace"),
        ("** Ada Lovelace", "Ada Lovelace"),
        ("# Ada Lovelace", "Ada Lovelace"),
        ("*NSYNC", "*NSYNC"),
        ('"Ada Lovelace"\t1815', "Ada Lovelace"),
        ('"Heroes" (David Bowie album)', '"Heroes" (David Bowie album)'),
        ('"Weird Al" Yankovic', '"Weird Al" Yankovic'),
        ('[["Heroes"]]', '"Heroes"'),
        ("10,000 Maniacs", "10,000 Maniacs"),
    ],
)
def test_a_title_is_taken_as_it_is_meant(line: str, title: str) -> None:
    assert titles_in(line) == [title]


def test_each_title_is_taken_once_and_empty_lines_are_not() -> None:
    assert titles_in("Rome\n\n  \nrome\n[[Rome|the city]]\nParis") == ["Rome", "Paris"]
