"""Every text in the window comes from the catalogue."""

import subprocess
import sys


def test_every_text_of_every_window_is_in_the_catalogue() -> None:
    """Open all windows and dialogs in the pseudo-language, in which no text may be plain English."""
    command = [sys.executable, "-m", "tools.texts_left_out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
