"""The names of countries in her language (docs/decisions/0008)."""

from functools import lru_cache

from app.domain.events.countries import CODES


@lru_cache(8)
def country_names(language: str) -> dict[str, str]:
    """Return each country's name in a language, as 'de', 'pt_BR' or 'zh-Hant'; in English where unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    english = Locale("en").territories
    return {code: locale.territories.get(code) or english.get(code) or code for code in CODES}
