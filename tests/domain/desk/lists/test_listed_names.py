"""The names in a list, each with its line, and the commas between names."""

import time

import pytest

from app.domain.desk.lists.listed_names import (
    MOST_NAMES,
    ListedName,
    listed_name,
    listed_names,
    parts_at_commas,
)
from app.domain.desk.lists.name_tables import name_table
from app.domain.faults import KnownFault
from app.domain.wikis.user_names import NameProblem
from app.domain.wikis.wiki_names import WikiNames

NAMES = WikiNames()


def read(source: str, column: int = 0) -> list[ListedName]:
    return listed_names(name_table(source), column, NAMES)


def parts(text: str) -> list[str]:
    return parts_at_commas(listed_name(1, text, NAMES))


def test_each_name_has_its_line() -> None:
    listed = read("* [[User:jane|J]]\n\n192.0.2.7\n~2026-30817-42\n# {{u|bo}}\n")
    assert [(one.line, one.name, one.problem) for one in listed] == [
        (1, "Jane", None),
        (3, "", NameProblem.ADDRESS),
        (4, "", NameProblem.TEMPORARY),
        (5, "Bo", None),
    ]


def test_an_empty_cell_is_somebody_if_there_is_more_in_the_row() -> None:
    listed = read("Nr;User name;Photo\n1;Ann;yes\n2;;yes\n3;;\n4;;\n", column=1)
    assert [(one.line, one.text) for one in listed] == [(2, "Ann"), (3, "")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jane Doe (WMDE), jane doe (WMDE)", ["jane Doe (WMDE)", "jane doe (WMDE)"]),
        ("張三、李四，王五", ["張三", "李四", "王五"]),
        ("أحمد، ليلى", ["أحمد", "ليلى"]),
        ("Ann,Bo,", ["Ann", "Bo"]),
        ("Ann,", ["Ann"]),
        ("[[User:Ann]], [[User:Bo|Bo, the second]]", ["[[User:Ann]]", "[[User:Bo|Bo, the second]]"]),
        (
            "https://wiki.example/wiki/User:Doe,_Jane, https://wiki.example/wiki/User:Bo",
            ["https://wiki.example/wiki/User:Doe,_Jane", "https://wiki.example/wiki/User:Bo"],
        ),
        # In these, a comma separates nothing.
        ("https://wiki.example/wiki/User:Doe,_Jane", []),
        ("[[User:Jane|Jane]] ([[User talk:Jane|talk]]) 15:04, 3 May 2026 (UTC)", []),
        ("Müller; Anna", []),
        ("Jane", []),
    ],
)
def test_parts_at_commas(text: str, names: list[str]) -> None:
    assert parts(text) == names


def test_many_names_on_one_line() -> None:
    names = [f"Participant {number}" for number in range(1000)]
    assert parts(", ".join(names)) == names


def test_more_names_than_an_event_has_are_refused() -> None:
    with pytest.raises(KnownFault, match="10000 names"):
        read("Ann\n" * (MOST_NAMES + 1))
    with pytest.raises(KnownFault, match="10000 names"):
        parts("Ann," * (MOST_NAMES + 1))


@pytest.mark.parametrize("text", ["\u0301\u0327" * 400, "1:" * 2000, "x@" * 400, "[[User:" * 140])
def test_hostile_cells_take_no_time(text: str) -> None:
    start = time.process_time()
    for line in range(100):
        assert listed_name(line, text, NAMES).problem
    assert time.process_time() - start < 0.5
