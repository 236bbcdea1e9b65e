"""Names as people paste them, options wherever they stand, and output that other programs can take."""

import json
import os

import pytest

from app.commands.output import Output
from tests.support.data.event_making import add_people, make_event, organizers_of, person_name
from tests.support.running_commands import run_apart


@pytest.fixture
def people(run, data, wiki):
    """Return an event on this computer, and the names of the five who take part."""
    number = make_event(wiki)
    names = [person_name(wiki, user_id) for user_id in add_people(wiki, number, 5)]
    assert run(data, "sync", "--event", str(number)).code == 0
    return str(number), names


def pasted(name: str) -> dict[str, str]:
    """Return ways in which people paste a name."""
    underscored = name.replace(" ", "_")
    return {
        "page": f"User:{name}",
        "underscores": underscored,
        "lower first": name[:1].lower() + name[1:],
        "link": f"[[User:{underscored}|{name}]]",
        "mention": f"@{name}",
        "list item": f"* [[User:{name}]]",
        "marks": f"\u2068{name}\u2069",
        "german": f"Benutzerin:{name}",
        "talk page": f"User talk:{name}",
        "address": f"https://meta.wikimedia.org/wiki/User:{underscored}",
        "contributions": f"Special:Contributions/{name}",
    }


@pytest.mark.parametrize("way", pasted("x"))
def test_a_pasted_name_finds_its_person(run, data, people, way):
    event, names = people
    text = pasted(names[2])[way]
    found = run(data, "participants", event, "--search", text, "--json").document["participants"]
    assert [one["name"] for one in found] == [names[2]]
    kept = run(data, "participants", "remove", event, text, "--yes", "--offline", "--json")
    assert kept.code == 0, kept.err
    assert [one["name"] for one in kept.document["change"]["participants"]] == [names[2]]


@pytest.mark.parametrize("way", pasted("x"))
def test_a_pasted_name_is_made_an_organizer_and_no_longer_one(run, data, wiki, people, way):
    event, _ = people
    other = wiki.name("co_organizer")
    text = pasted(other)[way]
    assert run(data, "organizers", event, "add", text).code == 0
    assert organizers_of(wiki, int(event)) == [wiki.name(), other]
    removed = run(data, "organizers", event, "remove", text, "--yes")
    assert removed.code == 0, removed.err
    assert organizers_of(wiki, int(event)) == [wiki.name()]


def test_a_name_read_out_of_what_may_be_another_is_asked_about(run, data, wiki, people):
    event, other = people[0], wiki.name("co_organizer")
    asked = run(data, "organizers", event, "add", f"1. {other}")
    assert asked.code == 2
    assert f"Add to the organizers: {other}?" in asked.err
    assert organizers_of(wiki, int(event)) == [wiki.name()]
    assert run(data, "organizers", event, "add", f"1. {other}", "--yes").code == 0
    assert organizers_of(wiki, int(event)) == [wiki.name(), other]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("192.0.2.7", "is an IP address"),
        ("~2026-30817-42", "temporary account"),
        ("foo|bar", "is not a user name"),
        ("name#fragment", "is not a user name"),
        ("somebody@example.org", "e-mail address"),
        ("x" * 300, "too long"),
    ],
)
def test_what_can_be_no_accounts_name_is_reported(run, data, people, name, said):
    ran = run(data, "organizers", people[0], "add", name)
    assert ran.code == 3
    assert said in ran.err
    assert run(data, "changes", "--json").document == []


@pytest.mark.parametrize(
    "line",
    [
        ["participants", "remove", "EVENT", "Nobody of this name", "--yes"],
        ["organizers", "EVENT", "remove", "Nobody of this name", "--yes"],
        ["organizers", "EVENT", "add", "192.0.2.7"],
        [
            "email",
            "EVENT",
            "--subject",
            "S",
            "--message-file",
            "FILE",
            "--to",
            "Nobody of this name",
            "--yes",
        ],
    ],
)
def test_a_wrong_name_has_the_same_exit_code_everywhere(run, data, people, tmp_path, line):
    file = tmp_path / "message.txt"
    file.write_text("Dear", "utf-8")
    assert run(data, *[{"EVENT": people[0], "FILE": str(file)}.get(word, word) for word in line]).code == 3


@pytest.mark.parametrize(
    "line",
    [
        ["--yes", "--offline", "--json", "participants", "remove", "EVENT", "NAME"],
        ["participants", "--yes", "remove", "--offline", "EVENT", "--json", "NAME"],
        ["participants", "remove", "EVENT", "NAME", "--json", "--offline", "--yes"],
        ["participants", "remove", "EVENT", "--yes", "NAME", "--json", "--offline"],
        ["participants", "--offline", "--json", "remove", "--yes", "EVENT", "--", "NAME"],
    ],
)
def test_options_stand_before_or_after_the_verb(run, data, people, line):
    event, names = people
    # A name that begins with a dash stands after “--” alone.
    name = next(name for name in names if not name.startswith("-"))
    ran = run(data, *[{"EVENT": event, "NAME": name}.get(word, word) for word in line])
    assert ran.code == 0, ran.err
    assert ran.document["change"]["state"] == "pending"


