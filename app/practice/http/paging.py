"""Paging of long tables as in MediaWiki's pagers: the offset is the values of the last row shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import request

DEFAULT_LIMIT = 50
_MOST = 5000
#: Parameters that links to other pages of the table leave out.
_OWN = ("title", "dir", "offset", "limit", "sort", "asc", "desc")

Row = Mapping[str, Any]
#: The sortable columns of a table, each with the sort key of a row.
Orders = Mapping[str, Callable[[Row], tuple[Any, ...]]]


@dataclass(frozen=True)
class Paging:
    """The paging parameters of a request: sort column, direction, limit, offset."""

    sort: str
    descending: bool
    limit: int
    offset: tuple[str, ...]
    backwards: bool
    kept: Mapping[str, str]
    explicit: Mapping[str, str]

    def link(self, path: str, query: Mapping[str, object]) -> str:
        """Return the URL of another page, with the parameters of the current one that are kept."""
        return f"/index.php?title={quote(path, safe=':/')}&{urlencode({**query, **self.kept})}"


@dataclass(frozen=True)
class TablePage:
    """The rows of a page, and the parameters of the other pages; None for those that do not exist."""

    rows: Sequence[Row]
    first: Mapping[str, object] | None
    previous: Mapping[str, object] | None
    next: Mapping[str, object] | None
    last: Mapping[str, object] | None

    @property
    def is_all(self) -> bool:
        """Return whether this page is the only one."""
        return self.first is None and self.last is None


def asked_paging(orders: Orders, *, descending: bool) -> Paging:
    """Return the paging of the current request; `descending` is the table's default direction."""
    values = request.args
    sort = values.get("sort", "")
    if values.get("asc"):
        descending = False
    elif values.get("desc"):
        descending = True
    limit = values.get("limit", "")
    wanted = int(limit) if limit.isascii() and limit.isdigit() else 0
    offset = values.get("offset", "")
    return Paging(
        sort=sort if sort in orders else next(iter(orders)),
        descending=descending,
        limit=min(wanted, _MOST) or DEFAULT_LIMIT,
        offset=tuple(offset.split("|")) if offset else (),
        backwards=values.get("dir") == "prev",
        kept={name: value for name, value in values.items() if name not in _OWN},
        explicit={name: values[name] for name in ("sort", "asc", "desc") if name in values},
    )


def cut(rows: Sequence[Row], orders: Orders, paging: Paging) -> TablePage:
    """Return the requested page of the table."""
    place = orders[paging.sort]
    ordered = sorted(rows, key=place, reverse=paging.descending != paging.backwards)
    if paging.offset:
        ordered = [row for row in ordered if _is_beyond(place(row), paging)]
    shown, more = ordered[: paging.limit], len(ordered) > paging.limit
    if paging.backwards:
        shown.reverse()
    is_first = not more if paging.backwards else not paging.offset
    is_last = not paging.offset if paging.backwards else not more
    size = {} if paging.limit == DEFAULT_LIMIT else {"limit": paging.limit}
    ends = [_offset(place(row)) for row in (shown[:1] + shown[-1:])]
    back = {"dir": "prev"}
    return TablePage(
        shown,
        first=None if is_first else {**size, **paging.explicit},
        previous=None if is_first or not ends else {**back, "offset": ends[0], **size, **paging.explicit},
        next=None if is_last or not ends else {"offset": ends[-1], **size, **paging.explicit},
        last=None if is_last else {**back, **size, **paging.explicit},
    )


def _offset(values: tuple[Any, ...]) -> str:
    return "|".join(str(value) for value in values)


def _is_beyond(values: tuple[Any, ...], paging: Paging) -> bool:
    given: list[Any] = []
    for value, text in zip(values, paging.offset, strict=False):
        if isinstance(value, int):
            given.append(int(text) if text.lstrip("-").isdecimal() else 0)
        else:
            given.append(text)
    there = values[: len(given)]
    upwards = paging.descending == paging.backwards
    return there > tuple(given) if upwards else there < tuple(given)
