"""A full disk is reported, and neither it nor a killed process loses committed data."""

import json
import signal
import subprocess
import sys

import pytest

from app.domain.faults import Fault, KnownFault
from app.store.mirror import open_with_keyring, open_with_passphrase
from app.store.people.participant_rows import people_rows
from app.store.people.passes import begin_pass, save_people
from tests.support.data.store_samples import add_account, add_event, names_of, person, see
from tests.support.repository import REPOSITORY

WRITE_ON = """
import json, resource, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from tests.support.data.store_samples import person
from app.domain.faults import KnownFault
from app.store.mirror import open_with_passphrase
from app.store.people.participant_rows import people_rows
from app.store.people.passes import begin_pass, save_people

mirror = open_with_passphrase(Path(sys.argv[1]), "correct horse")
begun = mirror.writer.do(begin_pass, 1, private=True, lanes=1, at=9)
limit = int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
kept = 0
try:
    while True:
        people = [person(n, f"Somebody {n}") for n in range(kept + 1, kept + 501)]
        mirror.writer.do(save_people, 1, 0, people_rows(1, begun.number, people), kept + 500, done=False)
        kept += 500
        print(json.dumps({"kept": kept}), flush=True)
except KnownFault as fault:
    print(json.dumps({"fault": fault.fault, "sentence": fault.sentence, "kept": kept}), flush=True)
finally:
    mirror.close()
"""


@pytest.fixture
def folder(data_folder):
    """Return a folder that is protected by a passphrase and contains an event without people."""
    opened = open_with_passphrase(data_folder, "correct horse")
    add_event(opened, add_account(opened))
    opened.close()
    return data_folder


def write_on(folder, limit: int = 0) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITE_ON, str(folder), str(REPOSITORY), str(limit)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def saved_people(folder) -> int:
    opened = open_with_passphrase(folder, "correct horse")
    count = len(names_of(opened, 1))
    opened.close()
    return count


def test_a_full_database_is_reported_and_saved_data_stays(mirror, event_key):
    see(mirror, event_key, [person(n) for n in range(1, 51)])
    limit = "PRAGMA max_page_count = 1"

    def fill(connection):
        connection.exec_driver_sql(limit)

    mirror.writer.do(fill)
    begun = mirror.writer.do(begin_pass, event_key, private=True, lanes=1, at=9)
    crowd = [person(n, f"Somebody {n}") for n in range(51, 5000)]
    with pytest.raises(KnownFault, match="disk is full") as caught:
        mirror.writer.do(
            save_people, event_key, 0, people_rows(event_key, begun.number, crowd), 5000, done=True
        )
    assert caught.value.fault is Fault.DISK
    assert len(names_of(mirror, event_key)) == 50
    mirror.writer.do(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 100000"))
    mirror.writer.do(save_people, event_key, 0, people_rows(event_key, begun.number, crowd), 5000, done=True)
    assert len(names_of(mirror, event_key)) == 4999


def test_a_full_disk_is_reported_and_committed_data_stays(folder):
    process = write_on(folder, limit=2_000_000)
    out, err = process.communicate(timeout=60)
    result = json.loads(out.splitlines()[-1])
    assert result["fault"] == "disk", out + err
    assert "Nothing was changed" in result["sentence"] or "safe" in result["sentence"]
    assert result["kept"] > 0
    assert saved_people(folder) == result["kept"]
    assert process.returncode == 0, err


def test_committed_data_survives_a_killed_process(folder):
    process = write_on(folder)
    assert process.stdout
    lines = [json.loads(process.stdout.readline())["kept"] for _ in range(3)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert lines == [500, 1000, 1500]
    kept = saved_people(folder)
    assert kept >= 1500
    assert kept % 500 == 0
    opened = open_with_passphrase(folder, "correct horse")
    begun = opened.writer.do(begin_pass, 1, private=True, lanes=1, at=10)
    opened.close()
    assert begun.resumed
    assert begun.ranges[0].cursor == kept


def test_a_failed_action_is_rolled_back(mirror, event_key):
    see(mirror, event_key, [person(1)])

    def half(connection):
        connection.exec_driver_sql("DELETE FROM participant")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mirror.writer.do(half)
    assert names_of(mirror, event_key) == ["Person 1"]


def test_closing_finishes_submitted_actions(data_folder, memory_keyring):
    opened = open_with_keyring(data_folder)
    key = add_event(opened, add_account(opened))
    begun = opened.writer.do(begin_pass, key, private=True, lanes=1, at=9)
    crowd = [person(n) for n in range(1, 2001)]
    opened.writer.submit(save_people, key, 0, people_rows(key, begun.number, crowd), 2000, done=True)
    opened.close()
    again = open_with_keyring(data_folder)
    assert len(names_of(again, key)) == 2000
    again.close()
