"""The location of the program's own files."""

from pathlib import Path

#: Icons, translations and wiki profiles.
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
#: The pages of the guide.
GUIDE = RESOURCES.parent / "docs"
