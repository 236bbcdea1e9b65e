"""The keys of the preferences in the window's settings, and those that are read where they are used."""

from PySide6.QtCore import QSettings

LANGUAGE = "language"
AUTOMATIC_SYNC = "sync/automatic"
DEFAULT_WIKI = "events/wiki"
EXPORT_FOLDER = "export/folder"


def syncs_by_itself(settings: QSettings) -> bool:
    """Return whether old data is fetched anew when the window opens, unless the user says otherwise."""
    return settings.value(AUTOMATIC_SYNC, True) not in (False, "false")


def default_wiki(settings: QSettings) -> str:
    """Return the address of the wiki on which new events are made, empty if none was chosen."""
    return str(settings.value(DEFAULT_WIKI) or "")
