"""What a wiki tells a visitor without a sign-in about their address (CONTRACT §6, Limits and Addresses)."""

import re
from ipaddress import ip_address
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from app.domain import names, times
from app.domain.accounts.account import RIGHT_NO_LIMIT
from app.domain.desk.venue import AddressBlock, EditLimit, VisitedWiki
from app.wiki.http.client import WikiClient
from app.wiki.shapes import LONGEST_NAME, Shape

_LONGEST_REASON = 500
_MAX_ROWS = 500
#: How a wiki writes that a block has no end.
_ENDLESS = ("infinity", "infinite", "indefinite", "never")
_ABOUT_VISITOR = "ratelimits|cancreateaccount"
_ABOUT_BLOCK = "user|expiry|reason|flags"
#: The form is read in the source of GlobalBlocking's ApiQueryGlobalBlocks; there is no recording.
_ABOUT_GLOBAL_BLOCK = "target|expiry|reason"
_NOT_DIGITS = re.compile(r"\D")

_Name = Annotated[str, Meta(max_length=LONGEST_NAME)]


class _Limit(msgspec.Struct):
    hits: Annotated[int, Meta(ge=0)]
    seconds: Annotated[int, Meta(ge=0)]


class _Visitor(msgspec.Struct):
    name: _Name
    #: PHP's JSON has a list in place of an empty object.
    ratelimits: dict[str, dict[str, _Limit]] | Annotated[list[None], Meta(max_length=0)] = {}
    cancreateaccount: bool | None = None


class _User(msgspec.Struct):
    rights: Annotated[list[_Name], Meta(max_length=5_000)] = []


class _Block(msgspec.Struct):
    expiry: _Name
    #: Missing for an automatic block.
    user: _Name | None = None
    reason: str | None = None
    automatic: bool = False
    anononly: bool = False
    nocreate: bool = False
    partial: bool = False


class _GlobalBlock(msgspec.Struct, rename={"stops_new_accounts": "account-creation-disabled"}):
    expiry: _Name
    target: _Name | None = None
    reason: str | None = None
    automatic: bool = False
    #: Earlier versions write an empty text for true, and leave out the next one, which was always true.
    anononly: bool | Literal[""] = False
    stops_new_accounts: bool = True


class _Query(msgspec.Struct):
    userinfo: _Visitor
    users: Annotated[list[_User], Meta(max_length=1)] = []


class _Blocks(msgspec.Struct):
    blocks: Annotated[list[_Block], Meta(max_length=_MAX_ROWS)]
    #: Missing where the wiki has no global blocks.
    globalblocks: Annotated[list[_GlobalBlock], Meta(max_length=_MAX_ROWS)] = []


def visit(client: WikiClient, user_name: str) -> VisitedWiki:
    """Return what a wiki tells about this computer's address, and about the limits of a user's account.

    `client` has no sign-in: one would hide the address, and an OAuth sign-in restricts the rights that the
    wiki lists to its own grants (1197). Raises KnownFault.
    """
    shape = Shape(client.name)
    value = client.api(
        action="query",
        meta="userinfo",
        uiprop=_ABOUT_VISITOR,
        list="users",
        ususers=user_name,
        usprop="rights",
    )
    about = shape.convert(value.get("query"), _Query, "the visitor")
    visitor = about.userinfo
    address = _address(shape, visitor.name)
    limits = visitor.ratelimits if isinstance(visitor.ratelimits, dict) else {}
    # This limit is shared by all visitors at an address and by new accounts (1203, 1248).
    edits = limits.get("edit", {}).get("ip")
    return VisitedWiki(
        wiki=client.name,
        address=address,
        blocks=_blocks(client, shape, address),
        accounts_allowed=visitor.cancreateaccount,
        has_no_rate_limit=any(RIGHT_NO_LIMIT in one.rights for one in about.users),
        newcomer_edits=EditLimit(edits.hits, edits.seconds) if edits else None,
    )


def _address(shape: Shape, name: str) -> str:
    try:
        return str(ip_address(name))
    except ValueError as error:
        raise shape.wrong("a visitor without a sign-in has no address") from error


def _blocks(client: WikiClient, shape: Shape, address: str) -> tuple[AddressBlock, ...]:
    """Return the blocks that apply to an address; those of all wikis where the wiki has such (1214)."""
    value = client.api(
        action="query",
        list="blocks|globalblocks",
        bkip=address,
        bkprop=_ABOUT_BLOCK,
        bgip=address,
        bgprop=_ABOUT_GLOBAL_BLOCK,
    )
    found = shape.convert(value.get("query"), _Blocks, "the blocks")
    here = [
        AddressBlock(
            target=_target(one.user),
            everywhere=False,
            anonymous_only=one.anononly,
            stops_new_accounts=one.nocreate,
            automatic=one.automatic,
            partial=one.partial,
            until=_until(shape, one.expiry),
            wiki_said=_reason(one.reason),
        )
        for one in found.blocks
    ]
    everywhere = [
        AddressBlock(
            target=_target(one.target),
            everywhere=True,
            anonymous_only=one.anononly is not False,
            stops_new_accounts=one.stops_new_accounts,
            automatic=one.automatic,
            partial=False,
            until=_until(shape, one.expiry),
            wiki_said=_reason(one.reason),
        )
        for one in found.globalblocks
    ]
    return (*here, *everywhere)


def _target(name: str | None) -> str | None:
    return names.safe(name) if name else None


def _reason(text: str | None) -> str:
    return names.safe(text[:_LONGEST_REASON]) if text else ""


def _until(shape: Shape, expiry: str) -> int | None:
    """Return the end of a block in seconds since 1970, None if it has none."""
    if expiry in _ENDLESS:
        return None
    try:
        return times.instant(_NOT_DIGITS.sub("", expiry))
    except ValueError as error:
        raise shape.wrong("a block ends at no time") from error
