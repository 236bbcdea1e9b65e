"""Texts about actions that are not permitted, and about problems of the event form's fields."""

from collections.abc import Sequence

from app.domain.events.event_checks import MOST_TOPICS, MOST_TYPES, MOST_WIKIS, FormField, Problem
from app.domain.events.permissions import EMAILS_A_DAY, Obstacle
from app.domain.names import set_apart
from app.i18n import N_, _, ngettext

_MOST_TITLES = 5


def obstacle_sentence(obstacle: Obstacle) -> str:
    """Return why an action is not permitted, and what can be done."""
    return _(_OBSTACLES[obstacle]).format(n=EMAILS_A_DAY)


def problem_sentence(problem: Problem) -> str:
    """Return the text of a field's problem."""
    text = _(_PROBLEMS[problem])
    return text.format(n=_MOST[problem]) if problem in _MOST else text


def impossible_titles(titles: Sequence[str]) -> str:
    """Return the sentence for titles that no page can have."""
    text = ngettext(
        "No page can have this title: {titles}. Nothing was added.",
        "No page can have these titles: {titles}. Nothing was added.",
        len(titles),
    )
    return text.format(titles="; ".join(map(set_apart, titles[:_MOST_TITLES])))


def category_too_large(taken: str) -> str:
    """Return the sentence for a category of which only the first articles were taken, so many."""
    return _("The category is too large: only its first {count} articles were taken.").format(count=taken)


def incomplete_email() -> str:
    """Return the sentence for an e-mail without a subject or a message."""
    return _("An e-mail needs a subject and a message.")


def goal_type(name: str) -> str:
    """Return the label of a goal's type."""
    return _(_GOALS[name]) if name in _GOALS else name


def field_label(field: FormField) -> str:
    """Return the label of a field of the event form."""
    return _(_FIELDS[field])


_OBSTACLES = {
    Obstacle.BLOCKED: N_("Your account is blocked on this wiki."),
    Obstacle.GRANT: N_(
        "This sign-in does not carry the organizer rights: the wiki has no OAuth grant for them. Sign in "
        "with your password too."
    ),
    Obstacle.NO_ORGANIZER: N_("Your account has no right to organize events on this wiki."),
    Obstacle.RIGHT: N_("Your account lacks the wiki’s right for this."),
    Obstacle.NOT_ORGANIZER: N_("You are not an organizer of this event."),
    Obstacle.OTHER_WIKI: N_("This event’s page is on another wiki, and only there can it be changed."),
    Obstacle.NO_SESSION_THERE: N_(
        "This event’s page is on another wiki of the family. Sign in there with your password too, to change "
        "it."
    ),
    Obstacle.DELETED: N_("The registration of this event was deleted."),
    Obstacle.NOT_MADE_YET: N_("The event has not been made on the wiki yet."),
    Obstacle.NOT_BEGUN: N_("The event has not begun. The wiki counts edits only while it goes on."),
    Obstacle.OVER: N_("The event is over."),
    Obstacle.OVER_FOR_EDITS: N_("The event is over. The wiki counted edits only while it went on."),
    Obstacle.OWN_EDITS_ONLY: N_(
        "On this wiki everybody counts only their own edits: organizers can count those of participants from "
        "version 1.46 on."
    ),
    Obstacle.CLOSED: N_("Registration for this event is closed."),
    Obstacle.EMAILS_USED: N_("The wiki takes {n} e-mails a day, and today’s are used up."),
    Obstacle.NOT_COUNTED: N_("This event does not count contributions."),
    Obstacle.NOT_REGISTERED: N_("You are not registered for this event."),
}
_PROBLEMS = {
    Problem.TITLE_MISSING: N_("Give the event a title."),
    Problem.TITLE_BAD: N_("A title cannot hold any of # < > [ ] | { }."),
    Problem.TITLE_LONG: N_("The title is too long for a page."),
    Problem.PAGE_TEXT_MISSING: N_("The event page needs some text."),
    Problem.TIMEZONE_UNKNOWN: N_("Choose a time zone from the list, or type one like +05:45."),
    Problem.TIME_BAD: N_("Give a date and a time."),
    Problem.START_PAST: N_("A new event must begin in the future."),
    Problem.START_AFTER_END: N_("The end lies before the beginning."),
    Problem.TYPES_MISSING: N_("Choose at least one type."),
    Problem.TYPES_MANY: N_("Choose at most {n} types."),
    Problem.TYPES_OTHER: N_("“Other” stands alone: unselect it, or the other types."),
    Problem.TOPICS_MANY: N_("Choose at most {n} topics."),
    Problem.WIKIS_MANY: N_("Name at most {n} wikis."),
    Problem.WIKIS_UNKNOWN: N_("One of these is no wiki. Type its name, such as French Wikipedia."),
    Problem.NO_PARTICIPATION: N_("Choose whether people meet online, in person, or both."),
    Problem.URL_BAD: N_("A link begins with https:// and has no spaces."),
    Problem.COUNTRY_MISSING: N_("Choose the country where people meet."),
    Problem.COUNTRY_UNKNOWN: N_("No country is called this. Choose one from the list."),
    Problem.CONTRIBUTIONS_TYPE: N_(
        "Contributions can be counted for editing events, media uploads, backlog drives and contests only."
    ),
    Problem.CONTRIBUTIONS_WIKIS: N_("Name at least one wiki whose contributions are counted."),
    Problem.GRANT_BAD: N_("A grant ID is two numbers with a hyphen between them, like 2411-12345."),
    Problem.GOAL_WITHOUT_TARGET: N_("Give the number that the goal is to reach."),
    Problem.GOAL_WITHOUT_CONTRIBUTIONS: N_("A goal needs contributions to be counted."),
    Problem.COURSE_BAD: N_("Give the course’s address on the Dashboard, or its “Institution/Course_name”."),
}
_MOST = {
    Problem.TYPES_MANY: MOST_TYPES,
    Problem.TOPICS_MANY: MOST_TOPICS,
    Problem.WIKIS_MANY: MOST_WIKIS,
}
_FIELDS = {
    FormField.TITLE: N_("title"),
    FormField.PAGE_TEXT: N_("page text"),
    FormField.TIMEZONE: N_("time zone"),
    FormField.START: N_("beginning"),
    FormField.END: N_("end"),
    FormField.STATUS: N_("status"),
    FormField.TYPES: N_("types"),
    FormField.WIKIS: N_("wikis"),
    FormField.TOPICS: N_("topics"),
    FormField.PARTICIPATION: N_("participation"),
    FormField.MEETING_URL: N_("meeting link"),
    FormField.COUNTRY: N_("country"),
    FormField.ADDRESS: N_("address"),
    FormField.CHAT_URL: N_("chat link"),
    FormField.CONTRIBUTIONS: N_("contribution tracking"),
    FormField.COURSE: N_("Dashboard course"),
    FormField.GRANT: N_("Grant ID"),
    FormField.GOAL: N_("goal"),
}
_GOALS = {
    "total_articles_created": N_("articles created"),
    "total_articles_edited": N_("articles edited"),
    "total_edits": N_("edits"),
    "total_bytes_added": N_("bytes added"),
    "total_bytes_removed": N_("bytes removed"),
    "total_links_added": N_("links added"),
    "total_links_removed": N_("links removed"),
}
