"""What a Linux desktop shows of the program: menu entry, icons, description, man page, completion."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from app import APPLICATION_ID, __version__
from tools.packaging.icons import SIZES, write_icon
from tools.packaging.places import COMMAND, RESOURCES, ROOT, SHARE, epoch
from tools.packaging.processes import output, run

_LINUX = RESOURCES / "linux"
_SUMMARY = "organize events of Wikimedia's Event Registration"
#: Where the shells look for the completion of a command.
_COMPLETIONS = {
    "bash": f"bash-completion/completions/{COMMAND}",
    "zsh": f"zsh/site-functions/_{COMMAND}",
}
_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?$", re.MULTILINE)


def make_share() -> None:
    """Write the files into build/share, and check them. Raises Failed."""
    shutil.rmtree(SHARE, ignore_errors=True)
    for folder in (
        "applications",
        "metainfo",
        "man/man1",
        "bash-completion/completions",
        "zsh/site-functions",
    ):
        (SHARE / folder).mkdir(parents=True)
    entry = SHARE / "applications" / f"{APPLICATION_ID}.desktop"
    shutil.copyfile(_LINUX / entry.name, entry)
    description = SHARE / "metainfo" / f"{APPLICATION_ID}.metainfo.xml"
    text = (_LINUX / description.name).read_text("utf-8")
    description.write_text(text.replace("<releases/>", _releases()), "utf-8")
    _write_icons()
    _write_man_page()
    for shell, place in _COMPLETIONS.items():
        command = [sys.executable, "-m", "shtab", f"--shell={shell}", "app.commands.arguments.parser"]
        (SHARE / place).write_text(output(command) + "\n", "utf-8")
    run(["desktop-file-validate", entry])
    run(["appstreamcli", "validate", "--no-net", description])


def releases() -> list[tuple[str, str]]:
    """Return the versions of the changelog with their dates, the newest first.

    While the present version is not released, it has the date of the commit.
    """
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = [(one["version"], one["date"]) for one in _HEADING.finditer(log) if one["date"]]
    if __version__ not in [version for version, _date in found]:
        found.insert(0, (__version__, datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")))
    return found


def _releases() -> str:
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    lines = []
    for version, date in releases():
        kind = "stable" if f"## [{version}] - {date}" in log else "development"
        lines.append(f'    <release version="{escape(version)}" date="{date}" type="{kind}"/>')
    return "<releases>\n" + "\n".join(lines) + "\n  </releases>"


def _write_icons() -> None:
    icons = SHARE / "icons" / "hicolor"
    for size in SIZES:
        write_icon(icons / f"{size}x{size}" / "apps" / f"{APPLICATION_ID}.png", size)
    for kind, source in (
        ("scalable", ROOT / "app" / "resources" / "event-center.svg"),
        ("symbolic", _LINUX / f"{APPLICATION_ID}-symbolic.svg"),
    ):
        target = icons / kind / "apps" / f"{APPLICATION_ID}{'-symbolic' * (kind == 'symbolic')}.svg"
        target.parent.mkdir(parents=True)
        shutil.copyfile(source, target)


def _write_man_page() -> None:
    page = SHARE / "man" / "man1" / f"{COMMAND}.1"
    command = [Path(sys.executable).with_name("argparse-manpage"), "--module", "app.commands.arguments"]
    command += ["--function", "parser", "--project-name", "Event Center Desktop", "--prog", COMMAND]
    command += [
        "--version",
        __version__,
        "--manual-title",
        "User commands",
        "--description",
        _SUMMARY,
        "--output",
        str(page),
    ]
    run(command, extra={"SOURCE_DATE_EPOCH": str(epoch())})
    data = page.read_bytes()
    page.unlink()
    page.with_suffix(".1.gz").write_bytes(gzip.compress(data, mtime=0))
