"""The CSV of an event's participants, as read by spreadsheets and programs."""

import csv
import os
import re
import resource
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.events.event import Event, Listing, Registration
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Answer, AnswersState, Participant, Presence
from app.domain.people.people_columns import NAME, column_of
from app.domain.wording import people_texts
from app.reports.participants.export_choices import ExportChoices
from app.reports.participants.participants_csv import write_csv
from app.store import atomic_file
from app.store.database import leftovers
from app.store.mirror import Mirror, open_temporary
from tests.support.examples import examples

REGISTERED = int(datetime(2026, 7, 1, 20, 0, tzinfo=UTC).timestamp())
ALL = ExportChoices(include_private=True)
NAME_ONLY = ExportChoices(columns=(NAME,))


def an_event(complete_at: int | None = REGISTERED) -> Event:
    registration = Registration(
        7, "Photo walk", "Event:P", "metawiki", "open", "Asia/Kolkata", "20260710100000", "20260710180000"
    )
    return Event(1, 1, registration, Listing.LISTED, 3, 1, 1, complete_at, True, False)


def person(name: str | None, *, private: bool = False, **more) -> Participant:
    return Participant(5, 77, name, REGISTERED, private, **more)


def rows(path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


MIRRORS: list[Mirror] = []


@pytest.fixture(autouse=True)
def mirror():
    """Return open data, which an export must not overwrite."""
    opened = open_temporary()
    MIRRORS.append(opened)
    yield opened
    MIRRORS.remove(opened)
    opened.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "people.csv"


def write(path, people, choices=ALL, event=None) -> int:
    return write_csv(path, MIRRORS[-1], event or an_event(), "Meta-Wiki", people, choices)


def test_a_person_is_a_row_with_words_for_what_is_known(path):
    answers = (Answer(4, "confident"), Answer(5, "affiliate", "Wikimedia México"))
    somebody = person("Zoë", can_email=True, answers_state=AnswersState.SHOWN, answers=answers)
    assert write(path, [somebody]) == 1
    assert dict(zip(*rows(path), strict=True)) == {
        "Name": "Zoë",
        "User ID": "77",
        "Registered at (Asia/Kolkata)": "2026-07-02 01:30:00",
        "Private": "no",
        "Can be e-mailed": "yes",
        people_texts.question_label(4): people_texts.option_label(4, "confident"),
        "Member of an affiliate": "Yes",
        "Affiliate": "Wikimedia México",
    }


def test_what_is_not_known_is_empty_and_what_was_summed_up_says_so(path):
    write(path, [person("A"), person("B", answers_state=AnswersState.AGGREGATED), person(None)])
    _, unknown, summed_up, _ = rows(path)
    assert unknown[4:] == ["", "", "", ""]
    assert "summed up" in summed_up[5]


def test_a_person_without_a_name_has_words_for_it(path):
    hidden, vanished = (person(None, presence=presence) for presence in (Presence.HIDDEN, Presence.VANISHED))
    write(path, [hidden, vanished], NAME_ONLY)
    assert rows(path)[1:] == [["(name hidden by the wiki)"], ["(account no longer exists)"]]


def test_private_people_are_left_out_unless_asked_for(path):
    people = [person("Open"), person("Shy", private=True)]
    assert write(path, people, ExportChoices()) == 1
    assert "Shy" not in path.read_text("utf-8")
    assert write(path, people, ALL) == 2
    assert rows(path)[2][3] == "yes"


def test_columns_come_as_chosen_and_in_that_order(path):
    choices = ExportChoices(columns=(column_of("user-id"), NAME))
    write(path, [person("A")], choices)
    assert rows(path) == [["User ID", "Name"], ["77", "A"]]


def test_lines_end_as_the_rfc_says_and_every_cell_is_quoted(path):
    write(path, [person('WikiDonne, "Italia"'), person("two\nlines"), person("0041")], NAME_ONLY)
    lines = (b'"Name"', b'"WikiDonne, ""Italia"""', b'"two\nlines"', b'"0041"', b"")
    assert path.read_bytes() == b"\r\n".join(lines)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_separator_is_a_choice(path, separator):
    choices = ExportChoices(columns=(column_of("user-id"), NAME), separator=separator)
    write(path, [person("Müller; Anna")], choices)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, delimiter=separator)) == [["User ID", "Name"], ["77", "Müller; Anna"]]


@pytest.mark.parametrize(("mark", "first"), [(True, b'\xef\xbb\xbf"Name"'), (False, b'"Name"')])
def test_the_byte_order_mark_is_a_choice(path, mark, first):
    write(path, [], ExportChoices(columns=(NAME,), byte_order_mark=mark))
    assert path.read_bytes().startswith(first)


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\ta", "\ra", "\na", "＝1+1", " =1+1", "\u200b=1", "\ufeff@x"]
)
def test_a_cell_that_would_run_is_defused(path, name):
    write(path, [person(name)], NAME_ONLY)
    assert rows(path)[1] == ["'" + name]
    write(path, [person(name)], ExportChoices(columns=(NAME,), guard=False))
    assert rows(path)[1] == [name]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\t=1+1", "a\t'=1+1"),
        ("a|=1", "a|'=1"),
        ("a,@x", "a,'@x"),
        ("a\n=1", "a\n'=1"),
        ("a; =1", "a;' =1"),
        ('a;"=1', "a;'\"=1"),
        ("a;\u200b=1;b;-2", "a;'\u200b=1;b;'-2"),
        ("\u3000=1", "'\u3000=1"),
        ("\x01=1", "'\x01=1"),
        ("\x85=1", "'\x85=1"),
        ("−1", "'−1"),
        ("➕1", "'➕1"),
        ("﹣1", "'﹣1"),
        ("\u2066=1", "'\u2066=1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("a;b", "a;b"),
        ("Müller; Anna", "Müller; Anna"),
    ],
)
def test_no_piece_of_a_cell_runs_where_a_spreadsheet_separates_otherwise(path, name, cell):
    write(path, [person(name)], NAME_ONLY)
    assert rows(path)[1] == [cell]


