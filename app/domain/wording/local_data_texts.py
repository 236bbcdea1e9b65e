"""Texts about the data on this computer, its key, and its faults."""

from app.i18n import _


def key_wrong() -> str:
    """Return the sentence for a passphrase that does not open the data."""
    return _("This passphrase does not open the data. Nothing was changed; try again.")


def no_keyring() -> str:
    """Return the sentence for a computer without a keyring."""
    return _(
        "This computer has no keyring to keep the data’s key in. Give a passphrase, or work in a session "
        "that keeps nothing."
    )


def keyring_locked(*, holds_key: bool) -> str:
    """Return the sentence for a locked keyring; `holds_key`: it contains the key of existing data."""
    if holds_key:
        return _(
            "This computer’s keyring is locked, and the key to your data is in it. Your data is unchanged; "
            "unlock the keyring and try again."
        )
    return _(
        "This computer’s keyring is locked, so no key can be kept in it. Unlock it and start again, give a "
        "passphrase, or work in a session that keeps nothing."
    )


def keyring_unavailable() -> str:
    """Return the sentence for data whose key is in a keyring that does not respond."""
    return _(
        "The key to your data is in this computer’s keyring, which does not answer. Your data is unchanged; "
        "try again when the keyring is there, as it is after signing in to the desktop."
    )


def passphrase_needed() -> str:
    """Return the sentence for data that a passphrase protects."""
    return _("This data is protected by a passphrase. Give it to open the data.")


def data_damaged(path: str, backup: str | None) -> str:
    """Return the sentence for a database that cannot be read."""
    if backup:
        return _(
            "The data in {path} is damaged and was left as it is. There is a backup: {backup}. Put it in "
            "the place of the damaged file, or move the folder away and sign in again."
        ).format(path=path, backup=backup)
    return _(
        "The data in {path} is damaged and was left as it is. Move the folder away and sign in again: what "
        "is on the wiki can be fetched anew."
    ).format(path=path)


def data_missing(path: str, backup: str) -> str:
    """Return the sentence for a missing or empty database that has a backup."""
    return _(
        "The data in {path} is gone, and nothing was put in its place. There is a backup: {backup}. Put it "
        "there, or move the folder away and sign in again."
    ).format(path=path, backup=backup)


def log_of_other_data(path: str, log: str) -> str:
    """Return the sentence for a write-ahead log that belongs to another database."""
    return _(
        "The file {log} does not belong to the data in {path}, which is whole; nothing was changed. Move "
        "that file to another folder and start again."
    ).format(log=log, path=path)


def not_a_file(path: str) -> str:
    """Return the sentence for a path of the data that is not a file."""
    return _(
        "{path} is not a file, so your data cannot be opened; nothing was changed. Move it away and start "
        "again."
    ).format(path=path)


def clock_not_set(year: int) -> str:
    """Return the sentence for a clock that was never set."""
    return _(
        "This computer’s clock says that it is the year {year}, so nothing can be kept in its order. Your "
        "data is unchanged; set the clock and start again."
    ).format(year=year)


def opened_as_copy(folder: str, reason: str) -> str:
    """Return the sentence for data that can be read but not written."""
    return _(
        "The data in {folder} cannot be written to ({reason}), so it is shown as it was saved last and "
        "nothing can be changed or fetched. It is all there; make the disk writable or free some space, and "
        "start again."
    ).format(folder=folder, reason=reason)


def data_newer() -> str:
    """Return the sentence for data of a newer version of the program."""
    return _(
        "This data was written by a later version of Event Center Desktop. It was left as it is; open it "
        "with that version."
    )


def data_in_use() -> str:
    """Return the sentence for data that another instance has open."""
    return _(
        "Another window or command of Event Center is using this data. Use that one, or close it and try "
        "again."
    )


def disk_full(path: str) -> str:
    """Return the sentence for a full disk."""
    return _(
        "The disk is full, so nothing more can be saved in {path}. What was saved before is safe; make "
        "room and try again."
    ).format(path=path)


def disk_fault(path: str, reason: str) -> str:
    """Return the sentence for a file that cannot be read or written."""
    return _("{path} cannot be used ({reason}). Nothing was changed there.").format(path=path, reason=reason)


def unknown_event(event: str) -> str:
    """Return the sentence for an event that is not in the mirror."""
    return _("Event {event} is not in the data on this computer. Fetch it with a sync first.").format(
        event=event
    )


def ambiguous_event(event: str, choices: str) -> str:
    """Return the sentence for an event number that exists on several wikis."""
    return _("Several wikis have an event {event}. Say which: {choices}.").format(
        event=event, choices=choices
    )


def not_an_event_number(text: str) -> str:
    """Return the sentence for text that is not an event number."""
    return _(
        "“{text}” is no event’s number. Give a number as the list of events shows it, or WIKI:NUMBER where "
        "several wikis are known."
    ).format(text=text)


def bug() -> str:
    """Return the sentence for a bug of the program."""
    return _(
        "Something went wrong in Event Center itself. Your data was not touched by it; the log in the data "
        "folder has the details."
    )


def desk_lost() -> str:
    """Return the warning before an event is removed of whose people something was noted at the desk."""
    return _("Who came, as noted at the desk, is only on this computer and would be lost.")
