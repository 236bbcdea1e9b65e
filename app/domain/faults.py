"""Known faults: what can go wrong outside the program, each with a sentence for the user."""

import logging
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of known faults."""

    OFFLINE = "offline"
    #: Something between this computer and the wiki: a login page, a proxy, a filter, a certificate.
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
    #: This computer's clock was never set.
    CLOCK = "clock"


#: The wiki has refused the request, and a retry would not help.
REFUSALS = (Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND)
#: The wiki cannot be reached; retried automatically.
AWAY = (Fault.OFFLINE, Fault.NETWORK)
#: Faults of one wiki that do not affect the other wikis of its family.
OF_ONE_WIKI = (*AWAY, Fault.TOO_FAST, Fault.REFUSED, Fault.SIGN_IN_ENDED)


class KnownFault(Exception):  # noqa: N818 - not an error of the program
    """A fault with its sentence: what happened, what it means for the user's data, what they can do.

    `error_key` is the wiki's key of the error, if any, `parameters` the fields it refers to, `wiki_said` what
    the wiki itself said; `retry_after` the number of seconds to wait.
    """

    def __init__(
        self,
        fault: Fault,
        sentence: str,
        *,
        error_key: str | None = None,
        retry_after: float | None = None,
        parameters: tuple[str, ...] = (),
        wiki_said: str = "",
    ) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence
        self.error_key = error_key
        self.retry_after = retry_after
        self.parameters = parameters
        self.wiki_said = wiki_said


def log_bug(error: BaseException) -> None:
    """Log a bug with its traceback, without its message, which may quote a name or an answer."""
    bare = RuntimeError(type(error).__name__)
    logging.getLogger("app").error("bug", exc_info=(RuntimeError, bare, error.__traceback__))
