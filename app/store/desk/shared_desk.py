"""The settings of shared desks, by event. With the password they are only in the encrypted database."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.i18n import _
from app.store.desk.server_address import ServerAddress

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True)
class SharedDeskSettings:
    """The server at which an event's desks are shared.

    `certificate`: the authorities that may have signed the server's certificate, PEM; empty for those that
    this computer trusts. `accepted_at`: when the user accepted that names go there, in seconds since 1970.
    """

    address: ServerAddress
    password: str = ""
    certificate: str = ""
    accepted_at: int | None = None

    def __repr__(self) -> str:
        return f"SharedDeskSettings({str(self.address)!r})"


def read_shared_desk(connection: driver.Connection, event_key: int) -> SharedDeskSettings | None:
    """Return the settings of an event's shared desk, None if it has none."""
    row = connection.execute(
        "SELECT address, password, certificate, accepted_at FROM shared_desk WHERE event_key = ?",
        (event_key,),
    ).fetchone()
    if row is None:
        return None
    address, password, certificate, accepted_at = row
    return SharedDeskSettings(ServerAddress.of_text(address), password, certificate, accepted_at)


def save_shared_desk(
    connection: "Connection", event_key: int, address: ServerAddress, password: str, certificate: str
) -> None:
    """Save an event's server. That names go to it must be accepted again, unless it is the same as before."""
    connection.exec_driver_sql(
        "INSERT INTO shared_desk (event_key, address, password, certificate) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (event_key) DO UPDATE SET address = excluded.address, password = excluded.password, "
        "certificate = excluded.certificate, "
        "accepted_at = CASE WHEN address = excluded.address THEN accepted_at END",
        (event_key, str(address), password, certificate),
    )


def accept_names_leave(connection: "Connection", event_key: int, at: int) -> None:
    """Note that the user accepted that names go to the server. `at`: seconds since 1970."""
    connection.exec_driver_sql("UPDATE shared_desk SET accepted_at = ? WHERE event_key = ?", (at, event_key))


def remove_shared_desk(connection: "Connection", event_key: int) -> None:
    """Remove the settings of an event's shared desk. What is on the server stays there."""
    connection.exec_driver_sql("DELETE FROM shared_desk WHERE event_key = ?", (event_key,))


def read_certificate(file: Path) -> str:
    """Return the certificates of authorities in a file. Raises KnownFault."""
    try:
        certificate = file.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(Fault.DISK, local_data_texts.disk_fault(str(file), reason)) from error
    check_certificate(certificate)
    return certificate


def check_certificate(certificate: str) -> None:
    """Check that a text is certificates of authorities, or empty. Raises KnownFault."""
    if not certificate:
        return
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=certificate)
    except (ssl.SSLError, ValueError) as error:
        sentence = _(
            "That file holds no certificate. It is a text that begins with {begin}. Nothing was changed."
        ).format(begin="-----BEGIN CERTIFICATE-----")
        raise KnownFault(Fault.USAGE, sentence) from error
