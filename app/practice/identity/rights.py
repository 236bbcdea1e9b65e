"""Groups, their rights, and the grants that restrict them (CONTRACT §1)."""

from app.practice.ground.versions import Version

ORGANIZER_RIGHTS = (
    "campaignevents-enable-registration",
    "campaignevents-organize-events",
    "campaignevents-email-participants",
    "campaignevents-generate-invitation-lists",
)

GROUP_RIGHTS: dict[str, tuple[str, ...]] = {
    "sysop": (
        "block",
        "delete",
        "noratelimit",
        "editcontentmodel",
        "autopatrol",
        "unwatchedpages",
        "ipblock-exempt",
        "markbotedits",
        "apihighlimits",
        "suppressredirect",
        *ORGANIZER_RIGHTS,
        "campaignevents-delete-registration",
        "campaignevents-view-private-participants",
    ),
    "event-organizer": ORGANIZER_RIGHTS,
    "*": (
        "createaccount",
        "read",
        "edit",
        "createpage",
        "createtalk",
        "viewmyprivateinfo",
        "editmyprivateinfo",
        "editmyoptions",
    ),
    "user": (
        "move",
        "move-subpages",
        "move-rootuserpages",
        "move-categorypages",
        "movefile",
        "upload",
        "reupload",
        "reupload-shared",
        "minoredit",
        "editmyusercss",
        "editmyuserjson",
        "editmyuserjs",
        "editmyuserjsredirect",
        "sendemail",
        "applychangetags",
        "changetags",
        "viewmywatchlist",
        "editmywatchlist",
        "mwoauthproposeconsumer",
        "mwoauthupdateownconsumer",
        "mwoauthmanagemygrants",
    ),
    "autoconfirmed": ("autoconfirmed", "editsemiprotected"),
}

_MOVES = ("move", "move-subpages", "move-rootuserpages", "move-categorypages", "suppressredirect")

GRANT_RIGHTS: dict[str, frozenset[str]] = {
    "basic": frozenset(
        ("read", "noratelimit", "autopatrol", "autoconfirmed", "editsemiprotected", "ipblock-exempt")
    ),
    "editpage": frozenset(("edit", "minoredit", "applychangetags", "changetags", "editcontentmodel")),
    "createeditmovepage": frozenset(("edit", "createpage", "createtalk", "minoredit", *_MOVES)),
    "sendemail": frozenset(("sendemail",)),
    "highvolume": frozenset(("apihighlimits", "markbotedits", "noratelimit", "unwatchedpages")),
    "campaignevents": frozenset(
        right for rights in GROUP_RIGHTS.values() for right in rights if right.startswith("campaignevents-")
    ),
}
SHIPPED_GRANTS = ("basic", "editpage", "createeditmovepage", "sendemail", "highvolume")
ALL_GRANTS = (*SHIPPED_GRANTS, "campaignevents")
GRANT_NAMES = {
    "basic": "Basic rights",
    "editpage": "Edit existing pages",
    "createeditmovepage": "Create, edit, and move pages",
    "sendemail": "Send email to other users",
    "highvolume": "High-volume (bot) access",
    "campaignevents": "Organize events and manage event registrations",
}
# Grants that no practice client has: as scopes they are valid, but not granted.
OTHER_GRANTS = ("blockusers", "delete", "editinterface", "editprotected", "patrol", "rollback", "uploadfile")


def group_rights(version: Version) -> dict[str, tuple[str, ...]]:
    """Return the groups of a wiki of a version, with their rights (docs/versions.md)."""
    if not version.has_organizer_group:
        # In 1.43 all users could organize; sysops could not see private participants, only delete events.
        groups = {name: _without_organizing(rights) for name, rights in GROUP_RIGHTS.items()}
        del groups["event-organizer"]
        groups["user"] += ORGANIZER_RIGHTS[:3]
        groups["sysop"] += ("campaignevents-delete-registration",)
        return groups
    if version.makes_invitation_lists:
        return GROUP_RIGHTS
    lacking = "campaignevents-generate-invitation-lists"
    return {name: tuple(one for one in rights if one != lacking) for name, rights in GROUP_RIGHTS.items()}


def _without_organizing(rights: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(right for right in rights if not right.startswith("campaignevents-"))


def groups_of(named: tuple[str, ...]) -> list[str]:
    """Return all groups of an account: the assigned ones, then the implicit ones."""
    return [*(one for one in named if one != "temp"), *implicit_groups_of(named)]


def implicit_groups_of(named: tuple[str, ...]) -> list[str]:
    """Return the implicit groups of an account; temporary accounts are no named users (1248)."""
    return ["*", "temp"] if "temp" in named else ["*", "user", "autoconfirmed"]


def rights_of(groups: list[str], version: Version, grants: tuple[str, ...] | None = None) -> list[str]:
    """Return the rights of the groups, restricted to the grants if there are any (CONTRACT §1)."""
    of_groups = group_rights(version)
    rights = list(dict.fromkeys(right for group in groups for right in of_groups.get(group, ())))
    if grants is None:
        return rights
    allowed = frozenset[str]().union(*(GRANT_RIGHTS.get(grant, frozenset()) for grant in grants))
    return [right for right in rights if right in allowed]
