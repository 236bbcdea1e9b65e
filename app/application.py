"""Connects the data folder, its key and the wikis for the commands."""

import contextlib
import io
import logging
import logging.handlers
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.links import EventNumber, LinkFault, LinkProblem, PageTitle, ShortLink, read_event_link
from app.domain.wikis.wiki_names import folded
from app.domain.wikis.wiki_titles import capitalized, tidy
from app.domain.wording import local_data_texts
from app.domain.wording.link_texts import link_problem
from app.i18n import _, listed
from app.store.accounts import accounts
from app.store.events import events
from app.store.mirror import Mirror, open_with_keyring, open_with_passphrase

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as driver

    from app.sync.wikis import Wikis

_LONGEST_NUMBER = 10


def default_folder() -> Path:
    """Return the folder of the user's data: EVENT_CENTER_DATA, or the system's usual location."""
    if chosen := os.environ.get("EVENT_CENTER_DATA"):
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("event-center-desktop", appauthor=False)


def open_mirror(folder: Path, passphrase: str | None, *, for_changes: bool) -> Mirror:
    """Open a data folder with the passphrase, or with the keyring if it is None. Raises KnownFault."""
    if passphrase is not None:
        return open_with_passphrase(folder, passphrase, for_changes=for_changes)
    return open_with_keyring(folder, for_changes=for_changes)


def read_passphrase(file: Path) -> str:
    """Return the passphrase in a file's first line. Raises KnownFault."""
    try:
        if sys.platform != "win32" and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
            sys.stderr.write(
                _(
                    "Other people on this computer can read the passphrase in {path}. Let only yourself "
                    "read that file."
                ).format(path=str(file))
                + "\n"
            )
        return file.read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KnownFault(Fault.DISK, local_data_texts.disk_fault(str(file), reason)) from error


