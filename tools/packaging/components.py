"""The list of what the packages are made of (CycloneDX)."""

from __future__ import annotations

import sys

from tools.packaging.places import COMPONENTS, ROOT
from tools.packaging.processes import run


def write_components() -> None:
    """Write the list from the pinned requirements. Raises Failed."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", ROOT / "requirements.txt"]
    command += ["--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--validate"]
    run([*command, "--of", "JSON", "-o", COMPONENTS])
