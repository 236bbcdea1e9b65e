"""What came of an event, in words: the same in the window, in reports and in commands."""

from app.domain.impact.figures import Stayed, Totals
from app.i18n import N_, _

#: The groups of `EXPERIENCE`.
EXPERIENCES = (
    N_("None"),
    N_("1–9 edits"),
    N_("10–99 edits"),
    N_("100–999 edits"),
    N_("1,000 edits and more"),
)


def unknown_wiki(wiki: str) -> str:
    """Return what is said of a wiki of the event whose address is not known."""
    return _(
        "The address of {wiki}, one of the event’s wikis, is not known here, so what was edited there is "
        "missing."
    ).format(wiki=wiki)


def of_wiki(wiki: str, sentence: str) -> str:
    """Return why the edits on a wiki are missing."""
    return _("What was edited on {wiki} is not complete. {sentence}").format(wiki=wiki, sentence=sentence)


def total_rows(totals: Totals) -> list[tuple[str, str, int]]:
    """Return the key, label and number of each sum; bytes as such."""
    return [
        ("editors", _("Participants who edited"), totals.editors),
        ("edits", _("Edits"), totals.edits),
        ("reverted", _("Edits known to be reverted, at least"), totals.reverted),
        ("pages_made", _("Pages made"), totals.pages_made),
        ("pages_edited", _("Pages edited"), totals.pages_edited),
        ("bytes_added", _("Bytes added"), totals.bytes_added),
        ("bytes_removed", _("Bytes removed"), totals.bytes_removed),
        ("uploads", _("Files uploaded"), totals.uploads),
    ]


def stayed_label(one: Stayed) -> str:
    """Return the time in which people edited again."""
    return _("{first}–{last} days after").format(first=one.first, last=one.last)


def counted_not_known() -> str:
    """Return what is said where the wiki's own list of counted edits was not read."""
    return _(
        "Which edits the wiki counts already can be read with a user name and password only; to send those "
        "again does no harm."
    )


def not_begun() -> str:
    """Return what is said before an event has begun."""
    return _("The event has not begun, so there is nothing to read yet.")


def not_read() -> str:
    """Return what is said before anything was read."""
    return _("What the participants edited was not read yet.")


def not_read_of(event_id: int) -> str:
    """Return the same with the command that reads it."""
    return f"{not_read()} {_('Read it with “impact {event} --refresh”.').format(event=event_id)}"
