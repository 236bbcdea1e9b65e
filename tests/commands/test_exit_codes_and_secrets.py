"""What a script relies on: exit codes, one document, and nothing that must stay secret."""

import os
import stat
import subprocess
import sys

import pytest

from app.commands import run as running
from app.commands.output import Output, print_error
from app.store.mirror import open_with_passphrase
from tests.support.running_commands import run_apart, start

SECRET = "Featherstonehaugh answered 42"


@pytest.fixture
def bug(monkeypatch):
    """Let the list of events fail in a way that nobody foresaw, with a person's name in the error."""

    def fail(*_: object) -> int:
        raise LookupError(SECRET)

    monkeypatch.setitem(running._READING, "events", fail)


def test_a_wrong_passphrase_is_reported(run, synced):
    synced.with_name("other-passphrase").write_text("wrong horse")
    ran = run(synced, "events", "--passphrase-file", str(synced.with_name("other-passphrase")))
    assert ran.code == 5
    assert "does not open the data" in ran.err


@pytest.mark.parametrize(("text", "code"), [("", 2), ("\n\n", 2), (None, 5)])
def test_a_passphrase_file_without_one_is_reported(run, synced, text, code):
    path = synced.with_name("other-passphrase")
    if text is not None:
        path.write_text(text)
    ran = run(synced, "events", "--passphrase-file", str(path))
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_a_passphrase_file_from_another_system_works(run, synced):
    path = synced.with_name("other-passphrase")
    path.write_bytes(b"\xef\xbb\xbfcorrect horse\r\n")
    assert run(synced, "events", "--passphrase-file", str(path)).code == 0


def test_a_computer_without_a_keyring_is_reported(folder):
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    command = [sys.executable, "-m", "app", "--data-dir", str(folder), "events"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 5
    assert "no keyring" in ran.stderr
    assert not (folder / "event-center.db").exists()


def test_damaged_data_is_reported_whenever_it_is_met(run, synced, big_event):
    database = synced / "event-center.db"
    whole = database.read_bytes()
    third = len(whole) // 3 // 4096 * 4096
    database.write_bytes(whole[:third] + os.urandom(len(whole) - third))
    ran = run(synced, "participants", big_event, "--json")
    assert ran.code == 5
    assert ran.document["fault"] == "data-damaged"
    assert "is damaged and was left as it is" in ran.err


def test_a_fault_is_one_document_and_one_sentence(run, synced):
    ran = run(synced, "participants", "4040", "--json")
    sentence, *said = ran.err.strip().split("\n")
    assert ran.document == {"fault": "not-found", "message": sentence, "wiki_said": None}
    assert not said


def test_a_bug_is_reported_as_one_and_logged_without_its_words(run, synced, bug):
    ran = run(synced, "events", "--json")
    assert ran.code == 1
    assert ran.document["fault"] == "bug"
    log = synced / "event-center.log"
    text = log.read_text("utf-8")
    assert "LookupError" in text
    assert "in fail" in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    for shown in (text, ran.out, ran.err):
        assert SECRET not in shown
        assert "Featherstonehaugh" not in shown


def test_a_log_that_cannot_be_written_adds_no_trouble(run, synced, bug):
    (synced / "event-center.log").mkdir()
    ran = run(synced, "events")
    assert ran.code == 1
    assert SECRET not in ran.err
    assert "Traceback" not in ran.err


def test_no_token_name_or_answer_reaches_the_log_or_standard_error(run, folder, practice_wiki, tmp_path):
    big = str(practice_wiki.big_event)
    csv = str(tmp_path / "people.csv")
    commands = [
        ["sync", "--event", big],
        ["participants", big],
        ["statistics", big],
        ["export", big, "--format", "csv", "--output", csv, "--include-private"],
        ["participants", "4040"],
    ]
    token = practice_wiki.token()
    ran = [run_apart(folder, "sign-in", practice_wiki.base, "--owner-token-stdin", stdin=token + "\n")]
    ran += [run(folder, *command) for command in commands]
    for kind in ("wrong-shape", "500"):
        practice_wiki.calm()
        practice_wiki.fault(kind)
        ran.append(run(folder, "sync", "--event", big))
    assert [one.code for one in ran] == [0, 0, 0, 0, 0, 3, 3, 3]
    practice_wiki.calm()
    log = folder / "event-center.log"
    shown = "".join(one.err for one in ran) + (log.read_text("utf-8") if log.exists() else "")
    names = {one["user_name"] for one in practice_wiki.people(int(big)) if one.get("user_name")}
    assert token not in shown
    assert not [name for name in names if len(name) > 3 and name in shown]
    assert "Wikimedia Kenya" not in shown


def test_a_reader_that_has_had_enough_is_no_fault(synced, big_event):
    process = start(synced, "participants", big_event, "--json")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.close()  # type: ignore[union-attr]
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(20) == 0
    assert err == ""


def test_a_system_that_lacks_letters_gets_their_codes(synced, big_event):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = run_apart(synced, "participants", big_event, env=environment)
    assert ran.code == 0
    assert ran.err == ""
    assert "\\u" in ran.out or "\\x" in ran.out


def test_text_of_a_wiki_cannot_steer_the_terminal(capsys):
    output = Output(as_json=False)
    output.line("a\x1b[2Jb\u202egpj\rc")
    output.table(("Name",), [("x\x07\ny",)])
    print_error("\x1b]0;title\x07sentence")
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "a[2Jbgpjc"
    assert "\x07" not in out
    assert err == "]0;titlesentence\n"


def test_nothing_is_kept_of_a_passphrase(synced):
    opened = open_with_passphrase(synced, "correct horse")
    opened.close()
    for path in synced.iterdir():
        assert b"correct horse" not in path.read_bytes()