@settings(
    deadline=None, max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.sampled_from(list("a =+-@;,|\t\n\r'\"\u2212\u200b\u3000")), max_size=12))
def test_no_part_of_a_cell_begins_as_a_formula_with_any_separator(path, name):
    write(path, [person(name)], NAME_ONLY)
    (cell,) = rows(path)[1] or [""]
    for piece in re.split("[;,|\t\n\r]", cell):
        assert not piece.lstrip(' \u3000\u200b"').startswith(("=", "+", "-", "@", "\u2212"))


def test_free_text_answers_are_defused_too(path):
    answers = (Answer(5, "affiliate", '=HYPERLINK("http://x")'), Answer(4, "=odd"))
    write(path, [person("A", answers_state=AnswersState.SHOWN, answers=answers)])
    assert rows(path)[1][5:] == ["'=odd", "Yes", '\'=HYPERLINK("http://x")']


def test_a_harmless_name_is_unchanged(path):
    write(path, [person("Anna-Maria"), person("A=B"), person("3@home")], NAME_ONLY)
    assert [row for (row,) in rows(path)[1:]] == ["Anna-Maria", "A=B", "3@home"]


def test_the_last_line_contains_the_provenance(path):
    write(path, [person("A")], ExportChoices(provenance=True))
    header, _, last = rows(path)
    assert last[0] == "Participants of “Photo walk” on Meta-Wiki, as fetched 2026-07-01 20:00 (UTC)."
    assert len(last) == len(header)
    write(path, [], ExportChoices(provenance=True), an_event(None))
    assert "never" in rows(path)[-1][0]
    looked = replace(an_event(), looked_at=REGISTERED + 86_400)
    write(path, [], ExportChoices(provenance=True), looked)
    assert "as fetched 2026-07-02 20:00, everybody last 2026-07-01 20:00 (UTC)." in rows(path)[-1][0]


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), max_size=5))
def test_names_in_any_script_come_back_as_they_were(path, names):
    write(path, [person(name) for name in names], ExportChoices(columns=(NAME,), guard=False))
    assert [row for (row,) in rows(path)[1:]] == names


def test_only_the_owner_can_read_the_file(path):
    write(path, [person("A")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("fault", [ZeroDivisionError, KnownFault(Fault.DATA_DAMAGED, "x"), KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_old_file(path, fault):
    path.write_text("old")

    def people():
        yield person("A")
        raise fault

    with pytest.raises((ZeroDivisionError, KnownFault, KeyboardInterrupt)):
        write(path, people())
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_reported_and_the_old_file_stays(path):
    path.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(KnownFault) as caught:
            write(path, [person("A" * 900) for _ in range(100)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.fault is Fault.DISK
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("place", ["nowhere/people.csv", "folder", "x" * 300 + ".csv"])
def test_a_path_that_cannot_be_written_is_reported(tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(KnownFault) as caught:
        write(tmp_path / place, [person("A")])
    assert caught.value.fault is Fault.DISK
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_long_file_name_works(tmp_path):
    path = tmp_path / ("n" * 251 + ".csv")
    write(path, [person("A")])
    assert len(rows(path)) == 2


@pytest.mark.parametrize("kind", ["link", "link to nowhere", "pipe", "database", "log of changes"])
def test_what_is_no_place_for_a_file_is_left_as_it_is(path, tmp_path, mirror, kind):
    target = tmp_path / "target"
    if kind == "link":
        target.write_text("before")
        path.symlink_to(target)
    elif kind == "link to nowhere":
        path.symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "database":
        path = mirror.path
    else:
        path = mirror.folder / "event-center.db-wal"
        path.touch()
    before = path.lstat()
    with pytest.raises(KnownFault, match="not a place for a file") as caught:
        write(path, [person("A")])
    assert caught.value.fault is Fault.USAGE
    assert path.lstat().st_ino == before.st_ino
    assert not target.exists() or target.read_text() == "before"


def test_until_it_is_whole_a_file_has_no_name(path, tmp_path):
    def people():
        yield person("Marker")
        seen.extend(tmp_path.iterdir())

    seen: list[object] = []
    write(path, people())
    assert seen == []
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_without_unnamed_files_the_mirror_stores_the_temporary_name(path, tmp_path, monkeypatch):
    def no_unnamed_files(*_):
        return None

    def people():
        yield person("Marker")
        with closing(MIRRORS[-1].reader()) as reader:
            noted.extend(place for _, _, place in leftovers.read(reader))
        drafts.extend(str(one) for one in tmp_path.iterdir())

    noted: list[str] = []
    drafts: list[str] = []
    monkeypatch.setattr(atomic_file, "_open_unnamed", no_unnamed_files)
    write(path, people())
    assert noted == drafts
    assert len(drafts) == 1
    with closing(MIRRORS[-1].reader()) as reader:
        assert leftovers.read(reader) == []
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
