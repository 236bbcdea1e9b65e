"""Problems that the wiki would refuse are found before sending, and reported at their fields."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.events.event_checks import (
    FormField,
    Problem,
    course_slug,
    is_web_address,
    may_track,
    problems,
    refused_field,
)
from app.domain.events.event_fields import EventFields
from app.domain.wording import organizing_texts

NOW = datetime(2037, 3, 1, 12, tzinfo=UTC)
GOOD = EventFields(
    page="Event:Meetup",
    timezone="Asia/Kolkata",
    start="20370305100000",
    end="20370305180000",
    types=("editing-event", "meetup"),
    wikis=("enwiki",),
    topics=("asia", "women"),
    online=True,
    meeting_url="https://meet.example.org/a",
    in_person=True,
    country_code="IN",
    address="CV Raman Road\nBengaluru",
    chat_url="https://chat.example.org",
    tracks_contributions=True,
    course="Institution/Course_(Spring)",
)


def found(*, new: bool = True, **changes: object) -> dict[FormField, Problem]:
    return problems(replace(GOOD, **changes), new=new, now=NOW)


def test_an_event_that_the_wiki_accepts_has_no_problem():
    assert found() == {}
    assert found(new=False) == {}


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"page": "Event:"}, FormField.TITLE, Problem.TITLE_MISSING),
        ({"page": "Event:  "}, FormField.TITLE, Problem.TITLE_MISSING),
        ({"page": "Event:A [draft]"}, FormField.TITLE, Problem.TITLE_BAD),
        ({"page": "Event:A|B"}, FormField.TITLE, Problem.TITLE_BAD),
        ({"page": "Event:A#B"}, FormField.TITLE, Problem.TITLE_BAD),
        ({"page": "Event:A\nB"}, FormField.TITLE, Problem.TITLE_BAD),
        ({"page": "Event:" + "字" * 86}, FormField.TITLE, Problem.TITLE_LONG),
        ({"timezone": ""}, FormField.TIMEZONE, Problem.TIMEZONE_UNKNOWN),
        ({"timezone": "Nowhere/Here"}, FormField.TIMEZONE, Problem.TIMEZONE_UNKNOWN),
        ({"start": ""}, FormField.START, Problem.TIME_BAD),
        ({"end": "20370230100000"}, FormField.START, Problem.TIME_BAD),
        ({"start": "20370305180001"}, FormField.END, Problem.START_AFTER_END),
        ({"start": "20370301100000"}, FormField.START, Problem.START_PAST),
        ({"types": (), "tracks_contributions": False}, FormField.TYPES, Problem.TYPES_MISSING),
        ({"types": ("editing-event", "meetup", "contest")}, FormField.TYPES, Problem.TYPES_MANY),
        ({"topics": ("a", "b", "c", "d", "e", "f")}, FormField.TOPICS, Problem.TOPICS_MANY),
        ({"wikis": tuple(f"wiki{n}" for n in range(101))}, FormField.WIKIS, Problem.WIKIS_MANY),
        ({"meeting_url": "ftp://meet.example.org"}, FormField.MEETING_URL, Problem.URL_BAD),
        ({"chat_url": "t.me/chat"}, FormField.CHAT_URL, Problem.URL_BAD),
        ({"chat_url": "https://[::1"}, FormField.CHAT_URL, Problem.URL_BAD),
        ({"country_code": None}, FormField.COUNTRY, Problem.COUNTRY_MISSING),
        ({"types": ("meetup",)}, FormField.CONTRIBUTIONS, Problem.CONTRIBUTIONS_TYPE),
        ({"wikis": ()}, FormField.CONTRIBUTIONS, Problem.CONTRIBUTIONS_WIKIS),
        ({"course": "Course"}, FormField.COURSE, Problem.COURSE_BAD),
    ],
)
def test_each_problem_is_found_at_its_field_alone(changes, field, problem):
    assert found(**changes) == {field: problem}


def test_other_stands_alone_among_the_types():
    alone = {"types": ("other",), "tracks_contributions": False}
    assert found(**alone) == {}
    assert found(**alone | {"types": ("other", "meetup")}) == {FormField.TYPES: Problem.TYPES_OTHER}


def test_people_meet_online_or_in_person():
    neither = {"online": False, "in_person": False, "meeting_url": None, "country_code": None}
    assert found(**neither) == {FormField.PARTICIPATION: Problem.NO_PARTICIPATION}


def test_all_problems_are_reported_at_once():
    wrong = found(page="Event:", types=(), chat_url="chat", in_person=True, country_code=None)
    assert set(wrong) >= {FormField.TITLE, FormField.TYPES, FormField.CHAT_URL, FormField.COUNTRY}


def test_the_title_may_be_as_long_as_a_page_name():
    assert found(page="Event:" + "字" * 85) == {}


def test_an_event_that_is_there_may_have_begun_and_keeps_its_page():
    assert found(new=False, start="20370201100000") == {}
    assert found(new=False, page="Event:[old]") == {}


def test_the_beginning_is_meant_in_the_events_own_time_zone():
    local = (NOW + timedelta(hours=5, minutes=30)).strftime("%Y%m%d%H%M%S")
    later = (NOW + timedelta(hours=5, minutes=31)).strftime("%Y%m%d%H%M%S")
    assert found(start=later) == {}
    assert found(start=later, timezone="Pacific/Honolulu") == {}
    assert found(start=local.replace("1730", "1729")) == {FormField.START: Problem.START_PAST}
    assert found(start=later, timezone="Asia/Tokyo") == {FormField.START: Problem.START_PAST}


def test_an_event_may_begin_and_end_in_the_same_moment():
    assert found(end=GOOD.start) == {}


def test_a_link_of_a_meeting_that_is_switched_off_is_no_problem():
    assert found(online=False, meeting_url="nonsense") == {}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org", True),
        (" https://example.org/a?b=c#d ", True),
        ("http://例え.example.org/会議", True),
        ("https://", False),
        ("//example.org", False),
        ("javascript:alert(1)", False),
        ("https://example.org/a b", False),
        ("", False),
    ],
)
def test_links_are_web_addresses(text, good):
    assert is_web_address(text) is good


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Institution/Course_name", "Institution/Course_name"),
        (" /Institution/Course/ ", "Institution/Course"),
        ("https://outreachdashboard.wmflabs.org/courses/Institution/Course/home", "Institution/Course"),
        ("https://outreachdashboard.wmflabs.org/courses/Institution/Course?enroll=x", "Institution/Course"),
        ("https://outreachdashboard.wmflabs.org/", None),
        ("", None),
    ],
)
def test_a_course_is_known_by_its_slug_or_its_address(typed, slug):
    assert course_slug(typed) == slug


def test_contributions_are_counted_for_some_types_only():
    assert may_track(("meetup", "contest"))
    assert not may_track(("meetup",))
    assert not may_track(())


@pytest.mark.parametrize(
    ("key", "parameters", "field"),
    [
        ("campaignevents-error-start-past", (), FormField.START),
        ("campaignevents-error-page-already-registered", (), FormField.TITLE),
        ("campaignevents-rawmessage", (), FormField.COUNTRY),
        ("badvalue", ("chat_url",), FormField.CHAT_URL),
        ("badvalue", ("unknown", "topics"), FormField.TOPICS),
        ("titleblacklist-forbidden", (), FormField.TITLE),
        ("internal_api_error", (), None),
        (None, (), None),
    ],
)
def test_a_refusal_of_the_wiki_is_shown_at_the_field_it_is_about(key, parameters, field):
    assert refused_field(key, parameters) is field


def test_every_problem_and_field_has_words():
    assert all(organizing_texts.problem_sentence(problem) for problem in Problem)
    assert all(organizing_texts.field_label(field) for field in FormField)
