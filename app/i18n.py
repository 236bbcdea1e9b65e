"""The catalogue of texts: all texts that the user reads go through it.

Texts are marked in place with `_`, `ngettext` and `pgettext`. Texts in tables that are built at import are
marked with `N_` and looked up with `_` when they are shown. Placeholders are named. `python3 dev.py
translations` extracts them all into `app/resources/translations/`.
"""

import gettext as _texts
from collections.abc import Iterable, Sequence
from pathlib import Path

DOMAIN = "event-center"
FOLDER = Path(__file__).resolve().parent / "resources" / "translations"

_catalogue = _texts.NullTranslations()


def use_language(languages: Sequence[str] = ()) -> None:
    """Use the first of these languages that has a catalogue, English if none has.

    Without languages, use those of the environment: LANGUAGE, LC_ALL, LC_MESSAGES and LANG, in this order.
    """
    global _catalogue
    _catalogue = _texts.translation(DOMAIN, FOLDER, list(languages) or None, fallback=True)


def languages() -> list[str]:
    """Return the languages that have a catalogue, as "de" or "pt_BR"; English needs none."""
    return sorted(path.parents[1].name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


def language() -> str:
    """Return the language of the catalogue in use, as "de" or "pt_BR"; English without one."""
    return _catalogue.info().get("language") or "en"


def _(message: str) -> str:
    """Return a text in the user's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return a text in the plural form for a number."""
    return _catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return a text whose English wording has another meaning in another context."""
    return _catalogue.pgettext(context, message)


def listed(items: Iterable[str], *, apart: bool = False) -> str:
    """Return texts one after the other, as a list is written in the user's language.

    `apart`: the texts may hold such lists themselves.
    """
    if apart:
        return pgettext("between the items of a list whose items are lists", "; ").join(items)
    return pgettext("between the items of a list", ", ").join(items)


def N_(message: str) -> str:  # noqa: N802 - the name that extractors know
    """Mark a text that is looked up when it is shown; return it unchanged."""
    return message
