"""Data folders of earlier versions: every later version can open them completely."""

import json
import shutil
from pathlib import Path

import pytest

from app.store.database.migration import HEAD
from app.store.mirror import open_with_passphrase
from tests.support.data.kept_data_contents import PASSPHRASE, contents

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("kept_data/*/contents.json"))


@pytest.mark.parametrize("kept", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_data_of_an_earlier_version_opens_completely(kept, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(kept, folder)
    mirror = open_with_passphrase(folder, PASSPHRASE)
    try:
        found = contents(mirror)
    finally:
        mirror.close()
    assert found == json.loads((kept / "contents.json").read_text("utf-8"))
    # What is changed into today's tables is backed up first.
    assert any((folder / "backups").glob("*.db")) == (kept.name != HEAD)


def test_there_is_data_of_the_version_that_had_changes_of_each_kind_and_state():
    stored = json.loads((FOLDERS[0] / "contents.json").read_text("utf-8"))
    pairs = {(one["kind"], one["state"]) for one in stored["changes"]}
    assert len({kind for kind, _ in pairs}) == 10
    assert len({state for _, state in pairs}) == 5
    assert len(pairs) == 50
