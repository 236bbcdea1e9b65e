"""Dates and times in reports: in the event's time zone, in the user's language."""

from datetime import date, datetime, tzinfo

from app.domain.events.event import Registration
from app.i18n import _, language
from app.locale_data import locale_of


def in_zone(seconds: int, zone: tzinfo) -> datetime:
    """Return a moment, in seconds since 1970, as local time of a zone."""
    return datetime.fromtimestamp(seconds, zone)


def period(registration: Registration) -> str:
    """Return from when to when an event is."""
    begin, end = registration.starts_at(), registration.ends_at()
    if begin.date() == end.date():
        times = _("{day}, {begin}–{end}").format(
            day=day_text(begin.date()), begin=clock_text(begin), end=clock_text(end)
        )
    else:
        times = _("{begin} – {end}").format(begin=moment_text(begin), end=moment_text(end))
    return _("{times} ({zone})").format(times=times, zone=registration.timezone)


def day_text(day: date) -> str:
    """Return a day as it is written in the user's language."""
    from babel.dates import format_date

    return format_date(day, "long", locale_of(language()))


def clock_text(moment: datetime) -> str:
    """Return a time of day as it is written in the user's language."""
    from babel.dates import format_time

    return format_time(moment.replace(tzinfo=None), "short", locale=locale_of(language()))


def moment_text(moment: datetime) -> str:
    """Return a day and a time of day."""
    return _("{day}, {clock}").format(day=day_text(moment.date()), clock=clock_text(moment))


def number_text(number: float) -> str:
    """Return a number as it is written in the user's language, with a minus sign, not a hyphen."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=locale_of(language())).replace("-", "\u2212")


def decimal_text(number: float) -> str:
    """Return a number with one decimal place as it is written in the user's language."""
    from babel.numbers import format_decimal

    return format_decimal(number, "#,##0.0", locale_of(language()))
