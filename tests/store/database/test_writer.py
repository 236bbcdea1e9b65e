"""The writer: one transaction at a time, in the order in which one thread asks for them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from app.store.mirror import Mirror


def test_an_action_runs_after_those_submitted_before(mirror: Mirror) -> None:
    ran: list[int] = []
    for number in range(300):
        mirror.writer.submit(lambda _, number=number: ran.append(number))
        assert mirror.writer.do(lambda _: len(ran)) == number + 1
    assert ran == sorted(ran)


def test_several_threads_write_at_once(mirror: Mirror) -> None:
    def add(connection, number):
        connection.exec_driver_sql("INSERT INTO desk VALUES (?, '', 0, 0, 0)", (number,))

    def both(thread: int) -> None:
        for number in range(50):
            mirror.writer.do_at_once(add, f"do {thread} {number}")
            mirror.writer.submit(add, f"submit {thread} {number}")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(both, range(4)))
    assert mirror.writer.do(lambda one: one.exec_driver_sql("SELECT count(*) FROM desk").scalar()) == 400


def test_what_fails_leaves_nothing_and_the_next_is_written(mirror: Mirror) -> None:
    def add_and_fail(connection):
        connection.exec_driver_sql("INSERT INTO desk VALUES ('a', '', 0, 0, 0)")
        raise ValueError("on purpose")

    writer = mirror.writer
    for run in (writer.do, writer.do_durably, writer.do_at_once, lambda one: writer.submit(one).result()):
        with pytest.raises(ValueError, match="on purpose"):
            run(add_and_fail)
    assert mirror.writer.do(lambda one: one.exec_driver_sql("SELECT count(*) FROM desk").scalar()) == 0


def test_what_is_written_at_once_waits_for_what_was_submitted_before(mirror: Mirror) -> None:
    ran: list[int] = []
    for number in range(300):
        mirror.writer.submit(lambda _, number=number: ran.append(number))
        assert mirror.writer.do_at_once(lambda _: len(ran)) == number + 1


@pytest.mark.parametrize("when", ["after BEGIN", "in the action", "before COMMIT"])
def test_an_interrupt_leaves_nothing_open(mirror: Mirror, when: str) -> None:
    """Whatever was interrupted is rolled back, and the next action is written."""
    writer = mirror.writer

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def add(connection: Any) -> None:
        connection.exec_driver_sql("INSERT INTO desk VALUES ('a', '', 0, 0, 0)")
        if when == "in the action":
            interrupt()

    name = {"after BEGIN": "begin", "before COMMIT": "commit"}.get(when)
    if name:
        event.listen(writer._engine, name, interrupt)
    with pytest.raises(KeyboardInterrupt):
        writer.do_at_once(add)
    if name:
        event.remove(writer._engine, name, interrupt)
    assert writer.do(lambda one: one.exec_driver_sql("SELECT count(*) FROM desk").scalar()) == 0
    assert writer.do_at_once(lambda _: "written") == "written"


def test_nothing_is_written_after_closing(mirror: Mirror) -> None:
    mirror.writer.close()
    for run in (mirror.writer.do, mirror.writer.do_durably, mirror.writer.do_at_once):
        with pytest.raises(RuntimeError):
            run(lambda _: None)
