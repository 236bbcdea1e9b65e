"""The command that fetches."""

import argparse
import signal
import sys
import threading
from types import FrameType

from app.application import Application
from app.commands import words
from app.commands.output import Output, tell
from app.domain import wording
from app.domain.account import Account
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated


def sync(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Fetch everything of every account, or single events. Ctrl-C stops it; what was fetched is kept."""
    known = application.accounts()
    if not known:
        raise KnownFault(Fault.USAGE, wording.no_account())
    cancel = threading.Event()
    before = signal.signal(signal.SIGINT, lambda _signal, _frame: cancel.set())
    bar = _ProgressBar()
    try:
        results = [
            (account, _pull(application, account, wanted, bar, cancel))
            for account, wanted in _wanted(application, known, options.event)
        ]
    finally:
        bar.end()
        signal.signal(signal.SIGINT, before)
    troubles = [trouble for _, pulled in results for trouble in pulled.troubles]
    for account, pulled in results:
        output.line(f"{account.wiki.site_name}: {words.synced(pulled.events, pulled.people)}")
    for trouble in troubles:
        tell(trouble)
    output.document(
        [
            {
                "wiki": account.wiki.wiki_id,
                "events": pulled.events,
                "people": pulled.people,
                "troubles": list(pulled.troubles),
            }
            for account, pulled in results
        ]
    )
    return 0


def _pull(application, account, wanted, bar, cancel):  # noqa: ANN001, ANN202
    from app.sync.pull import Pull

    pull = Pull(application.wikis, account, bar.show, cancel)
    return pull.some(wanted) if wanted else pull.everything()


def _wanted(
    application: Application, known: list[Account], named: list[str]
) -> list[tuple[Account, list[int]]]:
    """Return each account to sync, with the events asked for (none: all)."""
    if not named:
        return [(account, []) for account in known]
    wanted: dict[int, list[int]] = {}
    for text in named:
        account, event_id = _find(application, known, text)
        wanted.setdefault(account.key, []).append(event_id)
    return [(account, wanted[account.key]) for account in known if account.key in wanted]


def _find(application: Application, known: list[Account], text: str) -> tuple[Account, int]:
    from app.wiki.discovery import find_event

    try:
        event = application.find_event(text)
    except KnownFault as fault:
        if "://" in text:
            account = next((a for a in known if text.startswith(_site(a))), known[0])
            return account, find_event(application.wikis.connection(account), text)
        wiki, _, number = text.rpartition(":")
        if fault.fault is not Fault.NOT_FOUND or (not wiki and len(known) > 1):
            raise
        return (application.find_account(wiki) if wiki else known[0]), int(number)
    return application.account_of(event), event.event_id


def _site(account: Account) -> str:
    scheme, _, rest = account.wiki.base_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"


class _ProgressBar:
    """One line on a terminal that is written over; nothing where standard error is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._wrote = False

    def show(self, progress) -> None:  # noqa: ANN001
        if not self._shown or progress.event_name is None:
            return
        text = words.progress(progress.people, progress.expected, progress.rate, progress.seconds_left)
        name = isolated(progress.event_name)[:40]
        sys.stderr.write(f"\r\x1b[K[{progress.events_done}/{progress.events}] {name}: {text}")
        sys.stderr.flush()
        self._wrote = True

    def end(self) -> None:
        if self._wrote:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def stop_on_terminate() -> None:
    """Let a polite request to end the program close the database first."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
