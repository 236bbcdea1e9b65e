"""The messages of the special pages: in English, or as keys under uselang=qqx (CONTRACT §5)."""

from flask import request

from app.practice.ground.messages import message

_STATS = "campaignevents-details-stats"
_SUMMARY = "campaignevents-contributions-summary"
_TABLE = "campaignevents-event-details-contributions"
_WORKLIST = "campaignevents-worklist-table"
_QUESTION = "campaignevents-register-question"
_GOAL = "campaignevents-goal-progress"

_ENGLISH: dict[str, str] = {
    "myevents": "My events",
    "campaignevents-myevents-filter-legend": "Filter events",
    "campaignevents-myevents-label-search": "Search by event name",
    "campaignevents-myevents-label-status": "Registration status",
    "campaignevents-myevents-field-status-any": "Any",
    "campaignevents-myevents-field-status-open": "Open",
    "campaignevents-myevents-field-status-closed": "Closed",
    "campaignevents-myevents-label-events-per-page": "Events per page",
    "campaignevents-eventslist-column-date": "Date",
    "campaignevents-eventslist-column-name": "Name",
    "campaignevents-eventslist-column-participation-options": "Participation options",
    "campaignevents-eventslist-column-participants-number": "Participants",
    "campaignevents-eventslist-participation-options-online": "Online event",
    "campaignevents-eventslist-participation-options-in-person": "In-person event",
    "campaignevents-eventslist-participation-options-online-and-in-person": "Online and in-person event",
    "campaignevents-eventslist-manage-btn-info": "Manage event",
    "htmlform-submit": "Submit",
    "table_pager_first": "First page",
    "table_pager_prev": "Previous page",
    "table_pager_next": "Next page",
    "table_pager_last": "Last page",
    "table_pager_empty": "No results",
    "sort-ascending": "Sort ascending",
    "sort-descending": "Sort descending",
    "campaignevents-event-details-event": "Event details: $1",
    "eventdetails": "Event details",
    "campaignevents-event-details-not-found": "There is no event with this ID.",
    "campaignevents-event-details-event-deleted": "This event registration was deleted.",
    "campaignevents-back-to-your-events": "Back to your events",
    "campaignevents-event-details-tab-event-details": "Event details",
    "campaignevents-event-details-tab-participants": "Participants",
    "campaignevents-event-details-tab-contributions": "Contributions",
    "campaignevents-event-details-tab-email": "Message",
    "campaignevents-event-details-tab-stats": "Response statistics",
    "campaignevents-event-details-label": "Event details",
    "campaignevents-event-details-dates-label": "Start and end time",
    "campaignevents-event-details-event-types-header": "Event types",
    "campaignevents-event-details-view-event-page": "View event page",
    "campaignevents-event-details-header-participants": "$1 participants",
    "campaignevents-email-participants-label": "Compose email",
    f"{_STATS}-section-non-pii": "Non-Personally Identifiable Information (non-PII) questions",
    f"{_STATS}-section-pii": "Personally Identifiable Information (PII) questions",
    f"{_STATS}-no-responses": "No participant answered the questions.",
    f"{_STATS}-not-ready": "The responses are not aggregated yet. Come back later.",
    f"{_STATS}-not-enough-answers": "Fewer than $1 participants answered this question.",
    f"{_STATS}-header-option": "Option",
    f"{_STATS}-header-percentage": "Percentage",
    f"{_STATS}-header-number": "Number",
    f"{_STATS}-no-response": "No response",
    f"{_STATS}-few-answers-option": "Less than $1",
    f"{_STATS}-range-number": "Between $1 and $2",
    f"{_STATS}-range-percentage": "Between $1% and $2%",
    "percent": "$1%",
    "collapsible-expand": "Expand",
    "collapsible-collapse": "Collapse",
    "sessionfailure": "There seems to be a problem with your login session. Please resubmit the form.",
    "campaignevents-edit-field-clickwrap-checkbox-pretext": (
        "To view the aggregated responses of participants which contain personal information, you must accept"
        " the following:"
    ),
    "campaignevents-edit-field-clickwrap-checkbox-label": (
        "I agree to handle with care what participants said about themselves when they registered, and to"
        " follow the terms of use."
    ),
    "campaignevents-edit-field-clickwrap-form-continue": "View responses",
    f"{_SUMMARY}-participants": "Participants",
    f"{_SUMMARY}-wikis-edited": "Wikis edited",
    f"{_SUMMARY}-articles-created": "Articles created",
    f"{_SUMMARY}-articles-edited": "Articles edited",
    f"{_SUMMARY}-edit-count": "Edit count",
    f"{_SUMMARY}-bytes-changed": "Bytes changed",
    f"{_SUMMARY}-links-changed": "Links changed",
    f"{_SUMMARY}-delta-separator": "/",
    f"{_TABLE}-table-caption": "Contributions",
    f"{_TABLE}-article": "Article edited",
    f"{_TABLE}-wiki": "Wiki",
    f"{_TABLE}-username": "Username",
    f"{_TABLE}-timestamp": "Timestamp",
    f"{_TABLE}-bytes": "Bytes",
    f"{_TABLE}-actions": "Actions",
    f"{_TABLE}-delete-tooltip": "Remove this edit from the event",
    f"{_TABLE}-private-participant-tooltip": "This person registered privately",
    f"{_TABLE}-edits-button-label": "Edits",
    f"{_TABLE}-editors-button-label": "Editors",
    f"{_TABLE}-editors-table-caption": "Editors",
    f"{_TABLE}-editors-username": "Username",
    f"{_TABLE}-editors-created": "Articles created",
    f"{_TABLE}-editors-edited": "Articles edited",
    f"{_TABLE}-editors-count": "Edit count",
    f"{_TABLE}-editors-bytes": "Bytes changed",
    "campaignevents-contributions-notice-private-participants-excluded": (
        "Contributions of people who registered privately are left out."
    ),
    "project-localized-name-practicewiki": "Practice Wiki",
    "project-localized-name-practicefr": "Wiki d’exercice",
    f"{_GOAL}-heading": "Progress to goal",
    f"{_GOAL}-description": "This event has a goal of $1.",
    f"{_GOAL}-numeric": "$1/$2",
    f"{_GOAL}-metric-total_articles_created": "$1 articles created",
    f"{_GOAL}-metric-total_articles_edited": "$1 articles edited",
    f"{_GOAL}-metric-total_edits": "$1 edits",
    f"{_GOAL}-metric-total_bytes_added": "$1 bytes added",
    f"{_GOAL}-metric-total_bytes_removed": "$1 bytes removed",
    f"{_GOAL}-metric-total_links_added": "$1 links added",
    f"{_GOAL}-metric-total_links_removed": "$1 links removed",
    "cdx-table-pager-items-per-page-current": "$1 rows",
    "table_pager_limit_submit": "Go",
    f"{_TABLE}-article-created-tooltip": "This article was created during the event",
    "campaignevents-event-details-tab-worklist": "Articles",
    f"{_WORKLIST}-header": "Articles to work on",
    f"{_WORKLIST}-article-column-header": "Article",
    f"{_WORKLIST}-wiki-column-header": "Wiki",
    f"{_WORKLIST}-date-column-header": "Added",
    f"{_WORKLIST}-remove-button-label": "Remove from the list",
    "cdx-table-sort-caption": "$1 (column headers with buttons are sortable).",
    "rc-change-size": "$1",
    "rc-change-size-new": "$1 bytes after change",
    "rev-deleted-user": "(username removed)",
    f"{_QUESTION}-gender-stats-label": "What is your gender identity?",
    f"{_QUESTION}-age-stats-label": "What is your age?",
    f"{_QUESTION}-profession-stats-label": "What is your profession?",
    f"{_QUESTION}-confidence-stats-label": (
        "How confident do you feel contributing to the Wikimedia projects involved in this event?"
    ),
    f"{_QUESTION}-affiliate-stats-label": (
        "Do you belong to any Wikimedia affiliates (chapters, user groups, thematic organizations)?"
    ),
}


def asked_language() -> str:
    """Return the language of a special page: qqx if the request asks for keys, else English."""
    return "qqx" if request.args.get("uselang") == "qqx" else "en"


def words(key: str, *parameters: object) -> str:
    """Return a message in the requested language."""
    if asked_language() == "qqx":
        listed = ", ".join(str(one) for one in parameters)
        return f"({key}: {listed})" if parameters else f"({key})"
    text = _ENGLISH.get(key) or message(key, "en") or key
    for place, parameter in enumerate(parameters, 1):
        text = text.replace(f"${place}", str(parameter))
    return text


def number(value: int) -> str:
    """Return a formatted number; negative ones have U+2212 as their minus sign."""
    return f"{value:,}".replace("-", "\u2212")
