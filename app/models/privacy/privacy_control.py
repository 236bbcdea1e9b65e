"""Reading what personal data is here, saying how long it is kept, and erasing it, in the background."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject

from app.desk.erasing import erase_event_with_receipt, erase_person_with_receipt
from app.desk.person_data import PersonAtEvent as PersonAtEvent
from app.desk.person_data import person_data
from app.desk.person_lines import lines_about
from app.domain import names, times
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.privacy.retention import Holding, RetentionRule
from app.domain.wording import privacy_texts
from app.domain.wording.change_texts import change_summary
from app.models.background import Ended, Failed
from app.models.events.event_text import clock, day, moment_here
from app.models.workspace import Workspace
from app.store.atomic_file import atomic_write
from app.store.mirror import Reader
from app.store.privacy.erasing import let_people_come_back
from app.store.privacy.holdings import read_holdings, read_rule, save_days, save_rule


@dataclass(frozen=True)
class PrivacyFacts:
    """How long data is kept, and what there is, by the beginning of the events."""

    rule: RetentionRule
    holdings: tuple[Holding, ...]


class PrivacyControl(QObject):
    """All that it does is on the disk before `done` is called."""

    def __init__(
        self,
        workspace: Workspace,
        when_stopped: Callable[[Callable[[], None]], None],
        parent: QObject | None = None,
    ) -> None:
        """`when_stopped` stops a sync and calls what it is given then (`SyncControl.when_stopped`)."""
        super().__init__(parent)
        self._workspace = workspace
        self._when_stopped = when_stopped

    def read(self, done: Callable[[PrivacyFacts], None]) -> None:
        """Read what there is."""

        def read(reader: Reader) -> PrivacyFacts:
            holdings = sorted(read_holdings(reader), key=lambda one: one.event.registration.starts_at())
            return PrivacyFacts(read_rule(reader), tuple(holdings))

        self._workspace.read_in_background(self, read, done)

    def set_rule(self, rule: RetentionRule, done: Callable[[], None], failed: Failed) -> None:
        """Save how long data is kept."""
        write = self._workspace.mirror.writer.do_durably
        self._run(lambda: write(save_rule, rule), lambda _none: done(), failed)

    def set_keeps(self, event: Event, *, keeps: bool, done: Callable[[], None], failed: Failed) -> None:
        """Keep an event's data until it is erased, or for the usual time."""
        write = self._workspace.mirror.writer.do_durably
        self._run(lambda: write(save_days, event.key, None, keeps=keeps), lambda _none: done(), failed)

    def let_come_back(self, event: Event, done: Callable[[], None], failed: Failed) -> None:
        """Let the next sync fetch the people of an erased event."""
        write = self._workspace.mirror.writer.do_durably
        is_over = event.registration.ends_at() < datetime.now(UTC)
        self._run(
            lambda: write(let_people_come_back, event.key, is_over=is_over), lambda _none: done(), failed
        )

    def unsent(self, event: Event) -> str:
        """Return which changes of an event would be lost; empty without any."""
        waiting = [one for one in self._workspace.changes if one.event_key == event.key and one.open]
        return privacy_texts.unsent([change_summary(one) for one in waiting])

    def erase_event(self, event: Event, done: Callable[[str], None], failed: Failed) -> None:
        """Erase all personal data of an event; `done` gets the receipt."""
        workspace = self._workspace
        account = workspace.account(event.wiki_key)
        wiki = account.wiki.site_name if account else ""

        def work(reader: Reader) -> str:
            return erase_event_with_receipt(workspace.mirror, reader, event, wiki, _now_text())[1]

        self._erase([event.key], work, done, failed)

    def find_person(
        self, typed: str, done: Callable[[Sequence[PersonAtEvent]], None], failed: Failed
    ) -> None:
        """Find everything that is known of a person."""
        mirror = self._workspace.mirror
        self._workspace.read_in_background(
            self, lambda reader: person_data(mirror, reader, typed), done, failed
        )

    def erase_person(
        self, found: Sequence[PersonAtEvent], done: Callable[[str], None], failed: Failed
    ) -> None:
        """Erase what was found of a person; `done` gets the receipt."""
        mirror = self._workspace.mirror

        def work(reader: Reader) -> str:
            return erase_person_with_receipt(mirror, reader, found, _now_text())[1]

        self._erase([one.event.key for one in found], work, done, failed)

    def known_text(self, found: Sequence[PersonAtEvent]) -> str:
        """Return what is known of a person, event by event, as plain text."""
        return "\n\n".join("\n".join(_lines(one)) for one in found)

    def save_person(
        self, path: Path, found: Sequence[PersonAtEvent], done: Callable[[], None], failed: Failed
    ) -> None:
        """Write what is known of a person to a text file, to be handed to that person."""
        mirror, text = self._workspace.mirror, self.known_text(found)

        def work() -> None:
            with atomic_write(path, mirror) as file:
                file.write(f"{text}\n")

        self._run(work, lambda _none: done(), failed)

    def unsent_about(self, found: Sequence[PersonAtEvent]) -> str:
        """Return which changes that name a person would be lost; empty without any."""
        waiting = [change for one in found for change in one.changes if change.open]
        return privacy_texts.unsent([change_summary(one) for one in waiting])

    def erase_due(self, ended: Ended) -> None:
        """End and erase what is due. Not during a sync: `ended` is called when one may begin."""
        self._workspace.jobs.run(self, self._workspace.mirror.erase_due, self._reload, None, ended)

    def _erase(
        self,
        keys: Sequence[int],
        work: Callable[[Reader], str],
        done: Callable[[str], None],
        failed: Failed,
    ) -> None:
        """Erase something of events, but not during a sync; `done` gets the receipt."""

        def finish(receipt: str) -> None:
            self._reload(keys)
            done(receipt)

        def report(fault: KnownFault) -> None:
            # Rows may be gone, though something is left on the disk.
            self._reload(keys)
            failed(fault)

        self._when_stopped(lambda: self._workspace.read_in_background(self, work, finish, report))

    def _reload(self, keys: Sequence[int]) -> None:
        for key in keys:
            self._workspace.reload(key)

    def _run(self, work: Callable[[], object], done: Callable[..., None], failed: Failed | None) -> None:
        self._workspace.jobs.run(self, work, done, failed)


def _now_text() -> str:
    return moment_here(datetime.fromtimestamp(times.now(), UTC))


def _lines(one: PersonAtEvent) -> Iterator[str]:
    yield names.safe(one.event.registration.name)
    for line in lines_about(one, day, lambda moment: f"{day(moment)}, {clock(moment)}", names.safe):
        yield f"  {line}"
