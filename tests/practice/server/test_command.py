"""Starting and stopping the practice wiki."""

import pytest

from app.practice.ground.settings import Fault
from app.practice.server.command import main, read_settings


def test_the_start_up_line_has_everything_a_client_needs(run_wiki):
    description = run_wiki("--redirect-port", "9001").description
    for role in ("organizer", "co_organizer", "plain_user", "sysop"):
        assert {"name", "password", "owner_token", "central_id"} <= description[role].keys()
    assert description["public_client"]["redirect_uri"] == "http://127.0.0.1:9001/callback"
    assert description["oauth_client"]["client_secret"]
    assert description["big_event"] is None


def test_it_stops_when_its_parent_closes_stdin(run_wiki):
    wiki = run_wiki()
    assert wiki.process.stdin is not None
    wiki.process.stdin.close()
    wiki.process.stdin = None
    assert wiki.process.wait(timeout=20) == 0


def test_no_temporary_files_are_left(run_wiki, tmp_path, monkeypatch):
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    wiki = run_wiki()
    assert list(tmp_path.iterdir())
    wiki.process.terminate()
    wiki.process.communicate(timeout=20)
    assert not list(tmp_path.iterdir())


def test_a_kept_database_is_used_again(run_wiki, tmp_path):
    first = run_wiki("--data", str(tmp_path / "world.sqlite"))
    first.rest("/event_registration/4/participants/self", method="PUT", json={"is_private": False})
    first.process.terminate()
    first.process.communicate(timeout=20)
    second = run_wiki("--data", str(tmp_path / "world.sqlite"))
    assert second.description["organizer"] == first.description["organizer"]
    assert len(second.people(4)) == 1


def test_all_generated_participants_are_listed_once(run_wiki):
    wiki = run_wiki("--participants", "1234", "--events", "3")
    people = wiki.people(wiki.description["big_event"])
    assert len({one["participant_id"] for one in people}) == 1234
    assert len({one["user_name"] for one in people}) == 1234
    assert [one["participant_id"] for one in people] == sorted(one["participant_id"] for one in people)


def test_the_options_are_read():
    settings = read_settings(["--fault", "drop:0.25:7", "--fault", "429", "--clock", "2027-01-02T03:04:05"])
    assert settings.faults == (Fault("drop", 0.25, 7), Fault("429"))
    assert settings.clock is not None
    assert settings.clock.year == 2027


@pytest.mark.parametrize("wrong", [["--fault", "flood"], ["--participants", "200001"], ["--events", "-1"]])
def test_wrong_options_are_refused(wrong, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(wrong)
    assert "usage" in capsys.readouterr().err
