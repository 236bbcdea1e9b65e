"""Wiki timestamps and the time zones of events (CONTRACT §3, Values)."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_STAMP = re.compile(r"\d{14}", re.ASCII)


@lru_cache(1_000)
def zone(name: str) -> tzinfo:
    """Return the time zone by an IANA name or ±HH:MM.

    Raises ValueError if it is neither, or not known to this computer.
    """
    if offset := _OFFSET.fullmatch(name):
        sign, hours, minutes = offset.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-span if sign == "-" else span, name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error


def zone_or_utc(name: str) -> tzinfo:
    """Return the time zone of an event, UTC if this computer does not know it."""
    try:
        return zone(name)
    except ValueError:
        return UTC


@lru_cache(4_000)
def local_time(stamp: str) -> datetime:
    """Return the naive local time of a wiki timestamp, yyyymmddhhmmss. Raises ValueError.

    The two of an event are read each time that events are grouped or shown.
    """
    if not _STAMP.fullmatch(stamp):
        raise ValueError(f"not a timestamp: {stamp!r}")
    return _moment(stamp)


@lru_cache(8_000)
def zoned_time(stamp: str, zone_name: str) -> datetime:
    """Return the moment of a wiki timestamp in a time zone; in UTC if this computer does not know the zone.

    Raises ValueError. Several hundred events are sorted by it each time that Today is shown.
    """
    return local_time(stamp).replace(tzinfo=zone_or_utc(zone_name))


@lru_cache(8_000)
def zoned_seconds(stamp: str, zone_name: str) -> float:
    """Return the moment of `zoned_time` in seconds since 1970: to compare these is much faster."""
    return zoned_time(stamp, zone_name).timestamp()


def _moment(stamp: str) -> datetime:
    # Not strptime: its first call imports and compiles for 5 ms, in each start.
    try:
        return datetime.fromisoformat(f"{stamp[:8]}T{stamp[8:]}")
    except ValueError as error:
        raise ValueError(f"not a timestamp: {stamp!r}") from error


def instant(stamp: str) -> int:
    """Return the seconds since 1970 of a wiki timestamp in UTC. Raises ValueError."""
    if len(stamp) != 14 or not stamp.isascii() or not stamp.isdigit():
        raise ValueError(f"not a timestamp: {stamp!r}")
    minutes, seconds = divmod(int(stamp[10:]), 100)
    if minutes > 59 or seconds > 59:
        raise ValueError(f"not a timestamp: {stamp!r}")
    return _hour(stamp[:10]) + minutes * 60 + seconds


_hours: dict[str, int] = {}


def _hour(stamp: str) -> int:
    # Registrations of an event fall into few hours: a dictionary is ten times faster.
    known = _hours.get(stamp)
    if known is None:
        known = int(_moment(stamp).replace(tzinfo=UTC).timestamp())
        if len(_hours) < 20_000:
            _hours[stamp] = known
    return known


def here(moment: datetime) -> datetime:
    """Return a moment in this computer's time zone; unchanged if that is out of range."""
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment


def now() -> int:
    """Return the current time in seconds since 1970."""
    return int(datetime.now(UTC).timestamp())
