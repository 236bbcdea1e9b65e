"""The table of participants: compared with a plain Python sort and search of the same people."""

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain import names
from app.domain.people.participant import AnswersState, Participant, Presence
from app.models.people.participants_model import ParticipantsModel, PeopleFilter, PersonRole
from app.models.workspace import Workspace
from tests.support.table_columns import Column
from tests.support.window_kit import (
    add_account,
    add_event,
    crowd,
    person,
    registration,
    renamed,
    store_people,
)

LARGE = 5_000


@pytest.fixture
def event_key(workspace: Workspace) -> int:
    return add_event(workspace, add_account(workspace), registration(7))


@pytest.fixture
def model(workspace: Workspace) -> ParticipantsModel:
    return ParticipantsModel(workspace, workspace)


def show(qtbot: QtBot, model: ParticipantsModel, workspace: Workspace, key: int) -> None:
    workspace.reload(key)
    model.show_event(workspace.find_event(key))
    wait(qtbot, model)


def wait(qtbot: QtBot, model: ParticipantsModel) -> None:
    """Wait for the list that was requested last, and for all its rows."""
    jobs = model._workspace.jobs
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)
    # The result of a job is delivered by the event loop after the job has ended.
    loops = iter(range(3))
    qtbot.waitUntil(lambda: next(loops, None) is None and not model.gathering, timeout=10_000)


def ids(model: ParticipantsModel) -> list[int]:
    return [model.index(row, 0).data(PersonRole.PARTICIPANT_ID) for row in range(model.rowCount())]


def by_name(people: Sequence[Participant]) -> list[int]:
    return [
        p.participant_id for p in sorted(people, key=lambda p: (names.search_text(p.name), p.participant_id))
    ]


def test_shows_nobody_without_an_event(
    qtmodeltester: ModelTester, model: ParticipantsModel, event_key: int
) -> None:
    qtmodeltester.check(model)
    assert model.rowCount() == 0
    assert not model.gathering
    assert event_key


@pytest.mark.parametrize("count", [0, 1, 3, 79, 80, 81, 300])
def test_shows_everybody_in_order_of_name(
    qtbot: QtBot,
    qtmodeltester: ModelTester,
    workspace: Workspace,
    model: ParticipantsModel,
    event_key: int,
    count: int,
) -> None:
    people = crowd(count)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    qtmodeltester.check(model)
    assert ids(model) == by_name(people) == model.ids()
    assert model.found == count


def test_the_model_is_consistent_while_a_long_list_is_gathered(
    qtbot: QtBot, qtmodeltester: ModelTester, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = crowd(LARGE)
    store_people(workspace, event_key, people)
    workspace.reload(event_key)
    qtmodeltester.check(model)
    model.show_event(workspace.find_event(event_key))
    assert 0 < model.rowCount() < LARGE
    assert model.gathering
    assert ids(model) == by_name(people)[: model.rowCount()]
    wait(qtbot, model)
    assert ids(model) == by_name(people)
    model.set_filter(PeopleFilter("person 0"))
    model.sort(Column.REGISTERED, Qt.SortOrder.DescendingOrder)
    model.set_filter(PeopleFilter(private=True))
    wait(qtbot, model)
    assert sorted(ids(model)) == sorted(p.participant_id for p in people if p.private)


_PLAIN: dict[Column, Callable[[Participant], object]] = {
    Column.NAME: lambda p: names.search_text(p.name),
    Column.REGISTERED: lambda p: p.registered_at,
    Column.PRIVATE: lambda p: p.private,
    Column.CAN_EMAIL: lambda p: -1 if p.can_email is None else int(p.can_email),
    Column.CONFIDENCE: lambda p: next((a.option for a in p.answers if a.question == 4), ""),
    Column.AFFILIATE: lambda p: next(
        ((a.option, a.text or "") for a in p.answers if a.question == 5), ("", "")
    ),
    # Nothing was noted of anybody: they are sorted by name.
    Column.ATTENDANCE: lambda _p: 0,
}


@pytest.mark.parametrize("column", list(Column))
@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_sorts_as_plain_python_does(
    qtbot: QtBot,
    workspace: Workspace,
    model: ParticipantsModel,
    event_key: int,
    column: Column,
    order: Qt.SortOrder,
) -> None:
    people = crowd(400)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    model.sort(column, order)
    wait(qtbot, model)
    key = _PLAIN[column]
    down = order == Qt.SortOrder.DescendingOrder
    shown = [next(p for p in people if p.participant_id == number) for number in ids(model)]
    assert len(shown) == len(people)
    values = [key(p) for p in shown]
    assert values == sorted(values, reverse=down)  # type: ignore[type-var]
    if column not in (Column.NAME, Column.REGISTERED):
        # Equal people are sorted by name, in either direction.
        for before, after in pairwise(shown):
            if key(before) == key(after):
                assert names.search_text(before.name) <= names.search_text(after.name)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jose", {1}),
        ("JOSÉ", {1}),
        ("garcia jose", {1}),
        ("jo", {1}),
        ("arci", {1}),
        ("lukasz", {2}),
        ("łukasz kowalski", {2}),
        ("田中", {3}),
        ("中", {3}),
        ("محمد", {4}),
        ("_", {1, 2, 3, 4, 5, 6}),
        ("  ", {1, 2, 3, 4, 5, 6}),
        ("ü", {5}),
        ("uber maß", {5}),
        ("nobody here", set()),
        ("%", set()),
        ("'; drop", set()),
        ("\n", {1, 2, 3, 4, 5, 6}),
    ],
)
def test_finds_names_as_typed(
    qtbot: QtBot,
    workspace: Workspace,
    model: ParticipantsModel,
    event_key: int,
    typed: str,
    found: set[int],
) -> None:
    spoken = ["José García", "Łukasz Kowalski", "田中太郎", "محمد علي", "Über Maß"]
    people = [person(number, name) for number, name in enumerate(spoken, 1)]
    people.append(person(6, "")._replace(name=None, presence=Presence.VANISHED))
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    model.set_filter(PeopleFilter(typed))
    wait(qtbot, model)
    assert set(ids(model)) == found


