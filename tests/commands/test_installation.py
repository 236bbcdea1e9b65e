"""An installation says whether it works, and what it is made of."""

import json

import pytest

from app.commands.exit_codes import DATA
from app.commands.installation import self_test
from app.domain.faults import Fault, KnownFault
from tests.support.running_commands import run_apart


def lacks_icon() -> None:
    raise FileNotFoundError("calendar.svg")


def has_no_keyring() -> None:
    raise KnownFault(Fault.NO_KEYRING, "This computer has no keyring.")


def test_the_installation_proves_itself(folder):
    ran = run_apart(folder, "self-test", "--json")
    assert ran.code == 0, ran.out
    checks = {check["check"]: check for check in json.loads(ran.out)}
    assert len(checks) == len(self_test.CHECKS)
    assert [name for name, check in checks.items() if not check["passed"] and check["needed"]] == []


@pytest.mark.parametrize(
    ("check", "needed", "code", "line"),
    [
        (lacks_icon, True, DATA, "FAIL  icons: calendar.svg"),
        (has_no_keyring, False, 0, "note  icons: This computer has no keyring."),
    ],
)
def test_what_is_missing_is_named_and_only_what_is_needed_fails(
    monkeypatch, run, folder, check, needed, code, line
):
    monkeypatch.setattr(self_test, "CHECKS", (("icons", needed, check),))
    ran = run(folder, "self-test")
    assert (ran.code, ran.out.strip()) == (code, line)


def test_a_report_about_a_problem_names_the_versions_and_nothing_personal(run, folder):
    short, long = run(folder, "--version"), run(folder, "--version", "--verbose")
    assert long.out.startswith(short.out)
    assert "PySide6-Essentials 6." in long.out
    assert str(folder) not in long.out
