"""How often something may be done in a while (CONTRACT §6, Limits): what the wiki tells, and what it counts.

Edits alone are counted. The numbers are those of MediaWiki's core (912, 1203 to 1206, 1248).
"""

import threading
from collections.abc import Mapping

from app.practice.identity.visitors import Visitor

#: So many hits in so many seconds.
Limit = tuple[int, int]
EDIT = "edit"
#: For accounts, for addresses, and for accounts that are not confirmed yet.
_LIMITS: dict[str, dict[str, Limit]] = {
    EDIT: {"user": (90, 60), "ip": (8, 60), "newbie": (8, 60)},
    "move": {"user": (8, 60), "newbie": (2, 120)},
    "upload": {"ip": (8, 60), "newbie": (8, 60)},
    "rollback": {"user": (10, 60), "newbie": (5, 120)},
    "mailpassword": {"ip": (5, 3600)},
    "sendemail": {"user": (20, 86400), "ip": (5, 86400), "newbie": (5, 86400)},
    "changeemail": {"user": (4, 86400)},
    "confirmemail": {"user": (4, 86400)},
    "purge": {"user": (30, 60), "ip": (30, 60)},
    "linkpurge": {"user": (30, 60), "ip": (30, 60)},
    "renderfile": {"user": (700, 30), "ip": (700, 30)},
    "renderfile-nonstandard": {"user": (70, 30), "ip": (70, 30)},
    "stashedit": {"ip": (30, 60), "newbie": (30, 60)},
    "stashbasehtml": {"ip": (5, 60), "newbie": (5, 60)},
    "changetags": {"ip": (8, 60), "newbie": (8, 60)},
    "editcontentmodel": {"user": (8, 60), "newbie": (2, 120)},
}


class RateLimits:
    """The limits of the wiki, and the edits of the last moments, by who made them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._edits: dict[str, list[float]] = {}
        self._edit_limit: Limit | None = None

    def set_edit_limit(self, limit: Limit | None) -> None:
        """Set one limit of edits for everybody who has one, or take it away; count anew."""
        with self._lock:
            self._edit_limit = limit
            self._edits.clear()

    def theoretical(self, visitor: Visitor) -> Mapping[str, Mapping[str, Limit]]:
        """Return the limits that would hold if no right lifted them."""
        kinds = _limit_kinds(visitor)
        theoretical: dict[str, dict[str, Limit]] = {}
        for action, by_kind in _LIMITS.items():
            for kind in kinds:
                if kind in by_kind:
                    theoretical.setdefault(action, {})[kind] = by_kind[kind]
        if self._edit_limit is not None:
            theoretical[EDIT] = dict.fromkeys(theoretical[EDIT], self._edit_limit)
        return theoretical

    def limits_of(self, visitor: Visitor) -> Mapping[str, Mapping[str, Limit]]:
        """Return the limits that hold for a visitor."""
        return {} if "noratelimit" in visitor.rights else self.theoretical(visitor)

    def may_edit(self, visitor: Visitor, now: float) -> bool:
        """Tell whether a visitor may edit once more now; if so, that edit is counted."""
        limits = self.limits_of(visitor).get(EDIT, {}).values()
        with self._lock:
            made = self._edits.setdefault(visitor.name, [])
            for hits, seconds in limits:
                # A clock that was put back has nothing to count.
                if sum(1 for at in made if 0 <= now - at < seconds) >= hits:
                    return False
            longest = max((seconds for _, seconds in limits), default=0)
            made[:] = [*(at for at in made if 0 <= now - at < longest), now]
        return True


def _limit_kinds(visitor: Visitor) -> tuple[str, ...]:
    if visitor.account is None:
        return ("ip",)
    return ("user",) if "autoconfirmed" in visitor.groups else ("user", "ip", "newbie")


def described(limits: Mapping[str, Mapping[str, Limit]]) -> dict[str, dict[str, dict[str, int]]]:
    """Return limits as the action API writes them."""
    return {
        action: {kind: {"hits": hits, "seconds": seconds} for kind, (hits, seconds) in by_kind.items()}
        for action, by_kind in limits.items()
    }
