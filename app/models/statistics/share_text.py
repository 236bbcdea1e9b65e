"""The numbers of a share as text, the same in charts and tables."""

from PySide6.QtCore import QLocale

from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.statistics import MIN_PEOPLE, Share
from app.i18n import _


def count_text(share: Share, locale: QLocale) -> str:
    """Return how many people gave an answer, as exactly as the thresholds allow."""
    if share.exact:
        return locale.toString(share.least)
    if share.option == NO_RESPONSE:
        return f"{locale.toString(share.least)}–{locale.toString(share.most)}"
    return _("fewer than {least}").format(least=locale.toString(MIN_PEOPLE))


def percent_text(share: Share, locale: QLocale) -> str:
    """Return the per cent of people who gave an answer."""
    least, most = (locale.toString(value, "f", 1) for value in share.percent)
    return f"{least} %" if share.exact else f"{least}–{most} %"
