"""Make the packages in dist/; with --prove, try them on a system without Python."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.packaging.archives import make_archive, write_sums
from tools.packaging.components import write_components
from tools.packaging.debian import make_debian
from tools.packaging.frozen import freeze, size
from tools.packaging.places import COMMAND, DIST, FOLDER
from tools.packaging.processes import Failed, step
from tools.packaging.recipes import check_recipes
from tools.packaging.share import make_share
from tools.packaging.wheel import make_wheel

#: The largest folder, in bytes: with the engine that sets reports (docs/decisions/0019).
_LARGEST = 200_000_000 + 68_300_000


def main() -> int:
    """Make what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("--short", action="store_true", help="only the folder, the wheel and their self-test")
    parser.add_argument("--prove", action="store_true", help="try the packages in a Debian without Python")
    parser.add_argument("--twice", action="store_true", help="make all twice, and compare the files")
    options = parser.parse_args()
    if options.short and (options.prove or options.twice):
        parser.error("--short makes no packages to try or to compare")
    try:
        _make(short=options.short)
        if options.twice:
            _compare()
        if options.prove:
            from tools.packaging.proof import prove

            prove()
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"The packages are in {DIST}", flush=True)
    return 0


def _make(*, short: bool) -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    with step("Freezing the program"):
        freeze()
        _check_folder()
    with step("Making the wheel"):
        wheel = make_wheel()
    with step("Checking the folder, and the wheel in an environment of its own"):
        _self_test([str(FOLDER / COMMAND)])
        _check_wheel(wheel)
    if short:
        return
    if sys.platform == "linux":
        if platform.machine() != "x86_64":
            raise Failed("The packages for Linux are made on x86_64 only; --short works elsewhere too.")
        with step("Writing the desktop files, the man page and the completion"):
            make_share()
        with step("Packing the archive"):
            make_archive()
        with step("Packing and checking the package for Debian"):
            make_debian()
        with step("Checking the recipes for other systems"):
            check_recipes()
    with step("Listing the components"):
        write_components()
    write_sums()


def _check_folder() -> None:
    taken = size()
    print(f"  {taken / 1e6:.0f} MB")
    if sys.platform == "linux" and taken > _LARGEST:
        raise Failed(f"The folder takes {taken:,} bytes, more than {_LARGEST:,}.")


def _self_test(command: list[str]) -> None:
    """Run the self-test away from the checkout, without what leads there. Raises Failed."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [*command, "self-test"],
            cwd=home,
            env={**kept, "HOME": home, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    print("".join(f"  {line}\n" for line in done.stdout.splitlines()), end="")
    if done.returncode:
        raise Failed(f"The self-test of {command[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def _check_wheel(wheel: Path) -> None:
    """Install the wheel beside the libraries of this environment, and nothing of the checkout."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "venv")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        python = folder / "bin" / "python" if os.name != "nt" else folder / "Scripts" / "python.exe"
        packages = subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        shutil.unpack_archive(wheel, packages, "zip")
        import sysconfig

        # The libraries, but not the file that makes the checkout importable.
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if entry.suffix != ".pth" and not Path(packages, entry.name).exists():
                Path(packages, entry.name).symlink_to(entry)
        _self_test([str(python), "-P", "-m", "app"])


def _compare() -> None:
    with step("Making all once more, to compare"):
        first = _hashes()
        _make(short=False)
        second = _hashes()
    differing = sorted(name for name in first | second if first.get(name) != second.get(name))
    if differing:
        raise Failed("Two builds differ:\n" + "\n".join(differing[:20]))
    print(f"  {len(first)} files are the same in both", flush=True)


def _hashes() -> dict[str, str]:
    return {
        str(file.relative_to(DIST)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in DIST.rglob("*")
        if file.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
