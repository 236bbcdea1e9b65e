"""The formats in which reports can be written: `report --format` and the report dialog offer these."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import N_
from app.reports.event_reports.contents import Report
from app.reports.event_reports.event_report import MadeReport
from app.reports.event_reports.formats.report_csv import write_report_csv
from app.reports.event_reports.formats.report_json import write_report_json
from app.reports.event_reports.formats.report_pdf import write_pdf
from app.reports.event_reports.formats.report_wikitext import write_wikitext
from app.reports.event_reports.formats.report_xlsx import write_report_xlsx
from app.store.people.releases import keep_releases

if TYPE_CHECKING:
    from app.store.mirror import Mirror


@dataclass(frozen=True)
class ReportFormat:
    """A format. `write` leaves `path` unchanged if it fails.

    `is_public`: it is made to be read by everybody, so private people are never named in it.
    """

    suffix: str
    label: str
    write: Callable[[Path, "Mirror", Report], None]
    is_public: bool = False


#: By the word for `--format`.
REPORT_FORMATS = {
    "pdf": ReportFormat(".pdf", N_("Document (PDF)"), write_pdf),
    "xlsx": ReportFormat(".xlsx", N_("Spreadsheet (XLSX)"), write_report_xlsx),
    "csv": ReportFormat(".csv", N_("Text with separators (CSV)"), write_report_csv),
    "wikitext": ReportFormat(".wikitext", N_("Wikitext for a wiki page"), write_wikitext, is_public=True),
    "json": ReportFormat(".json", N_("JSON for other programs"), write_report_json),
}


def write_report(path: Path, mirror: "Mirror", made: MadeReport, written: ReportFormat) -> None:
    """Keep what a report tells of answers, and write it.

    Raises KnownFault if one of both cannot be done; then `path` is unchanged.
    """
    keep_told(mirror, made)
    written.write(path, mirror, made.report)


def keep_told(mirror: "Mirror", made: MadeReport) -> None:
    """Keep what a report tells of answers, before anybody gets it. Raises KnownFault."""
    for event_key, releases in made.releases.items():
        mirror.writer.do_durably(keep_releases, event_key, releases)
