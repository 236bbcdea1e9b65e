"""Babel's data for the user's language."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Imported where it is needed: few windows name countries.
    from babel import Locale


def locale_of(language: str) -> "Locale":
    """Return the data of a language such as 'de', 'pt_BR' or 'zh-Hant', or else of English.

    A region that has none of its own gets those of the language: packages hold only regions that differ much.
    """
    from babel import Locale, UnknownLocaleError

    parts = language.replace("-", "_").split("_")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")
