"""What the window must not wait for before it shows people."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks import crowd, mirrors
from benchmarks.figures import ROOT, command, environment

LATE = {"sqlalchemy", "alembic", "requests", "flask", "keyring", "platformdirs"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Open the window on an event of 100 people; return what it told at the first painting of its table."""
    folder: Path = tmp_path_factory.mktemp("start")
    mirrors.make(folder / "data", crowd.pages(100))
    file = mirrors.passphrase_file(folder)
    arguments = command("benchmarks.start_driver", "--data-dir", folder / "data", "--passphrase-file", file)
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_people_are_painted(told: dict[str, object]) -> None:
    assert told["rows"] == 80 or told["rows"] == 100


def test_nothing_of_writing_or_the_network_is_imported_by_then(told: dict[str, object]) -> None:
    assert not LATE.intersection(told["modules"])
