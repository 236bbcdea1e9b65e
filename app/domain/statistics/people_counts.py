"""How many of an event's people are new, private, reachable or have answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.people.attendance import AttendanceCounts
from app.domain.people.question import CONFIDENCE
from app.domain.statistics.statistics import question_statistics

#: The seconds for which somebody who registered is new.
NEW_SECONDS = 86_400
#: The answer of those who have never contributed.
NEVER_CONTRIBUTED = CONFIDENCE.options[0]


class PeopleGroup(StrEnum):
    """The groups of people that are counted and can be shown alone, in their order."""

    ALL = "all"
    NEW = "new"
    PUBLIC = "public"
    PRIVATE = "private"
    WITH_EMAIL = "with-email"
    WITHOUT_EMAIL = "without-email"
    ANSWERED = "answered"
    NEVER_CONTRIBUTED = "never-contributed"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not-arrived"
    NO_SHOW = "no-show"


@dataclass(frozen=True)
class PeopleCounts:
    """Numbers of people. Who can be e-mailed is not known of everybody. `confidence` counts shown answers."""

    people: int = 0
    new: int = 0
    private: int = 0
    with_email: int = 0
    without_email: int = 0
    answered: int = 0
    confidence: Mapping[str, int] = field(default_factory=dict)
    attendance: AttendanceCounts = field(default_factory=AttendanceCounts)

    @property
    def public(self) -> int:
        """The number of people who are listed publicly."""
        return self.people - self.private

    @property
    def not_arrived(self) -> int | None:
        """How many have not come; None as long as nobody has."""
        return self.people - self.attendance.arrived if any(self.attendance) else None

    @property
    def never_contributed(self) -> int | None:
        """How many answered that they never contributed; None if so few are not shown (CONTRACT §3)."""
        shares = question_statistics(CONFIDENCE.question_id, self.confidence, self.people).shares or ()
        for share in shares:
            if share.option == NEVER_CONTRIBUTED and share.exact:
                return share.least
        return None

    @property
    def answered_confidence(self) -> int:
        """How many answered whether they have contributed."""
        return sum(self.confidence.values())
