"""The names of countries in the user's language (docs/decisions/0008)."""

from functools import lru_cache

from app.domain.events.countries import CODES
from app.locale_data import locale_of


@lru_cache(8)
def country_names(language: str) -> dict[str, str]:
    """Return each country's name in a language such as 'de', 'pt_BR' or 'zh-Hant', or else in English."""
    locale, english = locale_of(language), locale_of("en").territories
    return {code: locale.territories.get(code) or english.get(code) or code for code in CODES}
