"""Modules that must not be imported before the window shows people."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.data import crowd, mirrors
from benchmarks.figures import ROOT, command, environment

LATE = {"sqlalchemy", "alembic", "requests", "flask", "keyring", "platformdirs", "psycopg"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Open the window on an event of 100 people; return its report at the first painting of the table."""
    folder: Path = tmp_path_factory.mktemp("start")
    mirrors.make(folder / "data", crowd.pages(100))
    file = mirrors.passphrase_file(folder)
    arguments = command(
        "benchmarks.window.start_driver", "--data-dir", folder / "data", "--passphrase-file", file
    )
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_people_are_painted(report: dict[str, object]) -> None:
    assert report["rows"] == 80 or report["rows"] == 100


def test_nothing_of_writing_or_the_network_is_imported_by_then(report: dict[str, object]) -> None:
    assert not LATE.intersection(report["modules"])
