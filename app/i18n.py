"""The catalogue of texts: everything that the user reads goes through it.

Texts are marked where they stand with `_`, `ngettext` and `pgettext`. Texts of tables that are made at import
are marked with `N_` there and looked up with `_` when they are shown. Placeholders are named.
`python3 dev.py translations` extracts them all into `resources/translations/`.
"""

import gettext as _texts
from collections.abc import Sequence
from pathlib import Path

DOMAIN = "event-center"
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"

_catalogue = _texts.NullTranslations()


def use_language(languages: Sequence[str] = ()) -> None:
    """Look texts up in the first of these languages that has a catalogue, in English where none has.

    Without languages those of the environment count: LANGUAGE, LC_ALL, LC_MESSAGES and LANG, in this order.
    """
    global _catalogue
    _catalogue = _texts.translation(DOMAIN, FOLDER, list(languages) or None, fallback=True)


def languages() -> list[str]:
    """Return the languages that have a catalogue, as "de" or "pt_BR"; English needs none."""
    return sorted(path.parents[1].name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


def _(message: str) -> str:
    """Return a text in the user's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return a text in the form that goes with a number."""
    return _catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return a text whose English means something else elsewhere."""
    return _catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the name that extractors know
    """Mark a text that is looked up when it is shown; return it as it is."""
    return message
