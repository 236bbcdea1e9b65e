"""Making, previewing and writing reports in the background."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.desk.walk_ins import walk_ins
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.reports.event_reports.choices import USUAL_PARTS as USUAL_PARTS
from app.reports.event_reports.choices import ReportChoices as ReportChoices
from app.reports.event_reports.choices import ReportPart as ReportPart
from app.reports.event_reports.contents import Align as Align
from app.reports.event_reports.contents import Block as Block
from app.reports.event_reports.contents import Days as Days
from app.reports.event_reports.contents import Distribution as Distribution
from app.reports.event_reports.contents import Facts as Facts
from app.reports.event_reports.contents import Paragraph as Paragraph
from app.reports.event_reports.contents import Report as Report
from app.reports.event_reports.contents import Table as Table
from app.reports.event_reports.event_report import MadeReport as MadeReport
from app.reports.event_reports.event_report import make_report
from app.reports.event_reports.formats.cell_text import cell_text as cell_text
from app.reports.event_reports.formats.report_formats import REPORT_FORMATS as REPORT_FORMATS
from app.reports.event_reports.formats.report_formats import keep_told, write_report
from app.reports.event_reports.formats.report_pdf import pictures_of
from app.reports.event_reports.reported_event import reported_event
from app.store.mirror import Reader


class ReportControl(QObject):
    """Makes reports of the events that are on this computer. Only the latest preview is passed on."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0
        self._cancel = threading.Event()

    def preview(
        self,
        events: Sequence[Event],
        choices: ReportChoices,
        dots_per_inch: float,
        done: Callable[[list[bytes], str], None],
        failed: Failed,
    ) -> None:
        """Draw a report; `done` gets its pages as PNG, and the sentence that says whose data is in it."""
        request = self.forget_preview()

        def work(reader: Reader) -> tuple[list[bytes], str] | None:
            if request != self._request:
                # Something else was chosen while this one waited.
                return None
            made = self._made(reader, events, choices)
            return pictures_of(made.report, dots_per_inch), made.report.personal_data

        def deliver(found: tuple[list[bytes], str] | None) -> None:
            if request == self._request and found is not None:
                done(*found)

        def report(fault: KnownFault) -> None:
            if request == self._request:
                failed(fault)

        self._workspace.read_in_background(self, work, deliver, report)

    def compare(self, events: Sequence[Event], done: Callable[[MadeReport], None], failed: Failed) -> None:
        """Put events side by side; `done` gets what the usual report says of them."""
        request = self.forget_preview()

        def work(reader: Reader) -> MadeReport | None:
            return self._made(reader, events, ReportChoices()) if request == self._request else None

        def deliver(found: MadeReport | None) -> None:
            if request == self._request and found is not None:
                done(found)

        self._workspace.read_in_background(self, work, deliver, failed)

    def tell(self, made: MadeReport, then: Callable[[], None], failed: Failed) -> None:
        """Remember what a report tells of answers, then let it leave this computer."""
        mirror = self._workspace.mirror

        def keep() -> None:
            keep_told(mirror, made)

        self._workspace.jobs.run(self, keep, lambda _none: then(), failed)

    def forget_preview(self) -> int:
        """Let no preview be delivered that is being drawn; return the number of the next one."""
        self._request += 1
        return self._request

    def cancel(self) -> None:
        """Write nothing that is not written yet."""
        self._cancel.set()

    def write(
        self,
        path: Path,
        kind: str,
        events: Sequence[Event],
        choices: ReportChoices,
        done: Callable[[], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Write a report in a format of REPORT_FORMATS."""
        mirror = self._workspace.mirror
        self._cancel = cancel = threading.Event()

        def work(reader: Reader) -> None:
            made = self._made(reader, events, choices)
            if cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
            write_report(path, mirror, made, REPORT_FORMATS[kind])

        self._workspace.read_in_background(self, work, lambda _none: done(), failed, ended)

    def _made(self, reader: Reader, events: Sequence[Event], choices: ReportChoices) -> MadeReport:
        workspace = self._workspace
        subjects = [
            reported_event(reader, event, workspace.account(event.wiki_key), workspace.events, walk_ins)
            for event in events
        ]
        return make_report(reader, subjects, choices)
