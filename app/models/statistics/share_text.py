"""The numbers of a share in the user's language."""

from PySide6.QtCore import QLocale

from app.domain.statistics.statistics import Share
from app.domain.wording.figures import statistics_texts


def count_text(share: Share, locale: QLocale) -> str:
    """Return how many people gave an answer, as exactly as it may be told."""
    return statistics_texts.count_text(share, locale.toString)


def percent_text(share: Share, locale: QLocale) -> str:
    """Return the per cent of people who gave an answer."""
    return statistics_texts.percent_text(share, lambda value: locale.toString(value, "f", 1))
