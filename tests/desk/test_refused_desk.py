"""A shared desk that somebody has to put right says what is wrong, sends nothing, and loses nothing."""

import socket
from dataclasses import replace
from typing import Any

import pytest
import trustme

from app.store.desk.shared_desk import SharedDeskSettings
from tests.support.servers.postgresql import ROLE, PostgreSQL
from tests.support.shared_desks import rows


def test_nothing_leaves_before_the_notice_is_accepted(computers, server: PostgreSQL) -> None:
    desk = computers()
    desk.check_in(1)
    desk.share(replace(server.settings(), accepted_at=None))
    desk.merge_until(desk.is_refused)
    assert "Nobody has accepted yet" in desk.state.sentence
    assert server.execute("SELECT 1 FROM pg_stat_activity WHERE usename = %s", ROLE) == []


REFUSALS = {
    "password": (lambda server: server.settings(password="wrong"), "does not accept the password"),
    "no password": (lambda server: server.settings(password=""), "asks for the password"),
    "database": (lambda server: with_address(server, database="nothing"), "does not exist"),
    "no TLS": (lambda server: server.settings("localhost"), "no encrypted connection"),
}


def with_address(server: PostgreSQL, **more: Any) -> SharedDeskSettings:
    settings = server.settings()
    return replace(settings, address=replace(settings.address, **more))


@pytest.mark.parametrize("case", REFUSALS)
def test_what_somebody_has_to_put_right_is_said_and_nothing_is_lost(computers, server, case: str) -> None:
    settings, said = REFUSALS[case]
    desk = computers()
    desk.check_in(1)
    desk.share(settings(server))
    desk.merge_until(desk.is_refused)
    assert said in desk.state.sentence
    desk.check_in(2)
    desk.leave()
    desk.share(server.settings())
    desk.merge_until(lambda: rows(server) == desk.numbers)


def test_missing_rights_are_said_and_are_found_once_they_are_there(computers, server: PostgreSQL) -> None:
    server.execute(f"REVOKE DELETE ON desk_act FROM {ROLE}")
    desk = computers()
    desk.share(server.settings())
    desk.merge_until(desk.is_refused)
    assert "lacks rights" in desk.state.sentence
    server.execute(f"GRANT DELETE ON desk_act TO {ROLE}")
    desk.shared.try_again()
    desk.merge_until(desk.is_connected)


def test_missing_tables_that_may_not_be_made_are_said(computers, server: PostgreSQL) -> None:
    server.execute("DROP TABLE desk_act, desk")
    desk = computers()
    desk.share(server.settings())
    desk.merge_until(desk.is_refused)
    assert "CREATE" in desk.state.sentence


def test_tables_of_something_else_are_left_alone(computers, server: PostgreSQL) -> None:
    server.execute(f"DROP TABLE desk; CREATE TABLE desk (legs integer); GRANT ALL ON desk TO {ROLE}")
    desk = computers()
    desk.check_in(1)
    desk.share(server.settings())
    desk.merge_until(desk.is_refused)
    assert "not those of shared desks" in desk.state.sentence


def test_a_database_without_everybody_s_letters_is_refused(computers, server: PostgreSQL) -> None:
    with server.connect("postgres") as connection:
        connection.execute("DROP DATABASE IF EXISTS latin")
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    desk = computers()
    desk.share(with_address(server, database="latin"))
    desk.merge_until(desk.is_refused)
    assert "LATIN1" in desk.state.sentence


def test_a_server_that_is_not_found_is_named(computers, server: PostgreSQL, monkeypatch) -> None:
    def unknown(host: str, *_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    desk = computers()
    desk.share(server.settings("db.example"))
    desk.merge_until(desk.is_alone)
    assert "db.example" in desk.state.sentence


def test_two_desks_that_make_the_tables_at_once(computers, server: PostgreSQL) -> None:
    server.execute(f"DROP TABLE desk_act, desk; GRANT CREATE ON SCHEMA public TO {ROLE}")
    desks = [computers() for _ in range(4)]
    for desk in desks:
        desk.share(server.settings())
    desks[0].check_in(1)
    for desk in desks:
        desk.merge_until(lambda desk=desk: desk.here == {1})


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def encrypted(server: PostgreSQL, authority: trustme.CA) -> PostgreSQL:
    """Return the server with a certificate for `localhost`."""
    certificate = authority.issue_cert("localhost")
    server.write_file("server.key", certificate.private_key_pem.bytes())
    server.write_file("server.crt", b"".join(part.bytes() for part in certificate.cert_chain_pems))
    server.set(ssl="on")
    return server


def test_a_server_elsewhere_needs_a_certificate_of_an_authority_that_is_trusted(
    computers, encrypted: PostgreSQL, authority: trustme.CA
) -> None:
    desk = computers()
    trusting = encrypted.settings("localhost", certificate=authority.cert_pem.bytes().decode())
    desk.share(trusting)
    desk.merge_until(desk.is_connected)
    [(secured,)] = encrypted.execute(
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = %s", ROLE
    )
    assert secured
    for certificate in ("", trustme.CA().cert_pem.bytes().decode()):
        desk.leave()
        desk.share(replace(trusting, certificate=certificate))
        desk.merge_until(desk.is_refused)
        assert "is not safe" in desk.state.sentence


def test_a_certificate_for_another_name_is_not_trusted(computers, encrypted, authority, monkeypatch) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **named: resolve("127.0.0.1", *more, **named)
    )
    desk = computers()
    desk.share(encrypted.settings("db.example", certificate=authority.cert_pem.bytes().decode()))
    desk.merge_until(desk.is_refused)
    assert desk.here == set()
