"""Events whose page is on another wiki of the family: the actions refused here (CONTRACT §4.12).

Not backed by recordings, only by the source of the CampaignEvents extension. An event can be read on any
wiki, but organizers and sysops have their rights only where its page is: elsewhere private participants and
all answers are hidden, and since 1.46 the URLs of meeting and chat too. Changing the event, its organizers
and its participants, deleting it and registering are refused with 400, before permissions are checked;
e-mail with the 403 without a key that users without permission get. Cancelling works on every wiki.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from app.practice.http.rest_answers import campaign_refusal
from app.practice.wiki import current_wiki

_REFUSALS = {
    "edit": (
        "edit-page-nonlocal",
        "This event registration was enabled on the following wiki and should be edited there: {wiki}.",
    ),
    "delete": (
        "delete-event-nonlocal-error-message",
        "Please delete your event registration on {wiki}, the wiki where the event was created.",
    ),
    "set organizers": (
        "set-organizers-nonlocal-error-message",
        "Please set organizers on {wiki}, the wiki where the event was created.",
    ),
    "remove participants": (
        "remove-participants-nonlocal-error-message",
        "Please remove participants on {wiki}, the wiki where the event was created.",
    ),
    "register": (
        "register-for-event-nonlocal-error-message",
        "Please complete your event registration on {wiki}, the wiki where the event was created.",
    ),
}


def is_at_home(event: sqlite3.Row | Mapping[str, Any]) -> bool:
    """Return whether an event's page is on the wiki that receives the request."""
    return bool(event["page_wiki"] == current_wiki().site.wiki_id)


def refuse_elsewhere(event: sqlite3.Row, action: str) -> None:
    """Refuse an action on an event whose page is on another wiki (CONTRACT §4.12)."""
    if not is_at_home(event):
        key, text = _REFUSALS[action]
        raise campaign_refusal(400, f"rest-{key}", text.format(wiki=event["page_wiki"]))
