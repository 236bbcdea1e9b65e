"""What a check of a wiki looks at, and what it found."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.faults import Fault


class Checked(StrEnum):
    """What is looked at, in the order in which it is."""

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
    """How it stands: as it should, worth knowing, or in the way."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check. `sentence` holds no secret and no name, so that it can be shown to anybody.

    `fault` is the kind of what stands in the way.
    """

    checked: Checked
    outcome: Outcome
    sentence: str
    fault: Fault | None = None
