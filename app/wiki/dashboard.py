"""Reads a course of the Programs & Events Dashboard (CONTRACT §3: its public pages).

The names of its fields, and how it writes numbers, are read in the Dashboard's source; there is no recording.
"""

import re
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Meta

from app.domain import names, times
from app.domain.faults import Fault, KnownFault
from app.domain.statistics.course import CourseFigures, DashboardCount
from app.domain.wording.figures import course_texts
from app.wiki.http.addresses import is_loopback
from app.wiki.http.client import WikiClient
from app.wiki.shapes import LONGEST_NAME, Shape

#: Where the extension's own links to courses lead, on every wiki.
_ADDRESS = "https://outreachdashboard.wmflabs.org"
_LARGEST = 10**15
#: Rails writes 1,234 as "1.23 Thousand".
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(?: (Thousand|Million|Billion|Trillion))?")
_TIMES = {"Thousand": 10**3, "Million": 10**6, "Billion": 10**9, "Trillion": 10**12}
_NOT_DIGITS = re.compile(r"\D")

_Text = Annotated[str, Meta(max_length=LONGEST_NAME)]
_Count = Annotated[int, Meta(ge=0, le=_LARGEST)] | _Text


class _Course(msgspec.Struct):
    title: _Text
    slug: _Text
    student_count: _Count
    edit_count: _Count
    edited_count: _Count
    created_count: _Count
    word_count: _Count
    view_count: _Count
    upload_count: _Count | None = None
    updated_at: _Text | None = None


class _Answer(msgspec.Struct):
    course: _Course


def dashboard_of(base_url: str) -> str:
    """Return the address of the Dashboard that a wiki's events link to.

    A wiki on this computer is one to practise on, which answers as its own Dashboard.
    """
    return base_url if is_loopback(urlsplit(base_url).hostname) else _ADDRESS


def read_course(client: WikiClient, slug: str) -> CourseFigures:
    """Return the public figures of a course.

    Raises:
        KnownFault: NOT_FOUND if the Dashboard shows no such course.
    """
    shape = Shape(client.name)
    place = f"/courses/{quote(slug, safe='/()')}"
    try:
        value: Any = client.public(f"{place}/course.json")
    except KnownFault as fault:
        if fault.fault is Fault.NOT_FOUND:
            raise KnownFault(Fault.NOT_FOUND, course_texts.no_such_course()) from fault
        raise
    found = shape.convert(value, _Answer, "the course").course

    return CourseFigures(
        slug=slug,
        title=names.safe(found.title),
        address=client.base_url + place,
        people=_count(shape, found.student_count),
        edits=_count(shape, found.edit_count),
        articles_edited=_count(shape, found.edited_count),
        articles_created=_count(shape, found.created_count),
        words=_count(shape, found.word_count),
        uploads=_count(shape, found.upload_count or 0),
        views=_count(shape, found.view_count),
        as_of=_moment(shape, found.updated_at),
    )


def _count(shape: Shape, told: int | str) -> DashboardCount:
    if isinstance(told, int):
        return DashboardCount(told)
    parts = _NUMBER.fullmatch(told.strip())
    if parts is None:
        raise shape.wrong("a number of the course is none")
    unit = _TIMES.get(parts[2] or "", 1)
    return DashboardCount(int(Decimal(parts[1]) * unit), rounded=unit > 1)


def _moment(shape: Shape, told: str | None) -> int | None:
    if not told:
        return None
    try:
        return times.instant(_NOT_DIGITS.sub("", told)[:14])
    except ValueError as error:
        raise shape.wrong("the course changed at no time") from error
