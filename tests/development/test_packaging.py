"""What packages say of the program is what the program says of itself."""

import xml.etree.ElementTree as ElementTree
from configparser import ConfigParser
from pathlib import Path

import pytest

from app import APPLICATION_ID, __version__
from app.window import PROGRAM
from tools.packaging import share

LINUX = Path(__file__).resolve().parents[2] / "resources" / "linux"


def test_the_desktop_knows_the_program_by_the_id_of_its_windows():
    entry = ConfigParser(interpolation=None)
    entry.read(LINUX / f"{APPLICATION_ID}.desktop", "utf-8")
    assert entry["Desktop Entry"]["Icon"] == APPLICATION_ID
    # X11 tells a window's program by this; Wayland by the id.
    assert entry["Desktop Entry"]["StartupWMClass"] == PROGRAM
    described = ElementTree.parse(LINUX / f"{APPLICATION_ID}.metainfo.xml").getroot()  # noqa: S314 - our own
    assert described.findtext("id") == APPLICATION_ID
    assert described.findtext("launchable") == f"{APPLICATION_ID}.desktop"


@pytest.mark.parametrize(
    ("log", "releases"),
    [
        ("## [Unreleased]\n", [(__version__, "2026-01-02")]),
        (
            f"## [{__version__}] - 2026-05-06\n\n## [0.0.9] - 2026-03-04\n",
            [(__version__, "2026-05-06"), ("0.0.9", "2026-03-04")],
        ),
    ],
)
def test_releases_are_those_of_the_changelog(tmp_path, monkeypatch, log, releases):
    (tmp_path / "CHANGELOG.md").write_text(log, "utf-8")
    monkeypatch.setattr(share, "ROOT", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    assert share.releases() == releases
