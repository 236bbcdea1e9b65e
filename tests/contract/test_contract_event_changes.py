"""Enabling, replacing and deleting registrations, and the wiki's errors (CONTRACT §3, §4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.domain.accounts.account import RIGHT_ENABLE
from app.domain.events.event_checks import FormField, refused_field
from app.domain.events.event_fields import CLOSED, EVERY_WIKI, OPEN, EventFields
from app.domain.faults import Fault, KnownFault
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.wiki.event_registration import is_deleted
from tests.contract.contract_events import END, START, check_as_sent, everything, fitted
from tests.contract.contract_people import Person
from tests.contract.replay.described_wiki import NUMBERS, PREFIX, RUN, ContractEvent, DescribedWiki

UNKNOWN_EVENT = 2_000_000_000
KEY, ERROR = "campaignevents-", "campaignevents-error-"
PAST = {"start": "20200101100000", "end": "20200102180000"}


@dataclass(frozen=True)
class Made:
    event_id: int
    title: str


@pytest.fixture
def event(contract_wiki_under_test: DescribedWiki) -> Iterator[Made]:
    """Return an event of the organizer. Tests replace it freely and must not assume its state."""
    with contract_wiki_under_test.event() as (event_id, title):
        yield Made(event_id, title)


@pytest.fixture
def deleted(contract_wiki_under_test: DescribedWiki) -> Made:
    """Return an event with a deleted registration."""
    with contract_wiki_under_test.event() as (event_id, title):
        return Made(event_id, title)


@pytest.fixture
def free_page(contract_wiki_under_test: DescribedWiki) -> str:
    """Return a page of the organizer on which no test may enable registration."""
    title = new_title()
    contract_wiki_under_test.make_page(title)
    return title


Enable = Callable[[EventFields], int]


@pytest.fixture
def enable(organizer: Person, contract_wiki_under_test: DescribedWiki) -> Iterator[Enable]:
    """Return a function that enables registration; the registrations are deleted at the end."""
    made: list[int] = []

    def enabled(wanted: EventFields) -> int:
        made.append(organizer.changing.enable(wanted))
        return made[-1]

    yield enabled
    for event_id in made:
        contract_wiki_under_test.rest("DELETE", f"/event_registration/{event_id}", {})


def new_title() -> str:
    return f"{PREFIX} {RUN} {next(NUMBERS)}"


Meetup = Callable[..., EventFields]


@pytest.fixture
def meetup(contract_wiki_under_test: DescribedWiki) -> Meetup:
    """Return a function that describes a minimal event with some different fields."""

    def described(page: str, **different: Any) -> EventFields:
        least = EventFields(
            page, "Asia/Kolkata", START, END, types=("meetup",), online=True, tracks_contributions=False
        )
        return replace(fitted(least, contract_wiki_under_test), **different)

    return described


def refusal(change: Callable[[], object]) -> tuple[Fault, str | None, FormField | None]:
    """Return how a change is refused: the fault, the wiki's error key, and the form field it belongs to."""
    with pytest.raises(KnownFault) as raised:
        change()
    fault = raised.value
    assert fault.sentence
    return fault.fault, fault.error_key, refused_field(fault.error_key, fault.parameters)


def text_of(person: Person, title: str) -> str:
    query = {"prop": "revisions", "titles": title, "rvprop": "content", "rvslots": "main"}
    pages = person.reading.client.api(action="query", **query)["query"]["pages"]
    return str(pages[0]["revisions"][0]["slots"]["main"]["content"])


def test_a_page_is_created_once_and_keeps_its_text(organizer: Person, co_organizer: Person) -> None:
    title = new_title()
    assert organizer.changing.create_page(title, "The first words.", "contract test")
    assert not organizer.changing.create_page(title, "Other words.", "contract test")
    assert not co_organizer.changing.create_page(title, "Words of somebody else.", "contract test")
    assert text_of(organizer, title) == "The first words."


def test_a_page_cannot_have_every_title(organizer: Person) -> None:
    failure = refusal(lambda: organizer.changing.create_page(f"{PREFIX} <{RUN}>", "Words.", "contract test"))
    assert failure == (Fault.INVALID, "invalidtitle", FormField.TITLE)


def test_the_least_that_makes_an_event(organizer: Person, enable: Enable, meetup: Meetup) -> None:
    wanted = meetup(new_title())
    assert organizer.changing.create_page(wanted.page, "Words.", "contract test")
    event_id = enable(wanted)
    found = organizer.reading.registration(event_id)
    check_as_sent(found, wanted)
    assert found.status == OPEN
    assert set(found.questions) == {1, 2, 3, 4, 5}
    own = organizer.reading.identity()
    people = organizer.reading.organizers(event_id)
    assert [(person.name, person.roles) for person in people] == [(own.name, ("creator",))]


