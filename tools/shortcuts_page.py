"""Write app/resources/guide/shortcuts.md from the program's list; --check only compares."""

import sys

from PySide6.QtGui import QGuiApplication, QKeySequence

from app.domain.places import GUIDE
from app.views.widgets.shortcuts import SHORTCUTS

PAGE = GUIDE / "shortcuts.md"
HEAD = """# Keyboard shortcuts

On macOS, Ctrl is the Command key. Tab and the arrows reach everything else; Esc closes a dialog.

| keys | what they do |
|--|--|
"""


def page() -> str:
    """Return the text of the page."""
    rows = [
        f"| {QKeySequence(one.keys).toString(QKeySequence.SequenceFormat.PortableText)} | {one.what} |\n"
        for one in SHORTCUTS
    ]
    return HEAD + "".join(rows)


def main(arguments: list[str]) -> int:
    """Write or compare the page; return 1 if it is stale."""
    # The standard keys depend on the system's theme, which belongs to the application.
    _application = QGuiApplication.instance() or QGuiApplication([])
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
