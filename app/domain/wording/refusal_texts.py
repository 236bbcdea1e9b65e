"""Texts about what a wiki refuses. The wiki's own words, mostly English, are shown apart from them."""

from app.domain.events.event_checks import Problem
from app.domain.wording.organizing_texts import problem_sentence
from app.i18n import N_, _


def refused(error_key: str | None, *, allowed: bool = True) -> str:
    """Return the sentence for a request that the wiki refused with this error key.

    `allowed`: False if the wiki answered that the sign-in may not do this.
    """
    key = (error_key or "").removeprefix("campaignevents-")
    if key in _PROBLEMS:
        return problem_sentence(_PROBLEMS[key])
    if key in _REFUSALS:
        return _(_REFUSALS[key])
    if not allowed:
        return _("The wiki does not allow this for your sign-in. Nothing is lost.")
    return _("The wiki refused this. Nothing is lost: see what it said, correct it and try again.")


def said_by_wiki() -> str:
    """Return the label of the words of the wiki itself."""
    return _("What the wiki said")


def wiki_said(words: str) -> str:
    """Return the wiki's own words in a line of text, where they cannot be folded."""
    return _("The wiki said: {words}").format(words=words)


#: What the form checks too, where it could not know what the wiki knows (CONTRACT §3).
_PROBLEMS = {
    "error-no-types": Problem.TYPES_MISSING,
    "error-invalid-other-selection": Problem.TYPES_OTHER,
    "error-no-participation-options": Problem.NO_PARTICIPATION,
    "error-no-meeting-type": Problem.NO_PARTICIPATION,
    "error-invalid-meeting-url": Problem.URL_BAD,
    "error-invalid-chat-url": Problem.URL_BAD,
    "error-invalid-timezone": Problem.TIMEZONE_UNKNOWN,
    "error-start-past": Problem.START_PAST,
    "error-start-after-end": Problem.START_AFTER_END,
    "error-contribs-tracking-invalid-type": Problem.CONTRIBUTIONS_TYPE,
    "error-contribs-tracking-no-wikis": Problem.CONTRIBUTIONS_WIKIS,
    "error-goal-target-required": Problem.GOAL_WITHOUT_TARGET,
    "error-goal-requires-contribution-tracking": Problem.GOAL_WITHOUT_CONTRIBUTIONS,
}
_REFUSALS = {
    "edit-not-allowed-registration": N_(
        "The wiki does not let you change this event: you are not one of its organizers there."
    ),
    "delete-not-allowed-registration": N_(
        "The wiki does not let you delete this registration: you are not one of the event’s organizers there."
    ),
    "unregister-participants-permission-denied": N_(
        "The wiki does not let you remove participants of this event. Nobody was removed."
    ),
    "rest-enable-registration-permission-denied": N_(
        "The wiki does not let you enable registration: your account or this sign-in lacks the right. "
        "Nothing was created."
    ),
    "enable-registration-not-allowed-page": N_(
        "The wiki does not let you enable registration on this page: you may not edit it there."
    ),
    "edit-organizers-not-allowed": N_(
        "One of those named may not organize events on this wiki, or does not exist there. The "
        "organizers are as before."
    ),
    "edit-too-many-organizers": N_(
        "The wiki takes no more organizers for this event. The organizers are as before."
    ),
    "event-dates-cannot-be-changed": N_(
        "The event has ended, and the wiki has summed up its answers: its dates can no longer be moved into "
        "the future."
    ),
    "error-page-already-registered": N_("This page has registration already. Choose another title."),
    "error-page-already-registered-deleted": N_(
        "This page had registration before, and it was deleted. Choose another title."
    ),
    "error-page-not-found": N_("The wiki has no event page with this title."),
    "error-page-namespace-not-allowed": N_("The wiki allows no registration on pages of this namespace."),
    "error-invalid-address": N_("The wiki does not take this address. It may be too long."),
    "error-invalid-country-code": N_("The wiki does not know this country."),
    "error-invalid-trackingtool": N_("The wiki does not take this Dashboard course. Check its address."),
    "error-contribs-tracking-disallowed-country": N_(
        "The wiki counts no contributions for events in this country."
    ),
    "register-not-allowed": N_("The wiki does not let you register for events."),
    "register-event-past": N_("The event is over, so the wiki takes no registration."),
    "register-event-not-open": N_("Registration for this event is closed on the wiki."),
    "register-answers-aggregated-error": N_(
        "The wiki has summed up and deleted your earlier answers, so it takes no new ones."
    ),
    "event-contribution-not-owner": N_("This edit is somebody else’s; everybody can add only their own."),
    "event-contribution-already-associated": N_("This edit counts for another event already."),
    "event-contribution-event-not-active": N_("The wiki adds edits only while the event is in progress."),
    "event-contribution-not-participant": N_("Only participants can add edits, and you are not registered."),
    "event-contribution-tracking-disabled": N_("This event does not count contributions."),
    "apierror-cantchangecontentmodel": N_(
        "The page of the article list is not there yet, and this wiki lets only administrators make it. Ask "
        "one to make it once; then retry. Nothing is lost."
    ),
    "worklist-edit-permission-denied": N_("The wiki does not let this account change article lists."),
    "worklist-content-nonexistent-wiki": N_("The wiki does not know one of the wikis of these articles."),
    "worklist-content-invalid-title": N_("One of these titles cannot be that of a page. Nothing was added."),
    "worklist-content-title-non-canonical": N_(
        "The wiki writes one of these titles in another way, see what it said. Nothing was added."
    ),
    "worklist-content-title-with-interwiki": N_(
        "One of these titles names another wiki. Choose that wiki instead. Nothing was added."
    ),
    "worklist-content-title-with-fragment": N_(
        "One of these titles names a section with “#”. Leave that out. Nothing was added."
    ),
    "worklist-page-not-worklist": N_("The page of the article list holds something else on the wiki."),
    "rest-badtoken": N_(
        "The wiki did not accept this sign-in’s safety token. Nothing was changed; sign in again, then retry."
    ),
    "mailnologin": N_(
        "The wiki sends no e-mail for you: your account there has no confirmed address. Confirm one in its "
        "preferences, then retry."
    ),
}
