"""Whether people came, as it was noted at the desk. The wiki knows none of it."""

from enum import StrEnum
from typing import NamedTuple


class Attendance(StrEnum):
    """Whether a person is there on a day."""

    PRESENT = "present"
    #: Was there, and has left.
    LEFT = "left"
    #: Not there: nobody has noted anything, or what was noted is taken back.
    ABSENT = "absent"
    #: Registered, and did not come.
    NO_SHOW = "no-show"


class Attended(NamedTuple):
    """A person's attendance at an event, over all its days. Times are in seconds since 1970.

    `attendance` is that of the latest day of which something is known, `came` the first arrival, `left` when
    they left last, `days` on how many days they came.
    """

    attendance: Attendance
    came: int | None
    left: int | None
    days: int


class AttendanceCounts(NamedTuple):
    """How many came: of those who are registered now, as walk-ins, and how many did not."""

    arrived: int = 0
    walk_ins: int = 0
    no_shows: int = 0
