"""Times as MediaWiki reads and writes them: yyyymmddhhmmss, time zones, and dates in several languages."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_DIGITS = re.compile(r"\d{14}")
_UNIX = re.compile(r"-?\d{1,13}")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?(?:\d\d)?)?")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_MONTH_NAMES = {language: names.split() for language, names in _MONTHS.items()}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CODES = (
    "ar bn cs de el en en-gb es eu fa fi fr gu he hi id it ja ka ko mr ne nl pl pt pt-br ro ru sw ta te th tr"
    " uk ur vi zh zh-hans zh-hant qqx"
)
LANGUAGES = frozenset(_CODES.split())


def read_timestamp(text: str) -> str | None:
    """Return a timestamp in MediaWiki's own form; a zone in it is converted to UTC (CONTRACT §3, Values)."""
    text = text.strip()
    if _DIGITS.fullmatch(text):
        parts = (text[:4], text[4:6], text[6:8], text[8:10], text[10:12], text[12:])
        return _stamp([int(part) for part in parts])
    if _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).strftime("%Y%m%d%H%M%S")
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    stamp = _stamp([int(part) for part in found.groups()[:6]])
    zone = found[7]
    if stamp is None or zone in (None, "Z"):
        return stamp
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    return (datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC) - offset).strftime("%Y%m%d%H%M%S")


def _stamp(parts: list[int]) -> str | None:
    # As in PHP, the 30th of February becomes the 2nd of March.
    year, month, day, hour, minute, second = parts
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 60 and year > 0):
        return None
    moment = datetime(year, month, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)
    return moment.strftime("%Y%m%d%H%M%S")


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | timezone | None:
    """Return a time zone by its IANA name in any case, or ±HH:MM; None when there is no such zone."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3])
        if hours > 23 or minutes > 59:
            return None
        delta = timedelta(hours=hours, minutes=minutes)
        return timezone(-delta if offset[1] == "-" else delta)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = _zone_names().get(name.lower())
    return ZoneInfo(known) if known else None


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def to_utc(local: str, zone_name: str) -> str:
    """Return the UTC timestamp of a wall-clock time."""
    moment = datetime.strptime(local, "%Y%m%d%H%M%S").replace(tzinfo=zone_of(zone_name) or UTC)
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def seconds_between(earlier: str, later: str) -> float:
    """Return the seconds from one yyyymmddhhmmss in UTC to another."""
    begun, ended = (datetime.strptime(stamp, "%Y%m%d%H%M%S") for stamp in (earlier, later))
    return (ended - begun).total_seconds()


def iso(stamp: str) -> str:
    """Return a timestamp as the action API writes it."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}Z"


def formatted_date(stamp: str, language: str) -> str:
    """Return the formatted date; languages without a recording use the English format."""
    day, month, year = int(stamp[6:8]), int(stamp[4:6]) - 1, stamp[:4]
    if language == "fr":
        return f"{day} {_MONTH_NAMES['fr'][month]} {year}"
    if language == "ar":
        return f"{day} {_MONTH_NAMES['ar'][month]} {year}".translate(_ARABIC_DIGITS)
    if language == "qqx":
        return f"{day} ({_MONTH_NAMES['en'][month].lower()}) {year}"
    return f"{day} {_MONTH_NAMES['en'][month]} {year}"


def formatted_time(stamp: str, language: str) -> str:
    """Return the time of day."""
    clock = f"{stamp[8:10]}:{stamp[10:12]}"
    return clock.translate(_ARABIC_DIGITS) if language == "ar" else clock


def formatted_moment(stamp: str, language: str) -> str:
    """Return the formatted date and time."""
    date, clock = formatted_date(stamp, language), formatted_time(stamp, language)
    if language == "fr":
        return f"{date} à {clock}"
    return f"{clock}{'،' if language == 'ar' else ','} {date}"
