"""How far the counting of edits came: answered, put off after lost answers, given up."""

from app.domain.changes.edit_count import EditCount
from app.domain.changes.operations import WikiEdit

EDITS = tuple(WikiEdit("enwiki", revision) for revision in (1, 2, 3))


def after_losses(count: EditCount, losses: int) -> EditCount:
    for _loss in range(losses):
        count = count.with_lost(EDITS)
    return count


def test_an_edit_whose_answer_is_lost_again_and_again_is_put_off_and_then_given_up() -> None:
    count = EditCount().with_counted(EDITS, new=True)
    count = after_losses(count, 2)
    assert count.left(EDITS) == EDITS[1:]
    assert count.may_have_arrived(EDITS)
    count = after_losses(count, 1)
    assert count.left(EDITS) == (EDITS[2], EDITS[1])
    assert not count.may_have_arrived(EDITS)
    count = count.with_refused(EDITS, "gone")
    assert count.left(EDITS) == (EDITS[1],)
    assert count.may_have_arrived(EDITS)
    count = after_losses(count, 3)
    assert count.left(EDITS) == ()
    assert (count.counted, count.unknown, count.refused, count.tried) == (1, 1, {"gone": 1}, 3)


def test_it_is_the_same_after_it_was_saved() -> None:
    count = after_losses(EditCount().with_counted(EDITS, new=False), 4)
    assert EditCount.of({"other": 1, **count.as_progress()}) == count
    assert EditCount.of({}) == EditCount()
