"""JSON of participants and organizers in the REST routes (CONTRACT §3, The participants list)."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from app.practice.ground.messages import aggregated_text, answer_text
from app.practice.ground.sites import HOME, Site
from app.practice.ground.timestamps import formatted_moment
from app.practice.ground.titles import USER, has_feminine_names, namespace_name

PARTICIPANTS_PAGE = 20
RETENTION_DAYS = 90
_URL_SAFE = ";@$!*(),/~:"


@dataclass(frozen=True)
class Viewpoint:
    """The properties of a reader that affect a list: rights, event over, language, wiki."""

    organizer: bool
    ended: bool
    language: str
    now: datetime
    site: Site = HOME


def user_page(row: Mapping[str, Any] | sqlite3.Row, site: Site) -> dict[str, str]:
    """Return the link to a user page; red if it does not exist."""
    gender = row["user_gender"] if has_feminine_names(site) else "unknown"
    title = f"{namespace_name(USER, site, gender)}:{row['name']}"
    address = quote(title.replace(" ", "_"), safe=_URL_SAFE)
    if row["has_page"]:
        return {"path": f"/wiki/{address}", "title": title, "classes": "mw-userlink"}
    return {
        "path": f"/index.php?title={address}&action=edit&redlink=1",
        "title": f"{title} (page does not exist)",
        "classes": "mw-userlink new",
    }


def person_or_hidden(row: sqlite3.Row, site: Site) -> dict[str, Any]:
    """Return name and page of a user; suppressed and vanished ones have none."""
    if row["name"] is None:
        return {"not_found": True}
    if row["hidden"]:
        return {"hidden": True}
    return {"user_name": row["name"], "user_page": user_page(row, site)}


def is_aggregated(row: sqlite3.Row, now: datetime) -> bool:
    """Return whether answers are aggregated: marked as such, or 90 days after the first answer."""
    if row["aggregated"]:
        return True
    first: str | None = row["first_answer_at"]
    return first is not None and first < (now - timedelta(days=RETENTION_DAYS)).strftime("%Y%m%d%H%M%S")


def participant_json(row: sqlite3.Row, view: Viewpoint) -> dict[str, Any]:
    """Return one participant; only organizers get the recipient flag and, before the end, answers."""
    person: dict[str, Any] = {
        "participant_id": row["participant_id"],
        "user_id": row["user_id"],
        "user_registered_at": row["registered_at"],
        "user_registered_at_formatted": formatted_moment(row["registered_at"], view.language),
        "private": bool(row["private"]),
        **person_or_hidden(row, view.site),
    }
    if not view.organizer:
        return person
    if "user_name" in person:
        person["user_is_valid_recipient"] = row["email"] is not None and bool(row["email_confirmed"])
    if view.ended:
        return person
    if is_aggregated(row, view.now):
        person["non_pii_answers"] = aggregated_text(row["name"] or "", view.language)
    else:
        person["non_pii_answers"] = [
            {"message": answer_text(4, row["confidence"], None, view.language), "questionID": 4},
            {
                "message": answer_text(5, row["affiliate"], row["affiliate_other"], view.language),
                "questionID": 5,
            },
        ]
    return person


def organizer_json(row: sqlite3.Row, site: Site) -> dict[str, Any]:
    """Return one organizer."""
    person = person_or_hidden(row, site)
    page = {name: person.pop(name) for name in ("user_page",) if name in person}
    return {
        "organizer_id": row["organizer_id"],
        "user_id": row["user_id"],
        **person,
        "roles": [row["role"]],
        **page,
    }
