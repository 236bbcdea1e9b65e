"""Texts of exported files and lists."""

from app.i18n import N_, _


def yes() -> str:
    """Return the word for True."""
    return _("yes")


def no() -> str:
    """Return the word for False."""
    return _("no")


def aggregated() -> str:
    """Return the text for answers that the wiki has summed up and deleted."""
    return _("summed up")


def column_label(column: str) -> str:
    """Return the heading of a column of participants."""
    return _(_COLUMNS[column])


_COLUMNS = {
    "name": N_("Name"),
    "user-id": N_("User ID"),
    "registered": N_("Registered at"),
    "private": N_("Private"),
    "can-email": N_("Can be e-mailed"),
    "confidence": N_("Confidence in contributing"),
    "affiliate": N_("Member of an affiliate"),
    "affiliate-name": N_("Affiliate"),
}
