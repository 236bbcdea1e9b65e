"""The address of the server of a shared desk, as users type it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from app.domain.faults import Fault, KnownFault
from app.i18n import _

_SCHEMES = ("postgresql+psycopg", "postgresql")
_PORT = 5432
_THIS_COMPUTER = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class ServerAddress:
    """A database on a PostgreSQL server. `host` is a name, an IP address, or the folder of a Unix socket."""

    user: str
    host: str
    port: int
    database: str

    @classmethod
    def of_text(cls, text: str) -> "ServerAddress":
        """Return the address that is written like `postgresql+psycopg://USER@HOST:PORT/DATABASE`.

        Raises KnownFault.
        """
        try:
            parts = urlsplit(text.strip())
            options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
            port = parts.port or _PORT
        except ValueError as error:
            raise _no_address(text) from error
        if parts.password is not None:
            raise KnownFault(
                Fault.USAGE,
                _(
                    "Leave the password out of the address, where others could read it, and give it apart. "
                    "Nothing was changed."
                ),
            )
        folder = options.pop("host", "")
        user, database = unquote(parts.username or ""), unquote(parts.path.removeprefix("/"))
        host = folder if folder.startswith("/") and not parts.hostname else parts.hostname or ""
        if parts.scheme not in _SCHEMES or options or parts.fragment or "\0" in f"{user}{host}{database}":
            raise _no_address(text)
        if not (user and host and database) or (folder and host != folder):
            raise _no_address(text)
        return cls(user, host, port, database)

    def __str__(self) -> str:
        user, database = quote(self.user, safe=""), quote(self.database, safe="")
        if self.is_socket:
            return f"{_SCHEMES[0]}://{user}@:{self.port}/{database}?host={quote(self.host)}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{_SCHEMES[0]}://{user}@{host}:{self.port}/{database}"

    @property
    def is_socket(self) -> bool:
        """Whether the server is reached through a file of this computer."""
        return self.host.startswith("/")

    @property
    def is_this_computer(self) -> bool:
        """Whether nothing leaves this computer, so that a connection need not be encrypted."""
        return self.is_socket or self.host in _THIS_COMPUTER

    @property
    def server(self) -> str:
        """The server as sentences name it."""
        return self.host if self.is_socket else f"{self.host}:{self.port}"


def _no_address(text: str) -> KnownFault:
    sentence = _(
        "“{address}” is not the address of a shared desk. Type one like {example}, without options: the "
        "connection is always encrypted and the server’s certificate always checked. Nothing was changed."
    ).format(address=text, example="postgresql+psycopg://desk@db.example.org:5432/events")
    return KnownFault(Fault.USAGE, sentence)
