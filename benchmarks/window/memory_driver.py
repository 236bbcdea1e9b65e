"""Opens the real window on a data folder; prints its resident memory when it is idle."""

import os
import sys
from pathlib import Path

from benchmarks.window.open_window import OpenWindow, rest

if sys.platform != "win32":
    import resource


def resident() -> int:
    """Return the resident memory in bytes, or its peak where the current value is not available."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main(folder: str, file: str) -> None:
    """Open the window, wait, and print the memory."""
    window = OpenWindow(Path(folder), Path(file))
    model = window.tab.model
    rest(lambda: not model.gathering)
    print(resident() / 2**20)
    window.close()


main(*sys.argv[1:])
