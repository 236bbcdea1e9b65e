"""app/resources/guide/json.md names every key that `--json` prints, and each moment is ISO 8601."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from app.domain.places import GUIDE

_PAGE = (GUIDE / "json.md").read_text("utf-8")
_NAMED = set(re.findall(r"`([a-z_]+)`", _PAGE))
_MOMENTS = re.compile(r"\w+_at")


def pairs(document: Any) -> Iterator[tuple[str, Any]]:
    """Return each key of a document with its value, at whatever depth."""
    if isinstance(document, dict):
        yield from document.items()
    for part in document.values() if isinstance(document, dict) else document:
        if isinstance(part, dict | list):
            yield from pairs(part)


@pytest.mark.parametrize(
    "command",
    [
        ["events"],
        ["participants", "EVENT"],
        ["statistics", "EVENT"],
        ["export", "EVENT", "--format", "csv", "--output", "FILE"],
        ["accounts"],
        ["changes"],
        ["event", "close", "EVENT", "--offline"],
        ["organizers", "EVENT", "add", "Somebody", "--yes", "--offline"],
        [
            "email",
            "EVENT",
            "--subject",
            "s",
            "--message-file",
            "FILE",
            "--filter",
            "all",
            "--yes",
            "--offline",
        ],
        ["check-wiki"],
        ["sync", "--event", "EVENT"],
        ["desk", "EVENT", "venue"],
        ["desk", "EVENT", "readiness"],
        ["participants", "9999999"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_page_names_every_key(run, synced, big_event, tmp_path, command):
    file = tmp_path / "file"
    file.write_text("A message.", "utf-8")
    filled = {"EVENT": big_event, "FILE": str(file)}
    ran = run(synced, *(filled.get(word, word) for word in command), "--json")
    found = list(pairs(ran.document))
    assert found or command == ["changes"]
    for key, value in found:
        assert key in _NAMED, key
        if _MOMENTS.fullmatch(key) and value is not None:
            assert datetime.fromisoformat(value).tzinfo is not None
