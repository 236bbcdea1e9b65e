"""The figures of a Dashboard course as text, the same in the window, in reports and in commands."""

from collections.abc import Callable

from app.domain.statistics.course import CourseFigures, DashboardCount
from app.i18n import _

NAME = "Programs & Events Dashboard"


def course_rows(course: CourseFigures) -> list[tuple[str, str, DashboardCount]]:
    """Return the key, label and number of each figure, in the order of the Dashboard's own page."""
    return [
        ("participants", _("Participants of the course"), course.people),
        ("articles_created", _("Articles created"), course.articles_created),
        ("articles_edited", _("Articles edited"), course.articles_edited),
        ("edits", _("Edits"), course.edits),
        ("words", _("Words added"), course.words),
        ("uploads", _("Files uploaded"), course.uploads),
        ("views", _("Views of the articles"), course.views),
    ]


def count_text(count: DashboardCount, number: Callable[[int], str] = str) -> str:
    """Return a number of the Dashboard's; `number` writes numbers."""
    text = number(count.value)
    return _("about {number}").format(number=text) if count.rounded else text


def rounded_note() -> str:
    """Return why some numbers are not exact."""
    return _("The Dashboard rounds numbers above 999 to three digits.")


def no_course() -> str:
    """Return what is said of an event without a course."""
    return _("This event has no course on the Programs & Events Dashboard.")


def no_such_course() -> str:
    """Return what is said if the Dashboard does not know the course."""
    return _(
        "The Programs & Events Dashboard shows no course of this name: it was renamed or deleted there, or "
        "is not public. The figures read before are still here; the course is chosen in the event’s settings."
    )
