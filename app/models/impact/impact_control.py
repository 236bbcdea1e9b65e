"""Reading what participants edited, and computing what came of an event, in the background."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.domain import times
from app.domain.changes.edit_count import waiting_edits
from app.domain.events.event import Event
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import USUAL_NEWCOMER_DAYS, Impact, Period, PersonImpact, span_of
from app.domain.statistics.course import CourseFigures
from app.domain.statistics.wiki_statistics import Contributions
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.reports.event_reports.event_figures import read_event_course
from app.reports.impact_people_csv import write_people_impact
from app.store.events.page_readings import read_contributions
from app.store.impact.counted_edits import UncountedEdit as UncountedEdit
from app.store.impact.counted_edits import count_uncounted, read_uncounted
from app.store.impact.edits import EditsReading as EditsReading
from app.store.impact.edits import read_private, read_reading
from app.store.impact.figures import read_impact
from app.store.mirror import Reader


@dataclass(frozen=True)
class ImpactFacts:
    """What the tab shows. `impact` is None before anything was read; `private`: who registered privately."""

    reading: EditsReading | None
    impact: Impact | None
    private: frozenset[int]
    #: What the wiki counts, and when that was read.
    contributions: tuple[Contributions, int] | None
    course: tuple[CourseFigures, int] | None
    #: How many edits made during the event the wiki does not count, None if that is not known.
    uncounted: int | None


@dataclass(frozen=True)
class UncountedFacts:
    """The edits that the wiki does not count yet, the oldest first; so many others wait to be counted."""

    reading: EditsReading | None
    edits: tuple[UncountedEdit, ...]
    waiting: int


@dataclass(frozen=True)
class ImpactChoice:
    """What the user has chosen to see: the event's own time without a period, articles and files or all.

    `newcomer_days`: accounts made so many days before the event are new too.
    """

    period: Period | None = None
    everything: bool = False
    newcomer_days: int = USUAL_NEWCOMER_DAYS


class ImpactControl(QObject):
    """Only the latest request for figures gets them."""

    #: So many people of so many are read, on a wiki.
    progress = Signal(int, int, str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0
        self._cancel = threading.Event()
        if application := QCoreApplication.instance():
            # Before the program waits for what is under way.
            application.aboutToQuit.connect(self.cancel)

    def load(self, event: Event, choice: ImpactChoice, done: Callable[[ImpactFacts], None]) -> None:
        """Compute what came of an event from what was read."""
        self._request += 1
        request = self._request

        def deliver(found: ImpactFacts) -> None:
            if request == self._request:
                done(found)

        self._workspace.read_in_background(self, lambda reader: _facts(reader, event, choice), deliver)

    def load_uncounted(self, event: Event, done: Callable[[UncountedFacts], None]) -> None:
        """Read which edits made during an event the wiki does not count yet, as far as is known here."""
        pending = waiting_edits(self._workspace.projection.of_event(event.key))

        def query(reader: Reader) -> UncountedFacts:
            reading = read_reading(reader, event.key)
            agreed = reading.agreed if reading else frozenset[int]()
            edits = read_uncounted(reader, event.key, span_of(event), agreed, pending, times.now())
            return UncountedFacts(reading, tuple(edits), len(pending))

        self._workspace.read_in_background(self, query, done)

    def read(
        self,
        event: Event,
        choice: ImpactChoice,
        agreed: Iterable[int],
        failed: Failed,
        ended: Ended,
        told: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        """Read what is new from the event's wikis; what was read stays when it fails or is stopped.

        `agreed`: the private participants about whom the user has agreed to ask. `told` gets the sentence
        that says why it was not read what the wiki counts for the event.
        """
        workspace, account = self._workspace, self._workspace.account(event.wiki_key)
        self._cancel = cancel = threading.Event()
        if account is None:
            ended()
            return
        tell = self.progress.emit

        def work() -> str | None:
            from app.sync.edits import EditsPull, usual_since  # imports the HTTP libraries

            since = min(choice.period.first, usual_since(event)) if choice.period else usual_since(event)
            return EditsPull(workspace.wikis(), account, event, tell, cancel).run(since, agreed).not_counted

        def done(sentence: str | None) -> None:
            if sentence:
                told(sentence)

        workspace.jobs.run(self, work, done, failed, ended)

    def write_people(
        self,
        path: Path,
        persons: Sequence[PersonImpact],
        zone: tzinfo,
        done: Callable[[int], None],
        failed: Failed,
    ) -> None:
        """Write what each person did to a CSV file, without those who registered privately."""
        mirror = self._workspace.mirror
        self._workspace.jobs.run(self, lambda: write_people_impact(path, mirror, persons, zone), done, failed)

    @Slot()
    def cancel(self) -> None:
        """Stop reading."""
        self._cancel.set()


def _facts(reader: Reader, event: Event, choice: ImpactChoice) -> ImpactFacts:
    reading, span = read_reading(reader, event.key), span_of(event)
    impact = uncounted = None
    if reading is not None and reading.counted_read_at is not None:
        uncounted = count_uncounted(reader, event.key, span, reading.agreed, (), times.now())
    if reading is not None:
        impact = read_impact(
            reader,
            event.key,
            span,
            choice.period or Period(span.begins, span.ends),
            event.registration.zone(),
            () if choice.everything else (ARTICLES, FILES),
            reading.read_at or 0,
            agreed=reading.agreed,
            newcomer_days=choice.newcomer_days,
        )
    return ImpactFacts(
        reading,
        impact,
        read_private(reader, event.key),
        read_contributions(reader, event.key),
        read_event_course(reader, event),
        uncounted,
    )
