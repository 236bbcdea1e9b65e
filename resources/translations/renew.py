"""Gather the window's texts anew: the English plurals, and the template for translators.

Run by `python3 dev.py translations`; a test runs it with --check, which writes nothing and exits with 1 where
something is out of date.
"""

import filecmp
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parents[1] / "app"
PROGRAMS = Path(sys.executable).parent
NAME = "event-center_en"
_PLURAL = re.compile(
    r"<source>(?P<source>[^<]*)</source>\s*"
    r"<translation[^>]*>\s*<numerusform>[^<]*</numerusform>\s*<numerusform>[^<]*</numerusform>\s*</translation>"
)
#: What else becomes of the source where the number is one.
_ONE = (
    ("people fetched", "person fetched"),
    ("} participants", "} participant"),
    ("} registrations", "} registration"),
)


def renew(folder: Path) -> None:
    """Write the English plurals, and what Qt loads of them, into a folder."""
    ts = folder / f"{NAME}.ts"
    sources = sorted(str(path) for room in ("views", "models") for path in (SOURCES / room).rglob("*.py"))
    lupdate = ["-pluralonly", "-no-obsolete", "-locations", "none", "-silent"]
    languages = ["-source-language", "en", "-target-language", "en"]
    _run("pyside6-lupdate", *lupdate, *languages, *sources, "-ts", str(ts))
    ts.write_text(_PLURAL.sub(_filled, ts.read_text("utf-8")), "utf-8")
    _run("pyside6-lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))


def _filled(message: re.Match[str]) -> str:
    many = message["source"].replace("(s)", "s")
    one = message["source"].replace("(s)", "")
    for plural, singular in _ONE:
        one = one.replace(plural, singular)
    return (
        f"<source>{message['source']}</source>\n        <translation>\n"
        f"            <numerusform>{one}</numerusform>\n"
        f"            <numerusform>{many}</numerusform>\n        </translation>"
    )


def _run(program: str, *arguments: str) -> None:
    subprocess.run([str(PROGRAMS / program), *arguments], check=True)


def main() -> int:
    """Renew the files, or with --check compare them with what they should be."""
    if "--check" not in sys.argv:
        renew(HERE)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary)
        shutil.copy(HERE / f"{NAME}.ts", fresh)
        renew(fresh)
        names = [f"{NAME}.ts", f"{NAME}.qm"]
        _, different, missing = filecmp.cmpfiles(HERE, fresh, names, shallow=False)
    return 1 if different or missing else 0


if __name__ == "__main__":
    sys.exit(main())
