"""Applying the changes between two lists in their order turns one list into the other."""

from array import array

from hypothesis import given, settings
from hypothesis import strategies as some

from app.models.people.row_changes import row_changes
from tests.support.examples import examples

IDS = some.lists(some.integers(1, 60), unique=True, max_size=40)


def done(before: list[int], after: list[int]) -> list[int] | None:
    changes = row_changes(array("q", before), array("q", after))
    if changes is None:
        return None
    rows = list(before)
    for change in changes:
        if change.added is None:
            assert 0 <= change.row < change.row + change.count <= len(rows)
            del rows[change.row : change.row + change.count]
        else:
            assert 0 <= change.row <= len(rows)
            assert len(change.added) == change.count
            rows[change.row : change.row] = change.added
    return rows


@settings(max_examples=examples(400), deadline=None)
@given(IDS, IDS)
def test_any_two_lists(before: list[int], after: list[int]) -> None:
    stay = set(before) & set(after)
    kept_order = [one for one in before if one in stay] == [one for one in after if one in stay]
    rows = done(before, after)
    assert rows == after or (rows is None and not kept_order)


@settings(max_examples=examples(200), deadline=None)
@given(IDS, some.data())
def test_people_who_are_added_and_removed(everybody: list[int], data: some.DataObject) -> None:
    pick = some.lists(some.booleans(), min_size=len(everybody), max_size=len(everybody))
    before = [one for one, here in zip(everybody, data.draw(pick), strict=True) if here]
    after = [one for one, here in zip(everybody, data.draw(pick), strict=True) if here]
    assert done(before, after) == after


def test_long_lists() -> None:
    many = list(range(200_000))
    assert done(many, many) == many
    assert done(many[:80], many) == many
    assert done(many[:-1], many) == many
    assert done(many, many[1:]) == many[1:]
    assert done(many, many[::2]) is None
    assert done(many, list(reversed(many))) is None
