"""What she may not do and why, and what is wrong with a field of the event form."""

from gettext import gettext as _

from app.domain.events.event_checks import MOST_TOPICS, MOST_TYPES, MOST_WIKIS, FormField, Problem
from app.domain.events.permissions import EMAILS_A_DAY, Obstacle


def obstacle_sentence(obstacle: Obstacle) -> str:
    """Return why something is not offered, and what can be done."""
    return _OBSTACLES[obstacle]


def problem_sentence(problem: Problem) -> str:
    """Return what is wrong with a field."""
    return _PROBLEMS[problem]


def goal_type(name: str) -> str:
    """Return what a goal counts, in words."""
    return _GOALS.get(name, name)


def field_label(field: FormField) -> str:
    """Return a field of the event form in words."""
    return _FIELDS[field]


_OBSTACLES = {
    Obstacle.BLOCKED: _("Your account is blocked on this wiki."),
    Obstacle.GRANT: _(
        "This sign-in does not carry the organizer rights: the wiki has no OAuth grant for them. Sign in "
        "with your password too."
    ),
    Obstacle.NO_ORGANIZER: _("Your account has no right to organize events on this wiki."),
    Obstacle.RIGHT: _("Your account lacks the wiki’s right for this."),
    Obstacle.NOT_ORGANIZER: _("You are not an organizer of this event."),
    Obstacle.OTHER_WIKI: _("This event’s page is on another wiki, and only there can it be changed."),
    Obstacle.NO_SESSION_THERE: _(
        "This event’s page is on another wiki of the family. Sign in there with your password too, to change "
        "it."
    ),
    Obstacle.DELETED: _("The registration of this event was deleted."),
    Obstacle.NOT_MADE_YET: _("The event has not been made on the wiki yet."),
    Obstacle.OVER: _("The event is over."),
    Obstacle.CLOSED: _("Registration for this event is closed."),
    Obstacle.EMAILS_USED: _("The wiki takes {n} e-mails a day, and today’s are used up.").format(
        n=EMAILS_A_DAY
    ),
    Obstacle.NOT_COUNTED: _("This event does not count contributions."),
    Obstacle.NOT_REGISTERED: _("You are not registered for this event."),
}
_PROBLEMS = {
    Problem.TITLE_MISSING: _("Give the event a title."),
    Problem.TITLE_BAD: _("A title cannot hold any of # < > [ ] | { }."),
    Problem.TITLE_LONG: _("The title is too long for a page."),
    Problem.PAGE_TEXT_MISSING: _("The event page needs some text."),
    Problem.TIMEZONE_UNKNOWN: _("Choose a time zone from the list, or type one like +05:45."),
    Problem.TIME_BAD: _("Give a date and a time."),
    Problem.START_PAST: _("A new event must begin in the future."),
    Problem.START_AFTER_END: _("The end lies before the beginning."),
    Problem.TYPES_MISSING: _("Choose at least one type."),
    Problem.TYPES_MANY: _("Choose at most {n} types.").format(n=MOST_TYPES),
    Problem.TYPES_OTHER: _("“Other” stands alone: unselect it, or the other types."),
    Problem.TOPICS_MANY: _("Choose at most {n} topics.").format(n=MOST_TOPICS),
    Problem.WIKIS_MANY: _("Name at most {n} wikis.").format(n=MOST_WIKIS),
    Problem.NO_PARTICIPATION: _("Choose whether people meet online, in person, or both."),
    Problem.URL_BAD: _("A link begins with https:// and has no spaces."),
    Problem.COUNTRY_MISSING: _("Choose the country where people meet."),
    Problem.CONTRIBUTIONS_TYPE: _(
        "Contributions can be counted for editing events, media uploads, backlog drives and contests only."
    ),
    Problem.CONTRIBUTIONS_WIKIS: _("Name at least one wiki whose contributions are counted."),
    Problem.GOAL_WITHOUT_TARGET: _("Give the number that the goal is to reach."),
    Problem.GOAL_WITHOUT_CONTRIBUTIONS: _("A goal needs contributions to be counted."),
    Problem.COURSE_BAD: _("Give the course’s address on the Dashboard, or its “Institution/Course_name”."),
}
_FIELDS = {
    FormField.TITLE: _("title"),
    FormField.PAGE_TEXT: _("page text"),
    FormField.TIMEZONE: _("time zone"),
    FormField.START: _("beginning"),
    FormField.END: _("end"),
    FormField.STATUS: _("status"),
    FormField.TYPES: _("types"),
    FormField.WIKIS: _("wikis"),
    FormField.TOPICS: _("topics"),
    FormField.PARTICIPATION: _("participation"),
    FormField.MEETING_URL: _("meeting link"),
    FormField.COUNTRY: _("country"),
    FormField.ADDRESS: _("address"),
    FormField.CHAT_URL: _("chat link"),
    FormField.CONTRIBUTIONS: _("contribution tracking"),
    FormField.COURSE: _("Dashboard course"),
    FormField.GRANT: _("Grant ID"),
    FormField.GOAL: _("goal"),
}
_GOALS = {
    "total_articles_created": _("articles created"),
    "total_articles_edited": _("articles edited"),
    "total_edits": _("edits"),
    "total_bytes_added": _("bytes added"),
    "total_bytes_removed": _("bytes removed"),
    "total_links_added": _("links added"),
    "total_links_removed": _("links removed"),
}