@pytest.mark.parametrize(
    "line",
    [
        ["--yes", "event", "delete", "EVENT", "--offline"],
        ["event", "--yes", "delete", "EVENT", "--offline"],
        ["event", "delete", "--offline", "EVENT", "--yes"],
        ["--offline", "event", "close", "EVENT"],
    ],
)
def test_so_do_those_of_an_event(run, data, people, line):
    ran = run(data, *[{"EVENT": people[0]}.get(word, word) for word in line])
    assert ran.code == 0, ran.err


def test_an_option_that_a_command_does_not_know_is_refused_wherever_it_stands(run, data):
    assert run(data, "--offline", "events").code == 2
    assert run(data, "accounts", "--yes").code == 2


def test_names_that_begin_with_a_dash_stand_behind_two(run, data, wiki, people):
    event, names = people
    wiki.person(int(event), names[0], "rename", to="-Dash")
    assert run(data, "sync", "--event", event).code == 0
    kept = run(data, "participants", "remove", event, "--offline", "--yes", "--json", "--", "-Dash")
    assert kept.code == 0, kept.err
    assert [one["name"] for one in kept.document["change"]["participants"]] == ["-Dash"]
    refused = run(data, "organizers", event, "add", "--", "-Nobody")
    assert refused.code == 3
    assert "-Nobody" in refused.out


def test_on_a_pipe_names_carry_no_marks_and_columns_stand(run, data, wiki, people):
    event, names = people
    wiki.person(int(event), names[0], "rename", to="محرر ليلي")
    wiki.person(int(event), names[1], "rename", to="山田 太郎")
    assert run(data, "sync", "--event", event).code == 0
    ran = run(data, "participants", event)
    removed = run(data, "participants", "remove", event, "محمد علي", "--yes")
    assert "محمد علي" in removed.err
    assert not set("\u2066\u2067\u2068\u2069\u200e\u200f") & set(ran.out + removed.err)
    lines = ran.out.splitlines()
    place = lines[0].index("Registered")
    wide = {line: sum(ord(letter) > 0x2E80 for letter in line[:place]) for line in lines[1:-1]}
    assert {line[place - count : place - count + 2] for line, count in wide.items()} == {"20"}
    # What it says can be given back to it.
    name = next(line for line in lines if "محرر" in line)[:place].strip()
    assert run(data, "participants", "remove", event, name, "--yes", "--offline").code == 0


def test_everybody_is_said_in_so_many_words(run, data, people):
    event, names = people
    ran = run(data, "participants", "remove", event, "--", *names)
    assert ran.code == 2
    assert "Remove everybody: all 5 participants?" in ran.err
    some = run(data, "participants", "remove", event, "--", *names[1:])
    assert "Remove 4 participants:" in some.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp1252"])
def test_json_is_valid_in_every_locale(data, wiki, people, encoding):
    event, names = people
    odd = f"Ünïcödé 山田 \U0001f600 {encoding}"
    wiki.person(int(event), names[0], "rename", to=odd)
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    assert run_apart(data, "sync", "--event", event, env=environment).code == 0
    ran = run_apart(data, "participants", event, "--json", env=environment)
    assert odd in {one["name"] for one in json.loads(ran.out)["participants"]}


def test_json_holds_nothing_that_steers_a_terminal(capsys):
    text = "a\x7f\x85\u200f\u202e\u2066\u2028\ufeff\udc80é"
    Output(as_json=True).document([text])
    out = capsys.readouterr().out
    assert not set(text[1:-1]) & set(out)
    assert json.loads(out) == [text]


def test_an_event_is_named_by_its_link_or_title(run, data, people, wiki):
    event, _ = people
    document = run(data, "events", "--json").document
    page = next(one["page"] for one in document if one["event_id"] == int(event))
    for text in (
        page,
        page.replace(" ", "_"),
        f"[[{page}]]",
        f"{wiki.base}/wiki/{page.replace(' ', '_')}",
        f"<{wiki.base}/index.php?title={page.replace(' ', '_')}>",
        f"{wiki.base}/wiki/Special:EventDetails/{event}",
    ):
        ran = run(data, "participants", text, "--json")
        assert ran.code == 0, (text, ran.err)
        assert ran.document["event_id"] == int(event)
    unknown = run(data, "participants", "Event:No such page")
    assert unknown.code == 3
