"""A report as wikitext for a page on a wiki: tables, and charts of plain bars."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.wording.figures.statistics_texts import percent_text
from app.i18n import N_, _
from app.reports.event_reports.contents import (
    Align,
    Block,
    Cell,
    Column,
    Days,
    Distribution,
    Facts,
    Link,
    PageTitle,
    Paragraph,
    Report,
    Table,
    UserName,
)
from app.reports.event_reports.formats.cell_text import cell_text
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: What has a meaning in wikitext, wherever it stands.
_MARKUP = re.compile(r"[&<>\[\]{}|'~_=]|(?<=[a-zA-Z]):|(?<=RFC)\s|(?<=PMID)\s|(?<=ISBN)\s|^[*#:;!+\-\s]")
#: What no user name can hold (CONTRACT §3); such a name is written as text.
_NO_NAME = re.compile(r"[#<>\[\]|{}\x00-\x1f\x7f]|~{3}|_")
#: Bars are as wide as the cell at 100 %. Beside each stands its number: it is not told by colour alone.
_BAR = '<div style="background:#36c;height:0.8em;width:{percent:.0f}%"></div>'


_OPTION_COLUMNS = (
    Column("option", N_("Answer")),
    Column("people", N_("Participants"), Align.END),
    Column("share", N_("Share"), Align.END),
    Column("bar", ""),
)


def write_wikitext(path: Path, mirror: "Mirror", report: Report) -> None:
    """Write a report. Raises KnownFault if the file cannot be written; then `path` is unchanged."""
    with atomic_write(path, mirror) as file:
        file.write(wikitext(report))


def wikitext(report: Report) -> str:
    """Return a report as wikitext."""
    lines = []
    if report.personal_data:
        # For whoever saves the page, not for its readers.
        lines.append(f"<!-- {report.personal_data.replace('--', '–')} -->")
    lines += [f"'''{plain(report.title)}''' · {plain(report.subtitle)}", ""]
    for section in report.sections:
        lines += [f"== {plain(section.heading)} ==", ""]
        for block in section.blocks:
            lines += [*_lines(block), ""]
    lines.append(f"<small>{plain(report.provenance)}</small>")
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Return text that a wiki shows as it is, in one line."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))


def user_link(name: str) -> str:
    """Return a link to a user's page. The name is set apart, so that it does not turn the line around."""
    if _NO_NAME.search(name):
        return f"<bdi>{plain(name)}</bdi>"
    return f"<bdi>[[User:{name}|{plain(name)}]]</bdi>"


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(text):
            return [plain(text)]
        case Facts(rows):
            return _table("", (), ((_Heading(label), value) for _key, label, value in rows))
        case Table(caption, columns, rows):
            return _table(caption, columns, rows)
        case Days(caption, key, label, days):
            most = max((people for _day, people in days), default=0) or 1
            by_day = [(day, people, _Bar(100 * people / most)) for day, people in days]
            when = N_("Hour") if block.by_hour else N_("Day")
            columns = (Column("day", when), Column(key, label, Align.END), Column("bar", ""))
            return _table(caption, columns, by_day)
        case Distribution(_question, caption, None):
            return [plain(_("{question}: too few people have answered.").format(question=caption))]
        case Distribution(_question, caption, shares):
            by_option = [
                (label, share, percent_text(share), _Bar(share.percent[0])) for label, share in shares or ()
            ]
            return _table(caption, _OPTION_COLUMNS, by_option)


class _Bar(float):
    """A bar of so many per cent of the width."""


class _Heading(str):
    """A cell that is the heading of its row."""

    __slots__ = ()


def _table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield '{| class="wikitable"'
    if caption:
        yield f"|+ {plain(caption)}"
    if columns:
        yield "|-"
        yield from (f'! scope="col" | {plain(_(column.label) if column.label else "")}' for column in columns)
    for row in rows:
        yield "|-"
        for place, cell in enumerate(row):
            yield _cell(cell, end=bool(columns) and columns[place].align is Align.END)
    yield "|}"


def _cell(cell: Cell, *, end: bool) -> str:
    match cell:
        case _Heading():
            return f'! scope="row" | {plain(cell)}'
        case _Bar():
            return f'| style="width:12em" | {_BAR.format(percent=cell)}'
        case UserName(name):
            return f"| {user_link(name)}"
        case Link(text, address) | PageTitle(text, address) if address:
            return f"| <bdi>[{address} {plain(text)}]</bdi>"
    # A table would take a minus right after the bar for the start of a row.
    text = plain(cell_text(cell))
    return f'| style="text-align:end" | {text}' if end else f"| {text}"
