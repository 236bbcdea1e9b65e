"""The location of the program's own files, in a checkout as in an installed package."""

import sys
from importlib import resources
from pathlib import Path

#: Icons, translations, wiki profiles and the guide. A package is a folder of files, never an archive.
RESOURCES = Path(str(resources.files("app"))) / "resources"
#: The pages of the guide.
GUIDE = RESOURCES / "guide"
#: The command that starts the program again, as a process of its own.
RESTART_COMMAND = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-P", "-m", "app")
