"""What leaves the computer about what came of an event is the same whatever private participants did."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import times
from app.domain.events.event import Event
from app.domain.impact.edits import AccountFacts, Edit
from app.domain.impact.figures import DAY_SECONDS, Period, span_of
from app.reports.event_reports.contents import Report
from app.reports.event_reports.formats.report_json import report_document
from app.reports.event_reports.impact_sections import impact_of_several, impact_section
from app.reports.event_reports.reported_event import ReportedEvent
from app.reports.impact_people_csv import write_people_impact
from app.store.events.events import read_events
from app.store.impact.counted_edits import read_uncounted
from app.store.impact.edits import (
    begin_reading,
    end_reading,
    read_looked_at,
    read_title_edits,
    save_accounts,
    save_edits,
)
from app.store.impact.figures import read_impact
from app.store.mirror import Mirror, open_with_passphrase
from tests.support.data.store_samples import add_account, add_event, person, see
from tests.support.examples import examples

WIKIS = ("enwiki", "commonswiki")
PUBLIC, PRIVATE = 100, 500
READ_AT = 1_900_000_000
MADE_AT = datetime.fromtimestamp(READ_AT, UTC)


class Done(NamedTuple):
    """One edit; `at` in seconds since the event began."""

    wiki: str
    page: int
    namespace: int
    at: int
    size_diff: int
    is_new: bool
    reverted: bool


class Somebody(NamedTuple):
    """A participant; `made`: the account's age in days when the event began."""

    made: int | None
    edits_before: int | None
    edits: list[Done]


an_edit = st.builds(
    Done,
    st.sampled_from(WIKIS),
    st.integers(1, 4),
    st.sampled_from((0, 1, 6)),
    # Before, at the event of eight hours, and in the days in which people can stay.
    st.one_of(st.integers(0, 28_800), st.integers(-DAY_SECONDS, 80 * DAY_SECONDS)),
    st.integers(-500, 500),
    st.booleans(),
    st.booleans(),
)
somebody = st.builds(
    Somebody,
    st.none() | st.integers(-1, 40),
    st.none() | st.integers(0, 2000),
    st.lists(an_edit, max_size=4),
)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = open_with_passphrase(tmp_path / "data", "correct horse")
    yield opened
    opened.close()


@pytest.fixture
def event_ids() -> Iterator[int]:
    # The same for all examples, so that none finds edits of another.
    return count(7)


def make_event(mirror: Mirror, account: int, event_id: int, public, private, *, agreed: bool) -> Event:
    """Make an event whose edits were read; `agreed`: about private participants too."""
    write = mirror.writer.do
    key = add_event(mirror, account, event_id)
    of_number = {PUBLIC + n: one for n, one in enumerate(public)}
    of_number |= {PRIVATE + n: one for n, one in enumerate(private)}
    see(mirror, key, [person(n, private=n >= PRIVATE) for n in of_number])
    with closing(mirror.reader()) as reader:
        event = next(one for one in read_events(reader) if one.key == key)
        begins = span_of(event).begins
        asked = [1000 + n for n in of_number if n >= PRIVATE] if agreed else []
        write(begin_reading, key, begins - 2 * DAY_SECONDS, begins, asked)
        people = read_looked_at(reader, key, asked)
    # The numbers of what public participants did are those of the wikis, whoever else edits there.
    revisions = {False: count(1), True: count(10_000)}
    for wiki in WIKIS:
        edits = [
            Edit(
                next(revisions[n >= PRIVATE]),
                f"Person {n}",
                edit.page,
                edit.namespace,
                f"Page {edit.page}",
                begins + edit.at,
                *edit[4:],
            )
            for n, one in of_number.items()
            for edit in one.edits
            if edit.wiki == wiki
        ]
        write(save_edits, key, wiki, people, edits)
        accounts = [
            (
                1000 + n,
                AccountFacts(
                    f"Person {n}",
                    None if one.made is None else begins - one.made * DAY_SECONDS,
                    one.edits_before,
                ),
            )
            for n, one in of_number.items()
        ]
        write(save_accounts, key, wiki, people, accounts, {}, begins, READ_AT)
    write(end_reading, key, READ_AT, [])
    return event


def told(mirror: Mirror, event: Event, path: Path) -> list[object]:
    """Return everything about an event's edits that is written into files or printed in the terminal."""
    zone, span = times.zone("UTC"), span_of(event)
    with closing(mirror.reader()) as reader:
        subject = ReportedEvent(event, "Wiki", "", (), list)
        sections = [impact_section(reader, subject), impact_of_several(reader, [subject, subject])]
        report = Report("", "", "en", "UTC", [one for one in sections if one], "", "", MADE_AT)
        # The tab writes its people from what it shows, and that has private participants in it.
        everybody = frozenset(range(1000 + PRIVATE, 2000 + PRIVATE))
        shown = read_impact(
            reader, event.key, span, Period(span.begins, span.ends), zone, (), READ_AT, agreed=everybody
        )
        rows = [one._replace(name="") for one in read_uncounted(reader, event.key, span, (), (), READ_AT)]
        edited = read_title_edits(reader, event.key, span, ())
    written = write_people_impact(path, mirror, shown.persons, zone)
    return [len(report.sections), report_document(report), written, path.read_bytes(), rows, edited]


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(somebody, max_size=6),
    st.lists(somebody, max_size=6),
    st.lists(somebody, max_size=6),
    st.booleans(),
)
def test_no_total_file_or_list_tells_what_private_participants_did(
    mirror, tmp_path, event_ids, public, private, others, agreed
) -> None:
    account = add_account(mirror)
    one, other = (
        told(
            mirror,
            make_event(mirror, account, next(event_ids), public, some, agreed=agreed),
            tmp_path / "people.csv",
        )
        for some in (private, others)
    )
    assert one[0] == 2
    assert one == other