def test_all_that_can_be_said_of_an_event(organizer: Person, enable: Enable) -> None:
    wanted = everything(new_title(), organizer.reading.facts().wiki_id, organizer.wiki)
    assert organizer.changing.create_page(wanted.page, "Words.", "contract test")
    check_as_sent(organizer.reading.registration(enable(wanted)), wanted)


BODY = "rest-body-validation-error"
URL, CHAT, ZONE = f"{ERROR}invalid-meeting-url", f"{ERROR}invalid-chat-url", f"{ERROR}invalid-timezone"
NOWHERE, NO_COUNTRY = f"{ERROR}no-participation-options", f"{ERROR}invalid-country-code"
NEPAL = {"in_person": True, "country_code": "NP"}
SIX_TOPICS = ("biography", "women", "asia", "africa", "europe", "literature")
# Invalid fields of an otherwise valid event, the wiki's error key, and the form field.
REFUSED: dict[str, tuple[dict[str, Any], str, FormField]] = {
    "no type": ({"types": ()}, f"{ERROR}no-types", FormField.TYPES),
    "not alone": ({"types": ("other", "meetup")}, f"{ERROR}invalid-other-selection", FormField.TYPES),
    "unknown type": ({"types": ("picnic",)}, BODY, FormField.TYPES),
    "three types": ({"types": ("meetup", "workshop", "hackathon")}, BODY, FormField.TYPES),
    "unknown wiki": ({"wikis": ("nosuchwiki",)}, BODY, FormField.WIKIS),
    "unknown topic": ({"topics": ("nosuchtopic",)}, BODY, FormField.TOPICS),
    "six topics": ({"topics": SIX_TOPICS}, BODY, FormField.TOPICS),
    "nowhere": ({"online": False}, NOWHERE, FormField.PARTICIPATION),
    "no address": ({"meeting_url": "notaurl"}, URL, FormField.MEETING_URL),
    "file server": ({"meeting_url": "ftp://example.org/meeting"}, URL, FormField.MEETING_URL),
    "script": ({"chat_url": "javascript:alert(1)"}, CHAT, FormField.CHAT_URL),
    "no country": ({"in_person": True}, NO_COUNTRY, FormField.COUNTRY),
    "unknown country": ({**NEPAL, "country_code": "XX"}, BODY, FormField.COUNTRY),
    "blank place": ({**NEPAL, "address": "  "}, f"{ERROR}invalid-address", FormField.ADDRESS),
    "unknown time zone": ({"timezone": "Mars/Olympus"}, ZONE, FormField.TIMEZONE),
    "short offset": ({"timezone": "+5:30"}, ZONE, FormField.TIMEZONE),
    "no time": ({"start": "not a date"}, BODY, FormField.START),
    "backwards": ({"start": END, "end": START}, f"{ERROR}start-after-end", FormField.END),
    "impossible title": ({"page": "Event:<>[]"}, BODY, FormField.TITLE),
    "no page": ({"page": f"{PREFIX} {RUN} without"}, f"{ERROR}page-not-found", FormField.TITLE),
}


#: The fields that a wiki must know to return an error key.
NEEDED = {
    **dict.fromkeys(("no type", "not alone", "unknown type", "three types"), "types"),
    **dict.fromkeys(("unknown wiki", "unknown topic", "six topics"), "topics"),
    **dict.fromkeys(("no country", "unknown country"), "meeting_country_code"),
}


def key_of(key: str, wiki: DescribedWiki) -> str:
    """Return the error key of an older wiki for the same error."""
    if key == NOWHERE and "types" not in wiki.known:
        return f"{ERROR}no-meeting-type"
    # 1.45 has no separate key for this error.
    return "rawmessage" if key == NO_COUNTRY and "goal_type" not in wiki.known else key


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_an_event_comes_back_to_its_field(
    organizer: Person, event: Made, free_page: str, meetup: Meetup, name: str
) -> None:
    if NEEDED.get(name, "id") not in organizer.wiki.known:
        pytest.skip("an older wiki does not look at this")
    different, key, field = REFUSED[name]
    key = key_of(key, organizer.wiki)
    before = organizer.reading.registration(event.event_id)
    wanted = replace(meetup(free_page), **different)
    assert refusal(lambda: organizer.changing.enable(wanted)) == (Fault.INVALID, key, field)
    wanted = replace(meetup(event.title), **different)
    failure = refusal(lambda: organizer.changing.replace(event.event_id, wanted, None, {}))
    assert failure == (Fault.INVALID, key, field)
    assert organizer.reading.registration(event.event_id) == before


