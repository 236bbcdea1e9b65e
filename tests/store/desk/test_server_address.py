"""The address of the server of a shared desk."""

import pytest

from app.store.desk.server_address import ServerAddress


@pytest.mark.parametrize(
    ("text", "written", "is_this_computer"),
    [
        (
            "postgresql+psycopg://desk@db.example.org/events",
            "postgresql+psycopg://desk@db.example.org:5432/events",
            False,
        ),
        (
            " postgresql://a%40b@DB.example.org:6000/%C3%A9v ",
            "postgresql+psycopg://a%40b@db.example.org:6000/%C3%A9v",
            False,
        ),
        (
            "postgresql://desk@[2001:db8::1]/events",
            "postgresql+psycopg://desk@[2001:db8::1]:5432/events",
            False,
        ),
        ("postgresql://desk@[::1]/events", "postgresql+psycopg://desk@[::1]:5432/events", True),
        ("postgresql://desk@127.0.0.1/events", "postgresql+psycopg://desk@127.0.0.1:5432/events", True),
        # The name could stand for something else.
        ("postgresql://desk@localhost/events", "postgresql+psycopg://desk@localhost:5432/events", False),
        (
            "postgresql://desk@:6000/events?host=/run/postgresql",
            "postgresql+psycopg://desk@:6000/events?host=/run/postgresql",
            True,
        ),
    ],
)
def test_an_address_is_read_as_it_is_written(text: str, written: str, is_this_computer: bool) -> None:
    address = ServerAddress.of_text(text)
    assert str(address) == written
    assert ServerAddress.of_text(written) == address
    assert address.is_this_computer == is_this_computer
