"""What goes wrong at the server of a shared desk, as known faults."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from app.domain import names
from app.domain.faults import Fault, KnownFault
from app.i18n import _
from app.store.desk.server_address import ServerAddress

#: In what the server itself says, two spaces follow the severity, in whatever language; in what the library
#: says, never.
_SAID_BY_SERVER = re.compile(r"failed: \w+:  ([^\n]+)")
#: What a server says that will say the same until somebody changes its settings.
_SETTINGS = re.compile(r"pg_hba\.conf|does not exist|not permitted|permission denied")
#: Faults that last until somebody changes a setting here or on the server.
LASTING = (Fault.NOT_ALLOWED, Fault.NETWORK, Fault.INVALID, Fault.NEEDS_USER)


class SilentServerError(psycopg.OperationalError):
    """The server has not answered in time."""


@contextmanager
def server_errors_as_faults(address: ServerAddress) -> Iterator[None]:
    """Turn the errors of a connection into KnownFault. What they say is never logged."""
    try:
        yield
    except psycopg.Error as error:
        # It may name somebody, so it does not go along as the cause.
        raise server_fault(error, address) from None


def server_fault(error: psycopg.Error, address: ServerAddress) -> KnownFault:
    """Return the known fault for an error of a connection."""
    fault, what = _of_state(error, address) or _of_connecting(error, address)
    kept = _("What is noted at this desk is kept on this computer, and sent when that works again.")
    return KnownFault(fault, f"{what} {kept}")


def encoding_fault(address: ServerAddress, encoding: str) -> KnownFault:
    """Return the fault for a database that cannot hold the names of everybody."""
    sentence = _(
        "The database {database} on {server} keeps text as {encoding}, which lacks the letters of many "
        "names. Nothing was sent; ask for a database with the encoding UTF8."
    ).format(database=names.set_apart(address.database), server=_server(address), encoding=encoding)
    return KnownFault(Fault.INVALID, sentence)


def rights_fault(address: ServerAddress) -> KnownFault:
    """Return the fault for a user without the rights that a desk needs."""
    return KnownFault(Fault.NOT_ALLOWED, _lacks_rights(address))


def _server(address: ServerAddress) -> str:
    return names.set_apart(address.server)


def _lacks_rights(address: ServerAddress) -> str:
    return _(
        "{user} lacks rights on {server}: SELECT, INSERT and DELETE on the tables desk_act and desk, or, "
        "where these are missing, CREATE. Ask whoever runs the server for them."
    ).format(user=names.set_apart(address.user), server=_server(address))


def _of_state(error: psycopg.Error, address: ServerAddress) -> tuple[Fault, str] | None:
    """Return the fault by the code that the server gave, None where there is none."""
    server = _server(address)
    match error:
        case SilentServerError() | errors.QueryCanceled() | errors.LockNotAvailable():
            sentence = _("The shared desk’s server {server} is too slow to answer.")
            return Fault.NO_ANSWER, sentence.format(server=server)
        case errors.DiskFull() | errors.InsufficientResources() | errors.OutOfMemory():
            sentence = _("The shared desk’s server {server} is full: it stores nothing more.")
            return Fault.REFUSED, sentence.format(server=server)
        case errors.ReadOnlySqlTransaction():
            sentence = _("The shared desk’s server {server} is read-only at present.")
            return Fault.REFUSED, sentence.format(server=server)
        case errors.InsufficientPrivilege():
            return Fault.NOT_ALLOWED, _lacks_rights(address)
        case errors.UndefinedColumn() | errors.UndefinedTable() | errors.DatatypeMismatch():
            sentence = _(
                "The tables desk_act and desk on {server} are not those of shared desks. Ask for a database "
                "of their own."
            )
            return Fault.INVALID, sentence.format(server=server)
        case errors.AdminShutdown() | errors.CrashShutdown():
            return Fault.OFFLINE, _unreachable(server)
    if error.sqlstate is None:
        return None
    return Fault.REFUSED, _refused(server, error.diag.message_primary or error.sqlstate)


def _of_connecting(error: psycopg.Error, address: ServerAddress) -> tuple[Fault, str]:
    """Return the fault for a connection that was not made, or was lost: there is only text to tell it by."""
    text, server = str(error), _server(address)
    user = names.set_apart(address.user)
    if "resolve host" in text:
        sentence = _("No server is found under the name {host}. Is there a network, and is the name right?")
        return Fault.OFFLINE, sentence.format(host=names.set_apart(address.host))
    said = _SAID_BY_SERVER.search(text)
    if said is None and "does not support SSL" in text:
        sentence = _("The shared desk’s server {server} offers no encrypted connection, so nothing was sent.")
        return Fault.NETWORK, sentence.format(server=server)
    if said is None and ("certificate" in text or "SSL error" in text):
        sentence = _(
            "The connection to {server} is not safe: its certificate is for another name, has run out, or "
            "is signed by an authority that is not trusted here. Nothing was sent."
        )
        return Fault.NETWORK, sentence.format(server=server)
    if error.pgconn is not None and error.pgconn.needs_password:
        sentence = _(
            "The shared desk’s server {server} asks for the password of {user}, and none is stored. Set it "
            "where the shared desk is set up."
        )
        return Fault.NOT_ALLOWED, sentence.format(server=server, user=user)
    if said is None:
        return Fault.OFFLINE, _unreachable(server)
    if "password authentication failed" in said[1]:
        sentence = _(
            "The shared desk’s server {server} does not accept the password of {user}. Set the right one "
            "where the shared desk is set up."
        )
        return Fault.NOT_ALLOWED, sentence.format(server=server, user=user)
    lasting = _SETTINGS.search(said[1])
    return (Fault.NOT_ALLOWED if lasting else Fault.REFUSED), _refused(server, said[1])


def _unreachable(server: str) -> str:
    return _("The shared desk’s server {server} cannot be reached.").format(server=server)


def _refused(server: str, said: str) -> str:
    sentence = _("The shared desk’s server {server} refused: {said}")
    # What it says comes from outside, and ends without a full stop.
    return sentence.format(server=server, said=names.set_apart(said.strip().rstrip("."))) + "."
