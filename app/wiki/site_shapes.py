"""Validate responses of api.php about a wiki, its family, and accounts (CONTRACT §1, §4.12, §5)."""

import re
from typing import Any
from urllib.parse import urlsplit

from app.domain import times
from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_PREFIX, Identity, NamedAccount, WikiFacts
from app.domain.faults import KnownFault
from app.domain.wikis.wiki_names import WikiNames
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.shapes import LONGEST_NAME, Shape

#: The years 2000 and 2100: a wiki's time outside this range is ignored.
_EARLIEST_TIME, _LATEST_TIME = 946_684_800, 4_102_444_800
_MAX_LANGUAGES = 2_000


def identity(shape: Shape, value: object) -> Identity:
    """Return the identity of a sign-in, from api.php's userinfo."""
    query = shape.fields(shape.fields(value, "the answer").get("query"), "query")
    info = shape.fields(query.get("userinfo"), "userinfo")
    central = info.get("centralids")
    ids = central if isinstance(central, dict) else {}
    user_id = shape.number(info.get("id"), "id")
    central_id = ids.get("CentralAuth") or ids.get("local") or user_id
    return Identity(
        shape.text(info.get("name"), "name", LONGEST_NAME),
        user_id,
        shape.number(central_id, "central id"),
        frozenset(shape.text(group, "a group") for group in shape.rows(info.get("groups", []), "groups")),
        frozenset(shape.text(right, "a right") for right in shape.rows(info.get("rights", []), "rights")),
        "blockid" in info and info.get("blockpartial") is not True,
        bool(ids.get("CentralAuth")),
    )


def wiki_facts(shape: Shape, value: object, base_url: str, at: int) -> WikiFacts:
    """Return the facts of a wiki, from api.php's siteinfo. `at`: the local time of the response."""
    query = shape.fields(shape.fields(value, "the answer").get("query"), "query")
    general = shape.fields(query.get("general"), "general")
    extensions = {
        name: entry
        for entry in shape.rows(query.get("extensions", []), "extensions")
        if isinstance(entry, dict) and isinstance(name := entry.get("name"), str)
    }
    extension = extensions.get("CampaignEvents")
    version = extension.get("version") if extension else None
    return WikiFacts(
        base_url=base_url,
        site_name=shape.text(general.get("sitename"), "sitename", LONGEST_NAME),
        wiki_id=shape.text(general.get("wikiid", ""), "wikiid", LONGEST_NAME),
        generator=shape.text(general.get("generator"), "generator", LONGEST_NAME),
        language=shape.text(general.get("lang", "en"), "lang", 100),
        has_event_registration=extension is not None,
        event_registration_version=version[:LONGEST_NAME] if isinstance(version, str) else None,
        clock_difference=_clock_difference(general.get("time"), at),
        has_grant_ids="WikimediaCampaignEvents" in extensions,
        names=WikiNames.from_siteinfo(query),
        rights_of_groups=_rights_of_groups(shape, query.get("usergroups", [])),
    )


def _rights_of_groups(shape: Shape, value: object) -> dict[str, frozenset[str]]:
    """Return which groups have each right of organizers, from siteinfo's list of groups (CONTRACT §1)."""
    found: dict[str, set[str]] = {}
    for row in shape.rows(value, "the groups"):
        group = shape.fields(row, "a group")
        name = shape.text(group.get("name"), "a group's name", LONGEST_NAME)
        for right in shape.rows(group.get("rights", []), "a group's rights"):
            if isinstance(right, str) and right.startswith(RIGHT_PREFIX):
                found.setdefault(right, set()).add(name)
    return {right: frozenset(groups) for right, groups in found.items()}


def _clock_difference(stamp: object, at: int) -> int:
    """Return by how many seconds the wiki's clock is ahead, 0 if its time is not plausible."""
    try:
        instant = times.instant(re.sub(r"\D", "", stamp[:40])[:14]) if isinstance(stamp, str) else 0
    except ValueError:
        return 0
    return instant - at if _EARLIEST_TIME < instant < _LATEST_TIME else 0


def named_accounts(shape: Shape, value: object, wiki: WikiFacts) -> list[NamedAccount]:
    """Return the accounts behind user names, from api.php's list of users. `wiki` has the groups' rights."""
    query = shape.fields(shape.fields(value, "the answer").get("query"), "query")
    found = []
    for row in shape.rows(query.get("users"), "the users"):
        fields = shape.fields(row, "a user")
        rows = shape.rows(fields.get("groups", []), "groups")
        groups = [group for group in rows if isinstance(group, str)]
        found.append(
            NamedAccount(
                shape.text(fields.get("name"), "name", LONGEST_NAME),
                exists="missing" not in fields and "invalid" not in fields,
                organizer=wiki.gives(RIGHT_ORGANIZE, groups),
                blocked="blockid" in fields and fields.get("blockpartial") is not True,
                central_id=_central_id(fields),
                free=fields.get("cancreate") is True,
            )
        )
    return found


def _central_id(fields: dict[str, Any]) -> int | None:
    """Return the central id of an account, the local one outside of a family (CONTRACT §3)."""
    central = fields.get("centralids")
    ids = central if isinstance(central, dict) else {}
    found = ids.get("CentralAuth") or ids.get("local") or fields.get("userid")
    return found if isinstance(found, int) and found > 0 else None


def family(shape: Shape, value: object, base_url: str) -> dict[str, str]:
    """Return the addresses of a family's open wikis by wiki id, from its site matrix."""
    path, local = urlsplit(base_url).path, is_loopback(urlsplit(base_url).hostname)
    matrix = shape.fields(shape.fields(value, "the answer").get("sitematrix"), "the site matrix")
    sites: list[Any] = []
    for name, group in list(matrix.items())[:_MAX_LANGUAGES]:
        if name == "specials":
            sites += shape.rows(group, "the special wikis")
        elif name != "count":
            sites += shape.rows(shape.fields(group, "a language").get("site", []), "its wikis")
    found = {}
    for site in sites:
        fields = shape.fields(site, "a wiki")
        # Closed, private and fishbowl wikis cannot hold the user's events; "nonglobal" ones do not share
        # accounts.
        if not any(fields.get(state) for state in ("closed", "private", "fishbowl", "nonglobal")):
            try:
                address = check_address(shape.text(fields.get("url"), "url") + path)
            except KnownFault:
                continue
            # Tokens are sent there, so only a wiki on this computer may have family members on it.
            if local == is_loopback(urlsplit(address).hostname):
                found[shape.text(fields.get("dbname"), "dbname")] = address
    return found
