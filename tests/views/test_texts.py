"""Everything that is read in the window comes from the catalogue."""

import subprocess
import sys


def test_no_window_says_anything_that_no_catalogue_holds() -> None:
    """Walks all windows and dialogs in the pseudo-language; a text in plain English was left out."""
    command = [sys.executable, "-m", "tools.texts_left_out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
