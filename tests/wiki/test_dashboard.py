"""A course of the Programs & Events Dashboard, in each form in which it may be told."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.domain.faults import Fault
from app.domain.statistics.course import CourseFigures, DashboardCount
from app.wiki.dashboard import dashboard_of, read_course
from app.wiki.http.client import WikiClient
from tests.support.servers.scripted_wiki import ScriptedWiki, fault_of

SLUG = "Wikimedia_Kenya/Nairobi_(walk) & Äthiopien"
COURSE = {
    "id": 7,
    "title": "Nairobi",
    "slug": SLUG,
    "updated_at": "2026-11-30T12:00:05.000Z",
    "student_count": 1_204,
    "edit_count": "1.23 Thousand",
    "edited_count": "987",
    "created_count": 12,
    "word_count": "45.6 Million",
    "view_count": "3 Billion",
    "upload_count": None,
}


@pytest.fixture
def read(wiki_script: ScriptedWiki) -> Iterator[Callable[..., CourseFigures]]:
    """Return a function that reads a course of a Dashboard that tells these fields of it."""
    client = WikiClient(wiki_script.base, tries=1)

    def read(**told: Any) -> CourseFigures:
        wiki_script.always({"course": {**COURSE, **told}})
        return read_course(client, SLUG)

    yield read
    client.close()


def test_numbers_and_rounded_texts_are_read(read, wiki_script: ScriptedWiki) -> None:
    found = read()
    assert wiki_script.asked[-1].path == (
        "/courses/Wikimedia_Kenya/Nairobi_(walk)%20%26%20%C3%84thiopien/course.json"
    )
    # Nobody's sign-in is shown to it.
    assert "authorization" not in wiki_script.asked[-1].headers
    assert found.people == DashboardCount(1_204)
    assert found.edits == DashboardCount(1_230, rounded=True)
    assert found.articles_edited == DashboardCount(987)
    assert found.articles_created == DashboardCount(12)
    assert found.words == DashboardCount(45_600_000, rounded=True)
    assert found.views == DashboardCount(3_000_000_000, rounded=True)
    assert found.uploads == DashboardCount(0)
    assert found.as_of == 1_796_040_005
    assert found.is_rounded


@pytest.mark.parametrize(
    "told",
    [
        {"edit_count": "many"},
        {"edit_count": -1},
        {"edit_count": "1.2 Zillion"},
        {"title": None},
        {"student_count": "9" * 2_000},
        {"updated_at": "yesterday"},
    ],
)
def test_nonsense_is_refused(read, told: dict[str, Any]) -> None:
    fault = fault_of(lambda: read(**told))
    assert fault is not None
    assert fault.fault is Fault.WIKI_BROKEN
    assert "Zillion" not in fault.sentence


def test_a_course_that_is_not_public_is_said_so(read, wiki_script: ScriptedWiki) -> None:
    client = WikiClient(wiki_script.base, tries=1)
    for status, body in ((401, {"message": "no"}), (404, b"<html>nothing here</html>")):
        wiki_script.always(body, status)
        fault = fault_of(lambda: read_course(client, SLUG))
        assert fault is not None
        assert fault.fault is Fault.NOT_FOUND
        assert "no course of this name" in fault.sentence
    client.close()


def test_wikis_lead_to_wikimedias_dashboard_and_one_on_this_computer_to_itself() -> None:
    assert dashboard_of("https://meta.wikimedia.org/w") == "https://outreachdashboard.wmflabs.org"
    assert dashboard_of("http://127.0.0.1:8137") == "http://127.0.0.1:8137"
