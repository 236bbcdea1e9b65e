"""Shows Today again and again, or types into the field that finds anything; prints the milliseconds."""

import json
import sys
from pathlib import Path
from time import monotonic

from benchmarks.window.keystroke_driver import TYPED, Typing
from benchmarks.window.open_window import OpenWindow, rest, spin
from benchmarks.window.painted import Painted

_TIMES = 15


def today(folder: Path, file: Path) -> list[float]:
    """Show Today after another page, all of it built anew, and wait until it is painted."""
    from app.views.window.sidebar import Page

    window = OpenWindow(folder, file).window
    page = window.today
    rest(lambda: True)
    figures = []
    for _ in range(_TIMES):
        window.show_page(Page.CHANGES)
        rest(lambda: True)
        page._shown, page._stale = None, True
        moments: list[float] = []
        painted = Painted(moments.append, lambda: page._shown is not None)
        painted.watch(page.widget())
        begun = monotonic()
        window.show_page(Page.TODAY)
        spin(lambda found=moments: bool(found))
        figures.append(1000 * (moments[0] - begun))
    return figures[1:]


def find(folder: Path, file: Path) -> list[float]:
    """Type into the field that finds anything, when the people are read."""
    from app.views.window.finder_dialog import FinderDialog

    window = OpenWindow(folder, file).window
    rest(lambda: True)
    window.dialogs.find(window._menu_bar.actions())
    dialog = window.findChild(FinderDialog)
    rest(lambda: not dialog._finder.reading)
    typing = Typing(dialog._line, dialog._list.viewport())
    typing.type(TYPED)
    return typing.milliseconds


def main(which: str, folder: str, file: str) -> None:
    """Measure, and print the milliseconds."""
    measure = today if which == "today" else find
    print(json.dumps(measure(Path(folder), Path(file))))


if __name__ == "__main__":
    main(*sys.argv[1:])