@pytest.mark.parametrize(
    ("different", "reason"),
    [
        # The wiki's default is true (CONTRACT §4.4).
        ({"tracks_contributions": None}, "invalid-type"),
        ({"tracks_contributions": True}, "invalid-type"),
        ({"tracks_contributions": True, "types": ("editing-event",)}, "no-wikis"),
    ],
)
def test_contributions_are_not_counted_for_every_event(
    organizer: Person, event: Made, free_page: str, different: dict[str, Any], reason: str, meetup: Meetup
) -> None:
    if "tracks_contributions" not in organizer.wiki.known:
        pytest.skip("contributions are not counted on this wiki")
    if different == {"tracks_contributions": None} and "goal_type" in organizer.wiki.known:
        pytest.skip("later wikis require tracks_contributions, which is sent as false")
    refused = (Fault.INVALID, f"{ERROR}contribs-tracking-{reason}", FormField.CONTRIBUTIONS)
    assert refusal(lambda: organizer.changing.enable(meetup(free_page, **different))) == refused
    wanted = meetup(event.title, **different)
    assert refusal(lambda: organizer.changing.replace(event.event_id, wanted, None, {})) == refused


def test_a_new_event_lies_ahead(organizer: Person, free_page: str, meetup: Meetup) -> None:
    failure = refusal(lambda: organizer.changing.enable(meetup(free_page, start=PAST["start"])))
    assert failure == (Fault.INVALID, f"{ERROR}start-past", FormField.START)


def test_not_every_page_can_have_an_event(organizer: Person, event: Made, meetup: Meetup) -> None:
    general = organizer.reading.client.api(action="query", meta="siteinfo")["query"]["general"]
    key = "page-namespace-not-allowed" if "wikis" in organizer.wiki.known else "page-not-event-namespace"
    refused = (Fault.INVALID, f"{ERROR}{key}", FormField.TITLE)
    wanted = meetup(general["mainpage"])
    assert refusal(lambda: organizer.changing.enable(wanted)) == refused
    assert refusal(lambda: organizer.changing.replace(event.event_id, wanted, None, {})) == refused


def test_a_page_has_one_event_for_ever(
    organizer: Person, event: Made, deleted: Made, contract_event: ContractEvent, meetup: Meetup
) -> None:
    changing = organizer.changing
    taken = (Fault.INVALID, f"{ERROR}page-already-registered", FormField.TITLE)
    assert refusal(lambda: changing.enable(meetup(event.title))) == taken
    wanted = meetup(contract_event.title)
    assert refusal(lambda: changing.replace(event.event_id, wanted, None, {})) == taken
    blocked = (Fault.INVALID, f"{ERROR}page-already-registered-deleted", FormField.TITLE)
    wanted = meetup(deleted.title)
    assert refusal(lambda: changing.enable(wanted)) == blocked
    assert refusal(lambda: changing.replace(event.event_id, wanted, None, {})) == blocked


def test_only_who_made_the_page_may_enable(co_organizer: Person, free_page: str, meetup: Meetup) -> None:
    failure = refusal(lambda: co_organizer.changing.enable(meetup(free_page)))
    assert failure == (Fault.NOT_ALLOWED, f"{KEY}enable-registration-not-allowed-page", FormField.TITLE)


def test_a_plain_user_enables_nothing(plain_user: Person, free_page: str, meetup: Meetup) -> None:
    if plain_user.reading.facts().gives(RIGHT_ENABLE, ["user", "autoconfirmed"]):
        pytest.skip("on this wiki nearly everybody may enable registration")
    failure = refusal(lambda: plain_user.changing.enable(meetup(free_page)))
    assert failure == (Fault.NOT_ALLOWED, f"{KEY}rest-enable-registration-permission-denied", None)


def test_a_registration_is_replaced_whole(organizer: Person, event: Made, meetup: Meetup) -> None:
    full = everything(event.title, organizer.reading.facts().wiki_id, organizer.wiki)
    organizer.changing.replace(event.event_id, full, None, {})
    check_as_sent(organizer.reading.registration(event.event_id), full)
    # Fields of a meeting that was removed must not make the wiki refuse the event.
    elsewhere = fitted(replace(full, online=False, wikis=(EVERY_WIKI,)), organizer.wiki)
    organizer.changing.replace(event.event_id, elsewhere, None, {})
    check_as_sent(organizer.reading.registration(event.event_id), elsewhere)
    assert organizer.reading.registration(event.event_id).meeting_url is None
    least = meetup(event.title)
    organizer.changing.replace(event.event_id, least, None, {})
    check_as_sent(organizer.reading.registration(event.event_id), least)


def test_closing_and_reopening(organizer: Person, event: Made, meetup: Meetup) -> None:
    for status in (CLOSED, OPEN):
        wanted = meetup(event.title, status=status)
        organizer.changing.replace(event.event_id, wanted, None, {})
        check_as_sent(organizer.reading.registration(event.event_id), wanted)


