"""Finding names that are nearly the same, in little time among very many."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from app.desk.similar_names import similar_names

NAMES = st.text(st.characters(categories=["L", "N", "Zs", "P"]), max_size=20)
SYLLABLES = ["ba", "ke", "mi", "no", "ru", "sa", "te", "li", "po", "da", "fe", "gi", "ho", "ju", "wa"]


def some_names(count: int) -> list[str]:
    chance = random.Random(7)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title() for _word in range(2 * count)]
    return list(dict.fromkeys(map(" ".join, zip(words[::2], words[1::2], strict=True))))


def test_nobody_is_wanted() -> None:
    assert similar_names([], ["Ann"]) == {}


def test_a_wrong_letter_is_found_wherever_it_is() -> None:
    known = ["Somebody", "Marianne Duval", "Another"]
    for place in range(len("Marianne Duval")):
        name = known[1]
        if name[place] == " ":
            continue
        for typed in (name[:place] + "x" + name[place + 1 :], name[:place] + name[place + 1 :]):
            assert [one.place for one in similar_names([typed], known)[typed]] == [1]


@given(st.lists(NAMES, max_size=8), st.lists(NAMES, max_size=8))
def test_any_names_can_be_compared(wanted: list[str], known: list[str]) -> None:
    found = similar_names(wanted, known)
    assert set(found) == set(wanted)
    for similar in found.values():
        assert all(0.8 <= one.likeness <= 1 for one in similar)
        assert len({one.place for one in similar}) == len(similar)


@given(NAMES, st.lists(NAMES, max_size=8))
def test_the_same_name_is_always_found(name: str, others: list[str]) -> None:
    assert similar_names([name], [*others, name])[name][0].likeness == 1


def test_many_names_take_little_time() -> None:
    known = some_names(50_000)
    wanted = [f"{name[:3]}x{name[4:]}" for name in known[:500]]
    alike = [f"Test Participant {number:06}" for number in range(50_000)]
    start = time.process_time()
    found = similar_names(wanted, known)
    similar_names([f"{name}7" for name in alike[:500]] + ["Test Participant"], alike)
    assert time.process_time() - start < 3
    right = sum(place in [one.place for one in found[name]] for place, name in enumerate(wanted))
    assert right > 0.95 * len(wanted)
