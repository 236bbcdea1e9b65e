"""Known faults: what can go wrong outside the program, each told as a sentence a person understands."""

import logging
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of known fault."""

    OFFLINE = "offline"
    #: What lies between here and the wiki is in the way: a login page, a proxy, a filter, a certificate.
    NETWORK = "network"
    REFUSED = "refused"
    SIGN_IN_ENDED = "sign-in-ended"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    INVALID = "invalid"
    TOO_FAST = "too-fast"
    WIKI_READ_ONLY = "wiki-read-only"
    WIKI_BROKEN = "wiki-broken"
    NO_ANSWER = "no-answer"
    NEEDS_USER = "needs-user"
    CANCELLED = "cancelled"
    USAGE = "usage"
    KEY_WRONG = "key-wrong"
    KEY_MISSING = "key-missing"
    NO_KEYRING = "no-keyring"
    DATA_DAMAGED = "data-damaged"
    DATA_NEWER = "data-newer"
    DATA_IN_USE = "data-in-use"
    DISK = "disk"
    #: This computer's clock says a time before computers had one.
    CLOCK = "clock"


#: Faults by which a wiki has turned a request down for good.
REFUSALS = (Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND)
#: Faults by which a wiki cannot be reached from here; it is tried again by itself.
AWAY = (Fault.OFFLINE, Fault.NETWORK)
#: What one wiki of a family can be, while the others go on.
OF_ONE_WIKI = (*AWAY, Fault.TOO_FAST, Fault.REFUSED, Fault.SIGN_IN_ENDED)


class KnownFault(Exception):  # noqa: N818 - an error would be ours; this is told, not mended
    """A fault with its sentence: what happened, what it means for her data, what she can do.

    `error_key` is the wiki's own key of the refusal, where it gave one, `parameters` the fields that it
    named; `retry_after` the seconds it asks to wait.
    """

    def __init__(
        self,
        fault: Fault,
        sentence: str,
        *,
        error_key: str | None = None,
        retry_after: float | None = None,
        parameters: tuple[str, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence
        self.error_key = error_key
        self.retry_after = retry_after
        self.parameters = parameters


def log_bug(error: BaseException) -> None:
    """Log a bug with the places it came through, without its text, which may quote a name or an answer."""
    bare = RuntimeError(type(error).__name__)
    logging.getLogger("app").error("bug", exc_info=(RuntimeError, bare, error.__traceback__))