def test_registration_is_open_or_closed(organizer: Person, event: Made, meetup: Meetup) -> None:
    wanted = meetup(event.title, status="cancelled")
    failure = refusal(lambda: organizer.changing.replace(event.event_id, wanted, None, {}))
    assert failure == (Fault.INVALID, BODY, FormField.STATUS)


def test_what_the_wiki_does_not_take_is_left_out(organizer: Person, event: Made, meetup: Meetup) -> None:
    wanted = meetup(event.title, chat_url=f"https://chat.example.org/{next(NUMBERS)}")
    unknown = {"no_such_field": 1, "nor_this_one": {"deep": [None]}}
    organizer.changing.replace(event.event_id, wanted, None, unknown)
    check_as_sent(organizer.reading.registration(event.event_id), wanted)


def test_an_unknown_tracking_tool(organizer: Person, event: Made, meetup: Meetup) -> None:
    wanted = meetup(event.title, course="Institution/Course")
    failure = refusal(lambda: organizer.changing.replace(event.event_id, wanted, "no-such-tool", {}))
    assert failure == (Fault.INVALID, f"{ERROR}invalid-trackingtool", FormField.COURSE)


def test_who_does_not_organize_changes_nothing(
    organizer: Person, co_organizer: Person, plain_user: Person, event: Made, meetup: Meetup
) -> None:
    before = organizer.reading.registration(event.event_id)
    wanted = meetup(event.title, chat_url="https://chat.example.org/mine")
    for person in (co_organizer, plain_user):
        failure = refusal(lambda who=person: who.changing.replace(event.event_id, wanted, None, {}))
        assert failure == (Fault.NOT_ALLOWED, f"{KEY}edit-not-allowed-registration", None)
        failure = refusal(lambda who=person: who.changing.delete(event.event_id))
        assert failure == (Fault.NOT_ALLOWED, f"{KEY}delete-not-allowed-registration", None)
    assert organizer.reading.registration(event.event_id) == before


def test_an_event_that_is_over(
    contract_wiki_under_test: DescribedWiki,
    organizer: Person,
    co_organizer: Person,
    plain_user: Person,
    meetup: Meetup,
) -> None:
    with contract_wiki_under_test.event() as (event_id, title):
        answered = OwnRegistration(private=False, answers={"confidence": OwnAnswer(3)})
        plain_user.changing.register(event_id, answered)
        # An organizer may move an event into the past.
        over = meetup(title, **PAST)
        organizer.changing.replace(event_id, over, None, {})
        check_as_sent(organizer.reading.registration(event_id), over)
        failure = refusal(lambda: co_organizer.changing.register(event_id, OwnRegistration(private=False)))
        assert failure == (Fault.INVALID, f"{KEY}register-event-past", None)
        # Since there are answers, its dates cannot change any more, all other fields can.
        failure = refusal(lambda: organizer.changing.replace(event_id, meetup(title), None, {}))
        assert failure == (Fault.INVALID, f"{KEY}event-dates-cannot-be-changed", FormField.START)
        over = replace(over, chat_url="https://chat.example.org/afterwards")
        organizer.changing.replace(event_id, over, None, {})
        check_as_sent(organizer.reading.registration(event_id), over)


def test_a_registration_is_deleted_once(
    contract_wiki_under_test: DescribedWiki, organizer: Person, meetup: Meetup
) -> None:
    with contract_wiki_under_test.event() as (event_id, title):
        organizer.changing.delete(event_id)
        with pytest.raises(KnownFault) as raised:
            organizer.reading.registration(event_id)
        assert is_deleted(raised.value)
        again = refusal(lambda: organizer.changing.delete(event_id))
        assert again == (Fault.NOT_FOUND, f"{KEY}rest-delete-already-deleted", None)
        wanted = meetup(title)
        replaced = refusal(lambda: organizer.changing.replace(event_id, wanted, None, {}))
        assert replaced == (Fault.INVALID, f"{KEY}edit-registration-deleted", None)


def test_an_event_that_never_was(organizer: Person, free_page: str, meetup: Meetup) -> None:
    unknown = (Fault.NOT_FOUND, f"{KEY}rest-event-not-found", None)
    wanted = meetup(free_page)
    assert refusal(lambda: organizer.changing.replace(UNKNOWN_EVENT, wanted, None, {})) == unknown
    assert refusal(lambda: organizer.changing.delete(UNKNOWN_EVENT)) == unknown


def test_a_grant_where_the_wiki_knows_of_none(organizer: Person, event: Made) -> None:
    if organizer.reading.facts().has_grant_ids:
        pytest.skip("this wiki has the add-on for grants: it would ask the grants service")
    failure = refusal(lambda: organizer.changing.set_grant_id(event.event_id, "2511-12345"))
    assert failure == (Fault.NOT_FOUND, "rest-no-match", None)
    assert organizer.reading.grant_id(event.event_id) is None
