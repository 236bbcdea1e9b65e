"""Reads what users have edited, and when their accounts were made (CONTRACT §7). All of it is public."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from app.domain import names
from app.domain.impact.edits import REVERTED, AccountFacts, Edit
from app.wiki.http.client import WikiClient
from app.wiki.shapes import LONGEST_NAME, Shape

#: Names in one request, and with the right to higher limits.
NAMES, NAMES_WITH_RIGHT = 50, 500
RIGHT_HIGH_LIMITS = "apihighlimits"
_MAX_ROWS = 5_000
_MAX_PAGES = 10_000
_LONGEST_TITLE = 1_000
_LARGEST = 2**53

_Name = Annotated[str, Meta(max_length=LONGEST_NAME)]
_Id = Annotated[int, Meta(ge=0, le=_LARGEST)]


class _Row(msgspec.Struct):
    user: _Name
    revid: _Id
    ns: Annotated[int, Meta(ge=-2, le=100_000)]
    title: Annotated[str, Meta(max_length=_LONGEST_TITLE)]
    timestamp: Annotated[str, Meta(max_length=40)]
    pageid: _Id = 0
    #: Left out of an edit whose text is hidden.
    sizediff: Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)] = 0
    new: bool = False
    tags: Annotated[list[_Name], Meta(max_length=1_000)] = []


class _Account(msgspec.Struct):
    name: _Name = ""
    centralid: _Id | None = None
    registration: Annotated[str, Meta(max_length=40)] | None = None
    editcount: Annotated[int, Meta(ge=0, le=_LARGEST)] | None = None
    missing: bool = False
    invalid: bool = False


#: What msgspec reads as a list of bounded length.
_Rows: Any = Annotated[list[_Row], Meta(max_length=_MAX_ROWS)]
_Accounts: Any = Annotated[list[_Account], Meta(max_length=_MAX_ROWS)]


class _Place(msgspec.Struct):
    wiki: _Name
    editcount: Annotated[int, Meta(ge=0, le=_LARGEST)] = 0


class _Everywhere(msgspec.Struct):
    merged: Annotated[list[_Place], Meta(max_length=_MAX_ROWS)] = []


def read_edits(
    client: WikiClient, users: Sequence[str], since: int, until: int | None = None, *, reverted: bool = False
) -> Iterator[list[Edit]]:
    """Yield the edits of some users page by page, by user and then by time.

    `since` and `until` are seconds since 1970 and included; with `reverted` only edits that are known to be
    reverted. Edits of deleted pages, and whatever is hidden, are left out by the wiki. Raises KnownFault.
    """
    shape = Shape(client.name)
    query: dict[str, str | int] = {
        "action": "query",
        "list": "usercontribs",
        "ucuser": "|".join(users),
        "ucprop": "ids|title|timestamp|sizediff|flags|tags",
        "uclimit": "max",
        "ucdir": "newer",
        "ucstart": _stamp(since),
    }
    if until is not None:
        query["ucend"] = _stamp(until)
    if reverted:
        query["uctag"] = REVERTED
    following: dict[str, Any] = {}
    for _page in range(_MAX_PAGES):
        value = client.api(**query, **following)
        found = shape.fields(value.get("query"), "the edits").get("usercontribs")
        rows: list[_Row] = shape.convert(found, _Rows, "the edits")
        yield [_edit(shape, row) for row in rows]
        if "continue" not in value:
            return
        following = shape.next_page(value["continue"])
    raise shape.wrong("the edits do not end")


def read_accounts(client: WikiClient, users: Sequence[str]) -> list[AccountFacts]:
    """Return the accounts of some users on a wiki. Raises KnownFault."""
    value = client.api(action="query", list="users", ususers="|".join(users), usprop="registration|editcount")
    return _accounts(client, value, "users") or []


def read_global_accounts(client: WikiClient, central_ids: Sequence[int]) -> list[AccountFacts] | None:
    """Return the accounts of some users on all wikis of a family, None if the wiki does not tell them.

    The form is read in the source of CentralAuth (since 1.47); there is no recording. Raises KnownFault.
    """
    value = client.api(
        action="query",
        list="globalusers",
        guscentralids="|".join(map(str, central_ids)),
        gusprop="registration|editcount",
    )
    return _accounts(client, value, "globalusers")


def read_edited_wikis(client: WikiClient, central_id: int) -> list[str] | None:
    """Return the ids of the wikis where somebody has edited, None if this wiki does not know other wikis.

    The form is read in the source of CentralAuth; there is no recording. Raises KnownFault.
    """
    shape = Shape(client.name)
    value = client.api(action="query", meta="globaluserinfo", guiid=central_id, guiprop="merged")
    found = shape.fields(value.get("query", {}), "the account").get("globaluserinfo")
    if found is None:
        return None
    return [one.wiki for one in shape.convert(found, _Everywhere, "the account").merged if one.editcount]


def _accounts(client: WikiClient, value: dict[str, Any], kind: str) -> list[AccountFacts] | None:
    shape = Shape(client.name)
    # With nothing known a wiki answers without a query.
    found = shape.fields(value.get("query", {}), "the accounts").get(kind)
    if found is None:
        return None
    rows: list[_Account] = shape.convert(found, _Accounts, "the accounts")
    return [
        AccountFacts(
            row.name,
            _moment(shape, row.registration) if row.registration else None,
            row.editcount,
            row.missing or row.invalid,
            row.centralid,
        )
        for row in rows
    ]


def _edit(shape: Shape, row: _Row) -> Edit:
    return Edit(
        revision=row.revid,
        user=row.user,
        page=row.pageid,
        namespace=row.ns,
        title=names.safe(row.title),
        at=_moment(shape, row.timestamp),
        size_diff=row.sizediff,
        is_new=row.new,
        reverted=REVERTED in row.tags,
    )


def _moment(shape: Shape, told: str) -> int:
    try:
        return int(datetime.fromisoformat(told).replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise shape.wrong("a time is none") from error


def _stamp(seconds: int) -> str:
    return datetime.fromtimestamp(max(seconds, 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
