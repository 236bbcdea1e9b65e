"""The numbers of a share as text, the same in charts, tables, files and commands."""

from collections.abc import Callable

from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.release import MIN_PEOPLE
from app.domain.statistics.statistics import Share
from app.i18n import _


def count_text(share: Share, number: Callable[[int], str] = str) -> str:
    """Return how many people gave an answer, as exactly as it may be told; `number` writes numbers."""
    if share.exact:
        return number(share.least)
    if (share.least, share.most) == (0, MIN_PEOPLE - 1) and share.option != NO_RESPONSE:
        return _("fewer than {least}").format(least=number(MIN_PEOPLE))
    return f"{number(share.least)}–{number(share.most)}"


def percent_text(share: Share, decimal: Callable[[float], str] = "{:.1f}".format) -> str:
    """Return the per cent of people who gave an answer; `decimal` writes numbers with one decimal place."""
    least, most = map(decimal, share.percent)
    return f"{least} %" if share.exact else f"{least}–{most} %"
