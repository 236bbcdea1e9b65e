"""The command that fetches."""

import argparse
import shutil
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.application import Application, split_event
from app.commands.counting import send_what_takes_minutes
from app.commands.exit_codes import CANCELLED, DATA, DONE, REFUSED, exit_code
from app.commands.interrupts import stopped_by_signals
from app.commands.output import Output, print_error
from app.desk.matching import match_walk_ins
from app.domain.accounts.account import Account
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording import local_data_texts, sign_in_texts
from app.i18n import _, listed, ngettext
from app.store.events.events import read_events

if TYPE_CHECKING:
    from app.sync.fetching.progress import Progress
    from app.sync.fetching.pull import Pulled


@dataclass(frozen=True)
class _Outcome:
    """What came of one account: what was fetched, or the fault that ended it."""

    account: Account
    pulled: "Pulled | None"
    fault: KnownFault | None

    @property
    def problems(self) -> list[str]:
        if self.fault:
            return [self.fault.sentence]
        return list(self.pulled.troubles) if self.pulled else []

    @property
    def code(self) -> int:
        if self.fault:
            return exit_code(self.fault)
        return REFUSED if self.problems else DONE


def sync(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Fetch everything of every account, or single events. Ctrl-C stops it; what was fetched stays.

    When one wiki cannot be reached, the others are still synced.
    """
    known = application.accounts()
    if not known:
        raise KnownFault(Fault.USAGE, sign_in_texts.no_account())
    cancel, bar = threading.Event(), _ProgressBar()
    with stopped_by_signals(cancel):
        try:
            outcomes = [
                _pull(application, account, wanted, bar, cancel)
                for account, wanted in _wanted(application, known, options.event, cancel)
            ]
        finally:
            bar.end()
    matched = 0
    for event in read_events(application.reader):
        wiki_names = application.account_of(event).wiki.names
        matched += match_walk_ins(application.mirror, application.reader, event, wiki_names)
    if matched:
        text = ngettext(
            "{n} walk-in has registered since, and counts as a participant now.",
            "{n} walk-ins have registered since, and count as participants now.",
            matched,
        )
        output.line(text.format(n=matched))
    if erased := application.mirror.erase_due():
        text = ngettext(
            "The personal data of {n} event was erased, as its time was over.",
            "The personal data of {n} events was erased, as their time was over.",
            len(erased),
        )
        output.line(text.format(n=len(erased)))
    for outcome in outcomes:
        if outcome.pulled:
            done = _("{events}, {people}.").format(
                events=ngettext("{n} event", "{n} events", outcome.pulled.events).format(
                    n=outcome.pulled.events
                ),
                people=ngettext(
                    "{n} participant fetched", "{n} participants fetched", outcome.pulled.people
                ).format(n=outcome.pulled.people),
            )
            output.line(f"{outcome.account.wiki.site_name}: {done}")
        for problem in outcome.problems:
            print_error(problem)
    for account in application.accounts():
        if account.ended_sign_ins and not account.ended:
            print_error(sign_in_texts.one_sign_in_ended(account))
    output.document([_described(outcome) for outcome in outcomes])
    code = next((outcome.code for outcome in outcomes if outcome.code != DONE), DONE)
    with stopped_by_signals(cancel):
        return send_what_takes_minutes(application, cancel) or code


def _pull(
    application: Application,
    account: Account,
    wanted: list[int],
    bar: "_ProgressBar",
    cancel: threading.Event,
) -> _Outcome:
    from app.sync.fetching.pull import Pull
    from app.sync.sending.push import Push

    try:
        # Changes go first, so that what is fetched shows them done.
        Push(application.wikis, account, cancel).everything()
        pull = Pull(application.wikis, account, bar.show, cancel)
        return _Outcome(account, pull.some(wanted) if wanted else pull.everything(), None)
    except KnownFault as fault:
        if exit_code(fault) in (CANCELLED, DATA):
            raise
        return _Outcome(account, None, fault)


def _described(outcome: _Outcome) -> dict[str, object]:
    pulled = outcome.pulled
    return {
        "wiki": outcome.account.wiki.wiki_id,
        "address": outcome.account.wiki.base_url,
        "events": pulled.events if pulled else 0,
        "participants": pulled.people if pulled else 0,
        "problems": outcome.problems,
        "fault": outcome.fault.fault.value if outcome.fault else None,
    }


def _wanted(
    application: Application, known: list[Account], named: list[str], cancel: threading.Event
) -> list[tuple[Account, list[int]]]:
    """Return each account to sync, with the events asked for (none: all)."""
    if not named:
        return [(account, []) for account in known]
    wanted: dict[int, list[int]] = {}
    for text in named:
        account, event_id = _find(application, known, text, cancel)
        wanted.setdefault(account.key, []).append(event_id)
    return [(account, wanted[account.key]) for account in known if account.key in wanted]


def _find(
    application: Application, known: list[Account], text: str, cancel: threading.Event
) -> tuple[Account, int]:
    """Return the account and the number of an event that may not be in the mirror yet."""
    from app.wiki.link_targets import find_event

    try:
        event = application.find_event(text)
    except KnownFault as fault:
        if fault.fault is not Fault.NOT_FOUND:
            raise
    else:
        return application.account_of(event), event.event_id
    try:
        wiki, number = split_event(text)
    except KnownFault:
        account, _unused = application.read_link(text)
        client = application.wikis.connection(account, cancel).client
        return account, find_event(client, *account.known_wikis(), text)
    if not wiki and len(known) > 1:
        choices = listed(f"{label}:{number}" for label in application.labels().values())
        raise KnownFault(Fault.USAGE, local_data_texts.ambiguous_event(str(number), choices))
    return (application.find_account(wiki) if wiki else known[0]), number


class _ProgressBar:
    """One line that is overwritten in place; silent where standard error is not a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._wrote = False

    def show(self, progress: "Progress") -> None:
        if not self._shown or progress.event_name is None:
            return
        text = _progress(progress)
        name = isolated(progress.event_name)[:40]
        line = f"[{progress.events_done}/{progress.events}] {name}: {text}"
        # A line that wraps could not be overwritten.
        line = line[: max(20, shutil.get_terminal_size().columns - 1)]
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
        self._wrote = True

    def end(self) -> None:
        if self._wrote:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _progress(progress: "Progress") -> str:
    if not progress.expected:
        text = _("{people} people, {rate:.0f} a second")
    elif progress.seconds_left is None:
        text = _("{people} of about {expected} people, {rate:.0f} a second")
    else:
        text = _("{people} of about {expected} people, {rate:.0f} a second, {left:.0f} s left")
    return text.format(
        people=progress.people, expected=progress.expected, rate=progress.rate, left=progress.seconds_left
    )
