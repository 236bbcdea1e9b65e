"""Events as plain settings, and the text of their pages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.events.event_fields import EventFields
from app.domain.events.event_settings import SettingError, bare_event, with_settings
from app.domain.events.page_text import PLACEHOLDERS, default_template, page_text

BARE = bare_event("Event:Meetup")


def test_a_line_of_text_sets_a_field():
    made = with_settings(
        BARE,
        {
            "timezone": "Africa/Nairobi",
            "start": "2037-03-05 10:00",
            "end": "2037-03-05T18:30",
            "types": "meetup, editing-event",
            "wikis": "enwiki",
            "topics": "women,africa,",
            "online": "yes",
            "in-person": "On",
            "meeting-link": "https://meet.example.org",
            "country": "ke",
            "address": "Museum Hill Road",
            "chat-link": "https://chat.example.org",
            "test": "no",
            "count-contributions": "1",
            "course": "https://outreachdashboard.wmflabs.org/courses/School/Course/home",
            "grant": "G-1",
            "status": "closed",
        },
    )
    assert made == EventFields(
        page="Event:Meetup",
        timezone="Africa/Nairobi",
        start="20370305100000",
        end="20370305183000",
        status="closed",
        types=("editing-event", "meetup"),
        wikis=("enwiki",),
        topics=("africa", "women"),
        online=True,
        in_person=True,
        meeting_url="https://meet.example.org",
        country_code="KE",
        address="Museum Hill Road",
        chat_url="https://chat.example.org",
        is_test=False,
        tracks_contributions=True,
        course="School/Course",
        grant_id="G-1",
    )


def test_toml_values_mean_the_same_as_text():
    written = {"start": "2037-03-05 10:00", "types": "meetup, contest", "online": "yes", "test": "off"}
    typed = {"start": datetime(2037, 3, 5, 10), "types": ["contest", "meetup"], "online": True, "test": False}
    assert with_settings(BARE, written) == with_settings(BARE, typed)


def test_what_is_not_named_stays():
    before = with_settings(BARE, {"online": "yes", "meeting_link": "https://meet.example.org"})
    after = with_settings(before, {"status": "closed"})
    assert after == replace(before, status="closed")


def test_an_empty_value_clears_a_text_or_a_list():
    before = with_settings(BARE, {"chat_link": "https://chat.example.org", "topics": "women"})
    after = with_settings(before, {"chat_link": "", "topics": ""})
    assert (after.chat_url, after.topics) == (None, ())


def test_the_place_goes_with_the_meeting_in_person():
    before = with_settings(BARE, {"in_person": "yes", "country": "KE", "address": "Here"})
    after = with_settings(before, {"in_person": "no"})
    assert (after.country_code, after.address) == (None, None)


@pytest.mark.parametrize(
    ("settings", "key", "known"),
    [
        ({"colour": "red"}, "colour", "count_contributions"),
        ({"title": "Other"}, "title", "timezone"),
        ({"online": "perhaps"}, "online = perhaps", "yes, no"),
        ({"start": "tomorrow"}, "start = tomorrow", "2027-03-05 10:00"),
        ({"start": "2037-03-05T10:00:00+05:30"}, "start = 2037-03-05T10:00:00+05:30", "2027-03-05 10:00"),
        ({"start": datetime(2037, 3, 5, 10, tzinfo=UTC)}, "start = 2037-03-05 10:00:00+00:00", "10:00"),
        ({"types": 5}, "types = 5", "one, two"),
        ({"types": [1, 2]}, "types = [1, 2]", "one, two"),
        ({"timezone": 3}, "timezone = 3", "text"),
        ({"address": True}, "address = True", "text"),
        ({"status": "shut"}, "status = shut", "open, closed"),
        ({"country": "Uganda"}, "country = Uganda", "KE"),
    ],
)
def test_invalid_settings_are_reported_with_valid_ones(settings, key, known):
    with pytest.raises(SettingError) as caught:
        with_settings(BARE, settings)
    assert caught.value.key == key
    assert known in caught.value.known


def test_a_day_without_a_time_begins_at_midnight():
    assert with_settings(BARE, {"start": date(2037, 3, 5)}).start == "20370305000000"


PAGE = EventFields(
    page="Event:Photo walk",
    timezone="Africa/Nairobi",
    start="20370305100000",
    end="20370305183000",
    types=("meetup",),
    topics=("women",),
    online=True,
    in_person=True,
    address="Museum Hill Road\nNairobi",
)


def test_placeholders_are_filled_with_what_is_known():
    template = "$title|$start|$end|$timezone|$place|$organizer"
    assert page_text(template, PAGE, "Amara") == (
        "Photo walk|2037-03-05 10:00|2037-03-05 18:30|Africa/Nairobi|"
        "Museum Hill Road, Nairobi and online|Amara"
    )


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_stands_for_something(name):
    filled = page_text(f"<${name}> <${{{name}}}>", PAGE, "Amara")
    assert "$" not in filled
    assert "<>" not in filled


def test_what_is_no_placeholder_stays_as_it_is():
    for text in ("costs $5 and $unknown", "100 $", "{{Template|$1}}", "$$"):
        assert page_text(text, PAGE, "Amara") == text.replace("$$", "$")


def test_placeholders_in_user_input_are_not_filled():
    named = replace(PAGE, page="Event:$organizer", address="$title")
    assert page_text("$title – $place", named, "Amara") == "$organizer – $title and online"


def test_the_text_holds_while_the_form_is_half_filled():
    empty = EventFields(page="Event:", timezone="", start="", end="")
    assert page_text("[$title] [$start] [$place]", empty, "Amara") == "[] [] []"


def test_the_programs_own_template_uses_the_event_and_can_be_filled():
    filled = page_text(default_template(), PAGE, "Amara")
    assert filled.startswith("Photo walk takes place from 2037-03-05 10:00")
    assert "[[User talk:Amara|Amara]]" in filled
    assert "$" not in filled
