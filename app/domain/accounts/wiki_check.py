"""The items of a wiki check, and their findings."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.faults import Fault


class Checked(StrEnum):
    """The items that are checked, in order."""

    ADDRESS = "address"
    PROXY = "proxy"
    CERTIFICATES = "certificates"
    CONNECTION = "connection"
    EVENT_REGISTRATION = "event-registration"
    VERSION = "version"
    ROUTES = "routes"
    CLOCK = "clock"
    SIGN_IN = "sign-in"
    RIGHTS = "rights"
    EVENTS_LIST = "events-list"


class Outcome(StrEnum):
    """The result of an item: fine, worth knowing, or a problem."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line of a check. `sentence` contains no secret and no name, so that it can be published.

    `fault` is the kind of the problem.
    """

    checked: Checked
    outcome: Outcome
    sentence: str
    fault: Fault | None = None
