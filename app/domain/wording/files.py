"""Files and lists."""

from gettext import gettext as _


def yes() -> str:
    """Return the word for what holds."""
    return _("yes")


def no() -> str:
    """Return the word for what does not hold."""
    return _("no")


def never() -> str:
    """Return the word for what has not happened."""
    return _("never")


def looked_and_checked(looked: str, checked: str) -> str:
    """Return when those who came were last fetched, and when everybody was."""
    return _("{looked}, everybody last {checked}").format(looked=looked, checked=checked)


def aggregated() -> str:
    """Return the words for answers that the wiki has summed up and deleted."""
    return _("summed up")


def column_label(column: str) -> str:
    """Return the heading of a column of participants."""
    return _COLUMNS[column]


def not_a_place_for_a_file(path: str) -> str:
    """Return the sentence for a path that must not be replaced by a file."""
    return _(
        "{path} is not a place for a file: it is a link, a pipe, a device, or part of Event Center’s own "
        "data. Nothing was written; choose another name."
    ).format(path=path)


def provenance(event: str, wiki: str, fetched: str) -> str:
    """Return the line that tells where a file's rows come from."""
    return _("Participants of “{event}” on {wiki}, as fetched {fetched} (UTC).").format(
        event=event, wiki=wiki, fetched=fetched
    )


_COLUMNS = {
    "name": _("Name"),
    "user-id": _("User ID"),
    "registered": _("Registered at"),
    "private": _("Private"),
    "can-email": _("Can be e-mailed"),
    "confidence": _("Confidence in contributing"),
    "affiliate": _("Member of an affiliate"),
    "affiliate-name": _("Affiliate"),
}
