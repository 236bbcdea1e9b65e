"""A SOCKS5 server (RFC 1928, RFC 1929) with the behaviours of the scripted proxy."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.scripted_answers import WIKI
from tests.support.servers.scripted_proxy import PASSWORD, USER, Connection, ScriptedProxy

_VERSION = 5
_CONNECT = 1
_NO_PASSWORD, _PASSWORD, _NOTHING_FITS = 0, 2, 0xFF
_IPV4, _NAME, _IPV6 = 1, 3, 4
_DONE, _HOST_UNREACHABLE, _NO_SUCH_COMMAND = 0, 4, 7
_NOWHERE = bytes((_IPV4, 0, 0, 0, 0, 0, 0))


class ScriptedSocks(ScriptedProxy):
    """A SOCKS5 server on this computer. It resolves wiki.test itself, and knows no other host."""

    scheme = "socks5h"

    def negotiate(self, connection: Connection) -> bool:
        wants_password = self.behaviour() is Behaviour.PASSWORD
        version, count = _read(connection, 2)
        if version != _VERSION:
            return False
        offered = _read(connection, count)
        if self.behaviour() is Behaviour.HANG_CONNECT:
            self.record_hit()
            connection.say_nothing()
        way = _PASSWORD if wants_password else _NO_PASSWORD
        if way not in offered:
            self.record_hit()
            connection.socket.sendall(bytes((_VERSION, _NOTHING_FITS)))
            return False
        connection.socket.sendall(bytes((_VERSION, way)))
        return (not wants_password or self._takes_password(connection)) and self._takes_target(connection)

    def _takes_password(self, connection: Connection) -> bool:
        _read(connection, 1)
        name = _read(connection, *_read(connection, 1))
        password = _read(connection, *_read(connection, 1))
        right = (name, password) == (USER.encode(), PASSWORD.encode())
        if not right:
            self.record_hit()
        connection.socket.sendall(bytes((1, 0 if right else 1)))
        return right

    def _takes_target(self, connection: Connection) -> bool:
        _, command, _, kind = _read(connection, 4)
        length = {_IPV4: 4, _IPV6: 16}.get(kind) or _read(connection, 1)[0]
        host, port = _read(connection, length), int.from_bytes(_read(connection, 2))
        if command != _CONNECT:
            reply = _NO_SUCH_COMMAND
        elif (kind, host, port) != (_NAME, WIKI.encode(), 443):
            reply = _HOST_UNREACHABLE
        else:
            reply = _DONE
        connection.socket.sendall(bytes((_VERSION, reply, 0)) + _NOWHERE)
        return reply == _DONE


def _read(connection: Connection, count: int) -> bytes:
    """Read `count` bytes. Raises ConnectionAbortedError if they do not arrive."""
    came = b""
    while len(came) < count:
        piece = connection.socket.recv(count - len(came))
        if not piece:
            raise ConnectionAbortedError
        came += piece
    return came


@contextmanager
def scripted_socks(wiki: str) -> Iterator[ScriptedSocks]:
    """Run a SOCKS5 server for the practice wiki at an address."""
    server = ScriptedSocks(wiki)
    try:
        yield server
    finally:
        server.close()