@pytest.mark.parametrize("private", [None, False, True])
@pytest.mark.parametrize("can_email", [None, False, True])
@pytest.mark.parametrize("answered", [None, False, True])
def test_filters_combine(
    qtbot: QtBot,
    workspace: Workspace,
    model: ParticipantsModel,
    event_key: int,
    private: bool | None,
    can_email: bool | None,
    answered: bool | None,
) -> None:
    people = crowd(240)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    model.set_filter(PeopleFilter("person", private=private, can_email=can_email, answered=answered))
    wait(qtbot, model)
    wanted = [
        p
        for p in people
        if (private is None or p.private == private)
        and (can_email is None or p.can_email is can_email)
        and (answered is None or p.answered == answered)
    ]
    assert ids(model) == by_name(wanted)


def test_a_refresh_without_changes_moves_no_row(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = crowd(500)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    index = QPersistentModelIndex(model.index(321, 0))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsRemoved):
        show(qtbot, model, workspace, event_key)
    assert index.row() == 321


@pytest.mark.parametrize("count", [40, 500])
def test_a_refresh_keeps_the_rows_of_people_who_stay(
    qtbot: QtBot,
    qtmodeltester: ModelTester,
    workspace: Workspace,
    model: ParticipantsModel,
    event_key: int,
    count: int,
) -> None:
    people = crowd(count)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    qtmodeltester.check(model)
    order = by_name(people)
    indexes = [QPersistentModelIndex(model.index(row, 0)) for row in (3, 20, count - 2)]
    were = [order[index.row()] for index in indexes]
    gone = {order[0], order[10], order[11], order[-1]}
    fresh = [p for p in people if p.participant_id not in gone]
    fresh += [person(9_001, "Aaa first"), person(9_002, "Person 05"), person(9_003, "Zzz last")]
    store_people(workspace, event_key, fresh)
    with qtbot.assertNotEmitted(model.modelReset):
        show(qtbot, model, workspace, event_key)
    assert ids(model) == by_name(fresh)
    assert [index.data(PersonRole.PARTICIPANT_ID) for index in indexes] == were
    assert [model.index(row, 0).data() for row in (0, count - 2)] == ["Aaa first", "Zzz last"]


