"""Cells as text in the user's language, for reports that people read."""

from datetime import date, datetime

from app.domain.statistics.statistics import Share
from app.domain.wording.figures.statistics_texts import count_text
from app.reports.event_reports.contents import Cell, Link, PageTitle, UserName
from app.reports.event_reports.local_times import day_text, number_text


def cell_text(cell: Cell) -> str:
    """Return a cell as text."""
    match cell:
        case None:
            return ""
        case Share():
            return count_text(cell, number_text)
        case UserName(text) | PageTitle(text, _) | Link(text, _):
            return text
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return day_text(cell)
        case int() | float():
            return number_text(cell)
    return cell
