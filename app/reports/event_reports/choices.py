"""What an organizer chooses of a report."""

from dataclasses import dataclass
from enum import StrEnum


class ReportPart(StrEnum):
    """The parts of a report that can be left out, in their order."""

    FACTS = "facts"
    PEOPLE = "people"
    REGISTRATIONS = "registrations"
    DEMOGRAPHICS = "demographics"
    IMPACT = "impact"
    DASHBOARD = "dashboard"
    PARTICIPANTS = "participants"


#: The list of participants holds personal data, and is in a report only if it is asked for.
USUAL_PARTS = frozenset(ReportPart) - {ReportPart.PARTICIPANTS}


@dataclass(frozen=True)
class ReportChoices:
    """The parts of a report; whether it names private people, which is asked each time; its grant."""

    parts: frozenset[ReportPart] = USUAL_PARTS
    include_private: bool = False
    grant_id: str = ""