def start_log(folder: Path) -> None:
    """Start the log in the data folder. It never contains tokens, names or answers."""
    log = logging.getLogger("app")
    for former in [handler for handler in log.handlers if isinstance(handler, _PrivateLog)]:
        log.removeHandler(former)
        former.close()
    handler = _PrivateLog(
        folder / "event-center.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.setLevel(logging.INFO)
    log.addHandler(handler)


class _PrivateLog(logging.handlers.RotatingFileHandler):
    """A log file that only its owner can read, and that ignores errors of writing."""

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return io.TextIOWrapper(os.fdopen(descriptor, "ab"), encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by logging
        """Ignore the error: the default prints the record, and a full disk is reported elsewhere."""


class Application:
    """An open data folder with what the commands need. Use as a context manager."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self._wikis: Wikis | None = None
        try:
            self.reader: driver.Connection = mirror.reader()
        except BaseException:
            mirror.close()
            raise

    def __enter__(self) -> "Application":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def wikis(self) -> "Wikis":
        """The connections to the wikis, created on first use."""
        if self._wikis is None:
            from app.sync.wikis import Wikis

            self._wikis = Wikis(self.mirror)
        return self._wikis

    def accounts(self) -> list[Account]:
        """Return the accounts in the order in which they were added."""
        return accounts.read_accounts(self.reader)

    def account_of(self, event: Event) -> Account:
        """Return the account through which an event was fetched."""
        return next(account for account in self.accounts() if account.key == event.wiki_key)

    def labels(self) -> dict[int, str]:
        """Return each account's wiki by account key: its id, or its address if several have the same id."""
        known = self.accounts()
        ids = [account.wiki.wiki_id for account in known]
        return {
            account.key: account.wiki.wiki_id
            if account.wiki.wiki_id and ids.count(account.wiki.wiki_id) == 1
            else _bare(account.wiki.base_url)
            for account in known
        }

    def find_account(self, wiki: str) -> Account:
        """Return the account whose wiki has this id, name or address. Raises KnownFault."""
        wanted, labels = _bare(wiki), self.labels()
        found = [
            account
            for account in self.accounts()
            if wanted in (account.wiki.wiki_id, account.wiki.site_name, _bare(account.wiki.base_url))
        ]
        if len(found) > 1:
            choices = listed(labels[account.key] for account in found)
            raise KnownFault(
                Fault.USAGE,
                _("Several wikis are called “{wiki}”. Say which: {choices}.").format(
                    wiki=wiki, choices=choices
                ),
            )
        if not found:
            raise KnownFault(
                Fault.USAGE,
                _("No account on “{wiki}”. Known: {known}.").format(
                    wiki=wiki, known=listed(labels.values()) or "–"
                ),
            )
        return found[0]

    def read_link(self, text: str) -> tuple[Account, EventNumber | PageTitle | ShortLink]:
        """Return the target of a link or title of an event page, and the account whose wikis have it.

        Raises KnownFault.
        """
        problem: LinkProblem | None = None
        for account in self.accounts():
            link = read_event_link(text, *account.known_wikis())
            if not isinstance(link, LinkProblem):
                return account, link
            if problem is None and link.fault is not LinkFault.NOT_A_LINK:
                problem = link
        sentence = link_problem(problem) if problem else local_data_texts.not_an_event_number(text)
        raise KnownFault(Fault.USAGE, sentence)

    def _linked(self, text: str) -> Event:
        """Return the event in the mirror that a link or a title refers to. Raises KnownFault."""
        account, link = self.read_link(text)
        here = [event for event in events.read_events(self.reader) if event.wiki_key == account.key]
        if isinstance(link, EventNumber):
            here = [event for event in here if event.event_id == link.number]
        elif isinstance(link, PageTitle):
            wanted = _title_key(link.title)
            here = [event for event in here if _title_key(event.registration.page) == wanted]
            there = [event for event in here if event.registration.page_wiki == link.wiki]
            # A bare title may belong to any wiki of the family, a link belongs to its own wiki.
            here = there if there or link.wiki != account.wiki.wiki_id or "//" in text else here
        else:
            here = []
        if len(here) != 1:
            raise KnownFault(Fault.NOT_FOUND, local_data_texts.unknown_event(text))
        return here[0]

    def find_event(self, text: str) -> Event:
        """Return the event by `ID`, `WIKI:ID`, a link or the title of its page. Raises KnownFault."""
        try:
            wiki, number = split_event(text)
        except KnownFault:
            return self._linked(text)
        found = [event for event in events.read_events(self.reader) if event.event_id == number]
        if wiki:
            key = self.find_account(wiki).key
            found = [event for event in found if event.wiki_key == key]
        if len(found) > 1:
            labels = self.labels()
            choices = listed(f"{labels[event.wiki_key]}:{number}" for event in found)
            raise KnownFault(Fault.USAGE, local_data_texts.ambiguous_event(str(number), choices))
        if not found:
            raise KnownFault(Fault.NOT_FOUND, local_data_texts.unknown_event(text))
        return found[0]

    def close(self) -> None:
        """Close all connections and the database."""
        with contextlib.ExitStack() as ending:
            ending.callback(self.mirror.close)
            if self._wikis:
                ending.callback(self._wikis.close)
            ending.callback(self.reader.close)


def split_event(text: str) -> tuple[str, int]:
    """Return the wiki (empty if missing) and the number in `ID` or `WIKI:ID`. Raises KnownFault."""
    wiki, _unused, number = text.rpartition(":")
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        raise KnownFault(Fault.USAGE, local_data_texts.not_an_event_number(text))
    return wiki, int(number)


def _title_key(title: str) -> tuple[str, str]:
    """Return a comparison key that is equal for two spellings of a title with a namespace."""
    prefix, _unused, rest = tidy(title).partition(":")
    return folded(prefix), capitalized(rest.strip())


def _bare(address: str) -> str:
    """Return an address without its scheme and trailing slash, to compare wikis by."""
    return address.partition("://")[2].rstrip("/") or address.rstrip("/")
