"""A sync that is stopped, killed or cut off, and taken up again."""

import signal

import pytest

from app.domain.wording import local_data_texts
from tests.support.running_commands import arguments, run_apart, start
from tests.support.servers.practice_server import PracticeServer, practice_server

PEOPLE = 300


@pytest.fixture(scope="module")
def slow_wiki():
    with practice_server("--participants", str(PEOPLE), "--latency-ms", "30") as server:
        yield server


@pytest.fixture
def signed_in(run, folder, slow_wiki: PracticeServer):
    slow_wiki.calm()
    ran = run(folder, "sign-in", slow_wiki.base, "--owner-token-stdin", stdin=slow_wiki.token())
    assert ran.code == 0, ran.err
    slow_wiki.forget_requests()
    return folder


def sync_a_while(folder, wiki: PracticeServer, pages: int = 4):
    """Start a sync of the big event, and return it once some pages have come."""
    process = start(folder, "sync", "--event", str(wiki.big_event))
    while wiki.asked("/participants") < pages:
        assert process.poll() is None, process.communicate()
    return process


def mirrored(run, folder, wiki: PracticeServer) -> dict[int, str | None]:
    found = run(folder, "participants", str(wiki.big_event), "--json").document
    return {one["participant_id"]: one["name"] for one in found["participants"]}


def expected(wiki: PracticeServer) -> dict[int, str | None]:
    return {one["participant_id"]: one.get("user_name") for one in wiki.people(wiki.big_event)}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_sync_keeps_what_came_and_goes_on_from_there(run, signed_in, slow_wiki, number):
    process = sync_a_while(signed_in, slow_wiki)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "What was fetched so far is kept" in err
    assert "Traceback" not in err
    kept = len(mirrored(run, signed_in, slow_wiki))
    assert 0 < kept < PEOPLE
    assert "not whole yet" in run(signed_in, "participants", str(slow_wiki.big_event)).out
    assert "not whole yet" in run(signed_in, "events").out
    slow_wiki.forget_requests()
    assert run(signed_in, "sync", "--event", str(slow_wiki.big_event)).code == 0
    assert slow_wiki.asked("/participants") < PEOPLE / 20
    assert mirrored(run, signed_in, slow_wiki) == expected(slow_wiki)
    assert "not whole yet" not in run(signed_in, "events").out


def test_a_killed_sync_ends_with_exactly_the_wikis_people(run, signed_in, slow_wiki):
    process = sync_a_while(signed_in, slow_wiki)
    process.kill()
    process.communicate(timeout=20)
    assert process.returncode == -signal.SIGKILL
    assert 0 < len(mirrored(run, signed_in, slow_wiki)) < PEOPLE
    assert run_apart(signed_in, "sync", "--event", str(slow_wiki.big_event)).code == 0
    assert mirrored(run, signed_in, slow_wiki) == expected(slow_wiki)


def test_a_killed_second_sync_removes_nobody_before_its_end(run, signed_in, slow_wiki):
    assert run(signed_in, "sync", "--event", str(slow_wiki.big_event)).code == 0
    whole = mirrored(run, signed_in, slow_wiki)
    slow_wiki.forget_requests()
    process = sync_a_while(signed_in, slow_wiki)
    process.kill()
    process.communicate(timeout=20)
    assert mirrored(run, signed_in, slow_wiki) == whole
    assert run(signed_in, "sync", "--event", str(slow_wiki.big_event)).code == 0
    assert mirrored(run, signed_in, slow_wiki) == whole


def test_a_second_program_is_refused_while_a_sync_runs_and_may_read(run, signed_in, slow_wiki):
    process = sync_a_while(signed_in, slow_wiki)
    second = run(signed_in, "sync")
    assert second.code == 5
    assert local_data_texts.data_in_use() in second.err
    assert run(signed_in, "events").code == 0
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)


def test_a_wiki_in_trouble_midway_loses_nothing(run, signed_in, slow_wiki):
    process = sync_a_while(signed_in, slow_wiki)
    slow_wiki.fault("drop")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "cannot be reached" in err
    slow_wiki.calm()
    kept = len(mirrored(run, signed_in, slow_wiki))
    assert 0 < kept < PEOPLE
    assert run(signed_in, "sync", "--event", str(slow_wiki.big_event)).code == 0
    assert mirrored(run, signed_in, slow_wiki) == expected(slow_wiki)


def test_a_sign_in_that_was_revoked_is_reported_and_the_data_stays(run, folder):
    with practice_server() as wiki:
        run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token())
        assert run(folder, "sync", "--event", "1").code == 0
        before = run(folder, "participants", "1").out
        wiki.control("revoke", user=wiki.name())
        ran = run(folder, "sync")
        assert ran.code == 3
        assert "sign in again" in ran.err
        assert run(folder, "participants", "1").out == before
        assert run(folder, "accounts", "--json").document[0]["ended"] is True
        assert "sign in again" in run(folder, "accounts").out


def test_the_arguments_hold_no_secret(tmp_path):
    assert "correct horse" not in arguments(tmp_path / "data")
