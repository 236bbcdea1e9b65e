"""Reading what is on this computer: the same with a wiki and without one."""

import csv
import io

import pytest

from app.domain.people.people_columns import PEOPLE_COLUMNS
from tests.support.servers.practice_server import practice_server


def test_events_are_listed_in_the_order_of_their_beginning(run, synced):
    listed = run(synced, "events")
    assert listed.code == 0
    assert "Women in Science Edit-a-thon" in listed.out
    begins = [event["starts_at"] for event in run(synced, "events", "--json").document]
    assert len(begins) > 8
    assert begins[0] < begins[-1]


def test_an_event_document_holds_all_of_it(run, synced, big_event):
    (event,) = [e for e in run(synced, "events", "--json").document if e["event_id"] == int(big_event)]
    assert event["participants"] == 130
    assert event["listing"] == "listed"
    assert event["complete"] is True
    assert event["phase"] in ("now", "upcoming", "past")


def test_participants_are_exactly_the_wikis(run, synced, big_event, practice_wiki):
    found = run(synced, "participants", big_event, "--json").document
    expected = practice_wiki.people(int(big_event))
    assert found["matching"] == len(expected) == 130
    assert found["complete"] is True
    of_wiki = {one["participant_id"]: one.get("user_name") for one in expected}
    assert {one["participant_id"]: one["name"] for one in found["participants"]} == of_wiki


def test_a_search_finds_without_accents_and_case(run, synced, big_event):
    everybody = run(synced, "participants", big_event, "--json").document["participants"]
    somebody = next(one["name"] for one in everybody if one["name"] and len(one["name"]) > 4)
    found = run(synced, "participants", big_event, "--search", somebody.upper(), "--json").document
    assert somebody in [one["name"] for one in found["participants"]]
    assert found["matching"] < 130


def test_a_limit_shows_the_first_and_counts_the_others(run, synced, big_event):
    shown = run(synced, "participants", big_event, "--limit", "3")
    assert shown.out.splitlines()[-1] == "3 of 130 shown."
    assert len(shown.out.splitlines()) == 5


def test_nobody_found_says_so_without_an_empty_table(run, synced, big_event):
    assert run(synced, "participants", big_event, "--search", "zzzzzz").out == "0 participants.\n"


def test_typed_bytes_that_are_no_text_find_nobody(run, synced, big_event):
    assert run(synced, "participants", big_event, "--search", "\udcffabc").code == 0


def test_statistics_keep_small_numbers_veiled(run, synced, big_event):
    shown = run(synced, "statistics", big_event)
    assert shown.code == 0
    assert "130 participants." in shown.out
    document = run(synced, "statistics", big_event, "--json").document
    assert (
        document["public_participants"] + document["private_participants"] == document["participants"] == 130
    )
    assert sum(day["registrations"] for day in document["registrations_by_day"]) == 130
    for question in document["questions"]:
        for option in question["options"] or ():
            if option["option"] != "no-response":
                assert option["at_least"] == option["at_most"] >= 5 or (
                    option["at_least"],
                    option["at_most"],
                ) == (0, 4)


def test_an_export_leaves_private_people_out_and_says_so(run, synced, big_event, tmp_path):
    path = tmp_path / "people.csv"
    public = run(synced, "export", big_event, "--format", "csv", "--output", str(path))
    assert public.code == 0
    assert "private participant" in public.out
    assert "--include-private" in public.out
    assert "yes" not in [row["Private"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))]
    every = run(
        synced, "export", big_event, "--format", "csv", "--output", str(path), "--include-private", "--json"
    )
    assert every.document == {
        "event_id": int(big_event),
        "complete": True,
        "participants": 130,
        "path": str(path),
    }
    assert len(list(csv.reader(io.StringIO(path.read_text("utf-8"))))) == 131


def test_an_export_has_the_columns_mark_and_line_asked_for(run, synced, big_event, tmp_path):
    path = tmp_path / "people.csv"
    options = ["--columns", "user-id, name", "--bom", "--provenance", "--no-formula-guard"]
    assert run(synced, "export", big_event, "--format", "csv", "--output", str(path), *options).code == 0
    text = path.read_bytes().decode("utf-8")
    assert text.startswith('\ufeff"User ID","Name"\r')
    assert text.splitlines()[-1].startswith('"Participants of “')


def test_an_export_to_a_spreadsheet_or_with_another_separator(run, synced, big_event, tmp_path):
    book, text = tmp_path / "people.xlsx", tmp_path / "people.csv"
    assert run(synced, "export", big_event, "--format", "xlsx", "--output", str(book)).code == 0
    assert book.read_bytes().startswith(b"PK")
    options = ["--separator", "semicolon", "--columns", "name,user-id"]
    assert run(synced, "export", big_event, "--format", "csv", "--output", str(text), *options).code == 0
    assert text.read_text("utf-8").startswith('"Name";"User ID"\n')


