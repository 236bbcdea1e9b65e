"""Wiki timestamps and the time zones of events (CONTRACT §3, Values)."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_STAMP = re.compile(r"\d{14}", re.ASCII)


def zone(name: str) -> tzinfo:
    """Return the time zone that an event names: an IANA name or ±HH:MM.

    Raises ValueError where it is neither, or this computer does not know it.
    """
    if offset := _OFFSET.fullmatch(name):
        sign, hours, minutes = offset.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-span if sign == "-" else span, name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error


def local_time(stamp: str) -> datetime:
    """Return the wall time of a wiki timestamp, yyyymmddhhmmss, without a zone. Raises ValueError."""
    if not _STAMP.fullmatch(stamp):
        raise ValueError(f"not a timestamp: {stamp!r}")
    return datetime.strptime(stamp, "%Y%m%d%H%M%S")


def instant(stamp: str) -> int:
    """Return the seconds since 1970 of a wiki timestamp in UTC. Raises ValueError."""
    if len(stamp) != 14 or not stamp.isascii() or not stamp.isdigit():
        raise ValueError(f"not a timestamp: {stamp!r}")
    hours, minutes, seconds = int(stamp[8:10]), int(stamp[10:12]), int(stamp[12:])
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError(f"not a timestamp: {stamp!r}")
    return _midnight(stamp[:8]) + hours * 3600 + minutes * 60 + seconds


_midnights: dict[str, int] = {}


def _midnight(day: str) -> int:
    # People of one event register on few days: a dictionary is ten times faster than strptime.
    known = _midnights.get(day)
    if known is None:
        known = int(datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).timestamp())
        if len(_midnights) < 20_000:
            _midnights[day] = known
    return known


def now() -> int:
    """Return the present second since 1970."""
    return int(datetime.now(UTC).timestamp())
