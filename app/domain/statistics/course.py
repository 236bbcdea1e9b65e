"""The public figures of a course on the Programs & Events Dashboard."""

from dataclasses import dataclass
from typing import NamedTuple


class DashboardCount(NamedTuple):
    """A number as the Dashboard tells it: above 999 rounded to three digits."""

    value: int
    rounded: bool = False


@dataclass(frozen=True)
class CourseFigures:
    """What a course has done so far; `as_of` is when the Dashboard last counted, seconds since 1970."""

    slug: str
    title: str
    address: str
    people: DashboardCount
    edits: DashboardCount
    articles_edited: DashboardCount
    articles_created: DashboardCount
    words: DashboardCount
    uploads: DashboardCount
    views: DashboardCount
    as_of: int | None

    @property
    def is_rounded(self) -> bool:
        """Whether some of the numbers are rounded."""
        return any(isinstance(one, DashboardCount) and one.rounded for one in vars(self).values())
