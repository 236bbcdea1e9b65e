"""Rate limits (CONTRACT §6, Limits): those that the wiki reports, and the one that it enforces.

Only the limit of edits is enforced. The numbers are those of MediaWiki's core (912, 1203 to 1206, 1248).
"""

import threading
from collections.abc import Mapping

from app.practice.identity.visitors import Visitor

#: Hits and seconds.
Limit = tuple[int, int]
EDIT = "edit"
#: For accounts, for IP addresses, and for accounts that are not autoconfirmed.
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
    """The rate limits of the wiki, and the times of recent edits by user."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._edits: dict[str, list[float]] = {}
        self._edit_limit: Limit | None = None

    def set_edit_limit(self, limit: Limit | None) -> None:
        """Set one limit of edits for everybody who has one, or remove it; resets the counts."""
        with self._lock:
            self._edit_limit = limit
            self._edits.clear()

    def theoretical(self, visitor: Visitor) -> Mapping[str, Mapping[str, Limit]]:
        """Return the limits of a visitor without regard to `noratelimit`."""
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
        """Return the limits of a visitor."""
        return {} if "noratelimit" in visitor.rights else self.theoretical(visitor)

    def may_edit(self, visitor: Visitor, now: float) -> bool:
        """Return whether a visitor may edit now; if so, the edit is counted."""
        limits = self.limits_of(visitor).get(EDIT, {}).values()
        with self._lock:
            made = self._edits.setdefault(visitor.name, [])
            for hits, seconds in limits:
                # After the clock was set back, edits lie in the future and do not count.
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
