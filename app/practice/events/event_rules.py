"""Validation of an event; the first error in the wiki's order is reported (CONTRACT §3)."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.practice.events.event_pages import EVENT_NAMESPACES, page_row
from app.practice.ground.countries import COUNTRIES
from app.practice.ground.sites import Site
from app.practice.ground.timestamps import to_utc, zone_of
from app.practice.ground.titles import EVENT_NAMESPACE, namespace_of, normal_title
from app.practice.ground.versions import Version
from app.practice.ground.vocabulary import TRACKABLE_TYPES
from app.practice.http.rest_answers import RestError, campaign_refusal, refusal

_URL_SCHEMES = ("http", "https")
# A country name of 1.43 is stored as its code if the list has it.
_CODES = {name: code for code, name in COUNTRIES.items()}
_HOST = re.compile(r"[^\s/?#]+")


def _fault(key: str, text: str) -> RestError:
    return campaign_refusal(400, f"error-{key}", text)


@dataclass(frozen=True)
class WikiRules:
    """The settings of a wiki that affect validation."""

    version: Version
    tools: tuple[str, ...] = ()
    #: Codes of countries where in-person events may not count contributions.
    not_counted: frozenset[str] = frozenset()


def check_event(wanted: dict[str, Any], now: str, rules: WikiRules, *, is_new: bool) -> dict[str, Any]:
    """Return the event's columns for the store, or refuse the first broken rule (CONTRACT §6)."""
    version = rules.version
    times = _times(wanted, now, is_new=is_new)
    types = wanted.get("types", ["other"])
    _check_types(types)
    meeting = _meeting(wanted, version)
    chat_url = _url(wanted.get("chat_url"), "invalid-chat-url", "Enter a valid chat URL.")
    tracks = version.counts_contributions and wanted.get("tracks_contributions", True)
    if tracks:
        _check_tracking(wanted, types, rules)
    _check_goal(wanted, tracks=tracks)
    _check_tool(wanted, rules.tools)
    wikis = wanted.get("wikis", [])
    return {
        **times,
        **meeting,
        "chat_url": chat_url,
        "status": wanted.get("status", "open"),
        "types": types,
        "wikis": ["*"] if "*" in wikis else sorted(wikis),
        "topics": sorted(wanted.get("topics", [])),
        "is_test": int(wanted.get("is_test_event", False)),
        "tracks": int(tracks),
    }


def _check_types(types: list[str]) -> None:
    if not types:
        raise _fault("no-types", "Enter at least one type")
    if "other" in types and len(types) > 1:
        message = (
            "You cannot choose 'Other' along with other event types. Please choose only 'Other' or remove it"
            " to choose other options."
        )
        raise _fault("invalid-other-selection", message)


def _times(wanted: dict[str, Any], now: str, *, is_new: bool) -> dict[str, str]:
    zone = wanted["timezone"]
    if zone_of(zone) is None:
        raise _fault("invalid-timezone", "Enter a valid timezone.")
    start, end = wanted["start_time"], wanted["end_time"]
    start_utc, end_utc = to_utc(start, zone), to_utc(end, zone)
    if is_new and start_utc < now:
        raise _fault("start-past", "Enter a start time in the future.")
    if start > end:
        raise _fault("start-after-end", "Enter an end date that comes after the start date.")
    return {
        "timezone": zone,
        "start_local": start,
        "end_local": end,
        "start_utc": start_utc,
        "end_utc": end_utc,
    }


def _check_tool(wanted: dict[str, Any], tools: tuple[str, ...]) -> None:
    tool, tool_event = wanted.get("tracking_tool_id"), wanted.get("tracking_tool_event_id")
    if tool is not None and tool_event is None:
        message = "Provide the identifier of the event on the given tracking tool."
        raise _fault("trackingtool-without-eventid", message)
    if tool is not None and tool not in tools:
        raise _fault("invalid-trackingtool", "Provide a valid tracking tool identifier")
    if tool is None and tool_event is not None:
        raise _fault("trackingtool-eventid-without-toolid", "Provide the identifier of the tracking tool")


