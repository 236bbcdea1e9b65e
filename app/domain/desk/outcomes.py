"""What the desk confirms after an action."""

from dataclasses import dataclass
from enum import Enum, auto


class Outcome(Enum):
    """What came of an action at the desk."""

    CHECKED_IN = auto()
    ALREADY_IN = auto()
    CHECKED_OUT = auto()
    NOT_IN = auto()
    NO_SHOW = auto()
    WALK_IN = auto()
    TAKEN_BACK = auto()
    NOTED_AGAIN = auto()
    NOTHING_TO_UNDO = auto()
    NOTHING_TO_REDO = auto()


@dataclass(frozen=True)
class Noted:
    """The outcome, about whom, and since when, in milliseconds since 1970.

    `desk`: the name of another desk that noted it, else empty.
    """

    outcome: Outcome
    name: str = ""
    private: bool = False
    at: int = 0
    event_key: int = 0
    desk: str = ""


@dataclass(frozen=True)
class Arrival:
    """Somebody who arrived lately: when, in milliseconds since 1970."""

    at: int
    name: str
    private: bool
    walk_in: bool
