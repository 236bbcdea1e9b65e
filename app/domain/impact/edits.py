"""The public edits and accounts of an event's participants (CONTRACT §7)."""

from typing import NamedTuple

#: Namespaces that count unless more are added: articles and files.
ARTICLES, FILES = 0, 6
#: The tag of an edit that was reverted; without it an edit may have been too.
REVERTED = "mw-reverted"


class Edit(NamedTuple):
    """An edit. `at` is in seconds since 1970, `size_diff` in bytes, negative if the page became shorter."""

    revision: int
    user: str
    page: int
    namespace: int
    title: str
    at: int
    size_diff: int
    is_new: bool
    reverted: bool


class AccountFacts(NamedTuple):
    """An account on a wiki, or on all of them. Unknown values are None; `missing`: there is none."""

    name: str
    registered_at: int | None
    edit_count: int | None
    missing: bool = False
    central_id: int | None = None
