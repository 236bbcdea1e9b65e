"""Sentences about hand-over files of the desk."""

from collections.abc import Sequence

from app.domain.names import set_apart
from app.i18n import _, listed, ngettext


def still_in(files: Sequence[str]) -> str:
    """Return that what is erased still stands in hand-over files, with their paths; empty without any."""
    if not files:
        return ""
    return ngettext(
        "It still stands in a hand-over file that was written here; delete it, and its copies: {files}",
        "It still stands in hand-over files that were written here; delete them, and their copies: {files}",
        len(files),
    ).format(files=listed(set_apart(file) for file in files))


def no_hand_over() -> str:
    """Return that a file is something else."""
    return _(
        "This is no hand-over file of a desk. Nothing was changed. Choose the file that the other desk wrote."
    )


def not_readable(reason: str) -> str:
    """Return that a file cannot be read."""
    return _("The file cannot be read: {reason}. Nothing was changed.").format(reason=reason)


def wrong_passphrase() -> str:
    """Return that the passphrase does not open a file."""
    return _(
        "This is not the passphrase of the file. Nothing was changed. Ask the person who wrote it, and type "
        "it again."
    )


def in_file(name: str, sentence: str) -> str:
    """Return which of several files a sentence is about."""
    return _("{file}: {sentence}").format(file=set_apart(name), sentence=sentence)


def damaged() -> str:
    """Return that a file is cut or changed."""
    return _(
        "The file is damaged, perhaps only a part of it was copied. Nothing was changed. Copy it again, or "
        "let the other desk write it anew."
    )


def newer_version() -> str:
    """Return that a newer program wrote a file."""
    return _(
        "A newer version of this program wrote the file. Nothing was changed. Update this program, then "
        "import the file again."
    )


def other_event(event_id: int, wiki: str) -> str:
    """Return that a file is of another event than the one that is open."""
    return _(
        "The file is of another event: number {number} on {wiki}. Nothing was changed. Choose that event "
        "first."
    ).format(number=event_id, wiki=set_apart(wiki))
