"""Events for the contract tests, in the fields that the wiki under test knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.events.event import Registration
from app.domain.events.event_fields import EventFields, fields_of, tidy
from tests.contract.replay.described_wiki import DescribedWiki

#: The fields that older wikis do not know, with their values for such wikis.
_DAY = datetime.now(UTC) + timedelta(days=40)
START, END = f"{_DAY:%Y%m%d}100000", f"{_DAY + timedelta(days=1):%Y%m%d}180000"
_NOTHING: dict[str, dict[str, Any]] = {
    "types": {"types": ()},
    "wikis": {"wikis": ()},
    "topics": {"topics": ()},
    "is_test_event": {"is_test": False},
    "tracks_contributions": {"tracks_contributions": None},
}


def fitted(wanted: EventFields, wiki: DescribedWiki) -> EventFields:
    """Return an event without the fields that the wiki does not know."""
    for name, nothing in _NOTHING.items():
        if name not in wiki.known:
            wanted = replace(wanted, **nothing)
    return wanted


def everything(page: str, wiki_id: str, wiki: DescribedWiki) -> EventFields:
    """Return an event with all fields that every wiki accepts."""
    everywhere = EventFields(
        page=page,
        timezone="+05:45",
        start=START,
        end=END,
        types=("training-seminar", "editing-event"),
        wikis=(wiki_id,),
        topics=("women", "asia", "biography"),
        online=True,
        in_person=True,
        meeting_url="https://meet.example.org/contract?pwd=1",
        country_code="NP",
        address="Straße 1\n東京",
        chat_url="https://chat.example.org/contract",
        is_test=True,
        tracks_contributions=True,
    )
    return fitted(everywhere, wiki)


def check_as_sent(found: Registration, wanted: EventFields) -> None:
    """Check that an event on the wiki has the fields that were sent."""
    expected = tidy(wanted)
    if found.tracks_contributions is None:
        # Wikis without tracking of contributions do not know the field.
        expected = replace(expected, tracks_contributions=None)
    if found.country_code == "Nepal":
        # On older wikis the country is free text.
        expected = replace(expected, country_code="Nepal")
    # The wiki localizes the namespace.
    assert found.name == wanted.page.partition(":")[2]
    assert fields_of(found) == replace(expected, page=found.page)