def _check_tracking(wanted: dict[str, Any], types: list[str], rules: WikiRules) -> None:
    if wanted.get("inperson_meeting") and wanted.get("meeting_country_code") in rules.not_counted:
        message = "Contribution statistics cannot be enabled for the selected country."
        raise _fault("contribs-tracking-disallowed-country", message)
    if not TRACKABLE_TYPES.intersection(types):
        message = (
            "Contribution statistics can only be enabled for events with the following types: Editing event,"
            " Media upload event, Backlog drive and Contest"
        )
        raise _fault("contribs-tracking-invalid-type", message)
    if not wanted["wikis"]:
        message = "Contribution statistics can only be enabled for events with at least one target wiki."
        raise _fault("contribs-tracking-no-wikis", message)


def _check_goal(wanted: dict[str, Any], *, tracks: bool) -> None:
    kind, target = wanted.get("goal_type"), wanted.get("goal_target")
    if (kind is None) != (target is None):
        message = "You must add a goal metric and target number in order to save an event goal."
        raise _fault("goal-type-required" if kind is None else "goal-target-required", message)
    if kind is not None and not tracks:
        message = "You must turn on Contribution statistics in order to add an event goal."
        raise _fault("goal-requires-contribution-tracking", message)


def _meeting(wanted: dict[str, Any], version: Version) -> dict[str, Any]:
    online, inperson = wanted.get("online_meeting", False), wanted.get("inperson_meeting", False)
    if not online and not inperson:
        if version.has_types:
            raise _fault("no-participation-options", "Choose at least one participation option.")
        raise _fault("no-meeting-type", "Choose at least one event meeting type.")
    url, address = wanted.get("meeting_url"), wanted.get("meeting_address")
    country = wanted.get("meeting_country_code" if version.has_country_codes else "meeting_country")
    if url is not None and not online:
        message = "The meeting URL must not be specified if the event is not online."
        raise _fault("meeting-url-not-online", message)
    url = _url(url, "invalid-meeting-url", "Enter a valid event meeting URL.")
    if not inperson and (country is not None or address is not None):
        message = "The meeting country and address must not be specified if the event is not in-person."
        raise _fault("countryoraddress-not-in-person", message)
    if inperson and version.has_country_codes and country is None:
        if version.names_countries:
            raise refusal(400, "rawmessage", "The country code is required.")
        raise _fault("invalid-country-code", "Enter a valid country code.")
    if country is not None and not country.strip():
        raise _fault("invalid-country", "Enter a valid country name.")
    if address is not None and not address.strip():
        raise _fault("invalid-address", "Enter a valid address.")
    return {
        "online": int(online),
        "inperson": int(inperson),
        "meeting_url": url,
        "country_code": _CODES.get(country.strip(), country.strip()) if country else None,
        "address": address.strip() if address else None,
    }


def _url(text: str | None, key: str, message: str) -> str | None:
    if text is None:
        return None
    clean = text.strip()
    try:
        parts = urlsplit(clean)
    except ValueError:
        raise _fault(key, message) from None
    if parts.scheme not in _URL_SCHEMES or not _HOST.fullmatch(parts.netloc):
        raise _fault(key, message)
    return clean


def find_page(connection: sqlite3.Connection, site: Site, wanted_title: str, version: Version) -> sqlite3.Row:
    """Return the page for an event; refuse missing pages and namespaces without events."""
    title = normal_title(wanted_title, site) or wanted_title
    space = namespace_of(title, site)
    if not version.has_wikis and space != EVENT_NAMESPACE:
        raise _fault("page-not-event-namespace", "The event page must be in the Event namespace.")
    if space not in EVENT_NAMESPACES or not (version.has_types or space == EVENT_NAMESPACE):
        message = "The event page must be in one of the permitted namespaces"
        raise _fault("page-namespace-not-allowed", message)
    row = page_row(connection, site.wiki_id, title)
    if row is None:
        raise _fault("page-not-found", "There is no event page with this name.")
    return row


def check_page_is_free(connection: sqlite3.Connection, page: sqlite3.Row, own_event: int | None) -> None:
    """Refuse a page of another event; a deleted registration blocks its page forever (§4.5)."""
    taken = connection.execute(
        "SELECT event_id, deleted FROM events WHERE page_wiki = ? AND page_title = ? AND event_id IS NOT ?",
        (page["wiki"], page["title"], own_event),
    ).fetchone()
    if taken is None:
        return
    if taken["deleted"]:
        message = (
            "You cannot complete the action because the event registration has been deleted"
            " from this event page."
        )
        raise _fault("page-already-registered-deleted", message)
    raise _fault("page-already-registered", "The given event page already has an associated registration.")
