"""Killing the program during syncs, exports, migrations and sign-outs."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.attack.attack_counts import Counts
from tests.attack.folders.folder_samples import remembered_keys
from tests.attack.kills import kill_export, kill_migration, kill_sign_out, kill_sync

PARTS: dict[str, Callable[[Path, int, int], Counts]] = {
    "sync": kill_sync.run,
    "export": kill_export.run,
    "migration": kill_migration.run,
    "sign-out": kill_sign_out.run,
}


def run(part: str, seed: int, kills: int) -> Counts:
    """Run one part with a number of kills."""
    with tempfile.TemporaryDirectory() as name, remembered_keys():
        return PARTS[part](Path(name), seed, kills)
