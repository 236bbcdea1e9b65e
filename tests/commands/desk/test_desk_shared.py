"""The shared desk in the terminal, on a real PostgreSQL server."""

import shutil
from pathlib import Path

import pytest

from tests.support.servers.postgresql import PASSWORD, PostgreSQL
from tests.support.servers.postgresql import server as server
from tests.support.servers.postgresql import started_postgresql as started_postgresql


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    file = tmp_path / "password.txt"
    file.touch(0o600)
    file.write_text(PASSWORD + "\n", "utf-8")
    return str(file)


@pytest.fixture
def event(synced, big_event):
    """Return the number of an event that two computers have."""
    shutil.copytree(synced, synced.with_name("other"))
    return big_event


def test_two_computers_exchange_what_they_noted(
    run, synced, event, server: PostgreSQL, password_file
) -> None:
    other = synced.with_name("other")
    people = [one["name"] for one in run(synced, "participants", event, "--json").document["participants"]]
    assert run(synced, "desk", event, "check-in", people[0]).code == 0
    assert run(other, "desk", event, "check-in", people[1]).code == 0
    for folder in (synced, other):
        ran = run(folder, "desk", event, "shared", "set", server.address(), "--password-file", password_file)
        assert ran.code == 0
        assert PASSWORD not in ran.out
        # Nothing is sent before it is accepted.
        assert run(folder, "desk", event, "shared", "sync").code == 3
        assert server.execute("SELECT 1 FROM desk_act") == []
    for folder in (synced, other, synced):
        assert run(folder, "desk", event, "shared", "accept").code == 0
        assert run(folder, "desk", event, "shared", "sync").code == 0
    for folder in (synced, other):
        assert run(folder, "desk", event, "status", "--json").document["arrived"] == 2
    found = run(synced, "desk", event, "shared", "status", "--json").document
    assert (found["here"], found["on_server"], found["to_fetch"], found["to_send"]) == (2, 2, 0, 0)
    assert run(synced, "desk", event, "shared", "remove").code == 0
    assert run(synced, "desk", event, "shared", "status").code == 2
    assert len(server.execute("SELECT 1 FROM desk_act")) == 2


def test_a_server_that_is_away_is_a_matter_of_the_network(
    run, synced, big_event, server, password_file
) -> None:
    address = server.address()
    run(synced, "desk", big_event, "shared", "set", address, "--password-file", password_file)
    run(synced, "desk", big_event, "shared", "accept")
    server.stop()
    assert run(synced, "desk", big_event, "shared", "sync").code == 4


@pytest.mark.parametrize(
    "address",
    [
        "db.example.org",
        "mysql://desk@db.example.org/events",
        "postgresql://db.example.org/events",
        "postgresql://desk@db.example.org/",
        "postgresql://desk@db.example.org:port/events",
        "postgresql://desk:secret@db.example.org/events",
        "postgresql://desk@db.example.org/events?sslmode=disable",
        "postgresql://desk@db.example.org/events?host=/run",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(run, synced, big_event, address: str) -> None:
    ran = run(synced, "desk", big_event, "shared", "set", address)
    assert ran.code == 2
    assert "Nothing was changed." in ran.err
    assert run(synced, "desk", big_event, "shared", "status").code == 2


def test_what_is_no_certificate_is_refused(run, synced, big_event, tmp_path: Path) -> None:
    file = tmp_path / "authority.pem"
    file.write_text("no certificate", "utf-8")
    address = "postgresql+psycopg://desk@db.example.org/events"
    ran = run(synced, "desk", big_event, "shared", "set", address, "--certificate", str(file))
    assert ran.code == 2
    assert "BEGIN CERTIFICATE" in ran.err


def test_another_server_has_to_be_accepted_anew(run, synced, big_event) -> None:
    def accepted(address: str) -> bool:
        ran = run(synced, "desk", big_event, "shared", "set", address)
        assert ran.code == 0
        return "shared accept" not in ran.out

    first, second = "postgresql://desk@127.0.0.1:1/events", "postgresql://desk@127.0.0.1:2/events"
    assert not accepted(first)
    assert run(synced, "desk", big_event, "shared", "accept").code == 0
    assert accepted(first)
    assert not accepted(second)
    assert not accepted(first)
