"""Output that cannot be written, readable passphrases, wrong clocks, and what a crash must not leave."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.wording import local_data_texts
from tests.support.running_commands import arguments, run_apart, start

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="as Linux has it")


@LINUX
@pytest.mark.parametrize("command", [["events"], ["events", "--json"], ["statistics", "1"]])
def test_a_full_disk_under_the_output_is_reported(synced, command):
    with Path("/dev/full").open("w") as full:
        process = start(synced, *command, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 5
    assert "could not be written (No space left on device)" in err
    assert "Traceback" not in err
    assert local_data_texts.bug() not in err


@LINUX
@pytest.mark.parametrize("closed", ["1", "2", "1 2"])
def test_output_that_is_closed_is_no_fault_of_the_program(synced, closed):
    closing = " ".join(f"{number}>&-" for number in closed.split())
    command = ["sh", "-c", f'exec "$0" "$@" {closing}', sys.executable, "-m", "app"]
    ran = subprocess.run(
        [*command, *arguments(synced), "events"], check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == (5 if "1" in closed else 0)
    assert "Traceback" not in ran.stderr
    assert local_data_texts.bug() not in ran.stderr


def test_a_reader_that_has_had_enough_is_no_fault(synced):
    process = start(synced, "participants", "1", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    process.stdin.close()


@LINUX
def test_a_passphrase_that_others_can_read_is_warned_of(synced):
    file = arguments(synced)[-1]
    os.chmod(file, 0o644)  # noqa: PTH101 - the way a person does it
    ran = subprocess.run(
        [sys.executable, "-m", "app", "--data-dir", str(synced), "--passphrase-file", file, "events"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0
    assert f"can read the passphrase in {file}" in ran.stderr
    assert run_apart(synced, "events").err == ""


@LINUX
def test_a_crash_leaves_no_image_of_the_memory():
    program = "import resource, app.__main__ as way_in; way_in._prevent_leaks(); "
    program += "print(resource.getrlimit(resource.RLIMIT_CORE))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "(0, 0)\n"


def test_a_check_without_a_network_exits_as_offline(run, data, wiki, monkeypatch):
    wiki.fault("drop")
    ran = run(data, "check-wiki")
    assert ran.code == 4
    assert "cannot be reached" in ran.out