def test_a_refresh_shows_new_facts_of_the_same_people(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = crowd(100)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    first = by_name(people)[0]
    before = model.index(0, Column.PRIVATE).data()
    changed = [p._replace(private=not p.private) if p.participant_id == first else p for p in people]
    store_people(workspace, event_key, changed)
    with qtbot.waitSignal(model.dataChanged):
        show(qtbot, model, workspace, event_key)
    assert model.index(0, Column.PRIVATE).data() != before


def test_a_renamed_person_moves(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = crowd(120)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    people = renamed(people, by_name(people)[100], "Aaron")
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    assert ids(model) == by_name(people)
    assert model.index(0, 0).data() == "Aaron"


def test_refreshes_at_random_agree_with_a_plain_sort(
    qtbot: QtBot, qtmodeltester: ModelTester, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    dice = random.Random(4)
    everybody = crowd(150)
    qtmodeltester.check(model)
    for _ in range(8):
        people = dice.sample(everybody, dice.choice([0, 5, 70, 110, 149]))
        store_people(workspace, event_key, people)
        show(qtbot, model, workspace, event_key)
        assert ids(model) == by_name(people)


def test_people_removed_meanwhile_leave_blank_rows_until_the_refresh(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = crowd(300)
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    store_people(workspace, event_key, people[:10])
    last = model.index(299, 0)
    assert last.data() == ""
    assert model.person(299) is None
    assert model.person(-1) is None
    assert model.person(300) is None
    show(qtbot, model, workspace, event_key)
    assert ids(model) == by_name(people[:10])


def test_showing_another_event_while_gathering(
    qtbot: QtBot, qtmodeltester: ModelTester, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    other = add_event(workspace, workspace.accounts[0].key, registration(8))
    many, few = crowd(LARGE), [person(1, "Only me")]
    store_people(workspace, event_key, many)
    store_people(workspace, other, few)
    workspace.reload(event_key)
    qtmodeltester.check(model)
    for key in (event_key, other, event_key, other):
        model.show_event(workspace.find_event(key))
        model.set_filter(PeopleFilter("per"))
    wait(qtbot, model)
    assert ids(model) == []
    model.show_event(workspace.find_event(event_key))
    assert model.filter == PeopleFilter()
    model.show_event(workspace.find_event(other))
    wait(qtbot, model)
    assert ids(model) == [1]
    model.show_event(None)
    assert model.rowCount() == 0


def test_closing_while_gathering_leaves_no_job(workspace: Workspace, event_key: int) -> None:
    store_people(workspace, event_key, crowd(LARGE))
    workspace.reload(event_key)
    model = ParticipantsModel(workspace, workspace)
    for column in (Column.REGISTERED, Column.AFFILIATE, Column.NAME):
        model.show_event(workspace.find_event(event_key))
        model.sort(column)
    workspace.jobs.wait()
    assert workspace.jobs.running == 0


@pytest.mark.parametrize(
    "name",
    ["<b>x</b>", "<img src=x>", "a & b", "&lt;b&gt;", "abc\u202edef", "line\nbreak", "x" * 85, "محمد", "0"],
)
def test_names_are_shown_as_they_are(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int, name: str
) -> None:
    from PySide6.QtGui import Qt as GuiQt

    store_people(workspace, event_key, [person(1, name)])
    show(qtbot, model, workspace, event_key)
    cell = model.index(0, 0)
    assert cell.data().strip("\u2068\u2069") == names.safe(name)
    assert "\n" not in cell.data()
    assert "\u202e" not in cell.data()
    tip = cell.data(Qt.ItemDataRole.ToolTipRole)
    assert not GuiQt.mightBeRichText(tip) or ("<b>" not in tip and "<img" not in tip)
    assert model.text_to_copy(0, Column.NAME) == names.safe(name)


def test_answers_as_text(
    qtbot: QtBot, workspace: Workspace, model: ParticipantsModel, event_key: int
) -> None:
    people = [
        person(1, "a")._replace(answers=(), answers_state=AnswersState.NOT_SHOWN),
        person(2, "b")._replace(answers=(), answers_state=AnswersState.AGGREGATED),
        person(3, "c"),
        person(4, "d"),
    ]
    store_people(workspace, event_key, people)
    show(qtbot, model, workspace, event_key)
    texts = [model.index(row, Column.AFFILIATE).data() for row in range(4)]
    assert texts == ["–", "summed up", "Yes: Group 0", "–"]


def test_headings(model: ParticipantsModel) -> None:
    across = Qt.Orientation.Horizontal
    assert model.headerData(Column.NAME, across) == "Name"
    assert model.headerData(99, across) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.columnCount(QModelIndex()) == len(Column)
