"""dev.py: one command for everything, and sentences in place of tracebacks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dev

REPOSITORY = Path(dev.__file__).parent


def test_without_a_command_it_lists_every_command_with_a_sentence(capsys):
    assert dev.main([]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for name, (sentence, _command) in dev.COMMANDS.items():
        assert f"{name} {sentence}" in shown


def test_it_parses_on_python_3_8():

    ast.parse((REPOSITORY / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_reported_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (9, 1))
    assert dev.main(["run"]) == 1
    assert "needs Python 9.1 or newer" in capsys.readouterr().err


def test_an_unknown_argument_of_run_is_refused(ready, capsys):
    with pytest.raises(SystemExit):
        dev.main(["run", "--practise"])
    assert "--practise" in capsys.readouterr().err


def test_its_start_imports_nothing_heavy():
    modules = "tools.development.checks, tools.development.opening"
    heavy = "{'ctypes', 'json', 'socket', 'tempfile', 'typing'}"
    code = f"import sys, dev, {modules}; print({heavy} & set(sys.modules))"
    command = [sys.executable, "-S", "-E", "-c", code]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert shown.stdout.strip() == "set()", shown.stderr
