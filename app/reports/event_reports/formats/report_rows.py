"""A report as tables of typed cells: what spreadsheets and text files have of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.statistics.statistics import Share
from app.domain.wording.figures.statistics_texts import percent_text
from app.i18n import _
from app.reports.event_reports.contents import Cell, Days, Distribution, Facts, Paragraph, Report, Table


class Sheet(NamedTuple):
    """A table with its caption and headings; those of facts have none."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheets_of(report: Report) -> Iterator[Sheet]:
    """Yield the tables of a report, the first of which says what it is about."""
    about: list[Sequence[Cell]] = [(_("Report"), report.title), ("", report.subtitle)]
    if report.personal_data:
        about.append((_("Personal data"), report.personal_data))
    about.append((_("Source"), report.provenance))
    facts = [block for section in report.sections for block in section.blocks if isinstance(block, Facts)]
    about += [(label, value) for block in facts for _key, label, value in block.rows]
    yield Sheet(report.title, (), about)
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Table(caption, columns, rows):
                    yield Sheet(caption, [column.label for column in columns], rows)
                case Days(caption, _key, label, days):
                    yield Sheet(caption, (_("Hour") if block.by_hour else _("Day"), label), days)
                case Distribution(_question, caption, shares):
                    yield Sheet(caption, (_("Answer"), _("Participants"), _("Share")), _shares(shares))
                case Paragraph() | Facts():
                    pass


def _shares(shares: Sequence[tuple[str, Share]] | None) -> Sequence[Sequence[Cell]]:
    if shares is None:
        return [(_("Too few people have answered."), None, None)]
    return [(label, share, percent_text(share)) for label, share in shares]
