"""The exit codes of the commands."""

from app.domain.faults import Fault, KnownFault

DONE = 0
BUG = 1
USAGE = 2
REFUSED = 3
OFFLINE = 4
DATA = 5
CANCELLED = 130

_CODES = {
    Fault.USAGE: USAGE,
    Fault.OFFLINE: OFFLINE,
    Fault.NETWORK: OFFLINE,
    Fault.CANCELLED: CANCELLED,
    Fault.KEY_WRONG: DATA,
    Fault.KEY_MISSING: DATA,
    Fault.NO_KEYRING: DATA,
    Fault.DATA_DAMAGED: DATA,
    Fault.DATA_NEWER: DATA,
    Fault.DATA_IN_USE: DATA,
    Fault.DISK: DATA,
    Fault.CLOCK: DATA,
}


def exit_code(fault: KnownFault) -> int:
    """Return the exit code of a fault: REFUSED for all that a wiki turned down or could not do."""
    return _CODES.get(fault.fault, REFUSED)
