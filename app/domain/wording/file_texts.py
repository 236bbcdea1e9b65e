"""Texts of exported files and lists."""

from app.i18n import _


def yes() -> str:
    """Return the word for True."""
    return _("yes")
