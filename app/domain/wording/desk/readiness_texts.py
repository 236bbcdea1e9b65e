"""Texts of a readiness check."""

from collections.abc import Callable

from app.domain.desk.readiness import (
    Condition,
    ReadinessAction,
    ReadinessItem,
    ReadinessLine,
    ReadinessState,
)
from app.i18n import N_, _, ngettext

_ITEMS = {
    ReadinessItem.PARTICIPANTS: N_("Participants"),
    ReadinessItem.SIGN_IN: N_("Sign-in"),
    ReadinessItem.CHANGES: N_("Changes"),
    ReadinessItem.LOCAL_DATA: N_("Without a network"),
}
_STATES = {
    ReadinessState.GOOD: N_("good"),
    ReadinessState.WARNING: N_("warning"),
    ReadinessState.MISSING: N_("missing"),
}
_ACTIONS = {
    ReadinessAction.NONE: "",
    ReadinessAction.SYNC: N_("Sync the event"),
    ReadinessAction.SIGN_IN: N_("Sign in"),
    ReadinessAction.SHOW_CHANGES: N_("Look at the changes"),
    ReadinessAction.SET_PASSPHRASE: N_("Set a passphrase"),
}
_SENTENCES = {
    Condition.DELETED: N_("The registration was deleted on the wiki. What was fetched before is kept here."),
    Condition.NEVER_FETCHED: N_("The participants were never fetched."),
    Condition.CHECK_TOO_OLD: N_(
        "The last full check was {moment}: who has registered or left since may not be known here."
    ),
    Condition.PRIVATE_NOT_YET_FETCHED: N_(
        "Private participants were not fetched since you signed in with a sign-in that sees them."
    ),
    Condition.PRIVATE_UNKNOWN: N_(
        "Private participants, if there are any, are not on the list: your sign-in does not show them."
    ),
    Condition.NO_LONGER_REFRESHED: N_(
        "Your sign-in no longer shows private participants, so a sync does not refresh the list."
    ),
    Condition.NO_SIGN_IN: N_(
        "No sign-in on the event’s wiki works: nothing can be synced or sent. The data here opens all the "
        "same."
    ),
    Condition.ENDS_ANY_TIME: N_("Your sign-in may end at any time, because it does not stay signed in."),
    Condition.ENDS_BEFORE_EVENT: N_("Your sign-in ends {moment}, before the event is over."),
    Condition.VALID_UNTIL: N_("Your sign-in is valid until {moment}."),
    Condition.VALID: N_("Your sign-in does not end by itself."),
    Condition.NOTHING_PENDING: N_("No changes are waiting."),
    Condition.READ_ONLY: N_("The data can only be read: nobody can be checked in."),
    Condition.KEEPS_NOTHING: N_(
        "This session keeps nothing: when it ends, the list and all check-ins are gone."
    ),
    Condition.OPENS_WITH_PASSPHRASE: N_("The data opens without a network, with your passphrase."),
    Condition.OPENS_WITH_KEYRING: N_("The data opens without a network, with this computer’s keyring."),
}


def item(line: ReadinessLine) -> str:
    """Return the label of what was checked."""
    return _(_ITEMS[line.item])


def state(line: ReadinessLine) -> str:
    """Return the label of a result."""
    return _(_STATES[line.state])


def action(line: ReadinessLine) -> str:
    """Return the label of what the organizer can do, empty if there is nothing to do."""
    # gettext would return the catalogue's own head for an empty text.
    return _(_ACTIONS[line.action]) if _ACTIONS[line.action] else ""


def sentence(line: ReadinessLine, moment: Callable[[int], str]) -> str:
    """Return what was found. `moment` formats seconds since 1970."""
    at = "" if line.at is None else moment(line.at)
    if line.condition in _SENTENCES:
        return _(_SENTENCES[line.condition]).format(moment=at)
    return _counted(line).format(n=line.count, total=line.total, moment=at)


def summary(missing: int) -> str:
    """Return the sentence for the whole check, by how many things are missing."""
    if not missing:
        return _("The event is ready.")
    return ngettext(
        "The event is not ready: {n} thing is missing.",
        "The event is not ready: {n} things are missing.",
        missing,
    ).format(n=missing)


def _counted(line: ReadinessLine) -> str:
    """Return the sentence about a number, with its placeholders."""
    match line.condition:
        case Condition.UNFINISHED:
            return ngettext(
                "The full check was not finished: {n} participant is here so far.",
                "The full check was not finished: {n} participants are here so far.",
                line.count,
            )
        case Condition.COUNT_DIFFERS:
            return ngettext(
                "{n} participant is here, the wiki counts {total}. Full check: {moment}.",
                "{n} participants are here, the wiki counts {total}. Full check: {moment}.",
                line.count,
            )
        case Condition.PRIVATE_NOT_SEEN:
            return ngettext(
                "{n} private participant is not on the list: your sign-in does not show them.",
                "{n} private participants are not on the list: your sign-in does not show them.",
                line.count,
            )
        case Condition.STUCK:
            return ngettext("{n} change needs you.", "{n} changes need you.", line.count)
        case Condition.PENDING:
            return ngettext("{n} change is waiting.", "{n} changes are waiting.", line.count)
        case _ if line.total is None:
            return ngettext(
                "{n} public participant. Full check: {moment}.",
                "{n} public participants. Full check: {moment}.",
                line.count,
            )
        case _:
            return ngettext(
                "{n} of {total} participant. Full check: {moment}.",
                "{n} of {total} participants. Full check: {moment}.",
                line.total,
            )