def test_the_same_answers_come_without_the_wiki(run, folder):
    reading = [
        ("events", "--json"),
        ("accounts", "--json"),
        ("participants", "1", "--json"),
        ("participants", "1", "--search", "an"),
        ("statistics", "1"),
    ]
    with practice_server() as wiki:
        somebody = next(one["user_name"] for one in wiki.people(1) if one.get("user_name"))
        wiki.person(1, somebody, "aggregate")
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token()).code == 0
        assert run(folder, "sync", "--event", "1").code == 0
        before = [run(folder, *command) for command in reading]
    assert [ran.code for ran in before] == [0] * len(reading)
    assert "The answers of 1 person were summed up and deleted by the wiki." in before[-1].out
    assert [run(folder, *command) for command in reading] == before
    offline = run(folder, "sync")
    assert offline.code == 4
    assert "cannot be reached" in offline.err
    assert "Traceback" not in offline.err
    assert run(folder, *reading[0]) == before[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["participants", "x"], "no event’s number"),
        (["participants", "²"], "no event’s number"),
        (["participants", "9" * 5000], "no event’s number"),
        (["statistics", "https://meta.wikimedia.org/wiki/Event:X"], "leads to meta.wikimedia.org"),
        (["statistics", "nowiki:1"], "No account on “nowiki”. Known:"),
        (["participants", "1", "--limit", "0"], "“0” is not a whole number from 1 on"),
        (["participants", "1", "--limit", "many"], "“many” is not a whole number from 1 on"),
        (["export", "1", "--format", "csv", "--output", "x", "--columns", "name,shoe"], "no column “shoe”"),
        (["export", "1", "--format", "odt", "--output", "x"], "invalid choice"),
        (["sign-in", "not an address", "--owner-token-stdin"], "not an address"),
        (["sign-in", "http://wiki.example.org", "--owner-token-stdin"], "https"),
        (["sign-in", "https://wiki.example.org", "--client-secret-stdin"], "--client-id"),
        (
            ["sign-in", "https://x.org", "--client-id", "a", "--redirect-uri", "http://0.0.0.0:1/"],
            "lead back",
        ),
        (["sign-in", "https://x.org", "--client-id", "a", "--redirect-uri", "http://[::1"], "lead back"),
        (["sign-out", "nowiki"], "No account on “nowiki”"),
        (["sync", "--event", "Photo_walk"], "no event’s number"),
        (["--json"], "give a command"),
        (["dance"], "invalid choice"),
        (["events", "extra"], "unrecognized"),
    ],
)
def test_a_wrong_line_is_reported_in_words(run, synced, arguments, said):
    ran = run(synced, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "_columns" not in ran.err
    assert "_count" not in ran.err


def test_every_column_is_offered_where_one_is_unknown(run, synced):
    ran = run(synced, "export", "1", "--format", "csv", "--output", "x", "--columns", "shoe")
    assert all(column.key in ran.err for column in PEOPLE_COLUMNS)


def test_an_event_that_is_not_here_is_reported(run, synced):
    ran = run(synced, "participants", "4040")
    assert ran.code == 3
    assert "Event 4040 is not in the data on this computer" in ran.err
    fault = run(synced, "participants", "4040", "--json")
    assert fault.document["fault"] == "not-found"


@pytest.mark.parametrize("command", ["events", "accounts", "sync"])
def test_without_an_account_the_next_step_is_shown(run, folder, command):
    ran = run(folder, command)
    assert "Sign in first" in ran.out + ran.err
    assert ran.code == (2 if command == "sync" else 0)


def test_an_account_without_events_says_what_fetches_them(run, folder, practice_wiki):
    run(folder, "sign-in", practice_wiki.base, "--owner-token-stdin", stdin=practice_wiki.token())
    assert "event-center sync" in run(folder, "events").out


def test_the_folder_can_stand_after_the_command_too(synced, run, tmp_path):
    ran = run(tmp_path / "other", "accounts", "--data-dir", str(synced), "--json")
    assert [account["user_name"] for account in ran.document] == ["Amara Okafor"]


def test_statistics_are_taken_over_from_a_saved_page(run, synced, big_event, tmp_path):
    table = tmp_path / "table.txt"
    table.write_text("Option\tPercentage\tNumber\nYes\t10%\t13\nNo\t20%\t26\nNo response\t70%\t91\n", "utf-8")
    done = run(synced, "statistics", "import", big_event, str(table))
    assert done.code == 0, done.err
    (question,) = run(synced, "statistics", big_event, "--json").document["questions"]
    assert [option["at_least"] for option in question["options"]] == [13, 26, 91]
    table.write_text("Yes\t10%\t13\n", "utf-8")
    assert run(synced, "statistics", "import", big_event, str(table)).code == 2
    assert run(synced, "statistics", "import", big_event).code == 2


def test_statistics_of_several_events_are_a_list(run, synced, big_event):
    found = run(synced, "statistics", big_event, "1", "--json").document
    assert [one["event_id"] for one in found] == [int(big_event), 1]
